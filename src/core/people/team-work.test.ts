import fc from 'fast-check'
import { expect, test } from 'vitest'
import { teamId } from '../ids.ts'
import { type CaseWork, teamMeasures, teamWork } from './team-work.ts'

const [parcels, invoices, small] = [
  teamId('c0ffee00-0000-4000-8000-000000000001'),
  teamId('c0ffee00-0000-4000-8000-000000000002'),
  teamId('c0ffee00-0000-4000-8000-000000000003'),
]
const sizes = [
  { team: parcels, people: 6 },
  { team: invoices, people: 5 },
  { team: small, people: 5 },
]
const work = (change: Partial<CaseWork> = {}): CaseWork => ({
  team: parcels,
  severity: 'minor',
  category: 'late',
  solvedAtFirst: true,
  acknowledgedMinutes: 30,
  acknowledgedInTime: true,
  waitedMinutes: 0,
  promisesDue: 1,
  promisesKept: 1,
  ...change,
})
const many = (count: number, change: (place: number) => Partial<CaseWork>) =>
  Array.from({ length: count }, (_, place) => work(change(place)))

test('a team with harder cases is held against what the firm reaches with such cases', () => {
  // Of critical cases both solve half at first, of minor ones all; one team has the critical ones.
  const { firm, teams } = teamWork(
    [
      ...many(60, (place) => ({ severity: 'critical', solvedAtFirst: place % 2 === 0 })),
      ...many(60, () => ({ team: invoices })),
      ...many(40, (place) => ({ team: invoices, severity: 'critical', solvedAtFirst: place % 2 === 0 })),
    ],
    sizes,
  )
  expect(firm).toMatchObject({ cases: 160, figures: { solvedAtFirst: { value: 110 / 160, count: 160 } } })
  expect(teams.map(({ team, cases }) => [team, cases])).toEqual([
    [parcels, 60],
    [invoices, 100],
  ])
  expect(teams[0]?.figures.solvedAtFirst).toMatchObject({ value: 0.5, sameMix: 0.5 })
  expect(teams[1]?.figures.solvedAtFirst).toMatchObject({ value: 0.8, sameMix: 0.8 })
  expect(teams[0]?.figures.solvedAtFirst?.low).toBeLessThan(0.5)
})

test('time lost waiting counts the cases that waited for nobody too', () => {
  const { firm } = teamWork(
    many(40, (place) => ({ waitedMinutes: place < 10 ? 60 : 0 })),
    sizes,
  )
  expect(firm.figures.waitedMinutes).toMatchObject({ value: 15, count: 40 })
  expect(firm.figures.acknowledgedMinutes).toMatchObject({ value: 30, low: 30, high: 30 })
})

test('promises count one by one, and only cases with any', () => {
  const { firm } = teamWork(
    [
      ...many(30, () => ({ promisesDue: 3, promisesKept: 2 })),
      ...many(30, () => ({ promisesDue: 0, promisesKept: 0 })),
    ],
    sizes,
  )
  expect(firm.figures.promisesKept?.value).toBeCloseTo(2 / 3, 10)
  expect(firm.figures.promisesKept?.count).toBe(90)
})

test('no team of fewer than five people or thirty cases is told of, and none that the rest would betray', () => {
  const cases = [...many(29, () => ({ team: small })), ...many(40, () => ({})), ...many(40, () => ({ team: invoices }))]
  expect(teamWork(cases, sizes)).toMatchObject({ untold: 1 })
  expect(teamWork(cases, sizes).teams.map(({ team }) => team)).not.toContain(small)
  const four = sizes.map((one) => (one.team === small ? { ...one, people: 4 } : one))
  expect(
    teamWork(
      many(200, (place) => ({ team: [parcels, invoices, small][place % 3] ?? null })),
      four,
    ).teams,
  ).toHaveLength(1)
  expect(teamWork([], sizes).teams).toEqual([])
})

test('the firm held against itself has nothing to gain, whatever its cases', () => {
  const one = fc.record({
    severity: fc.constantFrom('minor' as const, 'major' as const, 'critical' as const),
    category: fc.constantFrom('late', 'lost', 'rare', null),
    solvedAtFirst: fc.boolean(),
    acknowledgedMinutes: fc.option(fc.integer({ min: 0, max: 900 })),
    waitedMinutes: fc.integer({ min: 0, max: 500 }),
    promisesDue: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(one, { minLength: 30, maxLength: 120 }), (cases) => {
      const { firm } = teamWork(
        cases.map((of) => work({ ...of, promisesKept: Math.min(1, of.promisesDue) })),
        sizes,
      )
      for (const measure of teamMeasures) {
        const figure = firm.figures[measure]
        if (figure === null) continue
        expect(figure.sameMix).toBeCloseTo(figure.value, 8)
        expect(figure.low).toBeLessThanOrEqual(figure.value + 1e-9)
        expect(figure.high).toBeGreaterThanOrEqual(figure.value - 1e-9)
      }
    }),
    { numRuns: 50 },
  )
})
