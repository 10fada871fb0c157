import { isDeepStrictEqual } from 'node:util'
import type { Accepted, Outcome } from '../contract/ingest.ts'
import type { Stored } from '../store/log.ts'

/** An event as the log would hold it. */
export const storedForm = ({ event, dataJson, prose }: Accepted): Stored => ({
  type: event.type,
  at: event.at,
  data: JSON.parse(dataJson),
  prose: Object.fromEntries(prose.map(({ field, body }) => [field, body])),
})

/** What becomes of an event whose id the log holds already: a repetition, or an id with other content. */
export function repetition(item: Accepted, stored: Stored): Outcome {
  const { event } = item
  const mine = storedForm(item)
  // Erased free text cannot be compared: what is left of the event decides.
  const sameProse = Object.entries(stored.prose).every(([field, body]) => mine.prose[field] === body)
  const erased = Object.keys(stored.prose).length === 0
  const same = stored.type === event.type && stored.at === event.at && isDeepStrictEqual(stored.data, mine.data)
  if (same && sameProse && (erased || Object.keys(mine.prose).length === Object.keys(stored.prose).length)) {
    return { kind: 'repeated' }
  }
  return {
    kind: 'refused',
    code: 'id-reused',
    pointer: '/id',
    detail: `"${event.id}" of source "${event.source}" is in the log with other content. A correction is a new event.`,
  }
}
