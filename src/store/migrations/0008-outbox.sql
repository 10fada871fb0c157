-- What leaves the product. A message is written in the transaction of what caused it, in full, so that what is
-- previewed is what is sent. `dedupe` is the name of its cause: one cause, one message. The state 'sending' is
-- committed before the mail server is spoken to: after a crash it says that nobody knows whether it was taken.
create table messages (
  customer text collate "C" not null,
  id uuid not null,
  dedupe text collate "C" not null,
  channel text not null,
  kind text not null,
  language text not null,
  text_version integer not null,
  recipient text,
  subject text not null,
  body text not null,
  html text not null,
  state text not null,
  attempts integer not null default 0,
  message_id text,
  problem text,
  created_at timestamptz(3) not null default now(),
  claimed_at timestamptz(3),
  sent_at timestamptz(3),
  primary key (customer, id),
  unique (customer, dedupe)
);
create index messages_recent on messages (created_at, customer, id);
create index messages_state on messages (state, created_at, customer, id) where state <> 'sent';
create index messages_recipient on messages (recipient) where recipient is not null;
create index messages_message_id on messages (message_id) where message_id is not null;

-- Addresses that took a message back. Nothing more is sent to one, whoever it belongs to.
create table bounced_addresses (
  customer text collate "C" not null,
  address text collate "C" not null,
  reason text not null,
  bounced_at timestamptz(3) not null default now(),
  primary key (customer, address)
);
create index bounced_addresses_address on bounced_addresses (address);

-- The firm's own wording of a message; the newest version counts, and an empty one brings ours back.
create table message_texts (
  kind text not null,
  language text not null,
  version integer not null,
  subject text not null,
  body text not null,
  created_at timestamptz(3) not null default now(),
  primary key (kind, language, version)
);

-- Where events are sent, signed. The secret signs and so cannot be a hash; the one before it signs along until it ends.
create table webhook_endpoints (
  id uuid primary key,
  url text not null,
  events text[] not null,
  secret text not null,
  former_secret text,
  former_until timestamptz(3),
  state text not null,
  created_at timestamptz(3) not null default now()
);

-- One event on its way to one endpoint. Whoever sees the same `event` twice has seen it before.
create table webhook_deliveries (
  customer text collate "C" not null,
  id uuid not null,
  event uuid not null,
  endpoint uuid not null,
  type text not null,
  body text not null,
  state text not null,
  attempts integer not null default 0,
  status integer,
  problem text,
  created_at timestamptz(3) not null default now(),
  tried_at timestamptz(3),
  next_at timestamptz(3),
  primary key (customer, id)
);
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint, created_at, customer, id);
