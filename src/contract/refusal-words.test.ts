import { expect, test } from 'vitest'
import { instantOf } from '../core/time/instant.ts'
import { parseEvent } from './ingest.ts'

const context = { now: instantOf('2026-02-01T00:00:00Z'), source: 'test', strict: true }
const right = { id: '1', customer: 'c', type: 'contact.opened', at: '2026-01-05T10:00:00Z', data: { contact: 'c' } }

test.each([
  [{ ...right, at: 'soon' }, 'The field "at" must be a time as in RFC 3339, for example "2026-01-31T09:00:00Z".'],
  [{ ...right, data: { contact: 'c', direction: 'fax' } }, 'The field "direction" must be one of "in", "out".'],
  [[right], 'An event must be a JSON object.'],
  [{ ...right, data: {} }, 'The field "contact" is required.'],
])('%j is refused in words that say what to send', (event, detail) => {
  expect(parseEvent(event, context)).toMatchObject({ kind: 'refused', detail })
})
