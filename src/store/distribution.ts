import type { Db } from './db.ts'

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
  'vouchers',
  'voucher_transfers',
  'exits',
  'promise_alarms',
  'survey_occasions',
  'data_requests',
  'data_packs',
  'incident_items',
] as const
/** Ways to a customer, spread by what is known of one before the customer is. */
const BY_HANDLE = ['voucher_handles'] as const
const REFERENCE = ['models', 'settings', 'message_texts', 'policies', 'forecasts'] as const

/** How a database is spread. */
export type Spread =
  | Readonly<{ kind: 'plain' }>
  | Readonly<{ kind: 'partly'; missing: readonly string[]; nodes: number }>
  | Readonly<{ kind: 'distributed'; nodes: number; shards: number }>

/** Whether this is one PostgreSQL, or a Citus cluster with all our tables spread by customer. */
export async function readSpread(db: Db): Promise<Spread> {
  const [extension] = await db.query(`select from pg_extension where extname = 'citus'`)
  if (extension === undefined) return { kind: 'plain' }
  const rows = await db.query<{ name: string; type: string; column: string; colocation: number; shards: number }>(
    `select table_name::text as name, citus_table_type as type, distribution_column as column,
            colocation_id as colocation, shard_count as shards from citus_tables`,
  )
  const [workers] = await db.query<{ nodes: number }>(
    `select count(*) as nodes from pg_dist_node where isactive and shouldhaveshards`,
  )
  const nodes = workers?.nodes ?? 0
  // Tables outside of our schema are listed with theirs before the name.
  const found = new Map(rows.map((row) => [row.name, row]))
  const group = found.get('relationships')?.colocation
  const missing = [
    ...DISTRIBUTED.filter((name) => {
      const table = found.get(name)
      return (
        table === undefined || table.type !== 'distributed' || table.column !== 'customer' || table.colocation !== group
      )
    }),
    ...BY_HANDLE.filter((name) => found.get(name)?.column !== 'handle'),
    ...REFERENCE.filter((name) => found.get(name)?.type !== 'reference'),
  ]
  if (missing.length > 0) return { kind: 'partly', missing, nodes }
  return { kind: 'distributed', nodes, shards: found.get('relationships')?.shards ?? 0 }
}

/** What distributing did. */
export type Distributed = Readonly<{ kind: 'no-citus' }> | Readonly<{ kind: 'distributed'; tables: readonly string[] }>

/**
 * Spreads the tables of a database with the Citus extension over its nodes: what belongs to a customer by the
 * customer, all these tables together; the ways to a customer by their handle; catalogues to every node. Keys, people, sessions, the audit log, tasks, webhook
 * endpoints and the job queue stay with the coordinator. Safe to repeat.
 */
export async function distribute(db: Db): Promise<Distributed> {
  const [available] = await db.query(`select from pg_available_extensions where name = 'citus'`)
  if (available === undefined) return { kind: 'no-citus' }
  await db.query('create extension if not exists citus')
  const before = await readSpread(db)
  const missing: readonly string[] = before.kind === 'partly' ? before.missing : []
  const done: string[] = []
  for (const name of DISTRIBUTED.filter((table) => missing.includes(table))) {
    const beside = name === 'relationships' ? 'none' : 'relationships'
    await db.query(`select create_distributed_table($1, 'customer', colocate_with => $2)`, [name, beside])
    done.push(name)
  }
  for (const name of BY_HANDLE.filter((table) => missing.includes(table))) {
    await db.query(`select create_distributed_table($1, 'handle', colocate_with => 'none')`, [name])
    done.push(name)
  }
  for (const name of REFERENCE.filter((table) => missing.includes(table))) {
    await db.query('select create_reference_table($1)', [name])
    done.push(name)
  }
  return { kind: 'distributed', tables: done }
}
