import { describe, expect, test } from 'vitest'
import { event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { openingBy, openingRules } from './case-opening.ts'
import { severityAtFirst } from './severity-proposed.ts'

const law = { rules: openingRules, severity: severityAtFirst }

const nobody = foldAll(customerKey('c'), [])
const failed = event(10, 'failure.occurred', { failure: 'f', severity: 'major' })
const letDown = foldAll(customerKey('c'), [failed])
const promisedAt = '2024-01-10T12:00:00Z'

test('how bad a lateness or a category is taken to be is a rule', () => {
  const late = event(20, 'order.delivered', { order: 'o', promisedAt, deliveredAt: '2024-01-12T12:00:00Z' })
  const stricter = { ...law, severity: { ...severityAtFirst, veryLateDays: 1 } }
  expect(openingBy(late, nobody, law)).toMatchObject({ because: { severity: 'minor' } })
  expect(openingBy(late, nobody, stricter)).toMatchObject({ because: { severity: 'major' } })
  const post = event(20, 'post.published', { negative: true })
  const calm = { ...law, severity: { ...severityAtFirst, categories: [] } }
  expect(openingBy(post, nobody, calm)).toMatchObject({ because: { severity: 'minor' } })
})

describe('a case opens by itself', () => {
  test.each([
    ['failure.occurred', { failure: 'f', severity: 'critical' }, 'failure reported', 'critical'],
    ['order.delivered', { order: 'o', promisedAt, deliveredAt: '2024-01-10T12:00:01Z' }, 'order late', 'minor'],
    ['order.delivered', { order: 'o', promisedAt }, 'order late', 'major'],
    ['promise.broken', { promise: 'p' }, 'promise broken', 'minor'],
    ['survey.answered', { survey: 's', kind: 'nps', score: 6 }, 'detractor', 'minor'],
    ['survey.answered', { survey: 's', kind: 'csat', score: 2 }, 'detractor', 'minor'],
    ['survey.answered', { survey: 's', kind: 'ces', score: 2 }, 'detractor', 'minor'],
    ['dispute.opened', { kind: 'chargeback' }, 'dispute', 'critical'],
    ['post.published', { negative: true }, 'public post', 'major'],
  ] as const)('by %s %j: %s, %s; and only if that rule is in force', (type, data, rule, severity) => {
    const found = openingBy(event(20, type, data), nobody, law)
    expect(found).toMatchObject({ kind: 'opens', because: { rule, severity } })
    const others = openingRules.filter((one) => one !== rule)
    expect(openingBy(event(20, type, data), nobody, { ...law, rules: others })).toEqual({ kind: 'none' })
  })

  test.each([
    ['order.delivered', { order: 'o', promisedAt, deliveredAt: promisedAt }],
    ['order.delivered', { order: 'o' }],
    ['survey.answered', { survey: 's', kind: 'nps', score: 7 }],
    ['survey.answered', { survey: 's', kind: 'csat', score: 3 }],
    ['survey.answered', { survey: 's', kind: 'attachment', score: 1 }],
    ['survey.answered', { survey: 's', kind: 'ces', score: 3 }],
    ['survey.answered', { survey: 's', kind: 'nps', score: 1, min: 0, max: 0 }],
    ['post.published', { negative: false }],
    ['order.placed', { order: 'o' }],
  ] as const)('not by %s %j', (type, data) => {
    expect(openingBy(event(20, type, data), nobody, law)).toEqual({ kind: 'none' })
  })

  test('one failure, one case: what follows an open failure joins it, and the same report opens nothing', () => {
    const post = event(20, 'post.published', { negative: true })
    expect(openingBy(post, letDown, law)).toMatchObject({ kind: 'joins', failure: 'f' })
    expect(openingBy(failed, letDown, law)).toEqual({ kind: 'none' })
    const other = event(20, 'failure.occurred', { failure: 'g', severity: 'minor' })
    expect(openingBy(other, letDown, law)).toMatchObject({ kind: 'opens', reported: 'g' })
  })

  test('after the failure has ended a bad word opens a case again', () => {
    const ended = foldAll(customerKey('c'), [failed, event(12, 'failure.closed', { failure: 'f' })])
    const post = event(20, 'post.published', { negative: true })
    expect(openingBy(post, ended, law)).toMatchObject({ kind: 'opens', reported: null })
  })
})
