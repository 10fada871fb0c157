-- Rounds in which customers are asked for advice; they stand on the coordinator.
create table input_rounds (
  id uuid primary key,
  kind text not null,
  title text not null,
  about text not null,
  segment text,
  quota json not null,
  state text not null check (state in ('inviting', 'open', 'closed')),
  opened_by text not null,
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3)
);

-- Who was invited to a round, from which group, and where she stands in it.
create table input_members (
  customer text collate "C" not null,
  round uuid not null,
  part text not null,
  state text not null,
  invited_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  primary key (customer, round)
);
create index input_members_round on input_members (round, part, state);

-- What customers proposed, one row for each event that tells of it; the words are in the prose of that event. `answer`
-- is what came of it, as the customer is told.
create table ideas (
  customer text collate "C" not null,
  id uuid not null,
  source text collate "C" not null,
  event text collate "C" not null,
  at timestamptz(3) not null,
  round uuid,
  state text not null,
  answer text,
  changed_at timestamptz(3) not null,
  told_at timestamptz(3),
  primary key (customer, id),
  unique (customer, source, event)
);
create index ideas_recent on ideas (at, customer, id);
