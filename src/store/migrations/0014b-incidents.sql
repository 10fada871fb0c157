-- What hit many customers at once, and what is done for all of them together. Both stand on the coordinator.
create table incidents (
  id uuid primary key,
  title text not null,
  category text not null,
  severity text not null,
  at_fault text not null,
  began_at timestamptz(3) not null,
  ended_at timestamptz(3),
  known text not null,
  root_cause text,
  team text,
  opened_at timestamptz(3) not null,
  revision integer not null
);
create index incidents_opened on incidents (opened_at, id);

-- One thing done for many. `id` is also that of the task that does it.
create table incident_steps (
  id uuid primary key,
  incident uuid not null,
  kind text not null,
  wish json not null,
  asked_by json not null,
  asked_at timestamptz(3) not null,
  state text not null,
  undoes uuid,
  answered_by text,
  total_minor bigint not null
);
create index incident_steps_incident on incident_steps (incident, asked_at);

-- Each customer or case of a step, with what came of it. `case_id` is empty while a customer is being added.
create table incident_items (
  customer text collate "C" not null,
  step uuid not null,
  case_id text collate "C" not null,
  about_order text,
  state text not null,
  reason text,
  made_case text collate "C",
  entry text,
  primary key (customer, step, case_id)
);
create index incident_items_step on incident_items (step, state, customer, case_id);
