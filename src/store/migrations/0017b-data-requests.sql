-- What customers ask about their own data. Whoever has not been looked up yet has a key of his own, `asked:` and the id:
-- a job finds the holders of the address, and takes the row away. Nothing is kept of an address that nobody has.
create table data_requests (
  customer text collate "C" not null,
  id text collate "C" not null,
  kind text not null,
  language text not null,
  email text,
  words text,
  asked_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  due_at timestamptz(3) not null,
  extended_at timestamptz(3),
  decided_at timestamptz(3),
  ended_at timestamptz(3),
  outcome text,
  primary key (customer, id)
);
create index data_requests_id on data_requests (id);
create index data_requests_recent on data_requests (asked_at, customer, id);

-- A copy of everything about a customer, as a zip, until its link is over.
create table data_packs (
  customer text collate "C" not null,
  id text collate "C" not null,
  made_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  content bytea not null,
  primary key (customer, id)
);
create index data_packs_expiry on data_packs (expires_at);
