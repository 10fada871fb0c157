import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ParseOptions, parseEvent } from '../../contract/ingest.ts'
import { linearPredictor } from '../goodwill/covariates.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { check, foldAll } from '../relationship/relationship.ts'
import { instant, instantOf, MONTH_MS } from '../time/instant.ts'
import { needsLivingCustomer } from './leaving.ts'
import type { SimulatedCustomer } from './life.ts'
import { season } from './month.ts'
import { simulatedFirm } from './simulated-firm.ts'
import type { FirmKind } from './truth.ts'

const endAt = instantOf('2026-11-01T00:00:00Z')
const kinds: readonly FirmKind[] = ['contract', 'shop']
const firmOf = (kind: FirmKind, customers: number, seed = 1, months = 24) =>
  simulatedFirm({ customers, months, seed, kind, endAt })
const everyone = (kind: FirmKind, customers: number, seed = 1): SimulatedCustomer[] => {
  const firm = firmOf(kind, customers, seed)
  return Array.from({ length: customers }, (_, index) => firm.customer(index))
}
const options: ParseOptions = { now: endAt, source: 'nobody', strict: true }

function parsed({ events }: SimulatedCustomer): CustomerEvent[] {
  return events.map((wire) => {
    const read = parseEvent(wire, options)
    if (read.kind === 'refused') throw new Error(`${wire.type} ${wire.id}: ${read.pointer} ${read.detail}`)
    expect(read.event.type).toBe(wire.type)
    return read.event
  })
}

// What happens until an instant, or until the customer leaves.
function before({ events, truth }: SimulatedCustomer, at: number) {
  const until = Math.min(truth.leftAt ?? at, at)
  const months = Math.max(0, until - truth.seenFrom) / MONTH_MS
  return { months, events: events.filter((event) => instantOf(event.at) <= until) }
}

describe.each(kinds)('a simulated %s firm', (kind) => {
  const some = everyone(kind, 250)

  test('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 40 }), (seed, index) => {
        const one = firmOf(kind, 41, seed).customer(index)
        expect(firmOf(kind, 41, seed).customer(index)).toEqual(one)
        expect(firmOf(kind, 41, seed + 1).customer(index).events).not.toEqual(one.events)
      }),
      { numRuns: 20 },
    )
  })

  test('has the same customer i whatever its size and whoever was asked for before', () => {
    const large = firmOf(kind, 1_000_000)
    for (const index of [17, 3, 249]) expect(large.customer(index)).toEqual(some[index])
  })

  test('sends only events that the product accepts, in order of time, each id once', () => {
    const ids = new Set<string>()
    for (const customer of some) {
      const events = parsed(customer)
      for (const [place, event] of events.entries()) {
        ids.add(event.id)
        expect(event.at).toBeLessThanOrEqual(endAt)
        expect(event.at).toBeGreaterThanOrEqual(events[place - 1]?.at ?? 0)
        expect(event.source).toBe('simulated')
        expect(event.customer).toBe(customer.truth.customer)
      }
      expect(ids.has(`${customer.truth.customer}-00000`)).toBe(true)
    }
    expect(ids.size).toBe(some.reduce((sum, { events }) => sum + events.length, 0))
  })

  test('makes histories that fold without a loose end into small states', () => {
    const sizes = some.map((customer) => {
      const state = foldAll(customerKey(customer.truth.customer), parsed(customer))
      check(state)
      expect(state.unknownReferences).toBe(0)
      expect(state.facts.startedAt).toBe(customer.truth.startedAt)
      return JSON.stringify(state).length
    })
    sizes.sort((a, b) => a - b)
    expect(sizes[sizes.length >> 1]).toBeLessThan(3_000)
    expect(sizes[Math.floor(sizes.length * 0.99)]).toBeLessThan(9_000)
  })

  test('agrees with the product: the leave model gives the hazards that decided', () => {
    const { leave } = firmOf(kind, 1).truth
    for (const customer of some.slice(0, 60)) {
      const { truth } = customer
      const events = parsed(customer)
      for (const [place, hazard] of truth.hazards.entries()) {
        const at = instant(truth.startedAt + (truth.firstRow + place) * MONTH_MS)
        const before = foldAll(
          customerKey(truth.customer),
          events.filter((event) => event.at <= at),
        )
        const logOdds = linearPredictor(before, leave, at) + truth.frailty
        expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(hazard, 12)
      }
    }
  })

  test('lets nobody speak who has left', () => {
    const leavers = some.filter(({ truth }) => truth.leftAt !== null)
    expect(leavers.length).toBeGreaterThan(30)
    for (const { events, truth } of leavers) {
      const later = events.filter((event) => instantOf(event.at) > (truth.leftAt ?? 0))
      const spoke = later.filter(({ type }) => needsLivingCustomer(type) && type !== 'post.published')
      expect(spoke).toEqual([])
    }
  })

  test('is alive at its end: fresh let-downs, open failures, broken promises, an incident', () => {
    const { incident } = firmOf(kind, 1).truth
    const states = everyone(kind, 600).map((customer) =>
      foldAll(customerKey(customer.truth.customer), parsed(customer)),
    )
    const failures = states.flatMap(({ facts }) => facts.failures)
    const days = (count: number) => endAt - count * 86_400_000
    expect(failures.filter(({ at }) => at > days(14)).length).toBeGreaterThan(5)
    expect(failures.filter(({ closed, at }) => closed === null && at > days(30)).length).toBeGreaterThan(5)
    expect(failures.filter(({ rootCause }) => rootCause === incident.name).length).toBeGreaterThan(8)
    expect(
      states.flatMap(({ facts }) => facts.promisesBroken).filter(({ at }) => at > days(60)).length,
    ).toBeGreaterThan(3)
  })

  test('works for every length of the window and every seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat({ max: 999 }), (months, seed, index) => {
        const firm = simulatedFirm({ customers: 1_000, months, seed, kind, endAt })
        const customer = firm.customer(index)
        check(foldAll(customerKey(customer.truth.customer), parsed(customer)))
        expect(customer.truth.hazards.every((hazard) => hazard > 0 && hazard < 1)).toBe(true)
        expect(customer.truth.hazards.length).toBeLessThanOrEqual(months)
      }),
      { numRuns: 60 },
    )
  })

  test('makes nobody before somebody asks: a firm of 100 million costs nothing to have', () => {
    const firm = firmOf(kind, 100_000_000)
    expect(firm.customer(99_999_999).events.length).toBeGreaterThan(2)
  })
})

describe('the truth holds', () => {
  // Pearson's chi-square over tenths of the true chance; 10 free cells, 29.59 is passed once in 1,000.
  test.each(kinds)('customers of a %s firm leave as often as their chance says, in every tenth of it', (kind) => {
    const rows: { hazard: number; left: boolean }[] = []
    for (const { truth } of everyone(kind, 1_500, 11)) {
      for (const [place, hazard] of truth.hazards.entries()) {
        const ends = truth.exitMonth === truth.firstRow + place
        if (!ends || truth.leftBy === 'customer') rows.push({ hazard, left: ends })
      }
    }
    rows.sort((a, b) => a.hazard - b.hazard)
    let chiSquare = 0
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const part = rows.slice((tenth * rows.length) / 10, ((tenth + 1) * rows.length) / 10)
      const expected = part.reduce((sum, { hazard }) => sum + hazard, 0)
      const variance = part.reduce((sum, { hazard }) => sum + hazard * (1 - hazard), 0)
      const left = part.filter((row) => row.left).length
      chiSquare += (left - expected) ** 2 / variance
    }
    expect(rows.length).toBeGreaterThan(15_000)
    expect(chiSquare).toBeLessThan(29.59)
  })

  test('customers of a shop buy as often as their rate says while they are there', () => {
    const firm = firmOf('shop', 800, 5)
    let orders = 0
    let expected = 0
    for (let index = 0; index < 800; index += 1) {
      const { events, truth } = firm.customer(index)
      // The order with which a customer joins is no repeat purchase.
      const first = truth.startedAt === truth.seenFrom ? 1 : 0
      orders += events.filter(({ type }) => type === 'order.placed').length - first
      const until = truth.leftAt ?? endAt
      for (let from = truth.seenFrom as number; from < until; from += MONTH_MS / 10) {
        const span = Math.min(MONTH_MS / 10, until - from)
        expected += ((truth.lambda ?? 0) * season(firm.truth, from + span / 2) * span) / MONTH_MS
      }
    }
    expect(Math.abs(orders - expected)).toBeLessThan(3 * Math.sqrt(expected))
  })

  test('rates of purchase are gamma with the mean and the spread of the truth', () => {
    const { r, alpha } = firmOf('shop', 1).truth.purchases ?? { r: 0, alpha: 0 }
    const lambdas = everyone('shop', 1_000, 3).map(({ truth }) => truth.lambda ?? 0)
    const mean = lambdas.reduce((sum, lambda) => sum + lambda, 0) / lambdas.length
    expect(Math.abs(mean - r / alpha)).toBeLessThan((3 * Math.sqrt(r)) / alpha / Math.sqrt(lambdas.length))
  })

  test.each(kinds)('a %s firm fails as often as its rates say, outside of the incident', (kind) => {
    const { truth } = firmOf(kind, 1)
    const lives = everyone(kind, 1_000, 9).map((customer) => before(customer, truth.incident.fromAt))
    const exposure = lives.reduce((sum, { months }) => sum + months, 0)
    const orders = lives.reduce(
      (sum, { events }) => sum + events.filter(({ type }) => type === 'order.placed').length,
      0,
    )
    const failures = lives.flatMap(({ events }) => events.filter(({ type }) => type === 'failure.occurred'))
    const rates = truth.failures.filter(({ per }) => per !== 'contact')
    expect(rates.length).toBeGreaterThan(3)
    for (const { category, rate, per } of rates) {
      const count = failures.filter(({ data }) => 'category' in data && data.category === category).length
      const expected = rate * (per === 'month' ? exposure : orders)
      // A failure is reported days after the order, so the last of each life are missing: 3 % at most.
      expect(Math.abs(count - expected)).toBeLessThan(3 * Math.sqrt(expected) + 0.03 * expected)
    }
  })

  test.each([
    ['no customers', { customers: 0 }],
    ['half a month', { months: 0.5 }],
    ['a negative seed', { seed: -1 }],
    ['a window that starts before 1970', { endAt: instantOf('1970-03-01T00:00:00Z') }],
  ])('%s cannot be simulated', (_, wrong) => {
    expect(() => simulatedFirm({ customers: 5, months: 12, seed: 1, kind: 'shop', endAt, ...wrong })).toThrow(
      'assertion',
    )
  })

  test('slopes are the priors moved by draws of the seed, and exactly the priors without spread', () => {
    const { leave } = simulatedFirm({ customers: 1, months: 1, seed: 4, kind: 'shop', endAt, slopeSpread: 0 }).truth
    const drawn = firmOf('shop', 1, 4).truth.leave
    expect(leave.mean[0]).toBe(-0.25)
    expect(drawn.mean).not.toEqual(leave.mean)
    expect(firmOf('shop', 1, 4).truth.leave.mean).toEqual(drawn.mean)
  })
})
