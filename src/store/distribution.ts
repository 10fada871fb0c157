import type { Db, Tx } from './db.ts'

/** Tables that live with their customer, and catalogues that every node holds. */
const DISTRIBUTED = [
  'relationships',
  'states',
  'events',
  'prose',
  'search_terms',
  'messages',
  'bounced_addresses',
  'webhook_deliveries',
  'contact_slots',
  'cases',
  'case_entries',
  'case_notes',
  'case_gifts',
  'case_approvals',
  'case_offers',
  'case_letters',
  'vouchers',
  'voucher_transfers',
  'exits',
  'promise_alarms',
  'survey_occasions',
  'gestures',
  'input_members',
  'ideas',
  'data_requests',
  'data_packs',
  'incident_items',
  'customer_traits',
] as const
/** Beside this one all that belongs to customers is kept. */
const FIRST = 'relationships'
/** Ways to a customer, spread by what is known of one before the customer is. */
const BY_HANDLE = ['voucher_handles'] as const
const REFERENCE = ['models', 'settings', 'message_texts', 'policies', 'forecasts'] as const

/** Whoever changes the schema, or where its tables live, holds this lock meanwhile. */
export const SCHEMA_LOCK = 4_206_011_927

/** How each table is spread: by a column, or copied to every node. All others are the coordinator's own. */
export const tableSpread: ReadonlyMap<string, 'customer' | 'handle' | 'reference'> = new Map([
  ...DISTRIBUTED.map((name) => [name, 'customer'] as const),
  ...BY_HANDLE.map((name) => [name, 'handle'] as const),
  ...REFERENCE.map((name) => [name, 'reference'] as const),
])

/** How a database is spread. `nodes` are those that hold parts of the tables, `missing` says of each table what is not so. */
export type Spread =
  | Readonly<{ kind: 'plain' }>
  | Readonly<{ kind: 'partly'; missing: readonly MissingTable[]; nodes: number }>
  | Readonly<{ kind: 'distributed'; nodes: number; shards: number; tables: number }>

/** A table that is not spread as it should be, and why. */
export type MissingTable = Readonly<{
  table: string
  because: 'not-spread' | 'by-another-column' | 'apart-from-its-customers'
}>

type Found = { name: string; type: string; column: string; colocation: number; shards: number }

/** Whether this is one PostgreSQL, or a Citus cluster with all our tables spread by customer. */
export async function readSpread(db: Tx): Promise<Spread> {
  const [extension] = await db.query(`select 1 from pg_extension where extname = 'citus'`)
  if (extension === undefined) return { kind: 'plain' }
  const rows = await db.query<Found>(
    `select n.name, t.citus_table_type as type, t.distribution_column as column, t.colocation_id as colocation,
            t.shard_count as shards
       from unnest($1::text[]) as n (name) join citus_tables t on t.table_name = to_regclass(n.name)`,
    [[...tableSpread.keys()]],
  )
  const found = new Map(rows.map((row) => [row.name, row]))
  const nodes = await countNodes(db)
  const group = found.get(FIRST)?.colocation
  const missing = [...tableSpread].flatMap(([table, by]): readonly MissingTable[] => {
    const because = whyMissing(found.get(table), by, group)
    return because === undefined ? [] : [{ table, because }]
  })
  if (missing.length > 0) return { kind: 'partly', missing, nodes }
  return { kind: 'distributed', nodes, shards: found.get(FIRST)?.shards ?? 0, tables: found.size }
}

function whyMissing(
  found: Found | undefined,
  by: 'customer' | 'handle' | 'reference',
  group: number | undefined,
): MissingTable['because'] | undefined {
  if (found === undefined || found.type !== (by === 'reference' ? 'reference' : 'distributed')) return 'not-spread'
  if (by === 'reference') return undefined
  if (found.column !== by) return 'by-another-column'
  return by === 'customer' && found.colocation !== group ? 'apart-from-its-customers' : undefined
}

async function countNodes(db: Tx): Promise<number> {
  const [row] = await db.query<{ nodes: number }>(
    'select count(*) as nodes from pg_dist_node where isactive and shouldhaveshards',
  )
  return row?.nodes ?? 0
}

/** What distributing did, or what stands in its way. */
export type Distributed =
  | Readonly<{ kind: 'no-citus' | 'no-nodes' }>
  | Readonly<{ kind: 'wrong-key'; table: string }>
  | Readonly<{ kind: 'distributed'; tables: readonly string[] }>

/**
 * Spreads the tables of a database with the Citus extension over its nodes: what belongs to a customer by the
 * customer, all these tables together; the ways to a customer by their handle; catalogues to every node. Keys, people,
 * sessions, the audit log, tasks, webhook endpoints and the job queue stay with the coordinator. What a table holds
 * moves along. Each table is a step of its own, told to `onTable` before it begins: broken off, it goes on where it
 * stopped. Safe to repeat. Takes two connections.
 */
export async function distribute(db: Db, onTable: (table: string) => void = () => undefined): Promise<Distributed> {
  const [available] = await db.query(`select 1 from pg_available_extensions where name = 'citus'`)
  if (available === undefined) return { kind: 'no-citus' }
  return db.transaction(async (lock) => {
    await lock.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK])
    await db.query('create extension if not exists citus')
    if ((await countNodes(db)) === 0) return { kind: 'no-nodes' }
    return spreadMissing(db, onTable)
  })
}

/**
 * Spreads tables that a migration added to a database that is distributed already; does nothing to any other. The
 * caller holds the lock of the schema.
 */
export async function spreadNewTables(db: Db): Promise<void> {
  const spread = await readSpread(db)
  if (spread.kind === 'partly' && !spread.missing.some(({ table }) => table === FIRST)) {
    await spreadMissing(db, () => undefined)
  }
}

async function spreadMissing(db: Db, onTable: (table: string) => void): Promise<Distributed> {
  const spread = await readSpread(db)
  const missing = spread.kind === 'partly' ? spread.missing : []
  const wrong = missing.find(({ because }) => because !== 'not-spread')
  if (wrong !== undefined) return { kind: 'wrong-key', table: wrong.table }
  const tables = missing.map(({ table }) => table)
  for (const table of tables) {
    onTable(table)
    await spreadTable(db, table)
  }
  await dropLeftovers(db)
  return { kind: 'distributed', tables }
}

async function spreadTable(db: Tx, table: string): Promise<void> {
  const by = tableSpread.get(table)
  if (by === 'reference') await db.query('select create_reference_table($1)', [table])
  else {
    const beside = by === 'customer' && table !== FIRST ? FIRST : 'none'
    await db.query('select create_distributed_table($1, $2, colocate_with => $3)', [table, by, beside])
  }
}

// Citus copies what a table held to the nodes, and leaves the rows where they were, unread.
async function dropLeftovers(db: Tx): Promise<void> {
  const left = await db.query<{ name: string }>(
    'select name from unnest($1::text[]) as n (name) where pg_relation_size(to_regclass(name)) > 0',
    [[...tableSpread.keys()]],
  )
  for (const { name } of left) await db.query('select truncate_local_data_after_distributing_table($1)', [name])
}
