-- What the customer chose before the firm settles, and when somebody who leaves asked where to go.
alter table exits add column wished_vouchers text;
alter table exits add column wished_at timestamptz(3);
alter table exits add column referred_at timestamptz(3);
