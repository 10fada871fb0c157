import { type Instant, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** So much of one kind is held, from when to when. */
export type HeldKind = Readonly<{ kind: string; count: number; from: Instant; to: Instant }>

type Row = { kind: string; count: number; from: Date; to: Date }

const heldKind = ({ kind, count, from, to }: Row): HeldKind => ({
  kind,
  count,
  from: instant(from.getTime()),
  to: instant(to.getTime()),
})

/** How many events of each group are in the log of a person: `order`, `failure`, and so on. */
export async function countHeldEvents(tx: Tx, customers: readonly string[]): Promise<readonly HeldKind[]> {
  const rows = await tx.query<Row>(
    `select split_part(type, '.', 1) as kind, count(*)::int as count, min(at) as "from", max(at) as "to"
       from events where customer = any($1) group by 1 order by 1`,
    [customers],
    'held-events',
  )
  return rows.map(heldKind)
}

/** Where the events of a person came from. */
export async function readHeldSources(tx: Tx, customers: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ source: string }>(
    'select distinct source from events where customer = any($1) order by source',
    [customers],
    'held-sources',
  )
  return rows.map(({ source }) => source)
}

/** What was sent to a person, and what was done about failures. */
export async function countHeldRows(tx: Tx, customers: readonly string[]): Promise<readonly HeldKind[]> {
  const rows: Row[] = []
  for (const [kind, table, at] of [
    ['message', 'messages', 'created_at'],
    ['case', 'cases', 'opened_at'],
  ] as const) {
    rows.push(
      ...(await tx.query<Row>(
        `select '${kind}' as kind, count(*)::int as count, min(${at}) as "from", max(${at}) as "to"
           from ${table} where customer = any($1) having count(*) > 0`,
        [customers],
        `held-${kind}s`,
      )),
    )
  }
  return rows.map(heldKind)
}
