import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Timeline } from '../../contract/show.ts'
import { eventSentence, type Locale } from '../../contract/words.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { inForce } from '../../core/relationship/relationship.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import type { Db } from '../../store/db.ts'
import { storedKey } from '../../store/log.ts'
import { readSettings } from '../../store/settings.ts'
import { readProse, readRetractions, readTimeline, type TimelineRow } from '../../store/views/timeline-view.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { findPeople } from '../find-people.ts'

/** Which page, and in which language. */
export type TimelineOptions = Readonly<{ cursor: string | null; limit: number; locale: Locale }>

/** The events of a customer and of everybody merged into it, newest first; retracted ones stay, and are marked. */
export async function showTimeline(
  db: Db,
  key: string,
  { cursor, limit, locale }: TimelineOptions,
): Promise<Readonly<{ kind: 'timeline'; timeline: Timeline }> | Readonly<{ kind: 'customer-unknown' }>> {
  const after = placeOf(cursor, isPlace)
  const customers = await findPeople(db, key)
  if (customers.length === 0) return { kind: 'customer-unknown' }
  const [rows, retractions, { timeZone }] = await Promise.all([
    readTimeline(db, {
      customers,
      after: after === null ? null : { ...after, at: instant(after.at) },
      // One more than asked for tells whether there is a next page.
      limit: limit + 1,
    }),
    readRetractions(db, customers),
    readSettings(db),
  ])
  const shown = rows.slice(0, limit)
  const ids = shown.map(({ event }) => event.id)
  const prose = await readProse(db, customers, ids)
  const gone = retractedAmong(shown, retractions)
  const last = shown.at(-1)?.event
  return {
    kind: 'timeline',
    timeline: {
      items: shown.map((row) => itemOf(row, { locale, timeZone, gone, prose })),
      cursor: rows.length > limit && last !== undefined ? cursorOf(placeAt(last)) : null,
    },
  }
}

const place = Type.Object({
  at: Type.Integer({ minimum: 0, maximum: 8.64e15 }),
  id: Type.String(),
  source: Type.String(),
  customer: Type.String(),
})
const placeCheck = Compile(place)

const isPlace = (value: unknown): value is Static<typeof place> =>
  placeCheck.Check(value) &&
  [value.id, value.source, value.customer].every((text) => !text.includes('\u0000') && text.isWellFormed())

const placeAt = ({ at, id, source, customer }: CustomerEvent): Static<typeof place> => ({ at, id, source, customer })

const nameOf = ({ customer, source, id }: CustomerEvent): string => storedKey(customer, source, id)

/** The core's own rule, asked about the events of this page and every retraction that there is. */
function retractedAmong(rows: readonly TimelineRow[], retractions: readonly CustomerEvent[]): ReadonlySet<string> {
  if (retractions.length === 0) return new Set()
  const all = new Map([...rows.map(({ event }) => event), ...retractions].map((event) => [nameOf(event), event]))
  const kept = new Set(inForce([...all.values()]).map(nameOf))
  return new Set([...all.keys()].filter((name) => !kept.has(name)))
}

type Around = Readonly<{
  locale: Locale
  timeZone: string
  gone: ReadonlySet<string>
  prose: ReadonlyMap<string, Readonly<Record<string, string>>>
}>

function itemOf(
  { event, receivedAt }: TimelineRow,
  { locale, timeZone, gone, prose }: Around,
): Timeline['items'][number] {
  const texts = prose.get(nameOf(event))
  return {
    event: event.id,
    source: event.source,
    customer: event.customer,
    type: event.type,
    at: rfc3339(event.at),
    receivedAt: rfc3339(receivedAt),
    sentence: eventSentence(locale, event, timeZone),
    retracted: gone.has(nameOf(event)),
    text: texts === undefined ? null : Object.values(texts).join('\n\n'),
    data: { ...event.data },
  }
}
