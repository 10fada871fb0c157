import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { proposeRemedy, type RemedyQuestion, rangeFor, usualRemedyPolicy } from './remedy.ts'
import { type ClosedCase, compareWith, similarTo } from './similar-cases.ts'

const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }
type Told = Readonly<Record<string, unknown>>

function question(failure: Told, more: Partial<RemedyQuestion> = {}, monthlyValue = 4_000): RemedyQuestion {
  const state = foldAll(customerKey('c'), [
    event(0, 'subscription.started', { subscription: 's', monthlyValue }),
    event(400, 'failure.occurred', { failure: 'f', ...failure }),
  ])
  const asked = { state, failure: 'f', model: priorModel, margins, at: day(401), policy: usualRemedyPolicy }
  return { ...asked, harm: null, preferredChannel: null, ...more }
}

function proposal(failure: Told, more: Partial<RemedyQuestion> = {}, monthlyValue = 4_000) {
  const found = proposeRemedy(question(failure, more, monthlyValue))
  if (found.kind === 'unknown') throw new Error('unknown')
  return found
}

describe('the remedy proposed', () => {
  test('shows its arithmetic: the parts add up to the expected value', () => {
    const { options } = proposal(
      { severity: 'critical', loss: 5_000 },
      { harm: { perActMinor: 20_000, chanceAvoided: 0.1 } },
    )
    expect(options.map(({ amountMinor }) => amountMinor)).toEqual([5_000, 6_250, 7_500])
    for (const one of options) {
      expect(one.gainMinor).toBeCloseTo((one.stayPutRight - one.stayLeftAlone) * one.valueMinor, 9)
      expect(one.expectedMinor).toBeCloseTo(one.gainMinor + one.harmMinor - one.costMinor, 9)
      expect(one.harmMinor).toBe(2_000)
      expect(one.stayPutRight).toBeGreaterThan(one.stayLeftAlone)
    }
  })

  test('has one range for like cases, whoever the customer is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 90_000 }), fc.integer({ min: 0, max: 900_000 }), (loss, worth) => {
        const usual = proposal({ severity: 'major', loss })
        const other = proposal({ severity: 'major', loss }, {}, worth)
        expect(other.range).toEqual(usual.range)
        expect(other.amountMinor).toBeGreaterThanOrEqual(usual.range.lowMinor)
        expect(other.amountMinor).toBeLessThanOrEqual(usual.range.highMinor)
      }),
    )
  })

  test('counts what was given before', () => {
    const failure = { severity: 'major', loss: 5_000 }
    const state = foldAll(customerKey('c'), [
      event(0, 'subscription.started', { subscription: 's', monthlyValue: 4_000 }),
      event(400, 'failure.occurred', { failure: 'f', ...failure }),
      event(400.5, 'failure.compensated', { failure: 'f', value: 4_000 }),
    ])
    expect(proposal(failure, { state }).range).toEqual({ lowMinor: 1_000, highMinor: 2_000 })
  })

  test.each([
    [{ severity: 'major', lossMinor: 5_000, atFault: 'firm' }, 5_000, 6_000],
    [{ severity: 'minor', lossMinor: null, atFault: 'firm' }, 0, 500],
    [{ severity: 'critical', lossMinor: 0, atFault: 'third party' }, 1_500, 5_000],
    [{ severity: 'critical', lossMinor: 9_000, atFault: 'customer' }, 0, 0],
  ] as const)('for %j lies from %i to %i', (failure, lowMinor, highMinor) => {
    expect(rangeFor(failure, usualRemedyPolicy)).toEqual({ lowMinor, highMinor })
  })

  test.each([
    [{ severity: 'minor' }, {}, 4_000, 'email', 'usual', 'in order'],
    [{ severity: 'minor' }, { preferredChannel: 'chat' }, 4_000, 'chat', 'preferred', 'in order'],
    [{ severity: 'major' }, {}, 4_000, 'email', 'usual', 'today'],
    [{ severity: 'major' }, {}, 4_000_000, 'phone', 'much at stake', 'today'],
    [{ severity: 'critical' }, {}, 4_000, 'phone', 'critical', 'at once'],
  ] as const)('for %j %j worth %i a month goes by %s: %s, %s', (failure, more, monthly, channel, because, urgency) => {
    expect(proposal(failure, more, monthly)).toMatchObject({ channel, channelBecause: because, urgency })
  })

  test('after a failed recovery a person calls at once', () => {
    const state = foldAll(customerKey('c'), [
      event(400, 'failure.occurred', { failure: 'f', severity: 'minor' }),
      event(400.5, 'failure.reopened', { failure: 'f' }),
    ])
    const found = proposal({}, { state, preferredChannel: 'email' })
    expect(found).toMatchObject({ channel: 'phone', channelBecause: 'double deviation', urgency: 'at once' })
  })

  test('of a failure that the customer does not have is unknown', () => {
    expect(proposeRemedy({ ...question({ severity: 'minor' }), failure: 'g' })).toEqual({ kind: 'unknown' })
  })
})

describe('what similar cases received', () => {
  const one = { category: 'late-delivery', severity: 'major', lossMinor: 5_000 } as const
  const closed = (name: string, more: Partial<ClosedCase> = {}): ClosedCase => ({
    case: name,
    ...one,
    givenMinor: 5_000,
    ...more,
  })

  test('the nearest come first, by category, severity and loss', () => {
    const found = similarTo(one, [
      closed('e', { category: 'outage', severity: 'minor' }),
      closed('d', { category: 'outage' }),
      closed('c', { severity: 'minor' }),
      closed('b', { lossMinor: 6_000 }),
      closed('a'),
    ])
    expect(found.map((similar) => similar.case)).toEqual(['a', 'b', 'c', 'd'])
    expect(found[0]?.distance).toBe(0)
  })

  test('an amount far outside of them is said to be so, and too few say nothing', () => {
    const five = [4_000, 4_500, 5_000, 5_500, 6_000].map((givenMinor, index) => closed(`${index}`, { givenMinor }))
    const verdict = (amountMinor: number) => {
      const found = compareWith(similarTo(one, five), amountMinor)
      return found.kind === 'compared' ? found.verdict : found.kind
    }
    expect([1_999, 2_000, 5_000, 9_000, 9_001].map(verdict)).toEqual([
      'far below',
      'in line',
      'in line',
      'in line',
      'far above',
    ])
    expect(compareWith(similarTo(one, five.slice(1)), 1)).toEqual({ kind: 'too few', count: 4, needed: 5 })
  })
})
