/** Random histories over the whole vocabulary: few names, so that events refer to each other; times over years. */
import fc from 'fast-check'
import { customerKey } from '../src/core/ids.ts'
import type { CustomerEvent } from '../src/core/relationship/event.ts'
import { type EventType, eventTypes, type Field, vocabulary } from '../src/core/relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../src/core/time/instant.ts'

const epoch: Instant = instantOf('2024-01-01T00:00:00Z')
export const day = (days: number): Instant => instant(epoch + Math.round(days * DAY_MS))

/** An event written short: `event(3, 'failure.fixed', { failure: 'f' })` on day 3. */
export function event(days: number, type: EventType, data: object, id = `${type}@${days}`): CustomerEvent {
  return { id, source: 'test', customer: customerKey('c'), type, at: day(days), data } as CustomerEvent
}

const name = fc.constantFrom('a', 'b', 'c')
const longerName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
const many: readonly string[] = ['contact', 'offer', 'order', 'promise', 'incident']
const hour = fc.oneof(fc.integer({ min: 0, max: 100 * 24 }), fc.integer({ min: 0, max: 900 * 24 }))
const moment = hour.map((hours) => rfc3339(instant(epoch + hours * 3_600_000)))

function fieldValue({ kind }: Field): fc.Arbitrary<unknown> {
  if (typeof kind !== 'string') return fc.constantFrom(...kind)
  switch (kind) {
    case 'text':
    case 'prose':
      return name
    case 'instant':
      return moment
    case 'minor':
      return fc.constantFrom(0, 1, 500, 4_999, 25_000)
    case 'currency':
      return fc.constant('EUR')
    case 'number':
      return fc.integer({ min: 0, max: 10 })
    case 'seconds':
      return fc.integer({ min: 0, max: 9_000 })
    case 'denied':
      return fc.constant(false)
    case 'flag':
      return fc.boolean()
    case 'list':
      return fc.constant([1, 'two'])
    case 'record':
      return fc.constant({ colour: 'red', size: 3, nested: { no: 1 }, none: null })
  }
}

// Words in free text that mean something, beside those that do not.
const meant: Readonly<Partial<Record<EventType, Readonly<Record<string, fc.Arbitrary<string>>>>>> = {
  'consent.changed': { purpose: fc.constantFrom('all', 'marketing', 'survey', 'profiling') },
  'moment.told': { kind: fc.constantFrom('move', 'birth', 'bereavement') },
}

function dataOf(type: EventType): fc.Arbitrary<object> {
  const fields: readonly (readonly [string, Field])[] = Object.entries(vocabulary[type])
  const model = Object.fromEntries(
    fields.map(([key, field]) => [key, meant[type]?.[key] ?? (many.includes(key) ? longerName : fieldValue(field))]),
  )
  return fc.record(model, { requiredKeys: fields.filter(([, field]) => field.required).map(([key]) => key) })
}

// What makes and mends failures, promises and offers comes more often than the rest, or nothing would meet; what ends
// a relation comes seldom, or little would happen before it.
const busy = eventTypes.filter((type) => /^(failure|promise|offer|contact|survey|order|post)\./.test(type))
const contacts = eventTypes.filter((type) => type.startsWith('contact.'))
const final = eventTypes.filter((type) => /^(exit|winback)\.|subscription.ended|customer.erased|retracted/.test(type))
const usual = eventTypes.filter((type) => !final.includes(type))

const anyType = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...usual) },
  { weight: 20, arbitrary: fc.constantFrom(...busy) },
  // Four contacts about one failure are rare otherwise.
  { weight: 3, arbitrary: fc.constantFrom(...contacts) },
  { weight: 1, arbitrary: fc.constantFrom(...final) },
)

type Drawn = Readonly<{ type: EventType; data: object; part: number; target: number }>

const anyDrawn: fc.Arbitrary<Drawn> = anyType.chain((type) =>
  fc.record({
    type: fc.constant(type),
    data: dataOf(type),
    part: fc.integer({ min: 0, max: 1_000 }),
    target: fc.nat(80),
  }),
)

/** A history with ids `e0`, `e1`, ..., within a month or over years; retractions name some, or what never came. */
export const anyHistory: fc.Arbitrary<readonly CustomerEvent[]> = fc
  .tuple(fc.array(anyDrawn, { maxLength: 80, size: 'max' }), fc.constantFrom(30, 120, 400, 900))
  .map(([drawn, days]) =>
    drawn.map(({ type, data, part, target }, index) =>
      event((part * days) / 1_000, type, type === 'event.retracted' ? { id: `e${target}` } : data, `e${index}`),
    ),
  )
