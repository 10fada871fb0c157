-- title: The Complete Journey, grocery households 2017
-- about: Baskets, campaigns, coupons issued and redeemed, and what is known of the households.
-- needs: transactions_sample or transactions or campaigns
-- table: transactions_sample(household_id, basket_id, product_id, quantity, sales_value, transaction_timestamp)
-- table: transactions(household_id, basket_id, product_id, quantity, sales_value, transaction_timestamp)
-- table: campaigns(campaign_id, household_id)
-- table: campaign_descriptions(campaign_id, campaign_type, start_date, end_date)
-- table: coupon_redemptions(household_id, coupon_upc, campaign_id, redemption_date)
-- table: demographics(household_id, age?, income?, home_ownership?, marital_status?, household_size?, household_comp?, kids_count?)
--
-- Time: New York local time, turned into UTC; days begin at local midnight. Money: US dollars, in cents.
-- Basket: an order; its value is what the shop received. Coupons and campaigns need campaign_descriptions for their days.
-- Campaign: an offer by post with purpose reward, sent on its first day. The coupons that came with it are ONE voucher
--   for each household (which coupons of a type A campaign a household got is not known), that expires with the
--   campaign. The data do not give the face value of a coupon, so vouchers have value 0: they count, and owe nothing.
-- Redemption: each coupon redeemed is a voucher.redeemed; the first of a campaign also accepts the offer. Redemptions
--   of one day keep the order of the baskets of that day unknown: they stand at local midnight.
with lines as (
  select household_id, basket_id, product_id, quantity, sales_value, transaction_timestamp, _line, _file from transactions_sample
  union all by name
  select household_id, basket_id, product_id, quantity, sales_value, transaction_timestamp, _line, _file from transactions
  where basket_id not in (select basket_id from transactions_sample where basket_id is not null)
),
baskets as (
  select household_id, basket_id, min(transaction_timestamp) as moment, min(_line) as _line, min(_file) as _file,
    round(sum(try_cast(sales_value as decimal(18, 2))) * 100)::bigint as value,
    list({'product': product_id, 'quantity': try_cast(quantity as integer),
      'value': round(try_cast(sales_value as decimal(18, 2)) * 100)::bigint}
      order by product_id, try_cast(quantity as integer), try_cast(sales_value as decimal(18, 2))) as items
  from lines
  group by household_id, basket_id
),
sent as (
  select c.household_id, c.campaign_id, min(c._line) as _line, min(c._file) as _file,
    any_value(d.campaign_type) as campaign_type, min(d.start_date) as start_date, max(d.end_date) as end_date
  from campaigns c join campaign_descriptions d using (campaign_id)
  group by c.household_id, c.campaign_id
),
redeemed as (
  select *, row_number() over (
    partition by household_id, campaign_id, coupon_upc, redemption_date order by _line) as n,
    row_number() over (partition by household_id, campaign_id order by redemption_date, coupon_upc, _line) as nth
  from coupon_redemptions
)
select household_id as customer, 'order.placed' as type, utc(moment, 'America/New_York') as "at",
  'basket:' || basket_id as id, _line, _file,
  to_json({'order': basket_id, 'value': value, 'currency': 'USD', 'items': items}) as data
from baskets
union all by name
select household_id as customer, 'offer.sent' as type, utc(start_date, 'America/New_York') as "at",
  'campaign:' || campaign_id || ':' || household_id || ':1-sent' as id, _line, _file,
  to_json({'offer': 'campaign:' || campaign_id, 'category': campaign_type, 'purpose': 'reward', 'channel': 'post', 'asked': false}) as data
from sent
union all by name
select household_id as customer, 'voucher.issued' as type, utc(start_date, 'America/New_York') as "at",
  'campaign:' || campaign_id || ':' || household_id || ':2-issued' as id, _line, _file,
  to_json({'voucher': 'coupons:' || campaign_id, 'value': 0, 'currency': 'USD', 'origin': 'earned',
    'expiresAt': utc(try_cast(end_date as timestamp) + interval '23:59:59', 'America/New_York')}) as data
from sent
union all by name
select household_id as customer, 'offer.accepted' as type, utc(redemption_date, 'America/New_York') as "at",
  'campaign:' || campaign_id || ':' || household_id || ':3-accepted' as id, _line, _file,
  to_json({'offer': 'campaign:' || campaign_id}) as data
from redeemed where nth = 1
union all by name
select household_id as customer, 'voucher.redeemed' as type, utc(redemption_date, 'America/New_York') as "at",
  'coupon:' || campaign_id || ':' || household_id || ':' || coupon_upc || ':' || redemption_date || ':' || n as id, _line, _file,
  to_json({'voucher': 'coupons:' || campaign_id, 'value': 0, 'currency': 'USD', 'coupon': coupon_upc}) as data
from redeemed
union all by name
select household_id as customer, 'customer.profiled' as type, utc('2017-01-01', 'America/New_York') as "at",
  'profile:' || household_id as id, _line, _file,
  to_json({'attributes': {'age': age, 'income': income, 'homeOwnership': home_ownership, 'maritalStatus': marital_status,
    'householdSize': household_size, 'household': household_comp, 'kids': kids_count}}) as data
from demographics
