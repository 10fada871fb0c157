import { randomUUID } from 'node:crypto'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import { type CaseRefusal, decide } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { actorText } from '../../../core/people/actor.ts'
import { audit } from '../../../store/audit.ts'
import { addNote, findCase, lockCase, readStake, touchCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { saveGift } from '../../../store/gifts.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { entryId, keepEntry } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'
import { payingTeam } from '../../case-authority.ts'
import { mayRead } from '../../case-sight.ts'
import { type CaseStandards, readCaseStandards } from '../../case-standards.ts'
import type { World } from '../../world.ts'
import { commandOf, remedyOf } from './case-command.ts'
import { type GiftRefusal, giftRefusal } from './give-remedy.ts'

/** What became of a command. */
export type Worked =
  | Readonly<{ kind: 'done'; state: RecoveryCase }>
  | Readonly<{ kind: 'case-unknown' }>
  | GiftRefusal
  | (CaseRefusal & Readonly<{ timeZone: string }>)

/** A command of a caller; `revision` is the one that she saw, null if that does not matter to her. */
export type CaseOrder = Readonly<{ caller: Caller; wish: CaseCommandWish; revision: number | null }>

/**
 * Carries out a command: the case is locked, the core decides, and entry, place and events are stored in one
 * transaction. Of two who decide from the same revision one is told.
 */
export async function workOnCase(world: World, id: string, order: CaseOrder): Promise<Worked> {
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(order.caller, found.state)) return { kind: 'case-unknown' }
  const { customer } = found.state
  return appendDecided<Worked>(world, async (tx) => {
    const standards = await readCaseStandards(tx)
    const was = await lockCase(tx, { customer, id })
    if (was === undefined) return { events: [], answer: { kind: 'case-unknown' } }
    const { wish } = order
    if (wish.kind === 'note') {
      await note(world, tx, was, { ...order, text: wish.text })
      return { events: [], answer: { kind: 'done', state: was } }
    }
    return workOn(world, tx, was, { ...order, wish, standards })
  })
}

/** A command within a transaction of the caller. `isApproved`: a second person has agreed to what is given. */
export type Command = Omit<CaseOrder, 'wish'> &
  Readonly<{
    wish: Exclude<CaseCommandWish, { kind: 'note' }>
    standards: CaseStandards
    isApproved?: boolean
    undoWithinMs?: number
  }>

/** Carries out a command on a case that is locked, and answers what the log must be told besides. */
export async function workOn(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { caller, wish, revision, standards, isApproved = false, undoWithinMs }: Command,
): Promise<Decided<Worked>> {
  const now = world.now()
  const command = await commandOf(tx, wish)
  const until = undoWithinMs === undefined ? {} : { undoWithinMs }
  const ask = { id: entryId(was.revision + 1), actor: caseActor(caller), command, revision, now, ...until }
  const decision = decide(was, ask, standards.policy)
  if (decision.kind === 'refused') return { events: [], answer: { ...decision, timeZone: standards.timeZone } }
  const refusal = isApproved ? null : await refusedGift(world, tx, was, { caller, wish, standards })
  if (refusal !== null) return { events: [], answer: refusal }
  const stake = await readStake(tx, was.customer)
  const { state, events } = await keepEntry(world, tx, was, decision.entry, { standards, stake, now })
  if (caller.colleague !== undefined && (wish.kind === 'agree remedy' || wish.kind === 'undo')) {
    const team = payingTeam(state, caller.colleague)
    await saveGift(tx, state, { person: caller.colleague.id, team, at: now })
  }
  const details = { step: wish.kind.replaceAll(' ', '-'), revision: state.revision }
  await audit(tx, caller.actor, 'case.changed', { kind: 'case', id: was.case }, details)
  return { events, answer: { kind: 'done', state } }
}

async function refusedGift(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { caller, wish, standards }: Pick<Command, 'caller' | 'wish' | 'standards'>,
): Promise<GiftRefusal | null> {
  const { colleague } = caller
  if (wish.kind !== 'agree remedy' || colleague === undefined) return null
  const { reason = null } = wish
  return giftRefusal(world, tx, was, { colleague, remedy: remedyOf(wish.remedy), reason, standards })
}

/** Keeps what somebody wrote about a case. */
export async function note(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { caller, text }: Pick<CaseOrder, 'caller'> & Readonly<{ text: string }>,
): Promise<void> {
  const { actor } = caller
  const at = world.now()
  await addNote(tx, was, { id: randomUUID(), at, author: actorText(actor), body: text })
  await touchCase(tx, was, at)
  await audit(tx, actor, 'case.noted', { kind: 'case', id: was.case })
}
