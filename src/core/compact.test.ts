import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory } from '../../test/arbitrary-history.ts'
import { compact, restored } from './compact.ts'
import { customerKey } from './ids.ts'
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
  expect(stored(initial(customerKey('c')))).toBe('{"customer":"c","facts":{},"person":{},"exit":{}}')
})
