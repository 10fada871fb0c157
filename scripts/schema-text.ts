import type { Db } from '../src/store/db.ts'

/** What the catalogue tells of one table, as PostgreSQL itself words it. */
type TableRow = { name: string; columns: string[]; constraints: string[]; indexes: string[]; settings: string[] }

const TABLES = `
  select c.relname as name,
    array(select format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
            || case when a.attcollation <> 0 and a.attcollation <> t.typcollation
                    then format(' collate %I', (select collname from pg_collation where oid = a.attcollation)) else '' end
            || case when a.attnotnull then ' not null' else '' end
            || coalesce(case a.attgenerated when 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
                        else ' default ' || pg_get_expr(d.adbin, d.adrelid) end, '')
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
    array(select format('constraint %I %s', conname, pg_get_constraintdef(oid)) from pg_constraint
           where conrelid = c.oid and contype <> 'n' order by contype, conname collate "C") as constraints,
    array(select pg_get_indexdef(i.indexrelid) from pg_index i
            join pg_class x on x.oid = i.indexrelid
           where i.indrelid = c.oid and not exists (select from pg_constraint where conindid = i.indexrelid)
           order by x.relname collate "C") as indexes,
    array(select format('alter table %I alter %I set storage %s', c.relname, a.attname,
                        case a.attstorage when 'e' then 'external' when 'p' then 'plain'
                                          when 'm' then 'main' else 'extended' end)
            from pg_attribute a join pg_type t on t.oid = a.atttypid
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attstorage <> t.typstorage
           order by a.attnum)
      || array(select format('alter table %I set (%s)', c.relname, option) from unnest(c.reloptions) as option
                order by option) as settings
  from pg_class c
  where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
  order by c.relname collate "C"`

/** What must not exist in a database that can be spread by customer, named if it does. */
const OTHERS = `
  select format('-- %s %s', kind, name) as line from (
    select 'sequence' as kind, relname as name from pg_class
     where relkind = 'S' and relnamespace = current_schema()::regnamespace
    union all
    select 'view', relname from pg_class
     where relkind in ('v', 'm') and relnamespace = current_schema()::regnamespace
    union all
    select 'trigger', tgname from pg_trigger where not tgisinternal
    union all
    select 'function', proname from pg_proc where pronamespace = current_schema()::regnamespace
  ) as found order by kind, name collate "C"`

const HEAD = `-- The schema that the migrations build, as the catalogue of PostgreSQL tells it. Written by
-- "node scripts/write-golden-schema.ts" and compared by a test: read it, and change a migration instead.
`

/** The schema of a database as text: the same text for the same schema, whatever built it. */
export async function schemaText(db: Db): Promise<string> {
  const tables = await db.query<TableRow>(TABLES)
  const others = await db.query<{ line: string }>(OTHERS)
  const blocks = tables.map(({ name, columns, constraints, indexes, settings }) =>
    [
      `create table ${name} (\n${[...columns, ...constraints].map((line) => `  ${line}`).join(',\n')}\n)`,
      ...settings,
      ...indexes.map((index) => index.replaceAll(/ ON (?:\w+\.)?/g, ' ON ')),
    ]
      .map((statement) => `${statement};\n`)
      .join(''),
  )
  return `${[HEAD, ...blocks].join('\n')}${others.map(({ line }) => `\n${line}`).join('')}`
}
