/**
 * A recovery case: what is being done about one failure, by whom, in which order. Acknowledge, own, apologise, agree the
 * remedy with the customer, fix, compensate, confirm, close with a root cause, follow up. A recovery that fails begins
 * a new round in which every step is owed again, to a senior person and by people only.
 */
import { assert } from '../assert.ts'
import type { CustomerKey } from '../ids.ts'
import { appended } from '../relationship/bounded.ts'
import type { Severity } from '../relationship/failure.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import type { Pause } from '../time/working-time.ts'
import type { CaseEntry, Remedy } from './case-entry.ts'
import { factsOf } from './case-facts.ts'

const PAUSES_MAX = 64
const TRIES_MAX = 16
const ESCALATIONS_MAX = 32
const REGIMES_MAX = 16
const DUTIES_MAX = 32
const LETTERS_MAX = 32
const PROMISES_MAX = 32
/** Tries to reach the customer that stand in for a confirmation. */
export const TRIES_ENOUGH = 2
/** A recovery that failed can be repaired for so long. */
const REPAIR_DAYS = 28

/** One round of steps, each with when it was done. */
export type Round = Readonly<{
  startedAt: Instant
  acknowledgedAt: Instant | null
  ownedAt: Instant | null
  apologisedAt: Instant | null
  agreedAt: Instant | null
  remedy: Remedy | null
  fixedAt: Instant | null
  compensatedAt: Instant | null
  compensatedMinor: number
  /** Tries to reach the customer since the fix. */
  tries: readonly Instant[]
  confirmedAt: Instant | null
  closedAt: Instant | null
  followedUpAt: Instant | null
}>

/** What was promised in a case beside its remedy; `id` is the entry that made it. */
export type CasePromise = Readonly<{
  id: string
  promise: 'answer' | 'deed'
  /** Left out of what was promised before this was kept. */
  madeAt?: Instant
  due: Instant
  owner: string
  keptAt: Instant | null
}>

/** The state of a case: plain JSON, never changed, only replaced. */
export type RecoveryCase = Readonly<{
  case: string
  customer: CustomerKey
  failure: string
  openedAt: Instant
  openedBy: 'rule' | 'hand' | 'api'
  severity: Severity
  category: string | null
  lossMinor: number | null
  currency: string | null
  atFault: 'firm' | 'customer' | 'third party'
  /** The incident that it belongs to, such as an outage. */
  incident: string | null
  /** Whose case it is while nobody is named, and who sees it. */
  team: string | null
  assignee: string | null
  snoozedUntil: Instant | null
  waitingFor: 'remedy' | 'confirmation' | 'information' | null
  pauses: readonly Pause[]
  rootCause: string | null
  round: Round
  /** Rounds that failed before this one. */
  failedRounds: number
  escalations: readonly Readonly<{ step: string; to: 'next person' | 'manager'; at: Instant }>[]
  /** Regime packs that were found to apply, with the event that starts them. */
  regimes: readonly Readonly<{ pack: string; event: string; at: Instant }>[]
  letters: readonly Readonly<{ pack: string; letter: string; at: Instant }>[]
  /** Steps of packs that are done without a letter. */
  duties: readonly Readonly<{ pack: string; step: string; at: Instant }>[]
  promises: readonly CasePromise[]
  /** Count of entries: who decides from an older one is told. */
  revision: number
  /** The last entry and the case before it, for taking it back. */
  last: Readonly<{
    entry: string
    kind: CaseEntry['kind']
    at: Instant
    by: string
    /** Ids of the events that it put into the log. */
    events: readonly string[]
    was: RecoveryCase
  }> | null
}>

const newRound = (startedAt: Instant): Round => ({
  startedAt,
  acknowledgedAt: null,
  ownedAt: null,
  apologisedAt: null,
  agreedAt: null,
  remedy: null,
  fixedAt: null,
  compensatedAt: null,
  compensatedMinor: 0,
  tries: [],
  confirmedAt: null,
  closedAt: null,
  followedUpAt: null,
})

/** The case that its first entry opens. A failure that is a double deviation already opens with a failed round. */
export function initial(entry: Extract<CaseEntry, { kind: 'opened' }>): RecoveryCase {
  const { id: _id, kind: _kind, by: _by, at, isReported: _reported, isDoubleDeviation, ...rest } = entry
  const { about: _about, isInferred: _inferred, failedAt: _failedAt, ...facts } = rest
  return {
    ...facts,
    openedAt: at,
    assignee: null,
    snoozedUntil: null,
    waitingFor: null,
    pauses: [],
    rootCause: null,
    round: newRound(at),
    failedRounds: isDoubleDeviation ? 1 : 0,
    escalations: [],
    regimes: [],
    letters: [],
    duties: [],
    promises: [],
    revision: 1,
    last: null,
  }
}

/** The case after one more entry. Entries are facts: order is enforced where they are decided, not here. */
export function fold(was: RecoveryCase, entry: CaseEntry): RecoveryCase {
  if (entry.kind === 'undone') {
    // The revision goes on: who decided from the case as it was before must be told.
    return { ...(was.last === null ? was : was.last.was), revision: was.revision + 1, last: null }
  }
  return {
    ...changed(was, entry),
    revision: was.revision + 1,
    last: {
      entry: entry.id,
      kind: entry.kind,
      at: entry.at,
      by: entry.by,
      events: factsOf(was, entry).map(({ id }) => id),
      was: { ...was, last: null },
    },
  }
}

type Change = Exclude<CaseEntry, { kind: 'undone' }>
type Step = Extract<CaseEntry, { kind: StepKind }>
type StepKind =
  | 'acknowledged'
  | 'owned'
  | 'apologised'
  | 'remedy agreed'
  | 'fixed'
  | 'compensated'
  | 'tried'
  | 'confirmed'
  | 'followed up'
  | 'closed'

function changed(was: RecoveryCase, entry: Change): RecoveryCase {
  const { at } = entry
  switch (entry.kind) {
    case 'opened':
      return was
    case 'joined':
      return joined(was, entry)
    case 'assigned':
      return { ...was, assignee: entry.to }
    case 'handed over':
      return { ...was, team: entry.team }
    case 'grouped':
      return { ...was, incident: entry.incident }
    case 'snoozed':
      return { ...was, snoozedUntil: entry.until }
    case 'waited':
      return { ...was, waitingFor: entry.for, pauses: appended(was.pauses, [at, null], PAUSES_MAX) }
    case 'resumed':
      return resumed(was, at)
    case 'escalated':
      return { ...was, escalations: appended(was.escalations, { step: entry.step, to: entry.to, at }, ESCALATIONS_MAX) }
    case 'regime applied':
      return {
        ...was,
        regimes: appended(was.regimes, { pack: entry.pack, event: entry.event, at: entry.since }, REGIMES_MAX),
      }
    case 'letter sent':
      return { ...was, letters: appended(was.letters, { pack: entry.pack, letter: entry.letter, at }, LETTERS_MAX) }
    case 'duty done':
      return { ...was, duties: appended(was.duties, { pack: entry.pack, step: entry.step, at }, DUTIES_MAX) }
    case 'told':
      return was
    case 'promised': {
      const { id, promise, due, owner } = entry
      const made = { id, promise, madeAt: at, due, owner, keptAt: null }
      return { ...was, promises: appended(was.promises, made, PROMISES_MAX) }
    }
    case 'promise kept':
      return {
        ...was,
        promises: was.promises.map((one) => (one.id === entry.promise ? { ...one, keptAt: one.keptAt ?? at } : one)),
      }
    case 'reopened':
      return reopened(was, at)
    default:
      return stepped(was, entry)
  }
}

// What was reported takes the place of what was inferred.
const joined = (was: RecoveryCase, entry: Extract<CaseEntry, { kind: 'joined' }>): RecoveryCase => ({
  ...was,
  severity: entry.severity,
  category: entry.category ?? was.category,
  lossMinor: entry.lossMinor ?? was.lossMinor,
  currency: entry.currency ?? was.currency,
})

function stepped(was: RecoveryCase, entry: Step): RecoveryCase {
  const { at } = entry
  const { round } = was
  const acknowledgedAt = round.acknowledgedAt ?? at
  const next = (change: Partial<Round>): RecoveryCase => ({ ...was, round: { ...round, ...change } })
  switch (entry.kind) {
    case 'acknowledged':
      return next({ acknowledgedAt })
    case 'owned':
      return { ...next({ acknowledgedAt, ownedAt: round.ownedAt ?? at }), assignee: entry.owner }
    case 'apologised':
      return next({ acknowledgedAt, apologisedAt: round.apologisedAt ?? at })
    case 'remedy agreed':
      return resumed(next({ agreedAt: at, remedy: entry.remedy }), at)
    case 'fixed':
      return next({ acknowledgedAt, fixedAt: round.fixedAt ?? at })
    case 'compensated':
      return next({ acknowledgedAt, compensatedAt: at, compensatedMinor: round.compensatedMinor + entry.valueMinor })
    case 'tried':
      return next({ tries: appended(round.tries, at, TRIES_MAX) })
    case 'confirmed':
      return entry.satisfied ? resumed(next({ confirmedAt: at }), at) : reopened(was, at)
    case 'followed up':
      return entry.satisfied === false ? reopened(was, at) : next({ followedUpAt: at })
    case 'closed':
      return { ...resumed(next({ closedAt: at }), at), rootCause: entry.rootCause, snoozedUntil: null }
  }
}

function resumed(was: RecoveryCase, at: Instant): RecoveryCase {
  if (was.waitingFor === null) return was
  return { ...was, waitingFor: null, pauses: was.pauses.map(([from, to]): Pause => [from, to ?? at]) }
}

// Nothing that was said to be done counts as done, and nobody owns it until a senior person takes it.
const reopened = (was: RecoveryCase, at: Instant): RecoveryCase => ({
  ...resumed(was, at),
  round: newRound(at),
  failedRounds: was.failedRounds + 1,
  assignee: null,
  snoozedUntil: null,
})

/** What was promised and not yet kept; what came due is broken, and is still owed. */
export const openPromises = (one: RecoveryCase): readonly CasePromise[] =>
  one.promises.filter(({ keptAt }) => keptAt === null)

/** True after a recovery that failed: senior person, people only, front of the queue. */
export const isDoubleDeviation = (one: RecoveryCase): boolean => one.failedRounds > 0

/** Until when a failed recovery can be repaired; null when none failed. */
export const repairUntil = (one: RecoveryCase): Instant | null =>
  isDoubleDeviation(one) ? instant(one.round.startedAt + REPAIR_DAYS * DAY_MS) : null

/** True when the customer confirmed, or was tried often enough since the fix. */
export const isConfirmed = ({ confirmedAt, tries }: Round): boolean =>
  confirmedAt !== null || tries.length >= TRIES_ENOUGH

/** True while money that was agreed has not been given in full. */
export const isOwedMoney = ({ remedy, compensatedMinor }: Round): boolean =>
  remedy !== null && compensatedMinor < remedy.valueMinor

/** Stops when a case is in a state that no entries lead to. */
export function check(one: RecoveryCase): void {
  const { round } = one
  assert(one.revision >= 1, 'a case has at least the entry that opened it')
  assert((round.remedy === null) === (round.agreedAt === null), 'a remedy is agreed at an instant')
  assert(round.compensatedMinor >= 0, 'compensation is never negative')
  assert(
    one.pauses.filter(([, to]) => to === null).length === (one.waitingFor === null ? 0 : 1),
    'one wait, one open pause',
  )
  assert(one.last === null || one.last.was.last === null, 'only the last entry can be taken back')
  assert(round.startedAt >= one.openedAt, 'no round begins before the case')
}
