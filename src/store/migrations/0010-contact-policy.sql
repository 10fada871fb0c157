-- Rules of the firm as data, in versions of which one of a kind is live.
create table policies (
  kind text not null,
  version integer not null,
  body jsonb not null,
  note text not null,
  author text not null,
  live boolean not null,
  created_at timestamptz(3) not null default now(),
  primary key (kind, version)
);
create unique index policies_live on policies (kind) where live;

-- Slots under caps that senders hold for a few minutes, all of one customer in one row, so that the row is the lock.
create table contact_slots (
  customer text collate "C" primary key,
  slots jsonb not null
);

-- Offers by time: to try a changed policy on what was sent.
create index events_offers on events (at, customer) where type = 'offer.sent';
