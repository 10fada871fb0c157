import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { priorModel } from './leave-model.ts'
import { plainReasons } from './plain-reasons.ts'

const reasonsOf = (...events: readonly ReturnType<typeof event>[]) =>
  plainReasons(foldAll(customerKey('c'), events), priorModel, day(900))

test('at most three, each theme once, whatever happened', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const themes = reasonsOf(...history).map(({ theme }) => theme)
      expect(themes.length).toBeLessThanOrEqual(3)
      expect(new Set(themes).size).toBe(themes.length)
    }),
  )
})

test('each with its direction, the weightiest first', () => {
  const bad = event(890, 'failure.occurred', { failure: 'f', severity: 'critical' })
  expect(reasonsOf(event(0, 'subscription.started', { subscription: 's' }), bad)).toMatchObject([
    { theme: 'let-down', towards: 'leave' },
    { theme: 'time', towards: 'stay' },
    {},
  ])
})
