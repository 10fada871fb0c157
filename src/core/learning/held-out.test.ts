import { describe, expect, test } from 'vitest'
import { rng } from '../../stats/rng.ts'
import { monthsToHoldOut, tryOut, untried } from './held-out.ts'

const ROWS = 20_000
const source = rng('held out')
const truth = Float64Array.from({ length: ROWS }, () => -3.5 + 0.8 * source.normal())
const outcome = Uint8Array.from(truth, (x) => Number(source.uniform() < 1 / (1 + Math.exp(-x))))
const weight = new Float64Array(ROWS).fill(1)
const of = { months: 3, liveVersion: 7 }

const tried = (logOdds: Float64Array, live: Float64Array) => tryOut({ logOdds, outcome, weight }, live, of)

describe('a new version', () => {
  const flat = truth.map(() => -3.2)
  const high = truth.map((x) => x + 0.4)

  test('goes live where it foretells better, and where it foretells alike', () => {
    expect(tried(truth, flat)).toMatchObject({ live: true, reason: 'not-worse', told: { against: { version: 7 } } })
    expect(tried(truth, truth)).toMatchObject({ live: true, told: { against: { difference: 0 } } })
    expect(
      tried(
        truth.map((x) => x + 1e-4),
        truth,
      ),
    ).toMatchObject({ live: true })
  })

  test('is kept and does not go live where the live one foretells better', () => {
    expect(tried(flat, truth)).toMatchObject({ live: false, reason: 'worse-log-loss' })
    expect(tried(high, truth)).toMatchObject({ live: false })
  })

  test('does not go live when its chances are further off, even where its loss is no higher', () => {
    // It tells customers apart better, but all its chances are too high.
    const telling = truth.map((x) => x + 0.28)
    const trial = tried(telling, flat)
    expect(trial.told.against?.difference).toBeLessThan(0)
    expect(trial).toMatchObject({ live: false, reason: 'worse-calibration' })
  })

  test('goes live untried, and says so, where nobody or everybody left', () => {
    for (const fate of [0, 1]) {
      const alike = { logOdds: truth, outcome: new Uint8Array(ROWS).fill(fate), weight }
      expect(tryOut(alike, flat, of)).toEqual(untried('all-alike'))
    }
    expect(untried('all-alike')).toMatchObject({ live: true, reason: 'nothing-to-compare' })
    expect(untried('history-too-short')).toMatchObject({ live: true, reason: 'nothing-to-compare' })
  })

  const spoilt = (values: Float64Array, by: number) => values.map((value, i) => (i === ROWS - 1 ? by : value))
  const stays = Uint8Array.from(outcome, (one, i) => (i === ROWS - 1 ? 0 : one))

  test.each([
    ['what is no number', Number.NaN],
    ['for impossible what happened', Number.POSITIVE_INFINITY],
  ])('does not go live where it foretells %s, and says why', (_, by) => {
    const trial = tryOut({ logOdds: spoilt(truth, by), outcome: stays, weight }, flat, of)
    expect(trial).toEqual({
      told: { calibration: null, calibrationMissing: 'not-comparable', against: null },
      live: false,
      reason: 'not-comparable',
    })
  })

  test('does not go live where the live one foretells no number: its own calibration is told', () => {
    for (const by of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const trial = tryOut({ logOdds: truth, outcome: stays, weight }, spoilt(flat, by), of)
      expect(trial).toMatchObject({ live: false, reason: 'not-comparable', told: { against: null } })
      expect(trial.told.calibration?.slope).toBeCloseTo(1, 1)
    }
  })

  test('does not go live where a held-out row weighs what is no number', () => {
    for (const by of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expect(tryOut({ logOdds: truth, outcome, weight: spoilt(weight, by) }, flat, of).live).toBe(false)
    }
  })
})

describe('months to hold out', () => {
  const counts = (exits: readonly number[]) => ({ customers: 1, months: exits.map(() => 100), exits })

  test('are the fewest with a hundred exits, and at most a quarter of the history', () => {
    expect(monthsToHoldOut(counts(new Array<number>(24).fill(60)))).toEqual({ kind: 'some', months: 2 })
    expect(monthsToHoldOut(counts(new Array<number>(24).fill(500)))).toEqual({ kind: 'some', months: 1 })
    expect(monthsToHoldOut(counts(new Array<number>(24).fill(5)))).toEqual({ kind: 'some', months: 6 })
  })

  test('are none where too little is known, and then it is said why', () => {
    expect(monthsToHoldOut(counts(new Array<number>(5).fill(50)))).toEqual({
      kind: 'none',
      because: 'history-too-short',
    })
    expect(monthsToHoldOut(counts(new Array<number>(24).fill(2)))).toEqual({ kind: 'none', because: 'too-few-exits' })
    expect(monthsToHoldOut(counts([60, 60, ...new Array<number>(22).fill(0)]))).toMatchObject({ kind: 'none' })
  })
})
