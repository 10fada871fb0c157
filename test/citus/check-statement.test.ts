import { readFileSync } from 'node:fs'
import { loadModule } from 'libpg-query'
import { beforeAll, expect, test } from 'vitest'
import { checkStatements } from './check-statement.ts'
import { mayCross } from './crossing.ts'
import { homeOf } from './layout.ts'

beforeAll(() => loadModule())

const layout = {
  home: homeOf,
  mutable: new Set(['now', 'jsonb_build_object', 'random', 'clock_timestamp', 'to_jsonb']),
  volatile: new Set(['random', 'clock_timestamp']),
}
const check = (sql: string) => {
  const [first] = checkStatements(sql, layout)
  if (first === undefined) throw new Error('a statement is there')
  return first
}

test.each([
  ['a join beside the key', 'select 1 from events e join prose p on p.id = e.id'],
  ['a join without any condition', 'select 1 from events, prose'],
  ['a join with a table of the coordinator', 'select 1 from cases c join people p on p.id::text = c.assignee'],
  [
    'a reference table with one of the coordinator',
    `select 1 from policies left join people on author = 'person:' || people.id`,
  ],
  [
    'a subquery over a table of the coordinator',
    'select 1 from cases c where exists (select 1 from teams t where t.name = c.team)',
  ],
  ['tables that are spread differently', 'select 1 from vouchers v join voucher_handles h on h.customer = v.customer'],
  [
    'a correlated subquery beside the key',
    'select 1 from events e where exists (select 1 from prose p where p.id = e.id)',
  ],
  [
    'a correlated subquery that is cut off',
    'select 1 from events e where e.id = (select p.id from prose p where p.customer = e.customer limit 1)',
  ],
  ['a correlated sum', 'select 1 from events e where 1 = (select count(*) from prose p where p.customer = e.customer)'],
  ['a subquery among the columns', 'select (select count(*) from prose) from events'],
  ['a lateral subquery', 'select 1 from events e, lateral (select 1 from prose p where p.customer = e.customer) as l'],
  ['a function over columns', 'select 1 from relationships r, unnest(r.members) as m'],
  [
    'several arrays joined at once',
    'select 1 from events e join unnest($1::text[], $2::text[]) as k (customer, id) on k.customer = e.customer',
  ],
  ['a clock among the tables', 'select 1 from events e join clock_timestamp() as c on true'],
  ['a lock over nodes', 'select 1 from cases where id = $1 for update'],
  ['a lock of a set', 'select 1 from cases where customer = any($1) for update'],
  [
    'a recursive query',
    'with recursive r as (select customer from events union all select customer from r) select 1 from events e join r on r.customer = e.customer',
  ],
  ['grouping sets', 'select category, count(*) from events group by grouping sets ((category), ())'],
  ['distinct on', 'select distinct on (id) id from events'],
  ['a window over all', 'select lag(at) over (order by at) from events'],
  ['a median over nodes', 'select percentile_cont(0.5) within group (order by stake_minor) from cases'],
  ['an ordered aggregate', 'select array_agg(id order by at) from events'],
  ['a whole row', 'select to_jsonb(t) from events t'],
  ['a query without columns', 'select from events'],
  [
    'an EXISTS without columns',
    'select 1 from events e where exists (select from prose p where p.customer = e.customer)',
  ],
  ['a COPY of a query that is refused', 'copy (select e.id from events e join prose p on p.id = e.id) to stdout'],
  ['a full join', 'select 1 from events e full join prose p on p.customer = e.customer'],
  ['a reference table on nobody’s side', 'select 1 from settings s right join events e on e.type = s.name'],
  ['an insert without the key', 'insert into events (id) values ($1)'],
  [
    'an insert from a subquery',
    `insert into messages (customer, id) values ($1, (select id from events where customer = $1))`,
  ],
  ['an insert from a table by another column', 'insert into prose (customer, id) select id, customer from events'],
  [
    'an insert from rows that come together first',
    'insert into prose (customer, id) select customer, id from events limit 5',
  ],
  [
    'a reference table filled from itself',
    'insert into message_texts (version) select max(version) + 1 from message_texts',
  ],
  ['a conflict beside the key', 'insert into cases (customer, id) values ($1, $2) on conflict (id) do nothing'],
  [
    'a clock in a conflict',
    'insert into cases (customer, id) values ($1, $2) on conflict (customer, id) do update set changed_at = now()',
  ],
  ['a change of the key', 'update exits set customer = $2 where customer = $1'],
  ['chance in a change', 'update cases set rank = random() where customer = $1'],
  ['chance in a condition', 'delete from cases where customer = $1 and rank < random()'],
  ['a stable function over a column', `update events set data = jsonb_build_object('a', data) where customer = $1`],
  [
    'a stable function in a case',
    `update messages set sent_at = case when $2 = 'sent' then now() else sent_at end where customer = $1`,
  ],
  ['a stable function in a coalesce', 'update messages set sent_at = coalesce(sent_at, now()) where customer = $1'],
  ['an interval beside a time', `delete from messages where customer = $1 and sent_at + interval '1 day' < $2`],
  ['a time read from text', 'delete from events where customer = $1 and told_at::timestamptz < $2'],
  ['a function in RETURNING', 'update cases set rank = 1 where customer = $1 returning now()'],
  ['a change beside the key', 'update cases c set rank = 1 from events e where e.id = c.id'],
  ['a change by a table of the coordinator', 'update cases c set rank = 1 from people p where p.name = c.assignee'],
  ['a reference table changed by another', 'update models m set live = false from policies p where p.kind = m.kind'],
  ['a change within a query', 'with gone as (delete from prose returning customer) select count(*) from gone'],
  ['a COPY without the key', 'copy events (id) from stdin'],
  ['a trigger', 'create trigger t before insert on events for each row execute function f()'],
  ['a table lock', 'lock table events'],
  ['a way of storing', 'alter table states alter state set storage external'],
  ['a check beside a new column', 'alter table cases add column x integer check (x > 0)'],
  ['a constraint without a name', 'alter table models add primary key (kind, version)'],
  ['a key without the customer', 'alter table cases add constraint one unique (id)'],
  [
    'a reference to another table',
    'alter table cases add constraint r foreign key (customer) references relationships',
  ],
  ['another type of the key', 'alter table cases alter customer type varchar'],
  ['a unique index without the customer', 'create unique index x on cases (id)'],
  ['several indexes dropped at once', 'drop index cases_id, cases_wake'],
])('%s is caught', (_, sql) => {
  expect(check(sql).problems).not.toEqual([])
})

test.each([
  ['select 1 from cases where customer = $1 and id = $2 for update skip locked', 'one'],
  [
    'select r.customer, s.state from relationships r left join states s on s.customer = r.customer where r.customer = $1',
    'one',
  ],
  [
    'select r.customer, array(select kind from models where live) as k from relationships r left join (select model from models where live) m on true where r.customer = $1',
    'one',
  ],
  ['select to_jsonb(t) from events t where customer = $1', 'one'],
  [
    'select r.customer from relationships r left join states s on s.customer = r.customer where r.customer = any($1)',
    'set',
  ],
  [
    'select 1 from (select * from unnest($1::text[], $2::text[]) as u (customer, id)) as k join events e on e.customer = k.customer and e.id = k.id',
    'set',
  ],
  ['insert into prose (customer, id) select * from unnest($1::text[], $2::text[]) on conflict do nothing', 'set'],
  ['insert into prose (customer, id) values ($1, $2)', 'one'],
  ['insert into voucher_handles (handle, customer) values ($1, $3), ($2, $3)', 'set'],
  [
    'with n as materialized (select * from unnest($1::text[], $2::int[]) as n (customer, x)) update relationships r set revision = n.x from n where r.customer = n.customer',
    'set',
  ],
  ['update messages set sent_at = now() where customer = $1 and id = $2', 'one'],
  ['delete from prose where customer = any($1)', 'set'],
  ['copy events (customer, id) from stdin', 'set'],
  [`insert into prose (id, customer, field) select id, customer, 'a' from events where type = $1`, 'all'],
  [
    'select customer from events e where not exists (select 1 from events r where r.customer = e.customer and r.about_key = e.own_key)',
    'all',
  ],
  [
    'select category, sum(n) from (select category, week, count(*) as n from events group by 1, 2) as x group by category',
    'all',
  ],
  ['select lag(at) over (partition by customer order by at) from events', 'all'],
  [
    'select percentile_cont(0.5) within group (order by v) from (select stake_minor as v from cases offset 0) as c',
    'all',
  ],
  ['select name from people where id = $1 for update', 'none'],
  ['alter table cases add column x text, alter floor set not null, drop column rank', 'none'],
  ['alter table cases add constraint floors check (floor > 0)', 'none'],
  ['create index cases_x on cases (id) where is_open', 'none'],
  ['create unique index models_one on models (kind) where live', 'none'],
  ['update tasks set started_at = coalesce(started_at, now()) where id = (select id from tasks limit 1)', 'none'],
])('%s is let through', (sql, reach) => {
  expect(check(sql)).toMatchObject({ problems: [], reach })
})

test.each([
  ['select id from events', true],
  ['select id from events where customer = any($1)', true],
  ['delete from prose where customer = any($1) returning id', true],
  ['select id from events order by id', false],
  ['select id from events where customer = $1', false],
  ['explain select id from events', false],
])('%s may answer in any order: %s', (sql, isUnordered) => {
  expect(check(sql).isUnordered).toBe(isUnordered)
})

test('whatever may ask every node is there', () => {
  for (const place of mayCross.keys()) {
    const [file, name] = place.split(' ')
    expect(readFileSync(new URL(`../../src/store/${file}`, import.meta.url), 'utf8')).toMatch(
      new RegExp(`function ${name}\\b|const ${name} =`),
    )
  }
})
