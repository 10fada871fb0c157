import { assert } from '../assert.ts'
import { type RegimeTerm, regimePacks } from '../cases/regime-pack.ts'
import { deadline } from '../time/deadline.ts'
import type { Instant } from '../time/instant.ts'
import { type DayNumber, dayNumber } from '../time/local-date.ts'
import { startOfDate, zoneOf } from '../time/zone.ts'
import type { ExitKind } from './exit-case.ts'

/**
 * When a contract ends after notice, by the regime packs. Whether a pack binds the firm is for its counsel to say; the
 * notice that it caps is what holds for everybody, so that no customer waits longer than the law that was found allows.
 */

/** What the end depends on. `fixedUntil`: the end of a first term; null once it was renewed, or where there is none. */
export type ExitTerms = Readonly<{
  kind: ExitKind
  requestedAt: Instant
  /** The last day that the customer asked for, `YYYY-MM-DD`; null for as soon as possible. */
  wishedOn: string | null
  fixedUntil: Instant | null
  /** IANA name of the zone in which days are counted. */
  zone: string
}>

/** When it ends, and which rule says so. */
export type ExitEnd = Readonly<{ at: Instant; because: 'at-once' | 'notice' | 'fixed-term' | 'wish' }>

const noticeTerm = termOf('nl-tacit-renewal', 'notice_at_most')
const withdrawTerm = termOf('eu-consumer', 'withdraw')

function termOf(pack: string, step: string): Extract<RegimeTerm, { kind: 'period' }> {
  const term = regimePacks.find(({ id }) => id === pack)?.steps.find(({ id }) => id === step)?.deadline
  assert(term?.kind === 'period', `${pack}/${step} is a period`)
  return term
}

/** The last instant of a date on the wall. */
function endOfDay(day: DayNumber, zone: string): Instant {
  const found = zoneOf(zone)
  assert(found !== null, 'the zone of an exit exists')
  return startOfDate(found, day + 1)
}

/** The end of the days in which a customer may withdraw, from the conclusion of the contract or the receipt of goods. */
export function withdrawalEnd(from: Instant, zone: string): Instant {
  const { unit, n, rollover } = withdrawTerm
  const end = deadline({ zone }, from, { unit, n, rollover })
  assert(end.kind === 'ends', 'the days of withdrawal end')
  return end.at
}

/** The end of a month of notice from a request. */
export function noticeEnd(requestedAt: Instant, zone: string): Instant {
  const { unit, n, rollover } = noticeTerm
  const end = deadline({ zone }, requestedAt, { unit, n, rollover })
  assert(end.kind === 'ends', 'a notice ends')
  return end.at
}

/**
 * The end by rule. Withdrawal and good cause end at once. Else a month of notice; a first fixed term runs to its end if
 * that is later; and a later day that the customer wishes is kept.
 */
export function exitEnd({ kind, requestedAt, wishedOn, fixedUntil, zone }: ExitTerms): ExitEnd {
  if (kind !== 'cancel') return { at: requestedAt, because: 'at-once' }
  const noticeAt = noticeEnd(requestedAt, zone)
  const byRule: ExitEnd =
    fixedUntil !== null && fixedUntil > noticeAt
      ? { at: fixedUntil, because: 'fixed-term' }
      : { at: noticeAt, because: 'notice' }
  const day = wishedOn === null ? null : dayNumber(wishedOn)
  const wishedAt = day === null ? null : endOfDay(day, zone)
  return wishedAt !== null && wishedAt > byRule.at ? { at: wishedAt, because: 'wish' } : byRule
}
