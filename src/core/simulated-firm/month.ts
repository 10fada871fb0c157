/** One month of a customer: what he buys, what goes wrong, what he asks. Everything lands in the diary. */
import { DAY_MS, HOUR_MS, MONTH_MS } from '../time/instant.ts'
import { type Actor, around, between, happens } from './actor.ts'
import { dueOnWire } from './diary.ts'
import { type LetDown, letDown } from './let-down.ts'
import { phrase } from './phrases.ts'
import { ask, contact, offers, promise, smallThings } from './talk.ts'
import type { FailureRate, SimulatedTruth } from './truth.ts'
import { issueVoucher } from './voucher.ts'

const YEAR_MS = 12 * MONTH_MS
/** 2000-01-01T00:00:00Z, from which the seasons are counted. */
const SEASONS_FROM_MS = 946_684_800_000

/** How the season moves purchases: 1 on average over a year. */
export function season({ purchases }: SimulatedTruth, at: number): number {
  if (purchases === null) return 1
  const phase = (at - SEASONS_FROM_MS) / YEAR_MS
  return 1 + purchases.seasonAmplitude * Math.cos(2 * Math.PI * (phase - purchases.seasonPeak))
}

/** A stretch of time of at most one month, and how much the customer buys in a month on average. */
export type Stretch = Readonly<{ from: number; spanMs: number; lambda: number; alive: boolean }>

/** Tells what begins in a stretch. A customer who is gone is only sent offers. */
export function tellMonth(actor: Actor, { from, spanMs, lambda, alive }: Stretch): void {
  offers(actor, from, spanMs, alive)
  if (!alive) return
  const { chance, truth } = actor
  const months = spanMs / MONTH_MS
  if (truth.kind === 'shop') {
    const orders = chance.poisson(lambda * months * season(truth, from + spanMs / 2))
    for (let count = 0; count < orders; count += 1) order(actor, from + chance.uniform() * spanMs)
  } else bills(actor, from, spanMs)
  for (const rate of truth.failures) {
    if (rate.per === 'month') monthlyFailures(actor, rate, from, spanMs)
  }
  suffersOutages(actor, from, spanMs)
  const questions = chance.poisson((truth.kind === 'shop' ? 0.04 : 0.09) * months)
  for (let count = 0; count < questions; count += 1) question(actor, from + chance.uniform() * spanMs)
  if (happens(chance, 0.045 * months)) ask(actor, from + chance.uniform() * spanMs, 'nps', 0.7)
  smallThings(actor, from, spanMs)
}

function monthlyFailures(actor: Actor, rate: FailureRate, from: number, spanMs: number): void {
  const { chance, truth } = actor
  const { incident } = truth
  const usual = chance.poisson((rate.rate * spanMs) / MONTH_MS)
  for (let count = 0; count < usual; count += 1) letDown(actor, { at: from + chance.uniform() * spanMs, rate })
  if (incident.category !== rate.category) return
  // The incident adds its own, in its own days only.
  const start = Math.max(from, incident.fromAt)
  const end = Math.min(from + spanMs, incident.toAt)
  if (start >= end) return
  const extra = chance.poisson((rate.rate * (incident.factor - 1) * (end - start)) / MONTH_MS)
  for (let count = 0; count < extra; count += 1) letDown(actor, { at: between(chance, start, end), rate })
}

// An outage lasts some hours, and everybody whom it hits tells of it by its name.
function suffersOutages(actor: Actor, from: number, spanMs: number): void {
  const { chance, truth } = actor
  const [rate] = truth.failures
  for (const { name, at, share } of truth.outages) {
    if (rate === undefined || at < from || at >= from + spanMs || !happens(chance, share)) continue
    letDown(actor, { at: between(chance, at, Math.min(at + 6 * HOUR_MS, from + spanMs)), rate, incident: name })
  }
}

function question(actor: Actor, at: number): void {
  const { chance, truth } = actor
  const goes = Math.min(1, Math.max(0, 0.75 + 0.2 * chance.normal()))
  const text = phrase(chance, actor.locale, 'question')
  contact(actor, at, { topic: 'question', goes, text })
  for (const rate of truth.failures) {
    if (rate.per === 'contact' && happens(chance, rate.rate)) letDown(actor, { at: at + 2 * DAY_MS, rate })
  }
}

function order(actor: Actor, at: number): void {
  const { chance, diary } = actor
  const name = actor.name('o')
  const value = Math.round(around(chance, 4_500, 0.6))
  diary.note(at, { type: 'order.placed', data: { order: name, value, currency: 'EUR' } })
  const promisedAt = at + between(chance, 2, 5) * DAY_MS
  const gone = orderFailure(actor, at)
  const late = gone?.category === 'late delivery'
  const deliveredAt = late
    ? promisedAt + DAY_MS + around(chance, 3 * DAY_MS, 0.7)
    : promisedAt - chance.uniform() * DAY_MS
  diary.note(deliveredAt, {
    type: 'order.delivered',
    data: { order: name, promisedAt: dueOnWire(promisedAt), deliveredAt: dueOnWire(deliveredAt) },
  })
  if (happens(chance, 0.15)) {
    promise(actor, at + 60_000, { about: name, what: 'delivery', dueAt: promisedAt, doneAt: deliveredAt })
  }
  if (gone !== null) letDown(actor, orderLetDown(actor, gone, name, { promisedAt, deliveredAt }))
  else if (happens(chance, 0.07)) returned(actor, name, deliveredAt, value)
  if (happens(chance, 0.06)) {
    issueVoucher(actor, deliveredAt + 2 * HOUR_MS, { value: 500 * (1 + chance.int(3)), origin: 'earned' })
  }
  if (happens(chance, 0.12))
    ask(actor, deliveredAt + between(chance, 20, 60) * HOUR_MS, 'csat', gone === null ? 0.85 : 0.35)
}

// At most one thing goes wrong with an order; the first that does.
function orderFailure({ chance, truth }: Actor, at: number): FailureRate | null {
  const { incident } = truth
  let found: FailureRate | null = null
  for (const rate of truth.failures) {
    if (rate.per !== 'order') continue
    const inIncident = incident.category === rate.category && at >= incident.fromAt && at < incident.toAt
    if (happens(chance, Math.min(0.9, rate.rate * (inIncident ? incident.factor : 1)))) found ??= rate
  }
  return found
}

type Delivery = Readonly<{ promisedAt: number; deliveredAt: number }>

function orderLetDown(actor: Actor, rate: FailureRate, order: string, { promisedAt, deliveredAt }: Delivery): LetDown {
  const { chance } = actor
  if (rate.category === 'late delivery') {
    return { at: promisedAt + between(chance, 2, 20) * HOUR_MS, rate, order, comesRightAt: deliveredAt }
  }
  if (rate.category === 'refund late') {
    returned(actor, order, deliveredAt, 4_000)
    return { at: deliveredAt + between(chance, 14, 20) * DAY_MS, rate, order }
  }
  return { at: deliveredAt + between(chance, 1, 30) * HOUR_MS, rate, order }
}

function returned(actor: Actor, order: string, deliveredAt: number, value: number): void {
  const at = deliveredAt + around(actor.chance, 4 * DAY_MS)
  actor.diary.note(at, { type: 'order.returned', data: { order, value, currency: 'EUR', reason: 'not as wished' } })
}

// Prices rise once a year for everybody, in the first week of the second half.
function bills(actor: Actor, from: number, spanMs: number): void {
  const { chance, diary } = actor
  if (happens(chance, (0.006 * spanMs) / MONTH_MS)) {
    diary.note(from + chance.uniform() * spanMs, { type: 'payment.failed', data: { value: 3_500, currency: 'EUR' } })
  }
  const years = Math.floor((from + spanMs - SEASONS_FROM_MS) / YEAR_MS - 0.5)
  const riseAt = SEASONS_FROM_MS + (years + 0.5) * YEAR_MS
  if (riseAt >= from && riseAt < from + spanMs) {
    diary.note(riseAt + chance.uniform() * 6 * DAY_MS, { type: 'price.changed', data: { percent: 4.5 } })
  }
}
