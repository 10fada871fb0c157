-- title: Olist marketplace, Brazil 2016-2018
-- about: Orders with their promised and real delivery, payments by voucher, and review scores and texts.
--   Reads the sets enriched_*, random5000_* and the published olist_*_dataset, one or several together: an order
--   that is in more than one set is one order, because ids and contents do not depend on the set (all times are cut
--   to the minute, which is all that random5000 has).
-- needs: enriched_orders or random5000_orders or olist_orders_dataset
-- needs: enriched_customers or random5000_customers or olist_customers_dataset
-- table: enriched_orders(order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
--   order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date)
-- table: random5000_orders(order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
--   order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date)
-- table: olist_orders_dataset(order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
--   order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date)
-- table: enriched_customers(customer_id, customer_unique_id, customer_zip_code_prefix?, customer_city?, customer_state?)
-- table: random5000_customers(customer_id, customer_unique_id, customer_zip_code_prefix?, customer_city?, customer_state?)
-- table: olist_customers_dataset(customer_id, customer_unique_id, customer_zip_code_prefix?, customer_city?, customer_state?)
-- table: enriched_order_items(order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value)
-- table: random5000_order_items(order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value)
-- table: olist_order_items_dataset(order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value)
-- table: enriched_order_payments(order_id, payment_sequential, payment_type, payment_value)
-- table: random5000_order_payments(order_id, payment_sequential, payment_type, payment_value)
-- table: olist_order_payments_dataset(order_id, payment_sequential, payment_type, payment_value)
-- table: enriched_order_reviews(order_id, review_score, review_comment_title?, review_comment_message?,
--   review_creation_date, review_answer_timestamp)
-- table: random5000_order_reviews(order_id, review_score, review_comment_title?, review_comment_message?,
--   review_creation_date, review_answer_timestamp)
-- table: olist_order_reviews_dataset(order_id, review_score, review_comment_title?, review_comment_message?,
--   review_creation_date, review_answer_timestamp)
--
-- Time: local time of Sao Paulo, turned into UTC. Money: Brazilian reais, in centavos.
-- Customer: customer_unique_id, the person; customer_id differs with every order.
-- Order: value is the sum of prices and freight of its items. An order that has none (unavailable or cancelled: nothing
--   was sold) has no value; only when no file of items is given at all, the sum of the payments stands for it.
-- Promise: made at the purchase, due at the end of the promised day. Kept when delivered that day or before, else
--   broken when the day ends. No promise for cancelled and unavailable orders (the failure below stands for it) and
--   for delivered orders without a delivery date (whether it was kept is not known).
-- Failure and its severity (coding rule of the leave model: minor = no loss and no deadline missed by over a day;
--   major = real loss or a deadline missed by over a day; critical = safety, personal data, or a large loss):
--   late delivery, up to a day after the promised day ends: minor; later: major. It opens when the promised day ends
--     and is fixed and closed by the delivery. Root cause: handed to the carrier after the seller's limit, or carrier.
--   not delivered, the promised day over before the data end (2018-10-17): major, loss = the value of the order;
--     critical from R$ 954 (one minimum monthly wage of 2018), as a large loss. It stays open.
--   unavailable: major, the firm's fault. Cancelled after the payment was approved: major; before: minor. The data do
--     not say who cancelled, so no fault is set. Both at the last step that the order reached.
-- Reviews: the invitation and the score are a survey (csat, 1 to 5). A review with text is also a post, negative at 1
--   or 2; it carries the text, so that sets with and without texts agree about the survey.
with
orders_all as (
  select 1 as rank, order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
    order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date, _line, _file
  from enriched_orders
  union all by name
  select 2 as rank, order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
    order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date, _line, _file
  from olist_orders_dataset
  union all by name
  select 3 as rank, order_id, customer_id, order_status, order_purchase_timestamp, order_approved_at,
    order_delivered_carrier_date, order_delivered_customer_date, order_estimated_delivery_date, _line, _file
  from random5000_orders
),
customers as (
  select customer_id, arg_min(customer_unique_id, rank) as person, arg_min(customer_zip_code_prefix, rank) as zip,
    arg_min(customer_city, rank) as city, arg_min(customer_state, rank) as state
  from (
    select 1 as rank, customer_id, customer_unique_id, customer_zip_code_prefix, customer_city, customer_state from enriched_customers
    union all by name
    select 2 as rank, customer_id, customer_unique_id, customer_zip_code_prefix, customer_city, customer_state from olist_customers_dataset
    union all by name
    select 3 as rank, customer_id, customer_unique_id, customer_zip_code_prefix, customer_city, customer_state from random5000_customers
  )
  group by customer_id
),
item_lines as (
  select order_id, try_cast(order_item_id as integer) as item, product_id, seller_id,
    try_cast(shipping_limit_date as timestamp) as ship_by,
    round(try_cast(price as decimal(18, 2)) * 100)::bigint as price,
    round(try_cast(freight_value as decimal(18, 2)) * 100)::bigint as freight
  from (
    select 1 as rank, order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value from enriched_order_items
    union all by name
    select 2 as rank, order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value from olist_order_items_dataset
    union all by name
    select 3 as rank, order_id, order_item_id, product_id, seller_id, shipping_limit_date, price, freight_value from random5000_order_items
  )
  qualify row_number() over (partition by order_id, item order by rank, price, product_id) = 1
),
items as (
  select order_id, sum(coalesce(price, 0) + coalesce(freight, 0))::bigint as value,
    date_trunc('minute', max(ship_by)) as ship_by,
    list({'product': product_id, 'seller': seller_id, 'price': price, 'freight': freight} order by item) as items
  from item_lines
  group by order_id
),
payment_lines as (
  select order_id, try_cast(payment_sequential as integer) as seq, payment_type,
    round(try_cast(payment_value as decimal(18, 2)) * 100)::bigint as value, _line, _file
  from (
    select 1 as rank, order_id, payment_sequential, payment_type, payment_value, _line, _file from enriched_order_payments
    union all by name
    select 2 as rank, order_id, payment_sequential, payment_type, payment_value, _line, _file from olist_order_payments_dataset
    union all by name
    select 3 as rank, order_id, payment_sequential, payment_type, payment_value, _line, _file from random5000_order_payments
  )
  qualify row_number() over (partition by order_id, seq order by rank, value, payment_type) = 1
),
vouchers as (
  select * from payment_lines where payment_type = 'voucher' and value > 0
),
payments as (
  select order_id, sum(value)::bigint as value,
    min('voucher:' || order_id || ':' || seq) filter (payment_type = 'voucher' and value > 0) as voucher
  from payment_lines
  group by order_id
),
reviews as (
  select order_id, answered, score, min(invited) as invited, min(text) as text, min(_line) as _line, min(_file) as _file
  from (
    select order_id, try_cast(review_score as integer) as score, _line, _file,
      date_trunc('minute', try_cast(review_creation_date as timestamp)) as invited,
      date_trunc('minute', try_cast(review_answer_timestamp as timestamp)) as answered,
      nullif(trim(concat_ws(chr(10), nullif(trim(review_comment_title), ''), nullif(trim(review_comment_message), ''))), '') as text
    from (
      select order_id, review_score, review_comment_title, review_comment_message,
        review_creation_date, review_answer_timestamp, _line, _file from enriched_order_reviews
      union all by name
      select order_id, review_score, review_comment_title, review_comment_message,
        review_creation_date, review_answer_timestamp, _line, _file from olist_order_reviews_dataset
      union all by name
      select order_id, review_score, review_comment_title, review_comment_message,
        review_creation_date, review_answer_timestamp, _line, _file from random5000_order_reviews
    )
  )
  group by order_id, answered, score
),
times as (
  select order_id, customer_id, order_status as status, _line, _file,
    date_trunc('minute', try_cast(order_purchase_timestamp as timestamp)) as placed,
    date_trunc('minute', try_cast(order_approved_at as timestamp)) as approved,
    date_trunc('minute', try_cast(order_delivered_carrier_date as timestamp)) as shipped,
    date_trunc('minute', try_cast(order_delivered_customer_date as timestamp)) as delivered,
    date_trunc('day', try_cast(order_estimated_delivery_date as timestamp)) + interval '23:59:59' as due
  from orders_all
  qualify row_number() over (partition by order_id order by rank, _line) = 1
),
orders as (
  select t.*, c.person as customer, c.zip, c.city, c.state, i.items, 
    coalesce(i.value, case when not exists (from item_lines) then p.value end) as value,
    case when i.value is not null then p.voucher end as voucher,
    utc(t.placed, 'America/Sao_Paulo') as placed_at,
    utc(t.delivered, 'America/Sao_Paulo') as delivered_at,
    utc(t.due, 'America/Sao_Paulo') as due_at,
    t.delivered > t.due as is_late,
    t.delivered is null and t.status not in ('delivered', 'canceled', 'unavailable') and t.due < timestamp '2018-10-17' as is_missing,
    t.status in ('canceled', 'unavailable') as is_off,
    t.due is not null and t.status not in ('canceled', 'unavailable') and not (t.status = 'delivered' and t.delivered is null) as is_promised,
    case when t.shipped > i.ship_by then 'handed to the carrier late' else 'carrier late' end as late_cause
  from times t
  left join customers c using (customer_id)
  left join items i using (order_id)
  left join payments p using (order_id)
)
select customer, 'customer.profiled' as type, placed_at as "at", 'profile:' || customer_id as id, _line, _file,
  to_json({'locale': 'pt-BR', 'attributes': {'zip': zip, 'city': city, 'state': state}}) as data
from orders
union all by name
select customer, 'order.placed' as type, placed_at as "at", 'order:' || order_id as id, _line, _file,
  to_json({'order': order_id, 'value': value, 'currency': 'BRL', 'items': items, 'voucher': voucher}) as data
from orders
union all by name
select o.customer, 'voucher.redeemed' as type, o.placed_at as "at", 'voucher:' || v.order_id || ':' || v.seq as id, v._line, v._file,
  to_json({'voucher': 'voucher:' || v.order_id || ':' || v.seq, 'value': v.value, 'currency': 'BRL'}) as data
from vouchers v join orders o using (order_id)
union all by name
select customer, 'promise.made' as type, placed_at as "at", 'promise:' || order_id || ':1-made' as id, _line, _file,
  to_json({'promise': 'delivery:' || order_id, 'about': 'delivery', 'due': due_at}) as data
from orders where is_promised
union all by name
select customer, case when is_late then 'promise.broken' else 'promise.kept' end as type,
  case when is_late then due_at else delivered_at end as "at",
  'promise:' || order_id || ':2-' || case when is_late then 'broken' else 'kept' end as id, _line, _file,
  to_json({'promise': 'delivery:' || order_id, 'at': case when is_late then null else delivered_at end}) as data
from orders where is_promised and delivered is not null
union all by name
select customer, 'promise.broken' as type, due_at as "at", 'promise:' || order_id || ':2-broken' as id, _line, _file,
  to_json({'promise': 'delivery:' || order_id}) as data
from orders where is_promised and is_missing
union all by name
select customer, 'order.delivered' as type, delivered_at as "at", 'delivered:' || order_id as id, _line, _file,
  to_json({'order': order_id, 'promisedAt': due_at, 'deliveredAt': delivered_at}) as data
from orders where delivered is not null
union all by name
select customer, 'failure.occurred' as type, due_at as "at", 'failure:late:' || order_id || ':1-occurred' as id, _line, _file,
  to_json({'failure': 'late:' || order_id, 'category': 'late delivery',
    'severity': case when delivered > due + interval 1 day then 'major' else 'minor' end,
    'rootCause': late_cause, 'atFault': 'firm', 'detectedBy': 'operations', 'order': order_id}) as data
from orders where is_late and not is_off
union all by name
select customer, 'failure.fixed' as type, delivered_at as "at", 'failure:late:' || order_id || ':2-fixed' as id, _line, _file,
  to_json({'failure': 'late:' || order_id, 'how': 'delivered'}) as data
from orders where is_late and not is_off
union all by name
select customer, 'failure.closed' as type, delivered_at as "at", 'failure:late:' || order_id || ':3-closed' as id, _line, _file,
  to_json({'failure': 'late:' || order_id, 'fixed': true, 'rootCause': late_cause}) as data
from orders where is_late and not is_off
union all by name
select customer, 'failure.occurred' as type, due_at as "at", 'failure:missing:' || order_id || ':1-occurred' as id, _line, _file,
  to_json({'failure': 'missing:' || order_id, 'category': 'not delivered',
    'severity': case when value >= 95400 then 'critical' else 'major' end, 'rootCause': 'stopped at ' || status,
    'loss': value, 'currency': 'BRL', 'atFault': 'firm', 'detectedBy': 'operations', 'order': order_id}) as data
from orders where is_missing
union all by name
select customer, 'failure.occurred' as type,
  utc(greatest(placed, approved, shipped, delivered), 'America/Sao_Paulo') as "at",
  'failure:off:' || order_id || ':1-occurred' as id, _line, _file,
  to_json({'failure': 'off:' || order_id,
    'category': case when status = 'unavailable' then 'order unavailable' else 'order cancelled' end,
    'severity': case when status = 'unavailable' or approved is not null then 'major' else 'minor' end,
    'rootCause': status, 'atFault': case when status = 'unavailable' then 'firm' end,
    'detectedBy': 'operations', 'order': order_id}) as data
from orders where is_off
union all by name
select o.customer, 'survey.invited' as type, utc(r.invited, 'America/Sao_Paulo') as "at",
  'review:' || order_id || ':' || strftime(r.answered, '%Y%m%d%H%M') || ':' || r.score || ':1-invited' as id, r._line, r._file,
  to_json({'survey': 'review:' || order_id || ':' || strftime(r.answered, '%Y%m%d%H%M'), 'kind': 'csat'}) as data
from reviews r join orders o using (order_id)
union all by name
select o.customer, 'survey.answered' as type, utc(r.answered, 'America/Sao_Paulo') as "at",
  'review:' || order_id || ':' || strftime(r.answered, '%Y%m%d%H%M') || ':' || r.score || ':2-answered' as id, r._line, r._file,
  to_json({'survey': 'review:' || order_id || ':' || strftime(r.answered, '%Y%m%d%H%M'), 'kind': 'csat',
    'score': r.score, 'min': 1, 'max': 5}) as data
from reviews r join orders o using (order_id)
union all by name
select o.customer, 'post.published' as type, utc(r.answered, 'America/Sao_Paulo') as "at",
  'review:' || order_id || ':' || strftime(r.answered, '%Y%m%d%H%M') || ':' || r.score || ':3-post' as id, r._line, r._file,
  to_json({'platform': 'marketplace', 'rating': r.score, 'negative': r.score <= 2, 'linkedBy': 'reference', 'text': r.text}) as data
from reviews r join orders o using (order_id)
where r.text is not null
