/**
 * The life of one customer as months at risk, each with what was known when it began and whether he left in it. The
 * history is folded once, forward, and a month is told from the state that the fold had when it began: no later event
 * can enter (traps T2 and T4).
 *
 * - Months of 30.4375 days count from the start of the relationship. Who was there before his first event enters with
 *   the first month that begins after it (delayed entry, trap T1).
 * - A month with an intent to leave is the last one at risk. He left in it if he ended it himself afterwards, or if
 *   the intent stands at the end of the data. An end by the firm or for unpaid bills is a month in which he stayed.
 * - Where nobody says goodbye, leaving is the silence of trap T7, judged at the end of each month. Who buys again is
 *   at risk again.
 * - Months that are not over at the end of the data are left out, whether or not somebody left in them.
 */

import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { leaving } from '../relationship/exit.ts'
import { fold, initial, type Relationship } from '../relationship/relationship.ts'
import { type Instant, instant, MONTH_MS } from '../time/instant.ts'

/** A month at risk. `state` is what was known when it began, at `fromAt`. */
export type PersonMonth = Readonly<{ state: Relationship; fromAt: Instant; left: boolean }>

/** A month that has begun, with what is known of its end. */
type Open = Readonly<{ state: Relationship; fromAt: Instant; left: false | 'intends' }>

/** Where the months of a customer lie: the start that they count from, and the next one that begins. */
type Grid = Readonly<{ start: Instant; nextAt: Instant }>

/** How far the walk through a history has come. */
type Walk = { state: Relationship; grid: Grid | null; open: Open | null }

/**
 * Tells the months at risk of a customer up to `until`, in their order, and answers the state then. `events` are in
 * force and in their order (`inForce`); those after `until` are not looked at.
 */
export function tellMonths(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  until: Instant,
  tell: (month: PersonMonth) => void,
): Relationship {
  const walk: Walk = { state: initial(customer), grid: null, open: null }
  // What began but is not over when the data end says nothing yet.
  const close = ({ state, fromAt }: Open, left: boolean): void => {
    walk.open = null
    if (fromAt + MONTH_MS <= until) tell({ state, fromAt, left })
  }
  for (const event of events) {
    if (event.at > until) break
    advance(walk, event.at, close)
    take(walk, event, close)
  }
  // One past the end, so that a month that ends with the data is over.
  advance(walk, until + 1, close)
  if (walk.open?.left === 'intends') close(walk.open, true)
  return walk.state
}

type Close = (open: Open, left: boolean) => void

// Begins every month that begins before `to`, each with the state as it is, and ends the one before it.
function advance(walk: Walk, to: number, close: Close): void {
  for (let at = walk.grid?.nextAt; walk.grid !== null && at !== undefined && at < to; at = walk.grid.nextAt) {
    const { exit, facts } = walk.state
    const gone = leaving(exit, facts, at)
    if (walk.open !== null && walk.open.left !== 'intends') close(walk.open, gone?.how === 'inferred')
    if (gone === null && exit.intentAt === null) walk.open = { state: walk.state, fromAt: at, left: false }
    walk.grid = { start: walk.grid.start, nextAt: instant(at + MONTH_MS) }
  }
}

function take(walk: Walk, event: CustomerEvent, close: Close): void {
  const was = walk.state
  const now = fold(was, event)
  walk.state = now
  if (walk.open !== null) {
    if (now.exit.leftAt !== null && was.exit.leftAt === null) close(walk.open, now.exit.leftBy === 'customer')
    else if (was.exit.intentAt !== null && now.exit.intentAt === null) close(walk.open, false)
    else if (now.exit.intentAt !== null) walk.open = { ...walk.open, left: 'intends' }
  }
  const { startedAt } = now.facts
  if (startedAt === null || startedAt === walk.grid?.start) return
  // The months count from elsewhere now: the one that had begun is none of them, and would overlap the next.
  if (walk.open?.left === false) walk.open = null
  walk.grid = gridFrom(startedAt, event.at)
}

// Only months that begin at the event or after it: before it, nothing was seen.
function gridFrom(start: Instant, at: Instant): Grid {
  const row = Math.max(0, Math.ceil((at - start) / MONTH_MS))
  return { start, nextAt: instant(start + row * MONTH_MS) }
}
