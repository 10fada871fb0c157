import { describe, expect, test } from 'vitest'
import { hasReference, readReference } from '../../../test/reference-data.ts'
import { rng } from '../rng.ts'
import { type AdjustedEffect, adjustedEffect, eValue, type TreatmentRows } from './adjusted-effect.ts'

function estimated(rows: TreatmentRows): AdjustedEffect {
  const found = adjustedEffect(rows)
  if (found.kind === 'refused') throw new Error(found.say)
  return found
}

const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds))

// Whoever has more of column 0 is treated more often and has the outcome more often; the treatment adds to the log-odds.
function simulated(count: number, by: number, seed: number): TreatmentRows & Readonly<{ truth: number }> {
  const source = rng('adjusted').split(seed)
  const covariates = Float64Array.from({ length: 2 * count }, source.normal)
  const treated = new Uint8Array(count)
  const outcome = new Uint8Array(count)
  let truth = 0
  for (let row = 0; row < count; row += 1) {
    const [a, b] = [covariates[2 * row] ?? 0, covariates[2 * row + 1] ?? 0]
    treated[row] = source.uniform() < chance(0.9 * a - 0.2) ? 1 : 0
    const base = -1 + a + 0.4 * b
    truth += (chance(base + by) - chance(base)) / count
    outcome[row] = source.uniform() < chance(base + by * (treated[row] ?? 0)) ? 1 : 0
  }
  return { covariates, columnCount: 2, treated, outcome, part: Uint8Array.from(treated, (_, row) => row % 5), truth }
}

describe('published', () => {
  test.skipIf(!hasReference('uplift_100k.csv.gz'))(
    '100,000 rows with a known effect (needs ../shared/data)',
    () => {
      const names = ['x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'] as const
      const data = readReference('uplift_100k.csv.gz', [...names, 'w', 'y', 'cate_true'] as const)
      const n = data.w.length
      const covariates = new Float64Array(n * 8)
      names.forEach((name, j) => {
        data[name].forEach((value, row) => {
          covariates[row * 8 + j] = value
        })
      })
      const found = estimated({
        covariates,
        columnCount: 8,
        treated: Uint8Array.from(data.w),
        outcome: Uint8Array.from(data.y),
        part: Uint8Array.from({ length: n }, (_, row) => row % 5),
      })
      expect(data.cate_true.reduce((sum, one) => sum + one, 0) / n).toBeCloseTo(0.070727, 5)
      expect(found.naive.toFixed(6)).toBe('0.119550')
      // A peer finds .070424 (.00309) with parts and ridge of its own.
      expect(Math.abs(found.effect - 0.070424)).toBeLessThan(2e-5)
      expect(found.standardError.toFixed(5)).toBe('0.00309')
    },
    60_000,
  )
  test('an E-value: a ratio of 3.9 needs 7.26', () => {
    expect(eValue(3.9).toFixed(2)).toBe('7.26')
    expect(eValue(1 / 3.9)).toBeCloseTo(eValue(3.9), 12)
    expect([eValue(1), eValue(0)]).toEqual([1, Number.NaN])
  })
})

describe('consistent', () => {
  const some = simulated(2_000, 0.5, 1)
  const once = estimated(some)
  test('in other units, moved, or in another order the same', () => {
    const moved = estimated({ ...some, covariates: some.covariates.map((x) => 1e3 * x + 5e4) })
    expect(moved.effect).toBeCloseTo(once.effect, 7)
    const order = Array.from({ length: 2_000 }, (_, i) => (i * 7) % 2_000)
    const turn = (column: Uint8Array) => Uint8Array.from(order, (row) => column[row] ?? 0)
    const turned = estimated({
      covariates: Float64Array.from(order.flatMap((row) => [...some.covariates.slice(2 * row, 2 * row + 2)])),
      columnCount: 2,
      treated: turn(some.treated),
      outcome: turn(some.outcome),
      part: turn(some.part),
    })
    expect(turned.effect).toBeCloseTo(once.effect, 10)
    expect(turned.standardError).toBeCloseTo(once.standardError, 10)
  })
  test('treated for not treated turns the sign', () => {
    const other = estimated({ ...some, treated: some.treated.map((one) => 1 - one) })
    expect(other.effect).toBeCloseTo(-once.effect, 10)
  })
  test('a column that is the same everywhere changes nothing', () => {
    const wider = Float64Array.from({ length: 6_000 }, (_, k) =>
      k % 3 === 2 ? 7 : (some.covariates[2 * Math.floor(k / 3) + (k % 3)] ?? 0),
    )
    expect(estimated({ ...some, covariates: wider, columnCount: 3 }).effect).toBeCloseTo(once.effect, 10)
  })
})

test('recovers: 95 % intervals of 40 simulated samples hold the effect, which the shares as they stand miss', () => {
  let [covered, naive] = [0, 0]
  for (let seed = 0; seed < 40; seed += 1) {
    const rows = simulated(1_500, 0.6, 100 + seed)
    const found = estimated(rows)
    if (Math.abs(found.effect - rows.truth) < 1.96 * found.standardError) covered += 1
    if (Math.abs(found.naive - rows.truth) < 1.96 * found.standardError) naive += 1
  }
  expect(covered).toBeGreaterThanOrEqual(34)
  expect(naive).toBeLessThan(5)
})

describe('refuses', () => {
  const good = simulated(300, 0.5, 3)
  const none = new Uint8Array(300)
  test.each<[string, TreatmentRows, string]>([
    ['a covariate that is none', { ...good, covariates: good.covariates.fill(Number.NaN, 4, 5) }, 'not-a-number'],
    ['columns that do not fit', { ...good, columnCount: 3 }, 'lengths-differ'],
    ['nobody treated', { ...simulated(300, 0.5, 3), treated: none }, 'too-few'],
    ['an outcome of 2', { ...simulated(300, 0.5, 3), outcome: none.map(() => 2) }, 'impossible-row'],
    ['an outcome that nobody had', { ...simulated(300, 0.5, 3), outcome: none }, 'all-zero'],
    ['one part', { ...simulated(300, 0.5, 3), part: none }, 'impossible-parameter'],
  ])('%s', (_, rows, because) => expect(adjustedEffect(rows)).toMatchObject({ kind: 'refused', because }))
})
