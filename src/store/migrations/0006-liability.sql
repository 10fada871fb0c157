-- What takes minutes to compute and is read in one piece: the newest forecast of each name.
create table forecasts (
  name text primary key,
  as_of timestamptz(3) not null,
  made_at timestamptz(3) not null,
  body json not null
);

-- Who holds vouchers, without reading everybody's log; firms that give none pay nothing.
create index events_vouchers on events (customer) where type = 'voucher.issued';
