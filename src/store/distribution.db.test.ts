import { describe, expect, inject, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { distribute, readSpread, spreadNewTables, tableSpread } from './distribution.ts'

const { isCluster } = inject('testEngine')
const { db } = await freshDb()

const tablesBy = (by: string) => [...tableSpread].flatMap(([table, is]) => (is === by ? [table] : []))

describe.each(['customer', 'handle'])('every table that is spread by %s', (by) => {
  test('has primary and unique keys that begin with it, so that no two nodes have to agree', async () => {
    const keys = await db.query<{ table: string; isPrimary: boolean; first: string; type: string; collation: string }>(
      `select i.indrelid::regclass::text as table, i.indisprimary as "isPrimary", a.attname as first,
              a.atttypid::regtype::text as type, c.collname as collation
         from pg_index i
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
         left join pg_collation c on c.oid = a.attcollation
        where i.indisunique and i.indrelid = any($1::text[]::regclass[])`,
      [tablesBy(by)],
    )
    expect(new Set(keys.filter(({ isPrimary }) => isPrimary).map(({ table }) => table))).toEqual(new Set(tablesBy(by)))
    for (const { table, first, type, collation } of keys) {
      expect({ table, first, type, collation }).toEqual({ table, first: by, type: 'text', collation: 'C' })
    }
  })
})

test('a table that holds something of a customer is spread', async () => {
  const tables = await db.query<{ table: string }>(
    `select a.attrelid::regclass::text as table from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.attname = 'customer' and c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace`,
  )
  expect(tables.map(({ table }) => table).filter((table) => !tableSpread.has(table))).toEqual([])
})

test('no table has a trigger, a sequence or a key of another table', async () => {
  const ours = [[...tableSpread.keys()]]
  expect(
    await db.query('select 1 from pg_trigger where tgrelid = any($1::text[]::regclass[]) and not tgisinternal', ours),
  ).toEqual([])
  expect(
    await db.query(
      `select 1 from pg_constraint where contype = 'f' and (conrelid = any($1::text[]::regclass[]) or confrelid = any($1::text[]::regclass[]))`,
      ours,
    ),
  ).toEqual([])
  expect(
    await db.query(`select 1 from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace`),
  ).toEqual([])
})

describe.runIf(isCluster)('a cluster', () => {
  test('has every table where it belongs, and distributing it again does nothing', async () => {
    expect(await readSpread(db)).toMatchObject({ kind: 'distributed', tables: tableSpread.size })
    expect(await distribute(db)).toEqual({ kind: 'distributed', tables: [] })
  })
})

describe.skipIf(isCluster)('one PostgreSQL', () => {
  test('is left as it is, with the reason', async () => {
    expect(await readSpread(db)).toEqual({ kind: 'plain' })
    expect(await distribute(db)).toEqual({ kind: 'no-citus' })
  })
})

/**
 * A database that looks like a coordinator: the views and functions of Citus that are asked, over a table that notes
 * what was spread. It shows what is asked for and in which order, and nothing of what Citus does then.
 */
async function likeCoordinator() {
  const { db: like } = await freshDb()
  await like.transaction(async (tx) => {
    await tx.query('set local allow_system_table_mods = on')
    await tx.query(
      `insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
       select 4206011, 'citus', 10, oid, false, '13.0' from pg_namespace where nspname = 'public'`,
    )
    await tx.query(`
      create table pg_dist_node (isactive boolean, shouldhaveshards boolean);
      create table noted (place int generated always as identity, table_name regclass, citus_table_type text, distribution_column text, colocation_id int, shard_count int);
      create view citus_tables as select * from noted;
      create table refused (name text);
      create table emptied (name text);
      create function create_distributed_table(name text, by text, colocate_with text) returns void language plpgsql as $$
        begin
          if exists (select from refused r where r.name = $1) then raise exception 'refused %', $1; end if;
          insert into noted (table_name, citus_table_type, distribution_column, colocation_id, shard_count)
            values ($1::regclass, 'distributed', by, case when by = 'customer' then 1 else 2 end, 32);
        end $$;
      create function create_reference_table(name text) returns void language sql as
        $$ insert into noted (table_name, citus_table_type, distribution_column, colocation_id, shard_count)
             values ($1::regclass, 'reference', '<none>', 3, 1) $$;
      create function truncate_local_data_after_distributing_table(name text) returns void language plpgsql as $$
        begin
          insert into emptied values ($1);
          execute format('truncate %I', $1);
        end $$;
      insert into pg_dist_node values (true, true), (true, true), (true, false)`)
  })
  return like
}

describe.skipIf(isCluster)('with the catalogue of a coordinator', async () => {
  const like = await likeCoordinator()
  const noted = async () =>
    (await like.query<{ name: string }>('select table_name::text as name from noted order by place')).map(
      ({ name }) => name,
    )

  test('nothing is spread before somebody asks for it', async () => {
    await spreadNewTables(like)
    expect(await noted()).toEqual([])
    expect(await readSpread(like)).toMatchObject({ kind: 'partly', nodes: 2 })
  })

  test('tables that are new are spread beside those that were before; broken off, it goes on where it stopped', async () => {
    await like.query(`select create_distributed_table('relationships', 'customer', 'none')`)
    await like.change(`insert into refused values ('cases')`)
    await expect(spreadNewTables(like)).rejects.toThrow('refused cases')
    const before = await noted()
    expect(before).toContain('events')
    expect(before).not.toContain('cases')
    await like.change('delete from refused')
    await like.change(`insert into settings (name, value) values ('left behind', '1')`)
    await spreadNewTables(like)
    const after = await noted()
    expect(after).toHaveLength(tableSpread.size)
    expect(new Set(after)).toEqual(new Set(tableSpread.keys()))
    expect(await readSpread(like)).toEqual({ kind: 'distributed', nodes: 2, shards: 32, tables: tableSpread.size })
    // Rows that Citus has copied do not stay behind, unread.
    expect(await like.query('select name from emptied')).toEqual([{ name: 'settings' }])
    await spreadNewTables(like)
    expect(await noted()).toEqual(after)
  })

  test('a table that is spread in another way is named, and left alone', async () => {
    await like.change(`update noted set colocation_id = 9 where table_name = 'events'::regclass`)
    expect(await readSpread(like)).toMatchObject({
      kind: 'partly',
      missing: [{ table: 'events', because: 'apart-from-its-customers' }],
    })
    await spreadNewTables(like)
    expect(await noted()).toHaveLength(tableSpread.size)
  })
})
