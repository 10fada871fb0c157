import type { Tx } from '../src/store/db.ts'

/**
 * Fills the tables of the lists with customers of plausible spread, with states of a usual size that say nothing, and lets PostgreSQL count them:
 * 5 % have something at stake, 3 % an open failure, 0.5 % a double deviation, 10 % have left, a third has no name.
 */
export async function fillCustomers(tx: Tx, count: number): Promise<void> {
  await tx.query('select setseed(0.42)')
  await tx.change(
    `insert into relationships (customer, revision, event_count, first_at, last_at, name, segment, since, goodwill,
            stay, stay_low, stay_high, value_minor, at_stake_minor, open_failures, double_deviation,
            last_failure_at, left_at, scored_at, model_version)
     select 'c' || i, 1, 3, t.now - interval '700 days', t.now - (i % 600) * interval '1 day',
            case when i % 3 > 0 then (array['Anna', 'Jan', 'Olga', 'Pim', 'Wout'])[1 + i % 5] || ' ' || md5(i::text) end,
            case when i % 2 = 0 then 'segment ' || i % 7 end, t.now - interval '700 days', random() - 0.5,
            random(), 0.1, 0.95, 10000, case when i % 20 = 0 then (random() * 1000)::int + 1 else 0 end,
            case when i % 33 = 0 then 1 else 0 end, i % 200 = 0, null,
            case when i % 10 = 0 then t.now - (i % 300) * interval '1 day' end, t.now, 0
       from generate_series(1, $1) i, (select timestamptz '2026-06-01T00:00:00Z' as now) t`,
    [count],
  )
  await tx.change(
    `insert into states (customer, revision, state)
     select 'c' || i, 1, json_build_object('customer', 'c' || i, 'weight', repeat(md5(i::text), 20))
       from generate_series(1, $1) i`,
    [count],
  )
  await tx.change(
    `insert into search_terms (customer, term)
     select 'c' || i, case part when 1 then first || ' ' || md5(i::text) else md5(i::text) end
       from (select i, (array['anna', 'jan', 'olga', 'pim', 'wout'])[1 + i % 5] as first from generate_series(1, $1) i) as named,
            generate_series(1, 2) part
      where i % 3 > 0`,
    [count],
  )
  await tx.change('vacuum analyze relationships, states, search_terms')
}

/**
 * Fills the log with one event a week of each of `customers` customers over two years before 2026-06-01: mostly
 * orders, 3 % failures, and promises that are kept a week later.
 */
export async function fillEvents(tx: Tx, customers: number): Promise<void> {
  await tx.query('select setseed(0.42)')
  await tx.change(
    `insert into events (customer, source, id, type, at, data)
     select 'c' || i, 'test', week || '-' || i, type, at,
            case type when 'failure.occurred' then jsonb_build_object('failure', week || '-' || i, 'severity', 'major',
                             'category', (array['late', 'lost', 'billing'])[1 + i % 3],
                             'promisedFixBy', to_char(at + interval '5 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                      when 'promise.made' then jsonb_build_object('promise', week || '-' || i,
                             'due', to_char(at + interval '8 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                      when 'promise.kept' then jsonb_build_object('promise', (week - 1) || '-' || i)
                      when 'event.retracted' then jsonb_build_object('id', (week - 1) || '-' || i)
                      else jsonb_build_object('order', week || '-' || i, 'value', 1000) end
       from (select i, week, timestamptz '2026-06-01T00:00:00Z' - interval '104 weeks' + (week + random()) * interval '7 days' as at,
                    case when week % 10 = 8 then 'promise.made' when week % 10 = 9 then 'promise.kept'
                         when (i + week) % 33 = 0 then 'failure.occurred'
                         when (i + week) % 400 = 1 then 'event.retracted' else 'order.placed' end as type
               from generate_series(1, $1) i, generate_series(0, 103) week) as made`,
    [customers],
  )
  await tx.change('vacuum analyze events')
}
