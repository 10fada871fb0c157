import { expect, test } from 'vitest'
import { parseEvent } from '../../contract/ingest.ts'
import { eventTypes, vocabulary } from '../relationship/vocabulary.ts'
import { instantOf } from '../time/instant.ts'
import { typedFields, wordlessEvent } from './wordless.ts'

const now = instantOf('2026-06-15T10:00:00Z')
const typed = eventTypes.flatMap((type) =>
  Object.keys(vocabulary[type]).flatMap((name) => (typedFields.includes(name) ? [[type, name] as const] : [])),
)

test.each(typed)('%s is told without its %s', (type, name) => {
  const wanted = {
    by: 'firm',
    order: 'o',
    subscription: 's',
    promise: 'p',
    failure: 'f',
    id: 'e',
    due: '2026-06-16T10:00:00Z',
  }
  const fields = Object.keys(vocabulary[type])
  const needed = Object.fromEntries(Object.entries(wanted).filter(([field]) => fields.includes(field)))
  const data = { ...needed, [name]: 'my illness' }
  const parsed = parseEvent(
    { id: 'e', customer: 'c', type, at: '2026-06-15T09:00:00Z', data },
    { now, source: 'test', strict: true },
  )
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed))
  expect(JSON.stringify(parsed.event)).toContain('my illness')
  expect(JSON.parse(JSON.stringify(wordlessEvent(parsed.event)))).toEqual({ ...parsed.event, data: needed })
})
