-- Everything about one customer lives under that customer's key, so that a cluster can keep it on one shard:
-- the primary key of every big table begins with the customer, and nothing crosses customers.

create table events (
  customer text collate "C" not null,
  source text collate "C" not null,
  id text collate "C" not null,
  type text not null,
  at timestamptz(3) not null,
  received_at timestamptz(3) not null default now(),
  data jsonb not null,
  primary key (customer, source, id)
);

-- What an overview of the last weeks counts, without reading the log.
create index events_let_down on events (at, type)
  where type in ('failure.occurred', 'failure.reopened', 'promise.broken', 'exit.requested');
create index events_retracted on events (customer) where type = 'event.retracted';

-- Free text, apart so that it can be erased alone.
create table prose (
  customer text collate "C" not null,
  source text collate "C" not null,
  id text collate "C" not null,
  field text not null,
  body text not null,
  primary key (customer, source, id, field)
);

-- The fold of each customer's events, what it adds up to, and the score. `revision` counts the saves: a save
-- that was prepared from an older revision changes nothing. People who were merged form a group: `merged_into`
-- is what the customer's own log says, `members` are those who point here, `root` is who holds the state.
create table relationships (
  customer text collate "C" primary key,
  revision bigint not null,
  merged_into text collate "C",
  members text[] collate "C" not null default '{}',
  root text collate "C",
  state json,
  ledger json,
  event_count integer not null,
  first_at timestamptz(3),
  last_at timestamptz(3),
  name text,
  segment text,
  since timestamptz(3),
  goodwill double precision,
  stay real,
  stay_low real,
  stay_high real,
  value_minor bigint,
  at_stake_minor bigint,
  open_failures integer,
  double_deviation boolean,
  last_failure_at timestamptz(3),
  exit_requested_at timestamptz(3),
  left_at timestamptz(3),
  scored_at timestamptz(3),
  model_version integer
);
-- A state is replaced whole with every event and read whole: as text that is neither parsed nor compressed it costs
-- the database a third of what jsonb costs (28 against 82 microseconds of processor time a row, 2026-11-22).
alter table relationships alter state set storage external, alter ledger set storage external;
create index relationships_recent on relationships (last_at desc, customer) where root is null;
create index relationships_stay on relationships (stay, customer) where root is null;
create index relationships_at_stake on relationships (at_stake_minor desc, customer)
  where root is null and at_stake_minor > 0;

-- What a customer can be found by: each word of the name with what follows it, e-mail address, phone, keys.
create table search_terms (
  customer text collate "C" not null,
  term text collate "C" not null,
  primary key (customer, term)
);
create index search_terms_term on search_terms (term, customer);

-- Small catalogues.
create table models (
  version integer primary key,
  model jsonb not null,
  live boolean not null,
  reason text not null,
  data_to timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create table settings (
  name text primary key,
  value jsonb not null
);
create table people (
  email text primary key,
  name text not null,
  role text not null,
  password_hash text not null,
  locale text,
  created_at timestamptz(3) not null default now()
);
create table sessions (
  token_hash bytea primary key,
  email text not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create table api_keys (
  prefix text primary key,
  secret_hash bytea not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
create table idempotency_keys (
  owner text not null,
  key text not null,
  body_hash bytea not null,
  status integer,
  response text,
  created_at timestamptz(3) not null default now(),
  primary key (owner, key)
);
create table tasks (
  id uuid primary key,
  kind text not null,
  title text not null,
  state text not null,
  input jsonb not null,
  checkpoint jsonb,
  progress jsonb not null default '{}',
  problem text,
  cancel_asked boolean not null default false,
  lease_until timestamptz(3),
  takes integer not null default 0,
  created_at timestamptz(3) not null default now(),
  started_at timestamptz(3),
  ended_at timestamptz(3)
);
