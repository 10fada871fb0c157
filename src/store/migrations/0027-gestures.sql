-- What is given at moments that customers told of, or by hand: one row from the day that it waits for its time until
-- what came of it. `occasion` names the moment and its day, so that nothing is given for it twice; it is null where a
-- person gives, and after erasure. `probability` is that of being held out by lot.
create table gestures (
  customer text collate "C" not null,
  id uuid not null,
  occasion text collate "C",
  rule text not null,
  gesture text not null,
  state text not null check (state in ('waiting', 'refused', 'held-out', 'to-do', 'made', 'not-done')),
  at timestamptz(3) not null,
  wake_at timestamptz(3),
  because text,
  probability double precision not null default 0,
  cost_minor bigint not null default 0,
  currency text,
  team text,
  by text,
  reason text,
  about text,
  voucher text,
  done_at timestamptz(3),
  primary key (customer, id),
  unique (customer, occasion)
);
create index gestures_wake on gestures (wake_at) where state = 'waiting';
create index gestures_recent on gestures (at, customer, id) where state <> 'waiting';
create index gestures_to_do on gestures (at, customer, id) where state = 'to-do';
create index events_moments on events (customer) where type = 'moment.told';
