import type { GoodwillHistory } from '../../contract/show.ts'
import { eventSentence, type Locale, ledgerSentence } from '../../contract/words.ts'
import type { CustomerEvent } from '../../core/event.ts'
import { type Estimate, goodwillEstimate } from '../../core/forecast.ts'
import { type LedgerEntry, ledger } from '../../core/goodwill.ts'
import { customerKey } from '../../core/ids.ts'
import { type Instant, instant, MONTH_MS, rfc3339 } from '../../core/instant.ts'
import type { LeaveModel } from '../../core/leave-model.ts'
import { acknowledgeDueAt, endedAt, fixDueAt, followUpWindow } from '../../core/recovery.ts'
import { fold, inForce, initial, type Relationship } from '../../core/relationship.ts'
import type { Db } from '../../store/db.ts'
import { readLog } from '../../store/log.ts'
import { asOf, readNewest } from '../../store/views/as-of-view.ts'
import { findCustomer } from '../../store/views/customer-view.ts'
import { entryKey } from './show-customer.ts'
import { findPeople } from './show-timeline.ts'
import { thinCurve } from './thin-curve.ts'

/** More points than this a curve on a screen cannot show. */
const POINTS_MAX = 400
const MARKS_MAX = 200
/** Smaller steps are no step on a balance that is shown with two decimals. */
const STEP_MIN = 0.005

/** The language of the sentences, and the instant up to which the curve is drawn. */
export type HistoryOptions = Readonly<{ locale: Locale; now: Instant }>

/**
 * The goodwill balance over time with its 80 % interval, by the live model: before and after every event that moved
 * it, when something promised or owed passed its time, and at monthly points between. At most 400 points, thinned so
 * that the greatest steps stay.
 */
export async function showGoodwillHistory(
  db: Db,
  key: string,
  { locale, now }: HistoryOptions,
): Promise<Readonly<{ kind: 'history'; history: GoodwillHistory }> | Readonly<{ kind: 'customer-unknown' }>> {
  const people = await findPeople(db, key)
  const root = people[0] === undefined ? undefined : await findCustomer(db, people[0])
  if (root === undefined) return { kind: 'customer-unknown' }
  const [log, newest] = await Promise.all([readLog(db, people), readNewest(db)])
  const events = inForce(log)
  const until = instant(Math.max(asOf(newest ?? now, now), events.at(-1)?.at ?? 0))
  return {
    kind: 'history',
    history: historyOf(root.customer, events, {
      model: root.model,
      locale,
      timeZone: root.settings.timeZone,
      until,
    }),
  }
}

type Reading = Readonly<{ model: LeaveModel; locale: Locale; timeZone: string; until: Instant }>
type Point = Readonly<{ at: Instant; balance: Estimate; step: number }>
type Mark = GoodwillHistory['marks'][number]

/** The curve of events in force, in their order. */
function historyOf(customer: string, events: readonly CustomerEvent[], reading: Reading): GoodwillHistory {
  const points: Point[] = []
  const marks: Mark[] = []
  let state = initial(customerKey(customer))
  for (const [index, event] of events.entries()) {
    const next = fold(state, event)
    addEvent(points, marks, { before: state, after: next, event, reading })
    state = next
    addBetween(points, marks, { state, from: event.at, to: events[index + 1]?.at ?? reading.until, reading })
  }
  const last = events.at(-1)
  if (last !== undefined && reading.until > last.at) points.push(pointAt(state, reading.until, reading))
  return {
    points: thinCurve(points, POINTS_MAX).map(({ at, balance: { value, low, high } }) => ({
      at: rfc3339(at),
      balance: value,
      low,
      high,
    })),
    marks: greatest(marks),
  }
}

const pointAt = (state: Relationship, at: Instant, { model }: Reading, step = 0): Point => ({
  at,
  balance: goodwillEstimate(state, model, at),
  step,
})

type Moved = Readonly<{ before: Relationship; after: Relationship; event: CustomerEvent; reading: Reading }>

function addEvent(points: Point[], marks: Mark[], { before, after, event, reading }: Moved): void {
  const was = pointAt(before, event.at, reading)
  const is = pointAt(after, event.at, reading)
  const step = is.balance.value - was.balance.value
  const moves = Math.abs(step) >= STEP_MIN
  if (points.length > 0 && moves) points.push(was)
  if (points.length === 0 || moves) points.push({ ...is, step: points.length === 0 ? 0 : step })
  if (!moves && !event.type.startsWith('failure.')) return
  const posted = newEntry(before, after, event.at, reading)
  if (!moves && posted === undefined) return
  marks.push({
    at: rfc3339(event.at),
    mark: markOf(step),
    // What the event itself is comes first; a step that it only uncovers is said by the line that it posts.
    sentence:
      posted === undefined
        ? eventSentence(reading.locale, event, reading.timeZone)
        : ledgerSentence(reading.locale, posted, reading.timeZone).sentence,
    step,
  })
}

const markOf = (step: number): Mark['mark'] => {
  if (Math.abs(step) < STEP_MIN) return 'owed'
  return step < 0 ? 'let-down' : 'repair'
}

/** The weightiest line of the statement that was not there before. */
function newEntry(before: Relationship, after: Relationship, at: Instant, { model }: Reading): LedgerEntry | undefined {
  const known = new Set(before.lastAt === null ? [] : ledger(before, model, at).entries.map(entryKey))
  return ledger(after, model, at)
    .entries.filter((entry) => !known.has(entryKey(entry)))
    .toSorted((a, b) => Math.abs(b.now) - Math.abs(a.now))[0]
}

type Span = Readonly<{ state: Relationship; from: Instant; to: Instant; reading: Reading }>

/** Months, and the instants at which something promised or owed passes its time, strictly between two events. */
function addBetween(points: Point[], marks: Mark[], span: Span): void {
  const { state, from, to, reading } = span
  const due = new Set(dueTimes(state, to).filter((at) => at >= from && at + 1 < to))
  const months: number[] = []
  for (let at = from + MONTH_MS; at < to; at += MONTH_MS) months.push(at)
  for (const time of [...new Set([...due, ...months])].sort((a, b) => a - b)) {
    const at = instant(time)
    const was = pointAt(state, at, reading)
    if (due.has(time)) addPassed(points, marks, was, span)
    else points.push(was)
  }
}

// Overdue begins just after the instant that was promised.
function addPassed(points: Point[], marks: Mark[], was: Point, { state, reading }: Span): void {
  const after = instant(was.at + 1)
  const is = pointAt(state, after, reading)
  const step = is.balance.value - was.balance.value
  if (Math.abs(step) < STEP_MIN) return
  points.push(was, { ...is, step })
  const known = new Set(ledger(state, reading.model, was.at).entries.map(entryKey))
  const posted = ledger(state, reading.model, after).entries.find((entry) => !known.has(entryKey(entry)))
  if (posted === undefined) return
  marks.push({
    at: rfc3339(after),
    mark: markOf(step),
    sentence: ledgerSentence(reading.locale, posted, reading.timeZone).sentence,
    step,
  })
}

// What is missed from an instant on, and not just after it, is looked for one millisecond before.
function dueTimes({ facts }: Relationship, until: Instant): readonly number[] {
  const failures = facts.failures.flatMap((failure) => [
    fixDueAt(failure),
    acknowledgeDueAt(failure),
    (endedAt(failure, until) ?? 0) - 1,
    (followUpWindow(failure, until)?.due ?? 0) - 1,
  ])
  return [...facts.promises.map(({ due }) => due), ...failures]
}

/** The greatest steps where there are more marks than a curve can carry, in the order of time. */
function greatest(marks: readonly Mark[]): Mark[] {
  if (marks.length <= MARKS_MAX) return [...marks]
  const kept = new Set(marks.toSorted((a, b) => Math.abs(b.step) - Math.abs(a.step)).slice(0, MARKS_MAX))
  return marks.filter((mark) => kept.has(mark))
}
