import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll, type Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { covariates, linearPredictor } from './covariates.ts'
import { goodwillEstimate } from './forecast.ts'
import { ledger } from './goodwill.ts'
import { type LeaveModel, priorModel } from './leave-model.ts'
import { type CovariateName, covariateNames, position } from './leave-priors.ts'

const key = customerKey('c')
const folded = (...events: readonly CustomerEvent[]): Relationship => foldAll(key, events)

/** A model in which nothing is 0, so that no term can hide. */
const fullModel: LeaveModel = {
  ...priorModel,
  mean: priorModel.mean.map((mean, index) => (mean === 0 ? 0.07 : mean + index / 1_000)),
  halfLifeDays: 60,
  centres: {
    '*': { purchases_ln: 1.1, personal_share: 0.4, effort_ces: 2.2 },
    a: { purchases_ln: 0.3, personal_share: 0.9, effort_ces: 1.1 },
  },
  reserve: {
    tenure_ln: { mean: -0.4, sd: 0.8 },
    purchases_ln: { mean: 1, sd: 0.6 },
    pos_contacts: { mean: 0.7, sd: 1 },
  },
  products: {
    '*': { substitutability: 0.9, competitiveness: 0.1 },
    a: { substitutability: 0.2, competitiveness: 0.8 },
  },
}

const addsUp = (state: Relationship, model: LeaveModel, at: Instant) => {
  const { intercept, statics, entries, balance, linearPredictor: total } = ledger(state, model, at)
  const sum = entries.reduce((before, entry) => before + entry.now, 0)
  const fixed = statics.reduce((before, { amount }) => before + amount, intercept)
  expect(balance).toBeCloseTo(sum, 12)
  expect(Math.abs(fixed - balance - linearPredictor(state, model, at))).toBeLessThan(1e-9)
  expect(Math.abs(total - linearPredictor(state, model, at))).toBeLessThan(1e-9)
  expect(Math.abs(goodwillEstimate(state, model, at).value - balance)).toBeLessThan(1e-9)
}

describe('the ledger adds up to the linear predictor', () => {
  test.each([
    ['priors', priorModel],
    ['a model without zeros', fullModel],
  ])('over any history, at any later instant: %s', (_, model) => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 700 * 24 }), (history, hours) => {
        const state = foldAll(key, history)
        addsUp(state, model, instant((state.lastAt ?? 0) + hours * 3_600_000))
      }),
      { numRuns: 400 },
    )
  })

  test('and every covariate of a customer is told by its own entries', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 200 }), (history, days) => {
        const state = foldAll(key, history)
        const at = instant((state.lastAt ?? 0) + days * DAY_MS)
        const x = covariates(state, fullModel, at)
        const { entries, statics } = ledger(state, fullModel, at)
        for (const name of covariateNames) {
          const told = -entries.filter((one) => one.covariate === name).reduce((sum, one) => sum + one.now, 0)
          const fixed = statics.find((one) => one.covariate === name)?.amount ?? 0
          expect(told + fixed, name).toBeCloseTo((x[position[name]] ?? 0) * (fullModel.mean[position[name]] ?? 0), 9)
        }
      }),
    )
  })

  test('with the histories of the generator reaching every covariate', () => {
    const reached = new Set<CovariateName>()
    for (const history of fc.sample(anyHistory, { numRuns: 800, seed: 7 })) {
      const state = foldAll(key, history)
      for (const entry of ledger(state, fullModel, state.lastAt ?? day(0)).entries) reached.add(entry.covariate)
    }
    const statics = ['tenure_ln', 'in_fixed_term', 'substitutability', 'competitiveness']
    expect(covariateNames.filter((name) => !statics.includes(name) && !reached.has(name))).toEqual([])
  })
})

describe('entries', () => {
  const amounts = (state: Relationship, at: Instant) =>
    ledger(state, priorModel, at).entries.map(({ covariate, mark, posted, now }) => ({ covariate, mark, posted, now }))

  test('a failure halves every 90 days after it ended', () => {
    const state = folded(
      event(0, 'failure.occurred', { failure: 'f', severity: 'major' }),
      event(0.5, 'failure.apologised', { failure: 'f' }),
      event(1, 'failure.fixed', { failure: 'f' }),
      event(1.5, 'failure.confirmed', { failure: 'f', satisfied: true }),
      event(2, 'failure.closed', { failure: 'f', fixed: true }),
      event(7, 'failure.followed_up', { failure: 'f', satisfied: true }),
    )
    const [failure, ...rest] = amounts(state, day(92))
    expect(failure).toEqual({ covariate: 'fail_major', mark: 'let-down', posted: -0.3, now: expect.closeTo(-0.15, 12) })
    expect(rest.every((entry) => entry.mark === 'owed' && entry.now === 0)).toBe(true)
    expect(rest).toHaveLength(5)
  })

  test('a cap keeps the earliest and cuts what exceeds it', () => {
    const hits = [0, 1, 2, 3, 4].map((index) =>
      event(index, 'failure.occurred', { failure: `f${index}`, severity: 'critical', atFault: 'third party' }),
    )
    const entries = ledger(folded(...hits), priorModel, day(4)).entries.filter(
      (one) => one.covariate === 'fail_critical',
    )
    expect(entries.map((one) => one.now)).toEqual([-0.55, -0.55])
  })

  test('a promise breaks when its due time passes, without any event', () => {
    const state = folded(event(0, 'promise.made', { promise: 'p', due: '2024-01-11T00:00:00Z', what: 'call' }))
    expect(amounts(state, day(10))).toEqual([])
    expect(amounts(state, day(100))).toEqual([
      { covariate: 'promise_broken', mark: 'let-down', posted: -0.3, now: expect.closeTo(-0.15, 12) },
    ])
  })

  test('an offer counts 14 days later, from the fifth e-mail on', () => {
    const mails = [0, 1, 2, 3, 4].map((index) => event(index, 'offer.sent', { offer: `o${index}`, channel: 'email' }))
    expect(amounts(folded(...mails), day(17.9))).toEqual([])
    expect(amounts(folded(...mails), day(18))).toHaveLength(1)
  })
})
