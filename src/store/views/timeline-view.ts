import { customerKey } from '../../core/ids.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { storedKey } from '../log.ts'

/** Where a page of the timeline ended: the order is by time, id, source, and customer, newest first. */
export type TimelinePlace = Readonly<{ at: Instant; id: string; source: string; customer: string }>

/** An event as stored, and when it was received. */
export type TimelineRow = Readonly<{ event: CustomerEvent; receivedAt: Instant }>

type StoredEvent = {
  customer: string
  source: string
  id: string
  type: string
  at: Date
  received_at: Date
  data: Record<string, unknown>
}

const timelineRow = ({ customer, at, received_at: receivedAt, ...rest }: StoredEvent): TimelineRow => ({
  event: { ...rest, customer: customerKey(customer), at: instant(at.getTime()) } as CustomerEvent,
  receivedAt: instant(receivedAt.getTime()),
})

const COLUMNS = 'customer, source, id, type, at, received_at, data'

/** Events of these customers, newest first, after a place. */
export async function readTimeline(
  tx: Tx,
  { customers, after, limit }: Readonly<{ customers: readonly string[]; after: TimelinePlace | null; limit: number }>,
): Promise<readonly TimelineRow[]> {
  const place = after === null ? [] : [rfc3339(after.at), after.id, after.source, after.customer]
  const rows = await tx.query<StoredEvent>(
    `select ${COLUMNS} from events where customer = any($1)
       ${after === null ? '' : 'and (at, id, source, customer) < ($3, $4, $5, $6)'}
      order by at desc, id desc, source desc, customer desc limit $2`,
    [customers, limit, ...place],
    after === null ? 'timeline' : 'timeline-after',
  )
  return rows.map(timelineRow)
}

/** Every retraction that these customers' logs hold: rare, and needed to tell which events are in force. */
export async function readRetractions(tx: Tx, customers: readonly string[]): Promise<readonly CustomerEvent[]> {
  const rows = await tx.query<StoredEvent>(
    `select ${COLUMNS} from events where customer = any($1) and type = 'event.retracted'`,
    [customers],
    'retractions',
  )
  return rows.map((row) => timelineRow(row).event)
}

/** The free text of these customers' events, by `storedKey`, each as its fields; `ids` narrows to events with these. */
export async function readProse(
  tx: Tx,
  customers: readonly string[],
  ids: readonly string[] | null,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rows = await tx.query<{ customer: string; source: string; id: string; field: string; body: string }>(
    `select customer, source, id, field, body from prose
      where customer = any($1) and ($2::text[] is null or id = any($2)) order by field`,
    [customers, ids],
    'prose',
  )
  const prose = new Map<string, Record<string, string>>()
  for (const { customer, source, id, field, body } of rows) {
    const key = storedKey(customer, source, id)
    prose.set(key, { ...prose.get(key), [field]: body })
  }
  return prose
}
