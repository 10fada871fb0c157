/** What may be done about a case now: the protocol's order, who may act, and what closing takes. */

import type { CustomerEvent } from '../relationship/event.ts'
import { DAY_MS, type Instant, instant, SECOND_MS } from '../time/instant.ts'
import { type CasePolicy, type CaseStep, escalationsDue, nextDueAt } from './case-clocks.ts'
import type { Actor, CaseCommand } from './case-command.ts'
import type { CaseEntry } from './case-entry.ts'
import { factsOf } from './case-facts.ts'
import { fold, isConfirmed, isDoubleDeviation, isOwedMoney, openPromises, type RecoveryCase } from './recovery-case.ts'

/** The last entry can be taken back for so long. */
const UNDO_MS = 10 * SECOND_MS
const FOLLOW_UP_FROM_DAYS = 3

/** Why a command is refused, in the order in which it is checked. */
export const caseReasons = [
  'changed-meanwhile', // somebody else did something since the caller looked
  'case-closed',
  'customer-only-answers', // the customer agrees, confirms, answers and re-opens; the rest is work of the firm
  'human-only', // a decision about a person, or any contact after a failed recovery
  'senior-only', // a recovery that failed goes to a senior person
  'done-already',
  'step-first', // another step of the protocol comes before
  'not-at-fault', // the firm apologises for its own faults
  'apology-not-specific',
  'amount-not-positive',
  'remedy-exceeded', // more than was agreed with the customer
  'root-cause-missing',
  'confirmation-missing', // neither confirmed, nor two tries to reach the customer since the fix
  'too-early',
  'in-the-past',
  'past-next-due', // a case must not sleep through its own deadline
  'waiting-already',
  'not-waiting',
  'not-due', // nothing of this step is late, or this person was told
  'not-closed',
  'promise-unknown', // nothing of this name was promised, or it was kept
  'nothing-to-undo',
  'not-yours-to-undo',
  'undo-too-late',
] as const

/** `step`: what comes first. `fromAt`: when it may be done. */
export type CaseRefusal = Readonly<{
  kind: 'refused'
  because: (typeof caseReasons)[number]
  step?: CaseStep
  fromAt?: Instant
}>

/** The entry to keep, the case after it, and what the customer's log must be told in the same transaction. */
export type CaseDecision =
  | Readonly<{ kind: 'decided'; entry: CaseEntry; next: RecoveryCase; facts: readonly CustomerEvent[] }>
  | CaseRefusal

/** `id` names the entry within its case; `revision` is the one that the caller saw, null if that does not matter. */
export type CaseAsk = Readonly<{
  id: string
  actor: Actor
  command: CaseCommand
  revision: number | null
  now: Instant
  /** How long the last entry can be taken back; ten seconds if left out. */
  undoWithinMs?: number
}>

/** Answers a command: an entry with what follows from it, or the reason why not. */
export function decide(was: RecoveryCase, ask: CaseAsk, policy: CasePolicy): CaseDecision {
  const refusal = refusalOf(was, ask, policy)
  if (refusal !== null) return refusal
  const entry = entryOf(was, ask)
  return { kind: 'decided', entry, next: fold(was, entry), facts: factsOf(was, entry) }
}

const refuse = (because: CaseRefusal['because'], more: Omit<CaseRefusal, 'kind' | 'because'> = {}): CaseRefusal => ({
  kind: 'refused',
  because,
  ...more,
})

function refusalOf(was: RecoveryCase, ask: CaseAsk, policy: CasePolicy): CaseRefusal | null {
  const { command, actor, now, revision } = ask
  if (revision !== null && revision !== was.revision) return refuse('changed-meanwhile')
  if (was.round.closedAt !== null && !afterClosing.has(command.kind)) return refuse('case-closed')
  return whoMay(was, actor, command) ?? stepRefusal(was, command, now) ?? deskRefusal(was, ask, policy)
}

type Kind = CaseCommand['kind']
const afterClosing = new Set<Kind>([
  'confirm',
  'follow up',
  'reopen',
  'undo',
  'escalate',
  'apply regime',
  'send letter',
  'do duty',
  'tell',
  'promise',
  'keep promise',
  'group',
  'assign',
  'hand over',
])
const ofCustomers = new Set<Kind>(['agree remedy', 'confirm', 'follow up', 'reopen'])
/** A decision that matters to a person is made by one. */
const ofPeople = new Set<Kind>(['own', 'apologise', 'agree remedy', 'try to reach', 'close'])
/** What reaches the customer: after a failed recovery only from a person. */
const contacts = new Set<Kind>(['acknowledge', 'confirm', 'follow up', 'send letter', 'tell'])

function whoMay(was: RecoveryCase, actor: Actor, command: CaseCommand): CaseRefusal | null {
  if (actor.kind === 'customer') return ofCustomers.has(command.kind) ? null : refuse('customer-only-answers')
  const needsPerson = ofPeople.has(command.kind) || (isDoubleDeviation(was) && contacts.has(command.kind))
  if (actor.kind === 'automation' && needsPerson) return refuse('human-only')
  if (!isDoubleDeviation(was)) return null
  const isJunior = command.kind === 'own' && actor.kind === 'person' && !actor.isSenior
  const toJunior = command.kind === 'assign' && command.to !== null && !command.isSenior
  return isJunior || toJunior ? refuse('senior-only') : null
}

function stepRefusal(was: RecoveryCase, command: CaseCommand, now: Instant): CaseRefusal | null {
  const { round } = was
  switch (command.kind) {
    case 'acknowledge':
      return once(round.acknowledgedAt)
    case 'own':
      return once(round.ownedAt) ?? first(was, 'acknowledge')
    case 'apologise':
      return once(round.apologisedAt) ?? first(was, 'own') ?? apologyRefusal(was, command.isSpecific)
    case 'agree remedy':
      return once(round.fixedAt) ?? first(was, 'apologise') ?? remedyRefusal(command.remedy, now)
    case 'fix':
      return once(round.fixedAt) ?? first(was, 'agree remedy')
    case 'compensate':
      return first(was, 'agree remedy') ?? amountRefusal(was, command.valueMinor)
    case 'try to reach':
      return once(round.confirmedAt)
    case 'confirm':
      // Discontent is heard at once; content only when all that was agreed was done.
      return once(round.confirmedAt) ?? first(was, command.satisfied ? 'compensate' : 'fix')
    case 'close':
      return first(was, 'compensate') ?? closeRefusal(was, command.rootCause)
    case 'follow up':
      return once(round.followedUpAt) ?? followUpRefusal(was, now)
    case 'reopen':
      return round.closedAt === null && round.fixedAt === null ? refuse('not-closed') : null
    default:
      return null
  }
}

const once = (doneAt: Instant | null): CaseRefusal | null => (doneAt === null ? null : refuse('done-already'))

/** The first step up to `last` that is still owed. */
function first(was: RecoveryCase, last: CaseStep): CaseRefusal | null {
  const { round, atFault } = was
  const isOwed: readonly (readonly [step: CaseStep, isOwed: boolean])[] = [
    ['acknowledge', round.acknowledgedAt === null],
    ['own', round.ownedAt === null],
    ['apologise', atFault === 'firm' && round.apologisedAt === null],
    ['agree remedy', round.agreedAt === null],
    ['fix', round.fixedAt === null],
    ['compensate', isOwedMoney(round)],
  ]
  for (const [step, owed] of isOwed) {
    if (owed) return refuse('step-first', { step })
    if (step === last) return null
  }
  return null
}

function apologyRefusal({ atFault }: RecoveryCase, isSpecific: boolean): CaseRefusal | null {
  if (atFault !== 'firm') return refuse('not-at-fault')
  return isSpecific ? null : refuse('apology-not-specific')
}

function remedyRefusal({ fixBy, valueMinor }: Readonly<{ fixBy: Instant | null; valueMinor: number }>, now: Instant) {
  if (!Number.isSafeInteger(valueMinor) || valueMinor < 0) return refuse('amount-not-positive')
  return fixBy !== null && fixBy <= now ? refuse('in-the-past') : null
}

function amountRefusal({ round }: RecoveryCase, valueMinor: number): CaseRefusal | null {
  if (!Number.isSafeInteger(valueMinor) || valueMinor <= 0) return refuse('amount-not-positive')
  return round.compensatedMinor + valueMinor > (round.remedy?.valueMinor ?? 0) ? refuse('remedy-exceeded') : null
}

function closeRefusal({ round }: RecoveryCase, rootCause: string | null): CaseRefusal | null {
  if (rootCause === null || rootCause.trim() === '') return refuse('root-cause-missing')
  return isConfirmed(round) ? null : refuse('confirmation-missing')
}

function followUpRefusal({ round }: RecoveryCase, now: Instant): CaseRefusal | null {
  if (round.closedAt === null) return refuse('not-closed')
  const fromAt = instant(round.closedAt + FOLLOW_UP_FROM_DAYS * DAY_MS)
  return now < fromAt ? refuse('too-early', { fromAt }) : null
}

function deskRefusal(
  was: RecoveryCase,
  { id: _id, command, actor, now, undoWithinMs = UNDO_MS }: CaseAsk,
  policy: CasePolicy,
): CaseRefusal | null {
  switch (command.kind) {
    case 'snooze':
      return command.until === null ? null : snoozeRefusal(was, command.until, now, policy)
    case 'wait':
      return was.waitingFor === null ? null : refuse('waiting-already')
    case 'resume':
      return was.waitingFor === null ? refuse('not-waiting') : null
    case 'promise':
      return command.due <= now ? refuse('in-the-past') : null
    case 'keep promise':
      return openPromises(was).some(({ id: known }) => known === command.promise) ? null : refuse('promise-unknown')
    case 'escalate': {
      const due = escalationsDue(was, policy, now)
      return due.some(({ step, to }) => step === command.step && to === command.to) ? null : refuse('not-due')
    }
    case 'undo':
      return undoRefusal(was, actor, now - undoWithinMs)
    default:
      return null
  }
}

function snoozeRefusal(was: RecoveryCase, until: Instant, now: Instant, policy: CasePolicy): CaseRefusal | null {
  if (until <= now) return refuse('in-the-past')
  const due = nextDueAt(was, policy, now)
  return due !== null && until > due ? refuse('past-next-due', { fromAt: due }) : null
}

/** Money that was paid, a letter that is out, and what a rule did cannot be taken back with one key. */
const undoable = new Set<CaseEntry['kind']>([
  'assigned',
  'handed over',
  'grouped',
  'snoozed',
  'waited',
  'resumed',
  'acknowledged',
  'owned',
  'apologised',
  'remedy agreed',
  'fixed',
  'tried',
  'confirmed',
  'followed up',
  'closed',
  'reopened',
  'duty done',
  'promised',
  'promise kept',
])

/** Whether the last entry of a case is one that can be taken back at all. */
export const isUndoable = ({ last }: RecoveryCase): boolean => last !== null && undoable.has(last.kind)

function undoRefusal(was: RecoveryCase, actor: Actor, since: number): CaseRefusal | null {
  const { last } = was
  if (last === null || !isUndoable(was)) return refuse('nothing-to-undo')
  if (last.by !== nameOf(actor)) return refuse('not-yours-to-undo')
  return last.at < since ? refuse('undo-too-late') : null
}

const nameOf = (actor: Actor): string => (actor.kind === 'customer' ? 'customer' : actor.id)

function entryOf(was: RecoveryCase, { id, actor, command, now }: CaseAsk): CaseEntry {
  const base = { id, at: now, by: nameOf(actor) }
  const told = { ...base, isReported: false }
  switch (command.kind) {
    case 'assign':
      return { ...base, kind: 'assigned', to: command.to }
    case 'hand over':
      return { ...base, kind: 'handed over', team: command.team }
    case 'group':
      return { ...base, kind: 'grouped', incident: command.incident }
    case 'snooze':
      return { ...base, kind: 'snoozed', until: command.until }
    case 'wait':
      return { ...base, kind: 'waited', for: command.for }
    case 'resume':
      return { ...base, kind: 'resumed' }
    case 'escalate':
      return { ...base, kind: 'escalated', step: command.step, to: command.to }
    case 'apply regime':
      return { ...base, kind: 'regime applied', pack: command.pack, event: command.event, since: command.since }
    case 'send letter':
      return { ...base, kind: 'letter sent', pack: command.pack, letter: command.letter, language: command.language }
    case 'do duty':
      return { ...base, kind: 'duty done', pack: command.pack, step: command.step }
    case 'tell':
      return { ...base, kind: 'told', about: command.about, channel: command.channel, message: command.message }
    case 'promise': {
      const { promise, what, due, owner } = command
      return { ...base, kind: 'promised', promise, what, due, owner }
    }
    case 'keep promise':
      return { ...base, kind: 'promise kept', promise: command.promise }
    case 'acknowledge':
      return { ...told, kind: 'acknowledged' }
    case 'own':
      return { ...told, kind: 'owned', owner: base.by }
    case 'apologise':
      return { ...told, kind: 'apologised' }
    case 'agree remedy':
      return { ...base, kind: 'remedy agreed', remedy: command.remedy }
    case 'fix':
      return { ...told, kind: 'fixed', how: command.how }
    case 'compensate':
      return {
        ...told,
        kind: 'compensated',
        valueMinor: command.valueMinor,
        currency: was.currency,
        form: command.form,
      }
    case 'try to reach':
      return { ...base, kind: 'tried', channel: command.channel }
    case 'confirm':
      return { ...told, kind: 'confirmed', satisfied: command.satisfied }
    case 'follow up':
      return { ...told, kind: 'followed up', satisfied: command.satisfied }
    case 'close':
      return { ...told, kind: 'closed', rootCause: command.rootCause }
    case 'reopen':
      return { ...told, kind: 'reopened', reason: command.reason, isReported: command.isReported }
    case 'undo':
      return { ...base, kind: 'undone', entry: was.last?.entry ?? '', retracts: was.last?.events ?? [] }
  }
}
