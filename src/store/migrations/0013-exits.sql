-- Requests to leave and how far each has come. Whoever could not be recognised has a key of his own, `unmatched:` and
-- the number, until a person finds the customer: the row then moves, and `told_as` remembers under which key the
-- confirmation was sent. Of a request nothing is taken from the customer's score, value or history.
create table exits (
  customer text collate "C" not null,
  id text collate "C" not null,
  told_as text collate "C" not null,
  kind text not null,
  channel text not null,
  language text not null,
  reference text not null,
  name text,
  email text,
  reason text,
  wished_on text,
  requested_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  ends_at timestamptz(3),
  end_rule text,
  settled_at timestamptz(3),
  settlement jsonb,
  handed_over_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (customer, id)
);
create index exits_id on exits (id);
create index exits_recent on exits (requested_at, customer, id);
