import { randomUUID } from 'node:crypto'
import type { CaseWish } from '../../../contract/case-wishes.ts'
import { assert } from '../../../core/assert.ts'
import type { CaseEntry } from '../../../core/cases/case-entry.ts'
import { teamFor } from '../../../core/cases/case-rules.ts'
import { severityProposed } from '../../../core/cases/severity-proposed.ts'
import { actorText } from '../../../core/people/actor.ts'
import { type Failure, isNamed, type Severity } from '../../../core/relationship/failure.ts'
import { isOpen } from '../../../core/relationship/recovery.ts'
import { readable } from '../../../core/relationship/relationship.ts'
import { type Instant, instantOf } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { addNote, lockCasesOf, readStake } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { beginCase, entryId, newCaseName } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'

/** What became of the wish; `known` when the failure has a case already. */
export type OpenedCase =
  | Readonly<{ kind: 'opened' | 'known'; id: string }>
  | Readonly<{ kind: 'customer-unknown' }>
  | Readonly<{ kind: 'failure-unknown' }>
  | Readonly<{ kind: 'reason-missing'; proposed: Severity }>
  | Readonly<{ kind: 'in-the-future' }>

/**
 * Opens a case by hand or for a program: for a failure that events have told of, or for a new one, which is then told.
 * One failure has one case.
 */
export async function openCase(world: World, caller: Caller, wish: CaseWish): Promise<OpenedCase> {
  return appendDecided<OpenedCase>(world, async (tx) => {
    const person = await personOf(tx, wish.customer)
    if (person === undefined) return { events: [], answer: { kind: 'customer-unknown' } }
    const failure = failureMeant(readable(person.state, world.now()).facts.failures, wish, world.now())
    if (wish.failure !== undefined && failure === undefined) {
      return { events: [], answer: { kind: 'failure-unknown' } }
    }
    const known = failure === undefined ? undefined : await findCaseOf(tx, person, failure)
    if (known !== undefined) return { events: [], answer: { kind: 'known', id: known.case } }
    const refusal = await refusedWish(world, tx, caller, { wish, failure })
    return refusal === null
      ? begin(world, tx, caller, { wish, customer: person.customer, failure })
      : { events: [], answer: refusal }
  })
}

async function begin(world: World, tx: Tx, caller: Caller, opening: Opening): Promise<Decided<OpenedCase>> {
  const { wish, customer, failure } = opening
  const standards = await readCaseStandards(tx)
  const entry = entryFor(world, caller, opening)
  const team = wish.team ?? teamFor(standards.rules, entry.category)
  const stake = await readStake(tx, customer)
  const begun = await beginCase(world, tx, { ...entry, team }, { standards, stake, now: world.now() })
  assert(begun !== undefined, 'a failure without a case can have one')
  const { state, events } = begun
  const proposed = failure?.severity ?? severityProposed(state, standards.rules.severity)
  const isOther = state.severity !== proposed
  for (const body of [wish.note, isOther ? wish.reason : undefined]) {
    if (body === undefined) continue
    await addNote(tx, state, { id: randomUUID(), at: world.now(), author: actorText(caller.actor), body })
  }
  const details = { severity: state.severity, ...(isOther ? { proposed } : {}) }
  await audit(tx, caller.actor, 'case.opened', { kind: 'case', id: state.case }, details)
  return { events, answer: { kind: 'opened', id: state.case } }
}

async function findCaseOf(tx: Tx, { keys }: KnownPerson, { failure, also }: Failure) {
  const pairs = keys.flatMap((customer) => [failure, ...also].map((name) => ({ customer, failure: name })))
  return (await lockCasesOf(tx, pairs))[0]
}

/** The failure that is named; else the open one of the order: what is told of it again is the same (trap T30). */
function failureMeant(
  failures: readonly Failure[],
  { failure, order, another = false }: CaseWish,
  now: Instant,
): Failure | undefined {
  if (failure !== undefined) return failures.find((one) => isNamed(one, failure))
  if (order === undefined || another) return undefined
  return failures.findLast((one) => one.links.includes(`order:${order}`) && isOpen(one, now))
}

/** A person says why a failure is worse, or less bad, than the rule has it (trap T29). */
async function refusedWish(
  world: World,
  tx: Tx,
  { colleague }: Caller,
  { wish, failure }: Pick<Opening, 'wish' | 'failure'>,
): Promise<Extract<OpenedCase, { kind: 'reason-missing' | 'in-the-future' }> | null> {
  const { severity, reason = '', category = null, lossMinor = null, failedAt } = wish
  if (failedAt !== undefined && instantOf(failedAt) > world.now()) return { kind: 'in-the-future' }
  if (colleague === undefined || reason.trim() !== '') return null
  const { rules } = await readCaseStandards(tx)
  const proposed = failure?.severity ?? severityProposed({ category, lossMinor }, rules.severity)
  return severity === proposed ? null : { kind: 'reason-missing', proposed }
}

type Opening = Readonly<{ wish: CaseWish; customer: KnownPerson['customer']; failure: Failure | undefined }>

function entryFor(
  world: World,
  { actor, colleague }: Caller,
  { wish, customer, failure }: Opening,
): Extract<CaseEntry, { kind: 'opened' }> {
  const name = newCaseName()
  return {
    kind: 'opened',
    id: entryId(1),
    at: world.now(),
    by: colleague?.id ?? actorText(actor),
    isReported: failure !== undefined,
    case: name,
    customer,
    failure: failure?.failure ?? `case:${name}`,
    openedBy: colleague === undefined ? 'api' : 'hand',
    severity: wish.severity,
    category: wish.category ?? failure?.category ?? null,
    lossMinor: wish.lossMinor ?? failure?.lossMinor ?? null,
    currency: wish.currency ?? failure?.currency ?? null,
    atFault: wish.atFault ?? failure?.atFault ?? 'firm',
    incident: wish.incident ?? null,
    team: null,
    isDoubleDeviation: failure?.failedRecovery != null,
    ...(wish.order === undefined ? {} : { about: { order: wish.order } }),
    ...(wish.failedAt === undefined ? {} : { failedAt: instantOf(wish.failedAt) }),
  }
}
