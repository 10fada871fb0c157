import fc from 'fast-check'
import { expect, test } from 'vitest'
import { severityAtFirst, severityProposed } from './severity-proposed.ts'

test.each([
  ['late_delivery', null, 'minor'],
  ['late_delivery', 4_999, 'minor'],
  ['late_delivery', 5_000, 'major'],
  ['billing', 50_000, 'critical'],
  ['dispute', 0, 'critical'],
  ['Not-delivered', null, 'major'],
  ['constructor', null, 'minor'],
  [null, null, 'minor'],
] as const)('%s with a loss of %s is %s', (category, lossMinor, severity) => {
  expect(severityProposed({ category, lossMinor }, severityAtFirst)).toBe(severity)
})

test('a larger loss is never taken less seriously', () => {
  const order = ['minor', 'major', 'critical']
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), fc.constantFrom('outage', 'billing', 'dispute'), (a, b, category) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((lossMinor) =>
        severityProposed({ category, lossMinor }, severityAtFirst),
      )
      expect(order.indexOf(high ?? '')).toBeGreaterThanOrEqual(order.indexOf(low ?? ''))
    }),
  )
})
