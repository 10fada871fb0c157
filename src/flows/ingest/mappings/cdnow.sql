-- title: CDNOW purchases, 1997-1998
-- about: Orders of the cohort that first bought at the music shop CDNOW in early 1997. The master file, the sample of
--   one in ten, or both: the sample uses the ids of the master, so its orders repeat and double nothing.
-- needs: cdnow_master or cdnow_sample
-- table: cdnow_master(customer_id, date, cds, amount_usd)
-- table: cdnow_sample(master_id, date, cds, amount_usd)
--
-- Time: the log has days only; an order stands at 00:00 UTC of its day.
-- Several orders of a customer on one day stay several orders, numbered by amount and count (not by their line, so that
--   a file in another order gives the same ids). Money: US dollars, in cents.
with lines as (
  select customer_id as customer, date, cds, amount_usd, _line, _file from cdnow_master
  union all
  select master_id, date, cds, amount_usd, _line, _file from cdnow_sample
  where master_id not in (select customer_id from cdnow_master where customer_id is not null)
),
numbered as (
  select *, row_number() over (
    partition by customer, date
    order by try_cast(amount_usd as decimal(12, 2)), try_cast(cds as integer), amount_usd, cds, _line
  ) as n
  from lines
)
select customer, 'order.placed' as type, utc(date) as "at", 'order:' || customer || ':' || date || ':' || n as id,
  to_json({'order': customer || ':' || date || ':' || n, 'value': minor(amount_usd), 'currency': 'USD',
    'items': [{'product': 'cd', 'quantity': try_cast(cds as integer)}]}) as data,
  _line, _file
from numbered
