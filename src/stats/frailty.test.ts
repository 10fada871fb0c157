import { describe, expect, test } from 'vitest'
import { fitFrailty, type PersonRows } from './frailty.ts'
import { fitLogistic } from './logistic.ts'
import { rng } from './rng.ts'

const PERSONS = 1_500
const MONTHS = 14
const prior = { mean: new Float64Array(2), sd: Float64Array.of(Number.POSITIVE_INFINITY, 0.15) }

/** People who leave by a level, a covariate of their own, and an amount in which they differ for good. */
function people(sd: number, seed: number): PersonRows {
  const source = rng(seed)
  const covariates: number[] = []
  const outcome: number[] = []
  const starts = [0]
  for (let person = 0; person < PERSONS; person += 1) {
    const own = sd * source.normal()
    for (let month = 0; month < MONTHS; month += 1) {
      const x = Math.log((1 + month) / 6)
      const left = source.uniform() < 1 / (1 + Math.exp(2.5 - own))
      covariates.push(1, x)
      outcome.push(left ? 1 : 0)
      if (left) break
    }
    starts.push(outcome.length)
  }
  return {
    covariates: Float64Array.from(covariates),
    columnCount: 2,
    outcome: Uint8Array.from(outcome),
    firstRow: Uint32Array.from(starts),
  }
}

function both(rows: PersonRows, sdScale = 3) {
  const without = fitLogistic(rows, prior)
  if (without.kind === 'refused') throw new Error(without.say)
  const found = fitFrailty(rows, prior, sdScale, without)
  if (found.kind === 'refused') throw new Error(found.say)
  return { without, found }
}

describe('frailty', () => {
  test('is found where people differ for good, and time is then no longer what keeps them', () => {
    const { without, found } = both(people(2, 3))
    expect(found.sd).toBeGreaterThan(1.4)
    expect(found.sd).toBeLessThan(2.6)
    expect(found.gain).toBeGreaterThan(2)
    // Nobody becomes more loyal in this firm: the slope of time is sorting alone.
    expect(without.coefficients[1]).toBeLessThan(-0.4)
    expect(Math.abs(found.coefficients[1] ?? 1)).toBeLessThan(Math.abs((without.coefficients[1] ?? 0) / 2))
  })

  test('is not found where all are alike, and nothing else moves', () => {
    const { without, found } = both(people(0, 5))
    expect(found.gain).toBeLessThan(2)
    expect(Math.abs((found.coefficients[1] ?? 1) - (without.coefficients[1] ?? 0))).toBeLessThan(0.1)
  })

  test('has no slope left at its mode', () => {
    expect(both(people(1, 7)).found.gradientNorm).toBeLessThan(1e-2)
  })

  test('does not depend on the order of people', () => {
    const rows = people(1, 11)
    const turned = { ...rows, firstRow: new Uint32Array(PERSONS + 1) }
    const covariates: number[] = []
    const outcome: number[] = []
    for (let person = PERSONS - 1, place = 1; person >= 0; person -= 1, place += 1) {
      const [from, to] = [rows.firstRow[person] ?? 0, rows.firstRow[person + 1] ?? 0]
      covariates.push(...rows.covariates.subarray(2 * from, 2 * to))
      outcome.push(...rows.outcome.subarray(from, to))
      turned.firstRow[place] = outcome.length
    }
    Object.assign(turned, { covariates: Float64Array.from(covariates), outcome: Uint8Array.from(outcome) })
    expect(both(turned).found.sd).toBeCloseTo(both(rows).found.sd, 3)
  })

  test('refuses rows that do not fit together', () => {
    const rows = people(0, 13)
    const start = { coefficients: new Float64Array(3), standardErrors: new Float64Array(3).fill(1) }
    expect(fitFrailty(rows, prior, 0.5, start)).toMatchObject({ kind: 'refused', because: 'lengths-differ' })
  })
})
