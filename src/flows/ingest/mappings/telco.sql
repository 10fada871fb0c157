-- title: IBM telco customer churn
-- about: Subscriptions with their tenure, fixed terms, and who ended, with the reason when telco_churn_reasons is there.
-- needs: telco_churn
-- table: telco_churn(customerID, gender?, SeniorCitizen?, Partner?, Dependents?, tenure, PhoneService?, MultipleLines?,
--   InternetService?, OnlineSecurity?, OnlineBackup?, DeviceProtection?, TechSupport?, StreamingTV?, StreamingMovies?,
--   Contract, PaperlessBilling?, PaymentMethod?, MonthlyCharges, Churn)
-- table: telco_churn_reasons(customerID, churn_reason)
--
-- Time: the table is a snapshot without dates. We date it 2018-07-01 00:00 UTC, our choice: a subscription began
--   `tenure` months before, and one that ended did so on the last day before (Churn: left in the last month).
-- Fixed term: the contract that holds at the snapshot is taken to have held from the start: first term of one or two
--   years, then renewed for as long again each time it ran out.
-- Ended by: the customer; 'Deceased' is involuntary. Money: US dollars, in cents. The columns churn_score and cltv of
--   the reasons file are IBM's own predictions made with knowledge of the outcome, and are not read.
with lines as (
  select *, timestamp '2018-07-01' as snapshot,
    try_cast(tenure as integer) as months,
    case Contract when 'One year' then 12 when 'Two year' then 24 end as term
  from telco_churn
),
subscriptions as (
  select l.*, snapshot - to_months(months) as started, r.churn_reason,
    concat_ws(' + ', case when PhoneService = 'Yes' then 'phone' end,
      case when InternetService <> 'No' then 'internet ' || InternetService end) as product
  from lines l
  left join (select customerID, min(churn_reason) as churn_reason from telco_churn_reasons group by customerID) r
    using (customerID)
),
terms as (
  select *, unnest(range(1, 1 + (months - 1) // term)) as nth from subscriptions where term is not null and months > term
)
select customerID as customer, 'customer.profiled' as type, started as "at", 'profile:' || customerID as id, _line, _file,
  to_json({'segment': Contract, 'startedAt': utc(started), 'attributes': {'gender': gender, 'senior': SeniorCitizen = '1',
    'partner': Partner = 'Yes', 'dependents': Dependents = 'Yes', 'multipleLines': MultipleLines,
    'onlineSecurity': OnlineSecurity, 'onlineBackup': OnlineBackup, 'deviceProtection': DeviceProtection,
    'techSupport': TechSupport, 'streamingTv': StreamingTV, 'streamingMovies': StreamingMovies,
    'paperless': PaperlessBilling = 'Yes', 'payment': PaymentMethod}}) as data
from subscriptions
union all by name
select customerID as customer, 'subscription.started' as type, started as "at", 'subscription:' || customerID || ':1-started' as id,
  _line, _file,
  to_json({'subscription': customerID, 'product': product, 'monthlyValue': minor(MonthlyCharges), 'currency': 'USD',
    'fixedUntil': utc(started + to_months(term))}) as data
from subscriptions
union all by name
select customerID as customer, 'subscription.renewed' as type, started + to_months((nth * term)::integer) as "at",
  'subscription:' || customerID || ':2-renewed-' || nth as id, _line, _file,
  to_json({'subscription': customerID, 'fixedUntil': utc(started + to_months(((nth + 1) * term)::integer))}) as data
from terms
union all by name
select customerID as customer, 'subscription.ended' as type, snapshot - interval 1 day as "at",
  'subscription:' || customerID || ':3-ended' as id, _line, _file,
  to_json({'subscription': customerID, 'by': case when churn_reason = 'Deceased' then 'involuntary' else 'customer' end,
    'reason': churn_reason}) as data
from subscriptions where Churn = 'Yes'
