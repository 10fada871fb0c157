import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitLogistic } from '../../stats/logistic.ts'
import { rng } from '../../stats/rng.ts'
import { fitTied, tieRows } from './incident-ties.ts'

const prior = { mean: Float64Array.of(0, 0.3, 0.5), sd: Float64Array.of(Number.POSITIVE_INFINITY, 0.28, 0.25) }
const LEVEL = -2.5
const Z90 = 1.6448536269514722
const ENDED_DAYS = [0, 40, 90, 150] as const

/** Customers who are alike: hit by the same incident, or by none, as long ago, and with the fix missed or not. */
type Alike = Readonly<{ incident: number | null; endedDays: number; isMissed: boolean; leaves: boolean; count: number }>

const leftOf = ({ incident, endedDays }: Pick<Alike, 'incident' | 'endedDays'>) =>
  incident === null ? 0 : 2 ** (-endedDays / 90)

/** A firm whose failures all come with incidents that differ by `sd` and hit some customers each. */
function firmOf(seed: string, { incidents = 12, hit = 1_200, sd = 0.7 } = {}) {
  const chance = rng(seed)
  const truth = [0.3 + 0.28 * chance.normal(), 0.5 + 0.25 * chance.normal()] as const
  const alike = (of: Pick<Alike, 'incident' | 'endedDays' | 'isMissed'>, count: number, effect: number): Alike[] => {
    const left = leftOf(of)
    const odds = Math.exp(LEVEL + (truth[0] + effect) * left + (of.isMissed ? truth[1] * left : 0))
    const leaving = Array.from({ length: count }, () => chance.uniform() < odds / (1 + odds)).filter(
      (one) => one,
    ).length
    return [
      { ...of, leaves: true, count: leaving },
      { ...of, leaves: false, count: count - leaving },
    ]
  }
  const rows = Array.from({ length: incidents }, (_, incident) => {
    const effect = sd * chance.normal()
    return ENDED_DAYS.flatMap((endedDays) =>
      [false, true].flatMap((isMissed) => alike({ incident, endedDays, isMissed }, hit / 8, effect)),
    )
  })
  return { truth, rows: [...rows.flat(), ...alike({ incident: null, endedDays: 0, isMissed: false }, 5_000, 0)] }
}

const rowsOf = (rows: readonly Alike[]) => ({
  covariates: Float64Array.from(rows.flatMap((one) => [1, leftOf(one), one.isMissed ? leftOf(one) : 0])),
  columnCount: 3,
  outcome: Uint8Array.from(rows, ({ leaves }) => (leaves ? 1 : 0)),
  weight: Float64Array.from(rows, ({ count }) => count),
})

// Each row a customer of his own.
function tiesOf(rows: readonly Alike[]) {
  const hit = rows.flatMap(({ incident, endedDays }, row) =>
    incident === null ? [] : [{ name: `outage ${incident}`, endedDays, row }],
  )
  const names = [...new Set(hit.map(({ name }) => name))]
  return tieRows(
    {
      names,
      row: Float64Array.from(hit, ({ row }) => row),
      incident: Float64Array.from(hit, ({ name }) => names.indexOf(name)),
      severity: Float64Array.from(hit, () => 1),
      endedDays: Float64Array.from(hit, ({ endedDays }) => endedDays),
    },
    {
      rows: rows.length,
      firstRow: Uint32Array.from({ length: rows.length + 1 }, (_, row) => row),
      training: new Float64Array(rows.length).fill(1),
    },
  )
}

function fitted(rows: readonly Alike[], isTied = true) {
  const found = fitTied(rowsOf(rows), prior, isTied ? (tiesOf(rows)?.columnsAt(90) ?? null) : null)
  if (found.kind === 'refused') throw new Error(found.say)
  return found
}

describe('recovers', () => {
  test('slopes of failures are in their 90 % intervals as often as they say, and far less often where nothing ties', () => {
    // The whole count, over 400 firms, is in docs/models/leave.md; this is its quick sister.
    const FIRMS = 60
    const within = { failure: 0, missed: 0, untied: 0 }
    for (let seed = 0; seed < FIRMS; seed += 1) {
      const { truth, rows } = firmOf(`incidents ${seed}`)
      const share = ({ fit }: ReturnType<typeof fitted>, k: 0 | 1) =>
        Math.abs((fit.coefficients[1 + k] ?? 0) - truth[k]) < Z90 * (fit.standardErrors[1 + k] ?? 0) ? 1 / FIRMS : 0
      const tied = fitted(rows)
      within.failure += share(tied, 0)
      within.missed += share(tied, 1)
      within.untied += share(fitted(rows, false), 0)
    }
    expect(within.failure).toBeGreaterThan(0.85)
    expect(within.failure).toBeLessThan(0.95)
    expect(within.missed).toBeGreaterThan(0.84)
    expect(within.missed).toBeLessThan(0.96)
    expect(within.untied).toBeLessThan(0.5)
  })

  test('how much incidents differ is found', () => {
    const found = (sd: number) => fitted(firmOf('spread', { incidents: 40, hit: 400, sd }).rows).incidents?.sd ?? 0
    expect(found(0)).toBeLessThan(0.15)
    expect(found(0.7)).toBeGreaterThan(0.5)
    expect(found(0.7)).toBeLessThan(0.9)
  })

  test('one outage of thousands teaches little of what failures do, and much of what differs between its customers', () => {
    const { rows } = firmOf('one', { incidents: 1, hit: 8_000 })
    const [, failure = 1, missed = 0] = fitted(rows).fit.learnedShare
    expect(failure).toBeLessThan(0.5)
    expect(missed).toBeGreaterThan(0.85)
    expect(fitted(rows, false).fit.learnedShare[1]).toBeGreaterThan(0.9)
  })
})

describe('consistent', () => {
  test('rows that no incident ties are fitted as they are', () => {
    const { rows } = firmOf('untied', { incidents: 3, hit: 80 })
    const plain = fitLogistic(rowsOf(rows), prior)
    expect(fitted(rows, false)).toEqual({ kind: 'fitted', fit: plain, incidents: null })
    expect(tiesOf(rows.map((row) => ({ ...row, incident: null })))).toBeNull()
  })

  test('the order of rows changes nothing', () => {
    const { rows } = firmOf('order', { incidents: 4, hit: 240 })
    const { fit, incidents } = fitted(rows)
    const order = fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })
    fc.assert(
      fc.property(order, (places) => {
        const moved = fitted(places.flatMap((place) => rows[place] ?? []))
        expect(moved.incidents?.sd).toBeCloseTo(incidents?.sd ?? Number.NaN, 8)
        for (const [j, value] of fit.coefficients.entries()) expect(moved.fit.coefficients[j]).toBeCloseTo(value, 8)
        for (const [j, value] of fit.covariance.entries()) expect(moved.fit.covariance[j]).toBeCloseTo(value, 8)
      }),
      { numRuns: 10 },
    )
  })
})

describe('ties', () => {
  // One line for each customer and incident, in the order of the customers.
  const tied = (lines: readonly Readonly<{ person: number; name: string }>[], isTraining = true) => {
    const people = Math.max(-1, ...lines.map(({ person }) => person)) + 1
    const names = [...new Set(lines.map(({ name }) => name))]
    const firstRow = Uint32Array.from({ length: people + 1 }, (_, i) => lines.filter(({ person }) => person < i).length)
    return tieRows(
      {
        names,
        row: Float64Array.from(lines.keys()),
        incident: Float64Array.from(lines, ({ name }) => names.indexOf(name)),
        severity: new Float64Array(lines.length).fill(1.5),
        endedDays: Float64Array.from(lines, (_, line) => 90 * line),
      },
      { rows: lines.length, firstRow, training: new Float64Array(lines.length).fill(isTraining ? 1 : 0) },
    )
  }

  test('what hit one customer ties nobody, however many months he lived with it; nor do months held out', () => {
    const alone = { person: 0, name: 'a' }
    expect(tied([])).toBeNull()
    expect(tied([alone, alone, alone])).toBeNull()
    expect(tied([alone, { person: 1, name: 'b' }])).toBeNull()
    expect(tied([alone, { person: 1, name: 'a' }], false)).toBeNull()
    expect(tied([alone, { person: 1, name: 'a' }])?.count).toBe(1)
  })

  test('the effect weighs as much as is left of the failure', () => {
    const lines = [0, 1, 2].map((person) => ({ person, name: person === 1 ? 'alone' : 'a' }))
    const columns = tied(lines)?.columnsAt(90)
    expect(columns?.columnCount).toBe(1)
    expect([...(columns?.firstEntry ?? [])]).toEqual([0, 1, 1, 2])
    expect([...(columns?.value ?? [])]).toEqual([1.5, 0.375])
    expect([...(tied(lines)?.columnsAt(180).value ?? [])]).toEqual([1.5, 0.75])
  })

  test('of more than 200 incidents those that hit most have an effect of their own', () => {
    const lines = Array.from({ length: 203 }, (_, incident) =>
      Array.from({ length: incident < 3 ? 2 : 3 }, (_, k) => ({ person: 3 * incident + k, name: `${incident}` })),
    )
    const ties = tied(lines.flat())
    expect(ties?.count).toBe(200)
    expect(ties?.columnsAt(90).value).toHaveLength(600)
  })
})

describe('refuses', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a weight of %d', (value) => {
    const { rows } = firmOf('no number', { incidents: 2, hit: 80 })
    const ties = tiesOf(rows)?.columnsAt(90)
    if (ties === undefined) throw new Error('incidents were expected to tie')
    const wrong = { ...ties, value: ties.value.map((one, at) => (at === 3 ? value : one)) }
    expect(fitTied(rowsOf(rows), prior, wrong)).toMatchObject({ kind: 'refused', because: 'not-a-number' })
  })
})
