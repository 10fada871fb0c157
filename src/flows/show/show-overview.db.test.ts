import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { type Told, tell } from '../../../test/tell.ts'
import { testWorld } from '../../../test/test-world.ts'
import { overview } from '../../contract/overview.ts'
import { status } from '../../contract/show.ts'
import { caseRulesAtFirst } from '../../core/cases/case-rules.ts'
import { DAY_MS, instant, instantOf } from '../../core/time/instant.ts'
import { savePolicy } from '../../store/policies.ts'
import { saveSettings, settingsAtFirst } from '../../store/settings.ts'
import { noteSimulated } from '../../store/simulated.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import { showOverview } from './show-overview.ts'
import { showStatus } from './show-status.ts'

const now = instantOf('2026-06-01T00:00:00Z')
const { db } = await freshDb()
const world = testWorld(db, now)
const empty = await freshDb()

/** So many days before now. */
const ago = (days: number) => new Date(now - days * DAY_MS).toISOString()

const failure = (customer: string, days: number, data: Readonly<Record<string, unknown>> = {}): Told => ({
  customer,
  id: `f-${customer}-${days}`,
  type: 'failure.occurred',
  at: ago(days),
  data: { failure: `f-${customer}-${days}`, severity: 'major', category: 'late', ...data },
})
const step = (type: string, customer: string, days: number, data: Readonly<Record<string, unknown>>): Told => ({
  customer,
  type,
  at: ago(days),
  data,
})

// What is counted here is what was told: no rule adds a failure to it.
const rules = { ...caseRulesAtFirst, opening: { rules: [], daysMax: 3 } }
await db.transaction((tx) => savePolicy(tx, 'case', { was: 0, body: rules, note: 'none', author: 'test' }))

// Two customers let down in each of the 20 weeks before this one, four in this week.
await tell(world, [
  ...Array.from({ length: 20 }, (_, week) => [
    failure('a', 10 + 7 * week),
    failure('b', 11 + 7 * week, { category: 'lost' }),
  ]).flat(),
  failure('c', 1, { detectedBy: 'customer', promisedFixBy: ago(0.5) }),
  failure('d', 2, { detectedBy: 'operations', promisedFixBy: ago(1) }),
  failure('d', 2.5, { detectedBy: 'operations', category: undefined }),
  failure('e', 3, { atFault: 'customer' }),
  failure('f', 4),
  failure('g', 5, { promisedFixBy: '2026-05-30T23:30:00+23:59' }),
  { customer: 'g', type: 'event.retracted', at: ago(4.5), data: { id: 'f-g-5' } },
  failure('h', 6, { promisedFixBy: ago(4) }),
  step('failure.fixed', 'd', 1.5, { failure: 'f-d-2' }),
  step('failure.fixed', 'h', 4.5, { failure: 'f-h-6' }),
  step('failure.reopened', 'd', 0.5, { failure: 'f-d-2' }),
  step('failure.confirmed', 'd', 0.25, { failure: 'f-d-2', satisfied: false }),
  step('failure.closed', 'f', 0.25, { failure: 'f-f-4', fixed: false }),
  // Promises due this week: kept, kept late, broken by silence, broken by word; one not due yet, one due before.
  ...(['p1', 'p2', 'p3', 'p4'] as const).map((promise) => step('promise.made', promise, 20, { promise, due: ago(3) })),
  step('promise.made', 'p5', 20, { promise: 'p5', due: ago(-3) }),
  step('promise.made', 'p6', 20, { promise: 'p6', due: ago(9) }),
  step('promise.kept', 'p1', 4, { promise: 'p1' }),
  step('promise.kept', 'p2', 1, { promise: 'p2' }),
  step('promise.broken', 'p4', 2, { promise: 'p4' }),
  step('subscription.started', 'c', 300, { subscription: 's', monthlyValue: 5_000, currency: 'EUR' }),
  step('subscription.started', 'b', 300, { subscription: 's', monthlyValue: 5_000, currency: 'EUR' }),
  step('subscription.ended', 'b', 2, { subscription: 's', by: 'customer' }),
  step('failure.compensated', 'd', 1.4, { failure: 'f-d-2', value: 1_000, currency: 'EUR' }),
  step('failure.compensated', 'h', 2, { failure: 'f-h-6', value: 500 }),
  step('failure.compensated', 'f', 2, { failure: 'f-f-4', value: 9_000, currency: 'USD' }),
  step('failure.compensated', 'a', 12, { failure: 'f-a-17', value: 77, currency: 'EUR' }),
  { ...step('gesture.made', 'c', 0.6, { kind: 'card', cost: 4_000 }), id: 'wrong-gesture' },
  step('event.retracted', 'c', 0.55, { id: 'wrong-gesture' }),
  step('gesture.made', 'c', 0.5, { kind: 'card', cost: 250, currency: 'EUR' }),
  step('customer.profiled', 'c', 299, { name: 'Cem' }),
])

describe('the overview of a week', async () => {
  const week = await showOverview(db, now, 7)

  test('has the shape of the contract', () => {
    expect([...Compile(overview).Errors(week)]).toEqual([])
    expect(week.weekStarts).toHaveLength(26)
    expect(week.weekStarts[0]).toBe(ago(182))
  })

  test("counts customers let down once, without retracted failures and the customer's own", () => {
    expect(week.letDown).toMatchObject({ count: 4, usualLow: 2, usualHigh: 2 })
  })

  test('says who noticed, of those where it was said', () => {
    expect(week.letDown.detectedByCustomer).toBeCloseTo(1 / 3, 9)
  })

  test('counts customers with any event as active', () => {
    expect(week.letDown.active).toBe(10)
  })

  test('ranks causes by count over 26 weeks, with their usual range', () => {
    expect(week.causes.map(({ category }) => category)).toEqual(['late', 'lost', ''])
    const [late, lost] = week.causes
    expect(late?.weeks.at(-1)).toBe(4)
    expect(late?.weeks.reduce((sum, count) => sum + count, 0)).toBe(24)
    expect(lost).toMatchObject({ usualLow: 1, usualHigh: 1 })
  })

  test('judges promises by what happened until they were due', () => {
    expect(week.promises).toMatchObject({ due: 4, broken: 3, kept: { value: 0.25 } })
    expect(week.promises.kept?.low).toBeLessThan(0.25)
  })

  test('judges fixes by the date promised: one that re-opened was none, and a date that cannot be read is left out', () => {
    expect(week.fixedInTime).toMatchObject({ due: 3, share: { value: 1 / 3 }, usualLow: null })
    expect(week.fixedInTime.weeks.map((share) => share?.value)).toEqual([...Array(25).fill(undefined), 1 / 3])
  })

  test('counts a failed recovery once a week', () => {
    expect(week.doubleDeviations.weeks.at(-1)).toBe(2)
    expect(week.doubleDeviations.weeks.slice(0, -1).every((count) => count === 0)).toBe(true)
  })

  test('knows how many recoveries fail in a usual week', () => {
    expect(week.doubleDeviations).toMatchObject({ usualLow: 0, usualHigh: 0 })
  })

  test('adds up what was given by currency, and never across', () => {
    expect(week.given).toEqual({
      count: 4,
      compensation: 1_500,
      gestures: 250,
      others: [{ currency: 'USD', compensation: 9_000, gestures: 0 }],
    })
  })

  test('counts who left, and who of them was let down before', () => {
    expect(week.left).toEqual({ count: 1, afterFailure: 1 })
  })

  test('names those with most at stake, with intervals that hold their amounts', () => {
    expect(week.people[0]).toMatchObject({
      customer: 'c',
      name: 'Cem',
      category: 'late',
      severity: 'major',
      openFailures: 1,
    })
    const { low, value, high } = week.atStake.amount
    expect(value).toBeGreaterThan(0)
    expect(low).toBeLessThanOrEqual(value)
    expect(high).toBeGreaterThanOrEqual(value)
    expect(week.atStake.customers).toBe(week.people.length)
  })

  test('has no usual range for a period that has not passed 8 times', async () => {
    const long = await showOverview(db, now, 100)
    expect(long.letDown).toMatchObject({ usualLow: null, usualHigh: null })
    expect(long.causes[0]).toMatchObject({ usualLow: null, usualHigh: null })
  })
})

describe('today', () => {
  const noon = instantOf('2026-05-31T09:30:00Z')
  test.each([
    ['UTC', '2026-05-31T00:00:00.000Z'],
    ['Europe/Amsterdam', '2026-05-30T22:00:00.000Z'],
    ['America/Sao_Paulo', '2026-05-31T03:00:00.000Z'],
  ])('begins at midnight in %s', async (timeZone, from) => {
    await db.transaction(async (tx) => {
      await saveSettings(tx, { ...settingsAtFirst, timeZone })
    })
    const { from: began, letDown } = await showOverview(db, noon, 1)
    expect(began).toBe(from)
    expect(letDown).toMatchObject({ count: from < ago(1) ? 1 : 0, usualLow: 0 })
  })
})

describe('an empty firm', () => {
  test('has an overview of nothing, in the shape of the contract', async () => {
    const nothing = await showOverview(empty.db, now, 28)
    expect([...Compile(overview).Errors(nothing)]).toEqual([])
    expect(nothing).toMatchObject({
      letDown: { count: 0, usualLow: null, detectedByCustomer: null },
      promises: { due: 0, kept: null },
      causes: [],
      people: [],
    })
  })

  test('has a status', async () => {
    const shown = await showStatus(testWorld(empty.db, now))
    expect([...Compile(status).Errors(shown)]).toEqual([])
    expect(shown).toMatchObject({
      customers: 0,
      events: 0,
      asOf: null,
      simulated: false,
      needsAdministrator: true,
      currency: 'EUR',
    })
    expect(shown.version).toMatch(/^\d+\.\d+\.\d+/)
  })
})

describe('the status', () => {
  test('counts customers and events in force', async () => {
    const [row] = await db.query<{ events: number; customers: number }>(
      'select count(*) as events, count(distinct customer) as customers from events',
    )
    const shown = await showStatus(world)
    expect(shown).toMatchObject({
      customers: row?.customers,
      events: (row?.events ?? 0) - 2,
      asOf: '2026-06-01T00:00:00.000Z',
    })
  })

  test('says that events are simulated once that was noted', async () => {
    expect((await showStatus(world)).simulated).toBe(false)
    await noteSimulated(db)
    await noteSimulated(db)
    expect((await showStatus(world)).simulated).toBe(true)
  })
})

describe('the instant that screens speak of', () => {
  test('is now while events arrive, and the newest event 14 days after the last', async () => {
    const newest = instantOf(ago(0.25))
    expect(await readAsOf(db, now)).toBe(now)
    expect(await readAsOf(db, instant(newest + 14 * DAY_MS))).toBe(newest + 14 * DAY_MS)
    expect(await readAsOf(db, instant(newest + 14 * DAY_MS + 1))).toBe(newest)
    expect(await readAsOf(empty.db, now)).toBe(now)
  })
})
