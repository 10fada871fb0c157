-- What the customer is told in a case. A mail knows its case and the letter that goes along; a code that is told once
-- is masked in the texts that are kept, and stands in `secret` until it was sent.
alter table messages add column case_id text collate "C";
alter table messages add column letter uuid;
alter table messages add column secret json;
create index messages_case on messages (customer, case_id, created_at) where case_id is not null;

-- What the customer was let down with, in the words that she is told.
alter table cases add column about text;
-- Promises stand in the state; the case before the last entry does not know them, and ten seconds later nobody asks.
update cases set state = (state::jsonb || '{"promises": [], "last": null}')::json;

-- Remedies of which the customer chooses one. `chosen` is its place, counted from 0; -1 is something else.
create table case_offers (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  round integer not null,
  offered_by text not null,
  team text not null,
  offered_at timestamptz(3) not null,
  until timestamptz(3) not null,
  choices json not null,
  always json,
  state text not null,
  chosen integer,
  answered_at timestamptz(3),
  primary key (customer, case_id, id)
);

-- Letters as they were made, to the byte: what was sent is what is kept.
create table case_letters (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  pack text not null,
  letter text not null,
  language text not null,
  made_at timestamptz(3) not null,
  made_by text not null,
  pdf bytea not null,
  primary key (customer, case_id, id)
);
