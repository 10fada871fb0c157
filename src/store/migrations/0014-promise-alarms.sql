-- Dates that customers were promised, each until it has been looked at: time alone breaks a promise, and nobody scans.
-- A row says only when to look; whether it was kept, the log says then.
create table promise_alarms (
  customer text collate "C" not null,
  due_at timestamptz(3) not null,
  wake_at timestamptz(3) not null,
  primary key (customer, due_at)
);
create index promise_alarms_wake on promise_alarms (wake_at);
