-- Vouchers that Amends keeps: where each stands. The row is the lock under which a voucher moves.
create table vouchers (
  customer text collate "C" not null,
  voucher text collate "C" not null,
  -- The caller's own name for the issue: the same again is a repetition.
  movement text collate "C" not null,
  code_hash bytea not null,
  code_tail text not null,
  origin text not null,
  currency text not null,
  value_minor bigint not null check (value_minor > 0),
  free_minor bigint not null check (free_minor >= 0),
  used_minor bigint not null check (used_minor >= 0),
  holds jsonb not null,
  state text not null,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3),
  reminded_at timestamptz(3),
  primary key (customer, voucher),
  unique (customer, movement),
  check (free_minor + used_minor <= value_minor)
);
create index vouchers_by_issue on vouchers (issued_at desc, voucher desc);
create index vouchers_due on vouchers (expires_at) where state = 'open';

-- The ledger: one row is one amount from one account to another, so that its two lines sum to zero. Never changed.
create table voucher_transfers (
  customer text collate "C" not null,
  voucher text collate "C" not null,
  -- Several transfers of one movement stand in order.
  movement text collate "C" not null,
  line smallint not null,
  kind text not null,
  debit text not null,
  credit text not null,
  minor bigint not null check (minor >= 0),
  origin text not null,
  currency text not null,
  at timestamptz(3) not null,
  actor text not null,
  reference text,
  primary key (customer, voucher, movement, line)
);
create index voucher_transfers_by_time on voucher_transfers (at, voucher, movement, line);

-- Whose a voucher is, by its id and by the hash of its code: what a till knows. Spread by the handle, so that finding
-- the customer asks one node, and moving the voucher one more.
create table voucher_handles (
  handle text collate "C" primary key,
  customer text collate "C" not null,
  voucher text collate "C" not null
);
