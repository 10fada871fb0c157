import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { instantOf } from '../time/instant.ts'
import { compact, restored } from './compact.ts'
import type { CustomerEvent } from './event.ts'
import { foldAll, initial } from './relationship.ts'

const stored = (state: Parameters<typeof compact>[0]): string => JSON.stringify(compact(state))

test('a state that is stored and read is the same state', () => {
  fc.assert(
    fc.property(anyHistory, fc.string({ minLength: 1 }), (history, name) => {
      const state = foldAll(customerKey(name), history)
      expect(restored(JSON.parse(stored(state)))).toEqual(state)
    }),
    { numRuns: 300 },
  )
})

test('nothing is stored of what a customer does not have', () => {
  expect(stored(initial(customerKey('c')))).toBe('[0,"c"]')
})

const told = (
  [
    ['customer.profiled', '2026-01-01', { name: 'Ada', segment: 'home' }],
    ['subscription.started', '2026-01-02', { subscription: 's', product: 'p', monthlyValue: 900 }],
    ['order.placed', '2026-01-03', { order: 'o', value: 100 }],
    ['failure.occurred', '2026-01-04', { failure: 'f', severity: 'major', order: 'o' }],
    ['failure.apologised', '2026-01-05', { failure: 'f' }],
    ['exit.requested', '2026-01-06', {}],
    ['failure.fixed', '2026-01-07', { failure: 'f' }],
  ] as const
).map(([type, day, data], n) => ({
  ...{ id: `e${n}`, source: 's', customer: customerKey('c'), type, data },
  at: instantOf(day),
})) as readonly CustomerEvent[]

// What databases hold. A place that changes here makes every stored state another.
const FACTS =
  '0,1767225600000,1,"e0",2,"home",3,[["s","p",900,null,1767312000000,"e1",null]],4,"p",5,true,6,[[1767398400000,1,100]],7,[1767398400000,"e2"]'
const FAILURE = '0,"f",1,"e3",2,1767484800000,3,"major",5,["order:o"],15,[1767571200000,"e4"],19,[1767571200000,"e4"]'
const STORED = `[0,"c",1,7,2,1767225600000,3,1767744000000,4,"e6",5,"s",8,[0,"Ada",5,"home"],12,[${FACTS},16,[[${FAILURE},21,[1767744000000,"e6"],28,0.1,29,2]]],13,[${FACTS},16,[[${FAILURE},28,0.1,29,2]]],14,[0,1767657600000,1,1767657600000]]`

test('a state is stored by the places of its fields, which never change', () => {
  expect(stored(foldAll(customerKey('c'), told))).toBe(STORED)
})

const NAMED_FACTS =
  '"startedAt":1767225600000,"firstEvent":"e0","segment":"home","subscriptions":[{"subscription":"s","product":"p","monthlyMinor":900,"currency":null,"at":1767312000000,"event":"e1","fixedUntil":null}],"product":"p","everSubscribed":true,"orders":[[1767398400000,1,100]],"lastOrder":{"at":1767398400000,"event":"e2"}'
const NAMED_FAILURE =
  '"failure":"f","links":["order:o"],"event":"e3","at":1767484800000,"severity":"major","acknowledged":{"at":1767571200000,"event":"e4"},"apologised":{"at":1767571200000,"event":"e4"}'
const NAMED = `{"customer":"c","eventCount":7,"firstAt":1767225600000,"lastAt":1767744000000,"lastId":"e6","lastSource":"s","facts":{${NAMED_FACTS},"failures":[{${NAMED_FAILURE},"fixed":{"at":1767744000000,"event":"e6"},"monthsBefore":0.1,"purchasesBefore":2}]},"factsAtExit":{${NAMED_FACTS},"failures":[{${NAMED_FAILURE},"monthsBefore":0.1,"purchasesBefore":2}]},"person":{"name":"Ada","segment":"home","attributes":{}},"exit":{"intentAt":1767657600000,"requestedAt":1767657600000}}`

test('a state that was stored with the names of its fields is read as well', () => {
  expect(restored(JSON.parse(NAMED))).toEqual(foldAll(customerKey('c'), told))
  expect(restored(JSON.parse('{"customer":"c","facts":{},"person":{},"exit":{}}'))).toEqual(initial(customerKey('c')))
})
