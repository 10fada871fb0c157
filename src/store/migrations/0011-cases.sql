-- A case is a list of entries that only grows; the fold stands beside it, with what lists are read by. `floor` and
-- `rank` are the place in the queue as of `wake_at`, the next moment at which the passing of time changes it.
create table cases (
  customer text collate "C" not null,
  id text collate "C" not null,
  failure text collate "C" not null,
  revision integer not null,
  state json not null,
  is_open boolean not null,
  closed_at timestamptz(3),
  opened_at timestamptz(3) not null,
  severity text not null,
  category text,
  loss_minor bigint,
  given_minor bigint not null,
  floor smallint not null,
  rank double precision not null,
  due_at timestamptz(3),
  next_step text,
  stake_minor bigint not null,
  work_minutes integer not null,
  assignee text,
  team text,
  incident uuid,
  wake_at timestamptz(3),
  changed_at timestamptz(3) not null,
  primary key (customer, id),
  unique (customer, failure)
);
create index cases_id on cases (id);
create index cases_queue on cases (floor, rank, opened_at, id) where is_open;
create index cases_assignee on cases (assignee, floor, rank, opened_at, id) where is_open;
create index cases_team on cases (team, floor, rank, opened_at, id) where is_open;
create index cases_incident on cases (incident, customer, id) where incident is not null;
create index cases_wake on cases (wake_at) where wake_at is not null;
create index cases_closed on cases (category, closed_at desc) where closed_at is not null;
create index cases_done on cases (closed_at) where closed_at is not null;
create index cases_changed on cases (changed_at);

create table case_entries (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  position integer not null,
  at timestamptz(3) not null,
  actor text not null,
  kind text not null,
  entry json not null,
  primary key (customer, case_id, position)
);

-- What people write to each other about a case: free text, apart so that it can be erased alone.
create table case_notes (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  at timestamptz(3) not null,
  author text not null,
  body text not null,
  primary key (customer, case_id, id)
);
