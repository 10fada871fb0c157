import { customerKey } from '../core/ids.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { type Instant, rfc3339 } from '../core/time/instant.ts'
import { copyText, type Tx } from './db.ts'

/** An event in the form in which it is stored: free text apart, the data as JSON text. */
export type Storable = Readonly<{
  event: CustomerEvent
  dataJson: string
  prose: readonly Readonly<{ field: string; body: string }>[]
}>

/**
 * Appends by COPY. Fails with a unique violation (23505), and appends nothing, when one of them is in the log
 * already: the caller then asks `findStored` which.
 */
export async function append(tx: Tx, events: readonly Storable[]): Promise<void> {
  let rows = ''
  let prose = ''
  for (const { event, dataJson, prose: texts } of events) {
    const key = `${copyText(event.customer)}\t${copyText(event.source)}\t${copyText(event.id)}`
    rows += `${key}\t${copyText(event.type)}\t${rfc3339(event.at)}\t${copyText(dataJson)}\n`
    for (const { field, body } of texts) prose += `${key}\t${field}\t${copyText(body)}\n`
  }
  await tx.copy('copy events (customer, source, id, type, at, data) from stdin', rows)
  if (prose !== '') await tx.copy('copy prose (customer, source, id, field, body) from stdin', prose)
}

/** What the log holds under a key, for telling a repetition from a reuse. */
export type Stored = Readonly<{
  type: string
  at: Instant
  data: Readonly<Record<string, unknown>>
  prose: Readonly<Record<string, string>>
}>

/** The key of an event as one text, for maps. */
export const storedKey = (customer: string, source: string, id: string): string =>
  `${customer}\u0000${source}\u0000${id}`

// A subquery: Citus would take every column of a joined `unnest` for one of the first array's type.
const THESE = '(select * from unnest($1::text[], $2::text[], $3::text[]) as u (customer, source, id)) as k'

/** Which of these events the log holds already, by `storedKey`. */
export async function findStored(tx: Tx, events: readonly CustomerEvent[]): Promise<ReadonlyMap<string, Stored>> {
  const keys = [
    events.map((event) => event.customer),
    events.map((event) => event.source),
    events.map((event) => event.id),
  ]
  const rows = await tx.query<LogRow>(
    `select e.customer, e.source, e.id, e.type, extract(epoch from e.at)::float8 * 1000 as at, e.data
       from ${THESE} join events e on e.customer = k.customer and e.source = k.source and e.id = k.id`,
    keys,
    'find-stored',
  )
  if (rows.length === 0) return new Map()
  const texts = await tx.query<{ customer: string; source: string; id: string; field: string; body: string }>(
    `select p.customer, p.source, p.id, p.field, p.body
       from ${THESE} join prose p on p.customer = k.customer and p.source = k.source and p.id = k.id`,
    keys,
    'find-stored-prose',
  )
  const proseOf = Map.groupBy(texts, ({ customer, source, id }) => storedKey(customer, source, id))
  return new Map(
    rows.map(({ customer, source, id, type, at, data }) => {
      const key = storedKey(customer, source, id)
      const prose = Object.fromEntries((proseOf.get(key) ?? []).map(({ field, body }) => [field, body]))
      return [key, { type, at: Math.round(at) as Instant, data, prose }]
    }),
  )
}

type LogRow = { customer: string; source: string; id: string; type: string; at: number; data: Record<string, unknown> }

/** Whether any of these customers has ever been merged, or separated again. */
export async function wereMerged(tx: Tx, customers: readonly string[]): Promise<boolean> {
  const found = await tx.query(
    `select customer from events where customer = any($1) and type in ('customer.merged', 'customer.unmerged') limit 1`,
    [customers],
    'were-merged',
  )
  return found.length > 0
}

/** All events of these customers, in no order, without their free text. */
export async function readLog(tx: Tx, customers: readonly string[]): Promise<CustomerEvent[]> {
  const rows = await tx.query<LogRow>(
    `select customer, source, id, type, extract(epoch from at)::float8 * 1000 as at, data
       from events where customer = any($1)`,
    [customers],
    'read-log',
  )
  return rows.map(
    ({ customer, source, id, type, at, data }) =>
      ({ customer: customerKey(customer), source, id, type, at: Math.round(at), data }) as CustomerEvent,
  )
}
