-- title: Deliveries of the example shop (simulated)
-- about: One line for each order, with the promised day and the real delivery.
-- needs: deliveries
-- table: deliveries(order, client, ordered, promised, delivered, total, complaint?)

with orders as (
  select
    "order" as number,
    client as customer,
    coalesce(strftime(try_strptime(ordered, '%d-%m-%Y %H:%M'), '%Y-%m-%d %H:%M:%S'), ordered) as ordered,
    try_strptime(promised, '%d-%m-%Y') + interval '23:59:59' as due,
    try_strptime(delivered, '%d-%m-%Y %H:%M') as delivered,
    replace(total, ',', '.') as total,
    complaint, _line, _file
  from deliveries
)

select customer, 'order.placed' as type, utc(ordered, 'Europe/Amsterdam') as "at", 'order:' || number as id,
  to_json({'order': number, 'value': minor(total), 'currency': 'EUR'}) as data, _line, _file
from orders

union all by name
select customer, 'promise.made' as type, utc(ordered, 'Europe/Amsterdam') as "at", 'promise:' || number as id,
  to_json({'promise': 'delivery:' || number, 'about': 'delivery', 'due': utc(due, 'Europe/Amsterdam')}) as data, _line, _file
from orders

union all by name
select customer, 'order.delivered' as type, utc(delivered, 'Europe/Amsterdam') as "at", 'delivered:' || number as id,
  to_json({'order': number, 'promisedAt': utc(due, 'Europe/Amsterdam'), 'deliveredAt': utc(delivered, 'Europe/Amsterdam')}) as data, _line, _file
from orders where delivered is not null

union all by name
select customer, case when delivered <= due then 'promise.kept' else 'promise.broken' end as type,
  utc(least(delivered, due), 'Europe/Amsterdam') as "at", 'promise-end:' || number as id,
  to_json({'promise': 'delivery:' || number}) as data, _line, _file
from orders where delivered is not null

union all by name
select customer, 'failure.occurred' as type, utc(due, 'Europe/Amsterdam') as "at", 'late:' || number as id,
  to_json({'failure': 'late:' || number, 'category': 'late delivery', 'order': number, 'atFault': 'firm', 'text': complaint,
   'severity': case when delivered > due + interval 1 day then 'major' else 'minor' end}) as data, _line, _file
from orders where delivered > due
