import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BinaryRows, measureRows, thinRows } from './binary-rows.ts'
import { fitLogistic } from './logistic.ts'
import { rng } from './rng.ts'
import type { SparseColumns } from './sparse-columns.ts'

const ROWS = 700
const DENSE = 3
const SPARSE = 4

/** The same rows twice: with all columns written out, and with the last ones sparse. A row may name a column twice. */
function twice(seed: number): Readonly<{ full: BinaryRows; sparse: BinaryRows & Readonly<{ sparse: SparseColumns }> }> {
  const chance = rng(`sparse ${seed}`)
  const full = new Float64Array(ROWS * (DENSE + SPARSE))
  const covariates = new Float64Array(ROWS * DENSE)
  const firstEntry = new Uint32Array(ROWS + 1)
  const [column, value]: [number[], number[]] = [[], []]
  for (let i = 0; i < ROWS; i += 1) {
    for (let j = 0; j < DENSE; j += 1) {
      const x = j === 0 ? 1 : chance.normal()
      covariates[i * DENSE + j] = x
      full[i * (DENSE + SPARSE) + j] = x
    }
    for (let entries = chance.int(4); entries > 0; entries -= 1) {
      const [at, x] = [chance.int(SPARSE), chance.normal()]
      column.push(at)
      value.push(x)
      const place = i * (DENSE + SPARSE) + DENSE + at
      full[place] = (full[place] ?? 0) + x
    }
    firstEntry[i + 1] = value.length
  }
  const others = {
    outcome: Uint8Array.from({ length: ROWS }, () => chance.int(2)),
    weight: Float64Array.from({ length: ROWS }, () => 3 * chance.uniform()),
    offset: Float64Array.from({ length: ROWS }, () => 0.2 * chance.normal()),
  }
  const sparse = {
    columnCount: SPARSE,
    firstEntry,
    column: Uint32Array.from(column),
    value: Float64Array.from(value),
  }
  return {
    full: { ...others, covariates: full, columnCount: DENSE + SPARSE },
    sparse: { ...others, covariates, columnCount: DENSE, sparse },
  }
}

const prior = { mean: new Float64Array(DENSE + SPARSE), sd: new Float64Array(DENSE + SPARSE).fill(0.7) }
const free = { mean: prior.mean, sd: new Float64Array(DENSE + SPARSE).fill(Number.POSITIVE_INFINITY) }

function fitOf(rows: BinaryRows, under = prior, link: 'logit' | 'cloglog' = 'logit') {
  const fit = fitLogistic(rows, under, link)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

test.each([
  ['with priors', prior, 'logit'],
  ['without', free, 'logit'],
  ['of the other link', prior, 'cloglog'],
] as const)('a fit %s is the same whether columns are sparse or written out', (_, under, link) => {
  fc.assert(
    fc.property(fc.nat(1e6), (seed) => {
      const { full, sparse } = twice(seed)
      const [one, other] = [fitOf(full, under, link), fitOf(sparse, under, link)]
      expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 9)
      expect(other.hessianCondition / one.hessianCondition).toBeCloseTo(1, 8)
      for (const [j, value] of one.coefficients.entries()) expect(other.coefficients[j]).toBeCloseTo(value, 9)
      for (const [at, value] of one.covariance.entries()) expect(other.covariance[at]).toBeCloseTo(value, 9)
    }),
    { numRuns: 20 },
  )
})

test('every third row is the same rows, sparse or not', () => {
  const { full, sparse } = twice(1)
  const [one, other] = [fitOf(thinRows(full, 3)), fitOf(thinRows(sparse, 3))]
  for (const [j, value] of one.coefficients.entries()) expect(other.coefficients[j]).toBeCloseTo(value, 9)
})

test('a column without entries keeps its prior, and without a prior is refused', () => {
  const { sparse } = twice(2)
  const empty = { ...sparse, sparse: { ...sparse.sparse, columnCount: SPARSE + 1 } }
  const wide = (values: Float64Array, last: number) => Float64Array.of(...values, last)
  const fit = fitOf(empty, { mean: wide(prior.mean, 0.4), sd: wide(prior.sd, 0.3) })
  expect([fit.coefficients.at(-1), fit.standardErrors.at(-1)]).toEqual([0.4, 0.3])
  expect(fitLogistic(empty, { mean: wide(free.mean, 0), sd: wide(free.sd, Number.POSITIVE_INFINITY) })).toMatchObject({
    because: 'not-identified',
  })
})

describe('refuses', () => {
  const { sparse: rows } = twice(3)
  const { sparse } = rows
  const at5 = <Values extends Float64Array | Uint32Array>(values: Values, value: number) => {
    const out = values.slice()
    out[5] = value
    return out
  }
  test.each<[string, Partial<SparseColumns>, string]>([
    ['a value that is no number', { value: Float64Array.from(at5(sparse.value, Number.NaN)) }, 'not-a-number'],
    ['an endless value', { value: Float64Array.from(at5(sparse.value, 1 / 0)) }, 'not-a-number'],
    ['a column that is not there', { column: Uint32Array.from(at5(sparse.column, SPARSE)) }, 'impossible-row'],
    ['columns for fewer values', { column: sparse.column.subarray(1) }, 'lengths-differ'],
    ['entries of more rows', { firstEntry: Uint32Array.of(...sparse.firstEntry, 0) }, 'lengths-differ'],
    [
      'rows that end before they begin',
      { firstEntry: Uint32Array.from(at5(sparse.firstEntry, 1e6)) },
      'lengths-differ',
    ],
  ])('%s', (_, wrong, because) => {
    expect(measureRows({ ...rows, sparse: { ...sparse, ...wrong } })).toMatchObject({ kind: 'refused', because })
  })
})
