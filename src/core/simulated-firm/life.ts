/** The life of one customer: months in which things happen, and after each the question whether he stays. */
import type { Rng } from '../../stats/rng.ts'
import { linearPredictor } from '../goodwill/covariates.ts'
import { customerKey } from '../ids.ts'
import { incidentsBehind, weightLeft } from '../learning/incident-ties.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import type { EventType } from '../relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, MONTH_MS, rfc3339, SECOND_MS } from '../time/instant.ts'
import { type Actor, around, between, happens, pickByShare } from './actor.ts'
import { type Diary, type Draft, MOVES_LATER_MS, openDiary } from './diary.ts'
import { endsContract, endsUnpaid, fallsSilent } from './leaving.ts'
import { tellMonth } from './month.ts'
import { ask } from './talk.ts'
import { type SimulatedTruth, segments } from './truth.ts'

/** The source of every simulated event, by which screens tell that the firm is simulated. */
export const SIMULATED_SOURCE = 'simulated'

/** An event in the form in which it travels. */
export type SimulatedEvent = Readonly<{
  id: string
  source: typeof SIMULATED_SOURCE
  customer: string
  type: EventType
  at: string
  data: Draft['data']
}>

/** What is true of one customer and cannot be seen in the events. */
export type CustomerTruth = Readonly<{
  customer: string
  index: number
  segment: string
  startedAt: Instant
  /** From when the customer is in the data. */
  seenFrom: Instant
  frailty: number
  /** Orders a month; null for contracts. */
  lambda: number | null
  /** Number of the first row at risk: months since start at its beginning. */
  firstRow: number
  /** True monthly chance to leave of each row that the window holds from end to end. */
  hazards: readonly number[]
  /** Row in which (contract) or at the end of which (shop) the customer left; null for who is still there. */
  exitMonth: number | null
  leftAt: Instant | null
  leftBy: 'customer' | 'involuntary' | null
}>

/** The events of one customer in their order, with the truth about them. */
export type SimulatedCustomer = Readonly<{ events: readonly SimulatedEvent[]; truth: CustomerTruth }>

type Left = Readonly<{ row: number; at: number; by: 'customer' | 'involuntary' }>

type Beginning = Readonly<{
  index: number
  customer: string
  segment: string
  startedAt: Instant
  seenFrom: Instant
  frailty: number
  lambda: number
  actor: Actor
}>

/** Everything that happens to customer `index` up to the end of the window, with its truth. */
export function simulateCustomer(truth: SimulatedTruth, root: Rng, index: number): SimulatedCustomer {
  const chance = root.split(index)
  const begins = begin(truth, chance, index)
  const { actor, startedAt, seenFrom, lambda, frailty } = begins
  const subscription = truth.kind === 'contract' ? actor.name('a') : null
  arrives(begins, subscription)
  const book = openBook(begins.customer, actor.diary)
  const firstRow = Math.ceil((seenFrom - startedAt) / MONTH_MS)
  const hazards: number[] = []
  let left: Left | null = null
  const rowAt = (row: number) => startedAt + row * MONTH_MS
  if (rowAt(firstRow) > seenFrom) {
    tellMonth(actor, { from: seenFrom, spanMs: rowAt(firstRow) - seenFrom, lambda, alive: true })
  }
  for (let row = firstRow; rowAt(row) <= truth.endAt; row += 1) {
    const from = rowAt(row)
    // Nothing reads the state of a contract that has ended.
    if (left !== null && subscription !== null) break
    book.writeUpTo(from)
    const stretch = { from, spanMs: MONTH_MS, lambda, alive: left === null }
    if (left !== null) {
      tellMonth(actor, stretch)
      continue
    }
    const hazard = logistic(
      linearPredictor(book.state(), truth.leave, instant(from)) + frailty + outagesAdd(truth, book.state(), from),
    )
    if (rowAt(row + 1) <= truth.endAt) hazards.push(hazard)
    tellMonth(actor, stretch)
    left = decide(actor, { row, from, hazard, subscription, state: book.state() })
  }
  book.writeUpTo(truth.endAt)
  const { customer, segment } = begins
  const seen = left !== null && left.at <= truth.endAt ? left : null
  return {
    events: book.events,
    truth: {
      customer,
      index,
      segment,
      startedAt,
      seenFrom,
      frailty,
      lambda: truth.purchases === null ? null : lambda,
      firstRow,
      hazards,
      exitMonth: seen?.row ?? null,
      leftAt: seen === null ? null : instant(Math.round(seen.at / SECOND_MS) * SECOND_MS),
      leftBy: seen?.by ?? null,
    },
  }
}

// What the outages that a customer was hit by add to his log-odds.
function outagesAdd({ outages, leave }: SimulatedTruth, state: Relationship, from: number): number {
  if (outages.length === 0) return 0
  return incidentsBehind(state, instant(from)).reduce(
    (sum, one) =>
      sum + (outages.find(({ name }) => name === one.incident)?.effect ?? 0) * weightLeft(one, leave.halfLifeDays),
    0,
  )
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

type Question = Readonly<{
  row: number
  from: number
  hazard: number
  subscription: string | null
  state: Relationship
}>

// The same number of draws whatever the answer: one for each way to go.
function decide(actor: Actor, { row, from, hazard, subscription, state }: Question): Left | null {
  const { chance, truth } = actor
  const unpaid = happens(chance, truth.involuntaryMonthly)
  const goes = happens(chance, hazard)
  if (subscription === null) {
    if (!goes) return null
    const at = from + MONTH_MS
    fallsSilent(actor, at)
    return { row, at, by: 'customer' }
  }
  if (unpaid) return { row, at: endsUnpaid(actor, from, subscription), by: 'involuntary' }
  if (!goes) return null
  const openFailure = state.facts.failures.some((failure) => failure.closed === null)
  return { row, at: endsContract(actor, from, subscription, openFailure), by: 'customer' }
}

const locales = [
  ['nl', 0.5],
  ['en', 0.3],
  ['ru', 0.2],
] as const

function begin(truth: SimulatedTruth, chance: Rng, index: number): Beginning {
  // Who was there before the window, so that a firm grows by about 3 % a month.
  const wasThere = happens(chance, 1 / (1 + 0.03 * truth.months))
  // On some day in the morning, so that nothing else of that day is moved to before it.
  const dayOf = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS
  const lastDay = truth.endAt - truth.startAt - 2 * DAY_MS
  const joinedAt = dayOf(truth.startAt + DAY_MS + chance.uniform() * lastDay) + between(chance, 0.5, 1) * MOVES_LATER_MS
  const agedMs = Math.min(120, 28 * chance.exponential()) * MONTH_MS
  const onTheSecond = (ms: number) => instant(Math.floor(ms / SECOND_MS) * SECOND_MS)
  const names = { count: 0 }
  const actor: Actor = {
    chance,
    diary: openDiary(),
    truth,
    locale: pickByShare(chance, locales, 'nl'),
    mailsAllowed: happens(chance, 0.72),
    name: (letter) => {
      names.count += 1
      return `${letter}${names.count.toString(36)}-${index}`
    },
  }
  return {
    index,
    customer: `${truth.kind === 'shop' ? 'S' : 'C'}${truth.seed}-${index}`,
    segment: pickByShare<string>(chance, segments[truth.kind], segments[truth.kind][0][0]),
    startedAt: onTheSecond(wasThere ? truth.startAt - agedMs : joinedAt),
    seenFrom: onTheSecond(wasThere ? dayOf(truth.startAt) + DAY_MS + MOVES_LATER_MS / 2 : joinedAt),
    frailty: truth.frailtySd * chance.normal(),
    lambda: truth.purchases === null ? 0 : chance.gamma(truth.purchases.r) / truth.purchases.alpha,
    actor,
  }
}

const called = { nl: 'Klant', en: 'Customer', ru: 'Клиент' } as const
const monthly: Readonly<Record<string, number>> = { mobile: 2_200, fibre: 4_400, bundle: 6_500, business: 9_900 }

// The first things known of a customer. What only a new one does is left out for one who was there before.
function arrives({ index, segment, startedAt, seenFrom, actor }: Beginning, subscription: string | null): void {
  const { chance, diary, locale } = actor
  diary.noteAt(seenFrom, {
    type: 'customer.profiled',
    data: {
      name: `${called[locale]} ${index}`,
      email: `customer-${index}@example.org`,
      locale,
      timezone: 'Europe/Amsterdam',
      segment,
      startedAt: rfc3339(startedAt),
    },
  })
  const isNew = startedAt === seenFrom
  if (subscription !== null) {
    const fixedUntil = instant(startedAt + 12 * MONTH_MS)
    const term = happens(chance, 0.55) && fixedUntil > seenFrom ? { fixedUntil: rfc3339(fixedUntil) } : {}
    const monthlyValue = Math.round(around(chance, monthly[segment] ?? 3_000, 0.15))
    diary.noteAt(seenFrom + SECOND_MS, {
      type: 'subscription.started',
      data: { subscription, product: segment, monthlyValue, currency: 'EUR', ...term },
    })
  } else if (isNew) {
    const value = Math.round(around(chance, 4_500))
    diary.noteAt(seenFrom + SECOND_MS, {
      type: 'order.placed',
      data: { order: actor.name('o'), value, currency: 'EUR' },
    })
  }
  const granted = actor.mailsAllowed
  diary.noteAt(seenFrom + 2 * SECOND_MS, {
    type: 'consent.changed',
    data: { channel: 'email', purpose: 'cross-sell', granted },
  })
  if (happens(chance, 0.12)) ask(actor, seenFrom + between(chance, 3, 25) * DAY_MS, 'attachment', 0.6)
}

type Book = Readonly<{
  events: readonly SimulatedEvent[]
  state: () => Relationship
  writeUpTo: (until: number) => void
}>

// Takes events out of the diary in order, folds them as the product would, and keeps their form on the wire.
function openBook(customer: string, diary: Diary): Book {
  const key = customerKey(customer)
  const events: SimulatedEvent[] = []
  let state = initial(key)
  const writeUpTo = (until: number) => {
    for (let entry = diary.next(until); entry !== undefined; entry = diary.next(until)) {
      const { at, draft } = entry
      // Padded, so that events of one second sort by id in the order in which they were told.
      const id = `${customer}-${String(events.length).padStart(5, '0')}`
      const event: CustomerEvent = { id, source: SIMULATED_SOURCE, customer: key, at, ...draft }
      state = fold(state, event)
      const { type, data } = draft
      events.push({ id, source: SIMULATED_SOURCE, customer, type, at: rfc3339(at), data })
    }
  }
  return { events, state: () => state, writeUpTo }
}
