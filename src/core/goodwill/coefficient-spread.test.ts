import { describe, expect, test } from 'vitest'
import { day, event } from '../../../test/arbitrary-history.ts'
import { remainingValue } from '../../../test/figures-alone.ts'
import { normalDraws } from '../../stats/draw-normal.ts'
import { rng } from '../../stats/rng.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { instant, MONTH_MS } from '../time/instant.ts'
import { packCovariance, spreadOf } from './coefficient-spread.ts'
import { atStake, type Estimate, type Margins, stay } from './forecast.ts'
import { type LeaveModel, priorModel } from './leave-model.ts'
import { covariateNames, position } from './leave-priors.ts'

const WIDTH = 1 + covariateNames.length
const margins: Margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }

// Half as unsure as the priors, and what belongs together (a base and what most customers share) pulls against it.
function learnedModel(): Readonly<{ model: LeaveModel; covariance: Float64Array }> {
  const sd = [priorModel.intercept.sd, ...priorModel.sd].map((one) => 0.5 * one)
  const covariance = new Float64Array(WIDTH * WIDTH)
  sd.forEach((one, k) => {
    covariance[k * WIDTH + k] = one * one
  })
  const together = (a: number, b: number, correlation: number) => {
    const value = correlation * (sd[a] ?? 0) * (sd[b] ?? 0)
    covariance[a * WIDTH + b] = value
    covariance[b * WIDTH + a] = value
  }
  together(0, 1 + position.tenure_ln, -0.6)
  together(0, 1 + position.fail_major, -0.5)
  together(1 + position.fail_major, 1 + position.miss_fix, -0.4)
  const [interceptSd = 0, ...slopes] = sd
  const intercept = { ...priorModel.intercept, sd: interceptSd }
  return { model: { ...priorModel, intercept, sd: slopes, covariance: packCovariance(covariance) }, covariance }
}

const member = event(0, 'subscription.started', { subscription: 's', monthlyValue: 2_000 })
const failed = event(340, 'failure.occurred', { failure: 'f', severity: 'major' })
const at = instant(day(0) + 12 * MONTH_MS)
const quiet = foldAll(customerKey('c'), [member])
const letDown = foldAll(customerKey('c'), [member, failed])

test('a covariance is kept to six digits, and its sum is that of the whole', () => {
  const packed = packCovariance(Float64Array.of(4, 1, 1, 9))
  expect(packed).toEqual([4, 1, 9])
  expect(spreadOf([1, -2], { sd: [2, 3], covariance: packed })).toBeCloseTo(Math.sqrt(4 - 4 + 36), 12)
  expect(spreadOf([1, -2], { sd: [2, 3] })).toBeCloseTo(Math.sqrt(4 + 36), 12)
  expect(spreadOf([0, 0], { sd: [2, 3], covariance: packed })).toBe(0)
})

describe('intervals hold what drawing the coefficients says', () => {
  const { model, covariance } = learnedModel()
  const draws = normalDraws(Float64Array.of(model.intercept.mean, ...model.mean), covariance, rng('spread'))
  if (draws.kind === 'refused') throw new Error(draws.say)
  const drawn = Array.from({ length: 1_500 }, (): LeaveModel => {
    const [mean = 0, ...slopes] = draws.draw()
    return { ...model, intercept: { ...model.intercept, mean }, mean: slopes }
  })
  const expectQuantiles = ({ low, high }: Estimate, of: (one: LeaveModel) => number): void => {
    const values = drawn.map(of)
    const below = (bound: number) => values.filter((value) => value < bound).length / values.length
    // A tenth on either side, and what 1,500 draws and the delta method leave open.
    expect(Math.abs(below(low) - 0.1)).toBeLessThan(0.04)
    expect(Math.abs(below(high) - 0.9)).toBeLessThan(0.04)
  }
  test.each([
    ['a quiet customer', quiet],
    ['somebody let down', letDown],
  ])('chance to stay and value of %s', (_, state) => {
    expectQuantiles(stay(state, model, at, 12), (one) => stay(state, one, at, 12).value)
    expectQuantiles(remainingValue(state, model, margins, at), (one) => remainingValue(state, one, margins, at).value)
  })
  test('what is at stake', () => {
    const stake = atStake(letDown, model, margins, at)
    if (stake === null) throw new Error('something was expected to be at stake')
    expectQuantiles(stake.amount, (one) => {
      const of = atStake(letDown, one, margins, at)
      return (of?.repaired.value ?? 0) - (of?.neglected.value ?? 0)
    })
  })
  test('taking the coefficients for independent would not', () => {
    const { covariance: _, ...independent } = model
    const [whole, apart] = [stay(letDown, model, at, 12), stay(letDown, independent, at, 12)]
    expect((apart.high - apart.low) / (whole.high - whole.low)).toBeGreaterThan(1.2)
  })
})
