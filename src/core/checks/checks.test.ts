import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someFailure } from '../../../test/some-failure.ts'
import type { FitReport, Learned } from '../learning/fit-report.ts'
import type { Failure, Severity } from '../relationship/failure.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { type CheckName, checkNames, isDue } from './checks.ts'
import { likeCases } from './like-cases.ts'
import { calibrationCheck, learnedShare, priorConflict, redemptionCheck } from './model-checks.ts'
import { serviceFloor, type ValuedFailure } from './service-floor.ts'
import { apologies, complaintsCheck, dueDates, overdueRequests, reopened, severityChanges } from './work-checks.ts'

const asOf = instant(Date.UTC(2026, 5, 15))
const ago = (days: number): Instant => instant(asOf - days * DAY_MS)
const mark = (days: number) => ({ at: ago(days), event: 'e' })

const failure = (change: Partial<Failure> = {}): Failure => someFailure(ago(40), change)
const done = failure({ acknowledged: mark(39.5), owners: ['a'], fixed: mark(35) })
const valued = (place: number, of: Failure, valueMinor: number | null = place): ValuedFailure => ({
  customer: `c${place}`,
  valueMinor,
  failure: of,
})
const some = (count: number, of: (place: number) => Failure) =>
  Array.from({ length: count }, (_, place) => valued(place, of(place)))

describe('when a check runs', () => {
  const at = ago(10)
  test.each<[CheckName, 'holds' | 'too-few', number, number | null, boolean]>([
    ['data-requests', 'holds', 9.5, null, false],
    ['data-requests', 'holds', 9, null, true],
    ['complaints', 'holds', 4, null, false],
    ['complaints', 'holds', 3, null, true],
    ['complaints', 'too-few', 9, null, true],
    ['service-floor', 'holds', 0, null, false],
    ['service-floor', 'holds', -20, null, true],
    ['prior-conflict', 'holds', 0, 11, false],
    ['prior-conflict', 'holds', 9.9, 9.95, true],
  ])('%s after %s, %f days before now, with a fit %s days before: %s', (name, state, now, fit, due) => {
    expect(isDue(name, { at, state }, ago(now), fit === null ? null : ago(fit))).toBe(due)
  })
  test('what never ran is due', () => {
    expect(checkNames.every((name) => isDue(name, undefined, asOf, null))).toBe(true)
  })
})

describe('the floor of service', () => {
  test('holds where every fifth gets it alike, and fails where those of little value wait', () => {
    const alike = some(500, (place) => (place % 10 === 0 ? failure() : done))
    expect(serviceFloor(alike, asOf)).toMatchObject({ state: 'holds', value: 0, count: 500 })
    const unlike = some(500, (place) => (place < 100 && place % 2 === 0 ? failure() : done))
    const found = serviceFloor(unlike, asOf)
    expect(found).toMatchObject({ state: 'fails', value: 0.5 })
    expect(found.parts.map(({ name, value, count }) => [name, value, count])).toEqual([
      ['1', 0.5, 100],
      ['2', 1, 100],
      ['3', 1, 100],
      ['4', 1, 100],
      ['5', 1, 100],
    ])
  })
  test('a gap that chance may have made is unsure', () => {
    const found = serviceFloor(
      some(150, (place) => (place < 3 ? failure() : done)),
      asOf,
    )
    expect(found.state).toBe('unsure')
    expect(found.value).toBeCloseTo(0.1, 10)
  })
  test('small groups are not told: neither few let-downs, nor many of few people', () => {
    expect(
      serviceFloor(
        some(100, () => done),
        asOf,
      ),
    ).toMatchObject({ state: 'too-few', count: 100, parts: [] })
    const few = Array.from({ length: 500 }, (_, place) => valued(place % 4, done, place))
    expect(serviceFloor(few, asOf).state).toBe('too-few')
  })
  test('what may still be put right in time is not judged; what re-opened was never put right', () => {
    const open = some(500, () => failure({ fixBy: instant(asOf + DAY_MS) }))
    expect(serviceFloor(open, asOf)).toMatchObject({ state: 'too-few', count: 0 })
    const again = some(500, (place) =>
      place < 100 ? failure({ acknowledged: mark(39.5), failedRecovery: mark(30) }) : done,
    )
    expect(serviceFloor(again, asOf)).toMatchObject({ state: 'fails', value: 1 })
  })
  test('who is not profiled is in no fifth, and in every other check', () => {
    const unknown = Array.from({ length: 200 }, (_, place) => valued(place, done, null))
    expect(serviceFloor(unknown, asOf)).toMatchObject({ state: 'too-few', count: 0 })
    expect(dueDates(unknown.map((one) => ({ ...one, failure: failure({ fixBy: asOf }) }))).count).toBe(200)
  })
  test('equal values are one group: no lot decides who is worth less', () => {
    const found = serviceFloor(
      Array.from({ length: 500 }, (_, place) => valued(place, place < 250 ? failure() : done, 0)),
      asOf,
    )
    expect(found.state).toBe('too-few')
  })
})

describe('like cases', () => {
  const paid = (lossMinor: number | null, compensatedMinor: number, severity: Severity = 'minor') =>
    failure({ lossMinor, compensatedMinor, severity })
  test('shares of the loss are compared within a band, amounts where no loss is known', () => {
    const found = likeCases(
      [
        ...some(40, (place) => paid(2_000 + 50 * place, 1_000 + 25 * place)),
        ...some(40, () => paid(null, 500, 'major')),
      ],
      'EUR',
    )
    expect(found).toMatchObject({ state: 'holds', value: 1, count: 80 })
    expect(found.parts.map(({ name }) => name)).toEqual(['major', 'minor 2000 5000'])
  })
  test('the loud got three times as much', () => {
    const found = likeCases(
      some(60, (place) => paid(2_000, place % 2 === 0 ? 500 : 1_500)),
      'EUR',
    )
    expect(found).toMatchObject({ state: 'fails', value: 3, low: 3, high: 3 })
  })
  test('other currencies and what few received are left out', () => {
    const found = likeCases(
      [...some(29, () => paid(2_000, 500)), ...some(9, () => ({ ...paid(2_000, 1), currency: 'USD' }))],
      'EUR',
    )
    expect(found).toMatchObject({ state: 'too-few', count: 29 })
  })
})

describe('how the work is done', () => {
  const said = (times: number) =>
    failure({ apologised: mark(39), furtherApologies: Array.from({ length: times - 1 }, () => mark(38)) })
  test('apologies are counted per let-down that was apologised for', () => {
    expect(apologies([...some(50, () => said(1)), ...some(50, () => failure())])).toMatchObject({
      state: 'holds',
      value: 1,
      count: 50,
    })
    expect(apologies(some(100, (place) => said(place % 2 === 0 ? 1 : 3)))).toMatchObject({ state: 'fails', value: 2 })
    expect(apologies(some(40, (place) => said(place < 30 ? 1 : 3)))).toMatchObject({ state: 'unsure', value: 1.5 })
  })
  test('complaints fail as on the page on listening, with the ratio and its interval', () => {
    const weeks = (late: number) => [
      ...Array.from({ length: 12 }, () => ({ failures: 100, complaints: 60 })),
      ...Array.from({ length: 4 }, () => ({ failures: 100, complaints: late })),
    ]
    const fell = complaintsCheck(weeks(20))
    expect(fell.state).toBe('fails')
    expect(fell.value).toBeCloseTo(1 / 3, 10)
    expect(fell.high).toBeLessThan(2 / 3)
    expect(complaintsCheck(weeks(58)).state).toBe('holds')
    expect(complaintsCheck([]).state).toBe('too-few')
  })
  test('shares that are only told have intervals and a least number', () => {
    expect(reopened({ putRight: 200, failed: 20 })).toMatchObject({ state: 'told', value: 0.1, count: 200 })
    expect(reopened({ putRight: 20, failed: 2 })).toMatchObject({ state: 'too-few', parts: [] })
    expect(severityChanges({ opened: 100, raised: 3, lowered: 7 })).toMatchObject({
      value: 0.1,
      parts: [
        { name: 'lowered', value: 7 },
        { name: 'raised', value: 3 },
      ],
    })
  })
  test('due dates are told by their middle', () => {
    const found = dueDates(some(101, (place) => failure({ fixBy: instant(ago(40) + place * DAY_MS) })))
    expect(found).toMatchObject({ state: 'told', value: 50, low: 10, high: 90, count: 101 })
  })
  test('one request over its term is one too many', () => {
    expect(overdueRequests([{ kind: 'access', open: 4, overdue: 0 }])).toMatchObject({ state: 'holds', count: 4 })
    expect(overdueRequests([{ kind: 'erasure', open: 4, overdue: 1 }])).toMatchObject({ state: 'fails', value: 1 })
  })
})

describe('models', () => {
  const slope = (name: string, away: number): Learned => ({
    name,
    prior: { mean: 1, sd: 0.5 },
    posterior: { mean: 1 + away * 0.25, sd: 0.1 },
    flat: { mean: 1 + away * 0.5, sd: 0 },
    low: 0,
    high: 0,
    learnedShare: 0.4,
    rows: 10,
  })
  const reported = (change: Partial<FitReport>) =>
    [
      { kind: 'leave', report: { rows: 100, calibration: null, coefficients: [], ...change } as unknown as FitReport },
    ] as const
  test('data alone more than two deviations from what was published are a conflict, the level is none', () => {
    const found = priorConflict(
      reported({ coefficients: [slope('intercept', 9), slope('price', -2.5), slope('miss_fix', 1)] }),
    )
    expect(found).toMatchObject({
      state: 'fails',
      value: -2.5,
      count: 2,
      parts: [{ name: 'leave price', value: -2.5 }],
    })
    expect(priorConflict(reported({ coefficients: [slope('price', 2)] })).state).toBe('holds')
    const among = (farthest: number) =>
      priorConflict(
        reported({
          coefficients: [slope('price', farthest), ...Array.from({ length: 39 }, (_, j) => slope(`other ${j}`, 1))],
        }),
      ).state
    expect([among(-2.5), among(3.1), among(3.3)]).toEqual(['unsure', 'unsure', 'fails'])
    expect(priorConflict([]).state).toBe('too-few')
    expect(learnedShare(reported({ coefficients: [slope('price', 2)] }))).toMatchObject({ state: 'told', value: 0.4 })
  })
  test('three tenths outside of their band are too many', () => {
    const tenths = (off: number) =>
      reported({
        calibration: {
          rows: 1000,
          deciles: Array.from({ length: 10 }, (_, place) => ({
            chance: 0.1,
            observed: place < off ? 0.3 : 0.1,
            rows: 100,
            events: 10,
          })),
        } as unknown as NonNullable<FitReport['calibration']>,
      })
    expect(calibrationCheck(tenths(2))).toMatchObject({ state: 'holds', value: 2 })
    expect(calibrationCheck(tenths(3))).toMatchObject({ state: 'fails', value: 3 })
    expect(calibrationCheck(reported({}))).toMatchObject({ state: 'too-few' })
  })
  test('redemptions fail when the last two months miss, whatever came before', () => {
    const month = (place: number, isIn: boolean) => ({
      month: `2026-0${place}`,
      band90: [10, 20] as const,
      actual: isIn ? 15 : 30,
    })
    const stateOf = (...ins: readonly boolean[]) =>
      redemptionCheck(ins.map((isIn, place) => month(place + 1, isIn)).reverse())
    expect(stateOf(true, false, false)).toMatchObject({ state: 'fails', value: 2 })
    expect(stateOf(false, false, true).state).toBe('holds')
    expect(stateOf(true, false)).toMatchObject({ state: 'holds', value: 1 })
    expect(stateOf(false).state).toBe('too-few')
  })
})

test('whatever is told, a finding is either too few or has a number within its interval', () => {
  const one = fc.record({
    valueMinor: fc.integer({ min: 0, max: 50 }),
    customer: fc.integer({ min: 0, max: 30 }).map(String),
    failure: fc
      .record({ loss: fc.option(fc.integer({ min: 0, max: 9_000 })), paid: fc.integer({ min: 0, max: 9_000 }) })
      .map(({ loss, paid }) =>
        failure({ lossMinor: loss, compensatedMinor: paid, fixed: paid % 2 === 0 ? mark(30) : null }),
      ),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 400 }), (told) => {
      for (const found of [serviceFloor(told, asOf), likeCases(told, 'EUR'), dueDates(told), apologies(told)]) {
        const { state, value, low, high } = found
        if (state === 'too-few') expect([value, found.parts]).toEqual([null, []])
        else expect((low ?? 0) <= (value ?? Number.NaN) && (value ?? Number.NaN) <= (high ?? 0)).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})
