-- Until when the customer could withdraw, as far as the log tells when the time began: a person sees whether a
-- withdrawal came in time. It decides nothing by itself.
alter table exits add column withdraw_until timestamptz(3);
