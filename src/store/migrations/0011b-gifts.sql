-- What was agreed to be given, one row for each round of a case: what limits and budgets are counted from.
create table case_gifts (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  round integer not null,
  person text not null,
  team text not null,
  amount_minor bigint not null,
  at timestamptz(3) not null,
  primary key (customer, case_id, round)
);
create index case_gifts_person on case_gifts (person, at);
create index case_gifts_team on case_gifts (team, at);

-- A remedy beyond somebody's own authority, until a second person has answered.
create table case_approvals (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  asked_by text not null,
  role text not null,
  team text not null,
  remedy json not null,
  reason text,
  asked_at timestamptz(3) not null,
  state text not null,
  answered_by text,
  answered_at timestamptz(3),
  primary key (customer, case_id, id)
);
create index case_approvals_asked on case_approvals (asked_at) where state = 'asked';
