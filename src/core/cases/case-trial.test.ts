import { expect, test } from 'vitest'
import { event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { instantOf } from '../time/instant.ts'
import { type OpeningLaw, openingRules } from './case-opening.ts'
import { wouldOpen } from './case-trial.ts'
import { severityAtFirst } from './severity-proposed.ts'

const law: OpeningLaw = { rules: openingRules, severity: severityAtFirst }
const customer = customerKey('c')
const to = instantOf('2024-06-01T00:00:00Z')
const opened = (events: Parameters<typeof wouldOpen>[1], rules = law) =>
  wouldOpen(customer, events, rules, to).map(({ rule, severity }) => [rule, severity])

const promisedAt = '2024-01-10T12:00:00Z'
const placed = event(5, 'order.placed', { order: 'o', promisedAt })

test('what is reported and what is inferred opens once, and what follows of it joins', () => {
  const late = event(12, 'order.delivered', { order: 'o', promisedAt, deliveredAt: '2024-01-12T12:00:00Z' })
  const post = event(13, 'post.published', { negative: true, order: 'o' })
  expect(opened([placed, late, post])).toEqual([['order late', 'minor']])
  expect(opened([event(10, 'failure.occurred', { failure: 'f', severity: 'major' })])).toEqual([
    ['failure reported', 'major'],
  ])
})

test('a date that passes in silence opens by itself, unless it was kept, or its rule is off', () => {
  expect(opened([placed])).toEqual([['order late', 'minor']])
  const kept = event(9, 'order.delivered', { order: 'o', deliveredAt: '2024-01-09T00:00:00Z' })
  expect(opened([placed, kept])).toEqual([])
  expect(opened([placed], { ...law, rules: ['dispute'] })).toEqual([])
})

test('without the rule that opened it first, the next that speaks of it does', () => {
  const post = event(13, 'post.published', { negative: true, order: 'o' })
  const rules = openingRules.filter((rule) => rule !== 'order late')
  expect(opened([placed, post], { ...law, rules })).toEqual([['public post', 'major']])
})

test('what the live rules inferred, and what was done about it, is decided anew', () => {
  const inferred = {
    ...event(10, 'failure.occurred', { failure: 'case:1', severity: 'minor', inferred: true, order: 'o' }),
    source: 'amends',
  }
  const fixed = { ...event(11, 'failure.fixed', { failure: 'case:1' }), source: 'amends' }
  expect(opened([placed, inferred, fixed])).toEqual([['order late', 'minor']])
  const byHand = {
    ...event(10, 'failure.occurred', { failure: 'case:2', severity: 'minor', order: 'o' }),
    source: 'amends',
  }
  expect(opened([placed, byHand])).toEqual([['order late', 'minor']])
})

test('two weeks after a case would have opened, a word that names nothing opens another', () => {
  const post = (day: number) => event(day, 'post.published', { negative: true })
  expect(opened([post(10), post(20)])).toHaveLength(1)
  expect(opened([post(10), post(26)])).toHaveLength(2)
})

test('a stricter severity changes how bad a case is, and not whether it opens', () => {
  const late = event(12, 'order.delivered', { order: 'o', promisedAt, deliveredAt: '2024-01-12T12:00:00Z' })
  // The date passes in silence first, and is as bad as its category says.
  const severity = { ...severityAtFirst, categories: [{ category: 'late-delivery', severity: 'critical' as const }] }
  expect(opened([placed, late], { ...law, severity })).toEqual([['order late', 'critical']])
})
