import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { parseEvent } from '../../contract/ingest.ts'
import { covariates } from '../goodwill/covariates.ts'
import { priorModel } from '../goodwill/leave-model.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { foldAll, inForce } from '../relationship/relationship.ts'
import { simulatedFirm } from '../simulated-firm/simulated-firm.ts'
import { type Instant, instant, instantOf, MONTH_MS } from '../time/instant.ts'
import { type PersonMonth, tellMonths } from './person-months.ts'

const customer = customerKey('c')

function monthsOf(events: readonly CustomerEvent[], until: Instant): PersonMonth[] {
  const months: PersonMonth[] = []
  tellMonths(customer, inForce(events), until, (month) => months.push(month))
  return months
}

const begins = (months: readonly PersonMonth[]) => months.map(({ fromAt }) => (fromAt - day(0)) / MONTH_MS)
const lefts = (months: readonly PersonMonth[]) => months.map(({ left }) => left)
const month = 30.4375
const until = (months: number) => instant(day(0) + months * MONTH_MS)

const subscribed = event(0, 'subscription.started', { subscription: 's' })

describe('months at risk', () => {
  test('count from the start, and the one that is not over is left out', () => {
    expect(begins(monthsOf([subscribed], until(3)))).toEqual([0, 1, 2])
    expect(begins(monthsOf([subscribed], instant(until(3) - 1)))).toEqual([0, 1])
  })

  test('of who was there before the data begin with the first month that begins inside them', () => {
    const old = event(10, 'customer.profiled', { startedAt: new Date(day(-100)).toISOString() })
    const months = monthsOf([old, event(10.5, 'subscription.started', { subscription: 's' })], until(4))
    expect(months[0]?.fromAt).toBe(day(-100 + 4 * month))
    expect(months).toHaveLength(3)
  })

  test('end with the first intent, and he left in that month if he ended it himself', () => {
    const asked = event(1.2 * month, 'exit.requested', {})
    const ended = (by: string) => event(2.5 * month, 'subscription.ended', { subscription: 's', by })
    expect(lefts(monthsOf([subscribed, asked, ended('customer')], until(6)))).toEqual([false, true])
    expect(lefts(monthsOf([subscribed, asked, ended('firm')], until(6)))).toEqual([false, false])
    expect(lefts(monthsOf([subscribed, asked], until(6)))).toEqual([false, true])
    expect(lefts(monthsOf([subscribed, ended('involuntary')], until(6)))).toEqual([false, false, false])
  })

  test('an intent that is taken back was no leaving, and he is at risk again from the next month', () => {
    const back = event(2.3 * month, 'winback.accepted', {})
    const months = monthsOf([subscribed, event(1.2 * month, 'exit.requested', {}), back], until(5))
    expect(begins(months)).toEqual([0, 1, 3, 4])
    expect(lefts(months)).toEqual([false, false, false, false])
  })

  test('of who comes back count from his return', () => {
    const ended = event(1.5 * month, 'subscription.ended', { subscription: 's', by: 'customer' })
    const again = event(3.25 * month, 'subscription.started', { subscription: 't' })
    const months = monthsOf([subscribed, ended, again], until(6))
    expect(begins(months).map((at) => Math.round(100 * at) / 100)).toEqual([0, 1, 3.25, 4.25])
    expect(lefts(months)).toEqual([false, true, false, false])
  })

  test('where nobody says goodbye silence is leaving, judged at the end of the month', () => {
    const order = (days: number) => event(days, 'order.placed', { order: `o${days}` })
    const silent = monthsOf([order(0)], until(12))
    // 180 days of silence end in the sixth month.
    expect(lefts(silent)).toEqual([false, false, false, false, false, true])
    const back = monthsOf([order(0), order(300)], until(12))
    expect(begins(back).map(Math.round)).toEqual([0, 1, 2, 3, 4, 5, 10, 11])
  })

  test('are told from what was known when they began: the same as a fold of the events up to then', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const until = day(900)
        for (const { state, fromAt } of monthsOf(events, until)) {
          const before = inForce(events).filter(({ at }) => at <= fromAt)
          const known = foldAll(customer, before)
          expect(state.exit.intentAt).toBeNull()
          expect(covariates(state, priorModel, fromAt)).toEqual(covariates(known, priorModel, fromAt))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('never overlap within one relation', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const months = monthsOf(events, day(900))
        months.slice(1).forEach(({ fromAt, state }, index) => {
          const before = months[index]
          // Who ends it and begins anew within the month starts to count again.
          if (before === undefined || before.state.facts.startedAt !== state.facts.startedAt) return
          expect(fromAt - before.fromAt).toBeGreaterThanOrEqual(MONTH_MS)
        })
      }),
      { numRuns: 100 },
    )
  })

  test('of a simulated contract firm are those in which its truth was decided', () => {
    const endAt = instantOf('2026-06-01T00:00:00Z')
    const firm = simulatedFirm({ customers: 120, months: 18, seed: 5, kind: 'contract', endAt })
    for (let index = 0; index < 120; index += 1) {
      const { events, truth } = firm.customer(index)
      const parsed = events.map((wire) => {
        const read = parseEvent(wire, { now: endAt, source: 'nobody', strict: true })
        if (read.kind === 'refused') throw new Error(read.detail)
        return read.event
      })
      const months = monthsOf(parsed, endAt)
      expect(months).toHaveLength(truth.hazards.length)
      const exit = truth.leftBy === 'customer' ? (truth.exitMonth ?? 0) - truth.firstRow : -1
      expect(lefts(months)).toEqual(truth.hazards.map((_, place) => place === exit))
      months.forEach(({ state, fromAt }, place) => {
        const logOdds = Math.log((truth.hazards[place] ?? 0) / (1 - (truth.hazards[place] ?? 0))) - truth.frailty
        const { leave } = firm.truth
        const x = covariates(state, leave, fromAt)
        expect(leave.intercept.mean + x.reduce((sum, units, j) => sum + units * (leave.mean[j] ?? 0), 0)).toBeCloseTo(
          logOdds,
          9,
        )
      })
    }
  })
})
