import { describe, expect, test } from 'vitest'
import { type FrailtyStart, fitFrailty } from './frailty.ts'
import { frailtyInformation } from './frailty-curvature.ts'
import { addPerson, type PersonRows } from './frailty-person.ts'
import { fitLogistic, type NormalPrior } from './logistic.ts'
import { rng } from './rng.ts'

const PERSONS = 1_500
const MONTHS = 14
const FREE = new Float64Array(2).fill(Number.POSITIVE_INFINITY)
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

  test('is the same where a column is told from far away', () => {
    const rows = people(1, 7)
    const moved = { ...rows, covariates: rows.covariates.map((value, at) => (at % 2 === 0 ? value : value + 1e6)) }
    const [here, there] = [both(rows).found, both(moved).found]
    expect(there.sd).toBeCloseTo(here.sd, 4)
    expect(there.gain).toBeCloseTo(here.gain, 4)
    expect(there.coefficients[1]).toBeCloseTo(here.coefficients[1] ?? 0, 4)
  })

  test('has no slope left at its mode, and tells how it ended', () => {
    const { found } = both(people(1, 7))
    expect(found.gradientNorm).toBeLessThan(1e-2)
    expect(found.iterations).toBeGreaterThan(0)
    expect(found.hessianCondition).toBeGreaterThanOrEqual(1)
    expect(found.hessianCondition).toBeLessThan(1e4)
  })

  test('its curvature is the slope of the slope', () => {
    const rows = people(1, 17)
    const at = Float64Array.of(-2.2, 0.1, 0.8)
    const slopeAt = (where: Float64Array) => {
      const gradient = new Float64Array(3)
      for (let i = 0; i < PERSONS; i += 1)
        addPerson(rows, rows.firstRow[i] ?? 0, rows.firstRow[i + 1] ?? 0, where, gradient)
      return gradient
    }
    const information = frailtyInformation(rows, { mean: new Float64Array(2), sd: FREE }, 1e9, at)
    for (let j = 0; j < 3; j += 1) {
      const moved = (by: number) => slopeAt(at.map((value, k) => (k === j ? value + by : value)))
      const [up, down] = [moved(1e-5), moved(-1e-5)]
      for (let k = 0; k < 3; k += 1) {
        const numeric = ((up[k] ?? 0) - (down[k] ?? 0)) / 2e-5
        expect((information[j * 3 + k] ?? 0) / numeric).toBeCloseTo(1, 5)
      }
    }
  })

  test('a life of thousands of rows does not vanish in rounding', () => {
    const rows = people(0.5, 19)
    const one = { ...rows, firstRow: Uint32Array.of(0, rows.outcome.length) }
    const gradient = new Float64Array(3)
    expect(addPerson(one, 0, rows.outcome.length, Float64Array.of(-2.5, 0, 0.5), gradient)).toBeLessThan(-1_000)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })

  test('what is added to each row counts as a coefficient would', () => {
    const rows = people(1, 13)
    const offset = Float64Array.from(rows.outcome, (_, row) => 0.4 * (rows.covariates[2 * row + 1] ?? 0))
    const [moved, plain] = [new Float64Array(3), new Float64Array(3)]
    const end = rows.firstRow[9] ?? 0
    const likelihood = addPerson({ ...rows, offset }, 0, end, Float64Array.of(-2.2, 0.1, 0.8), moved)
    expect(likelihood).toBeCloseTo(addPerson(rows, 0, end, Float64Array.of(-2.2, 0.5, 0.8), plain), 9)
    for (const [j, slope] of plain.entries()) expect(moved[j]).toBeCloseTo(slope, 9)
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

  const good = people(0, 13)
  const start = { coefficients: Float64Array.of(-2, 0), standardErrors: Float64Array.of(0.1, 0.1) }
  const spoilt = <Column extends Float64Array | Uint8Array | Uint32Array>(column: Column, at: number, by: number) => {
    const copy = column.slice()
    copy[at] = by
    return copy
  }
  test.each<[string, Partial<PersonRows>, string]>([
    ['NaN in a covariate', { covariates: Float64Array.from(spoilt(good.covariates, 5, Number.NaN)) }, 'not-a-number'],
    [
      'Infinity in a covariate',
      { covariates: Float64Array.from(spoilt(good.covariates, 5, Number.POSITIVE_INFINITY)) },
      'not-a-number',
    ],
    ['an outcome of 7', { outcome: Uint8Array.from(spoilt(good.outcome, 0, 7)) }, 'impossible-row'],
    ['persons out of order', { firstRow: Uint32Array.from(spoilt(good.firstRow, 3, 9_000)) }, 'impossible-row'],
    ['rows before the first person', { firstRow: Uint32Array.from(spoilt(good.firstRow, 0, 1)) }, 'lengths-differ'],
    ['nobody', { firstRow: Uint32Array.of(0) }, 'too-few'],
    ['no event and no prior', { outcome: new Uint8Array(good.outcome.length) }, 'all-zero'],
    ['a column of zeros without a prior', { covariates: new Float64Array(good.covariates.length) }, 'not-identified'],
  ])('refuses %s', (_, part, because) => {
    expect(fitFrailty({ ...good, ...part }, prior, 0.5, start)).toMatchObject({ kind: 'refused', because })
  })

  test.each<[string, NormalPrior, number, FrailtyStart, string]>([
    ['a start of other columns', prior, 0.5, { ...start, coefficients: new Float64Array(3) }, 'lengths-differ'],
    [
      'an error of 0 at the start',
      prior,
      0.5,
      { ...start, standardErrors: new Float64Array(2) },
      'impossible-parameter',
    ],
    ['a scale of 0', prior, 0, start, 'impossible-parameter'],
    ['a scale below 0', prior, -1, start, 'impossible-parameter'],
    ['a prior sd below 0', { ...prior, sd: Float64Array.of(1, -1) }, 0.5, start, 'impossible-parameter'],
    ['a prior of other columns', { ...prior, sd: Float64Array.of(1) }, 0.5, start, 'lengths-differ'],
  ])('refuses %s', (_, by, scale, from, because) => {
    expect(fitFrailty(good, by, scale, from)).toMatchObject({ kind: 'refused', because })
  })
})
