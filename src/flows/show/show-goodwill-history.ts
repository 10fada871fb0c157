import type { GoodwillHistory } from '../../contract/show.ts'
import { eventSentence, type Locale, ledgerSentence } from '../../contract/words.ts'
import { type Estimate, goodwillEstimate } from '../../core/goodwill/forecast.ts'
import { type LedgerEntry, ledger } from '../../core/goodwill/goodwill.ts'
import type { LeaveModel } from '../../core/goodwill/leave-model.ts'
import { customerKey } from '../../core/ids.ts'
import { refusesProfiling } from '../../core/privacy/profiling.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { acknowledgeDueAt, endedAt, fixDueAt, followUpWindow } from '../../core/relationship/recovery.ts'
import { fold, inForce, initial, type Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, instant, MONTH_MS, rfc3339 } from '../../core/time/instant.ts'
import type { Db } from '../../store/db.ts'
import { readLog } from '../../store/log.ts'
import { asOf, readNewest } from '../../store/views/as-of-view.ts'
import { findCustomer } from '../../store/views/customer-view.ts'
import { findPeople } from '../find-people.ts'
import { entryKey } from './show-customer.ts'
import { thinCurve } from './thin-curve.ts'

/** More points than this a curve on a screen cannot show. */
const POINTS_MAX = 400
const MARKS_MAX = 200
/** Smaller steps are no step on a balance that is shown with two decimals. */
const STEP_MIN = 0.005

/**
 * The language of the sentences, the instant up to which the curve is drawn, and the let-down that is left out of the
 * second curve; without one it is the weightiest.
 */
export type HistoryOptions = Readonly<{ locale: Locale; now: Instant; without?: string | null }>

/**
 * The goodwill balance over time with its 80 % interval, by the live model: before and after every event that moved
 * it, when something promised or owed passed its time, and at monthly points between. At most 400 points, thinned so
 * that the greatest steps stay.
 */
export async function showGoodwillHistory(
  db: Db,
  key: string,
  { locale, now, without = null }: HistoryOptions,
): Promise<Readonly<{ kind: 'history'; history: GoodwillHistory }> | Readonly<{ kind: 'customer-unknown' }>> {
  const people = await findPeople(db, key)
  const root = people[0] === undefined ? undefined : await findCustomer(db, people[0])
  if (root === undefined) return { kind: 'customer-unknown' }
  const [log, newest] = await Promise.all([readLog(db, people), readNewest(db)])
  const events = inForce(log)
  // Nothing is reckoned up of who refuses to be profiled, not even of the past.
  if (refusesProfiling(events)) return { kind: 'history', history: noHistory }
  const until = instant(Math.max(asOf(newest ?? now, now), events.at(-1)?.at ?? 0))
  return {
    kind: 'history',
    history: historyOf(root.customer, events, {
      model: root.model,
      locale,
      timeZone: root.settings.timeZone,
      until,
      without,
    }),
  }
}

const noHistory: GoodwillHistory = { points: [], letDowns: [], without: null, marks: [] }

type Reading = Readonly<{ model: LeaveModel; locale: Locale; timeZone: string; until: Instant; without: string | null }>
type Point = Readonly<{ at: Instant; balance: Estimate; step: number; state: Relationship }>
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
  const letDowns = letDownsOf(state, instant(Math.max(reading.until, state.lastAt ?? 0)), reading)
  const without = letDowns.find(({ failure }) => failure === (reading.without ?? letDowns[0]?.failure))?.failure ?? null
  return {
    points: thinCurve(points, POINTS_MAX).map(({ at, balance: { value, low, high }, state: then }) => ({
      at: rfc3339(at),
      balance: value,
      low,
      high,
      without: without === null ? null : value - weightOf(without, then, at, reading.model),
    })),
    marks: greatest(marks),
    letDowns,
    without,
  }
}

/** What the entries of a let-down add up to. */
const weightOf = (failure: string, state: Relationship, at: Instant, model: LeaveModel): number =>
  ledger(state, model, at).entries.reduce((sum, { group, now }) => (group === failure ? sum + now : sum), 0)

/** Let-downs that still weigh, the weightiest first. */
function letDownsOf(state: Relationship, at: Instant, reading: Reading): GoodwillHistory['letDowns'] {
  const { entries } = ledger(state, reading.model, at)
  return [...Map.groupBy(entries, ({ group }) => group)]
    .flatMap(([failure, of]) => {
      const itself = of.find(({ covariate }) => /^fail_/.test(covariate))
      const now = of.reduce((sum, entry) => sum + entry.now, 0)
      if (failure === null || itself === undefined || now > -STEP_MIN) return []
      const { sentence } = ledgerSentence(reading.locale, itself, reading.timeZone)
      return [{ failure, at: rfc3339(itself.at), sentence, now }]
    })
    .toSorted((a, b) => a.now - b.now)
}

const pointAt = (state: Relationship, at: Instant, { model }: Reading, step = 0): Point => ({
  at,
  balance: goodwillEstimate(state, model, at),
  step,
  state,
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
