import { randomUUID } from 'node:crypto'
import { type Approval as Answer, type LimitName, mayApprove, mayGive } from '../../../core/cases/authority.ts'
import type { Remedy } from '../../../core/cases/case-entry.ts'
import { type CaseRefusal, decide } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { type Role, roleNamed } from '../../../core/people/permissions.ts'
import { audit } from '../../../store/audit.ts'
import { findCase, lockCase, readStake, touchCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import {
  type Approval,
  answerApproval,
  askApproval,
  lockGivers,
  readApprovals,
  saveGift,
} from '../../../store/gifts.ts'
import type { Colleague } from '../../../store/people.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { entryId, keepEntry } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { isSeniorRole } from '../../case-actor.ts'
import { giftAsked, payingTeam, readRemedyRules, readSpent } from '../../case-authority.ts'
import { mayRead } from '../../case-sight.ts'
import { type CaseStandards, readCaseStandards } from '../../case-standards.ts'
import type { World } from '../../world.ts'

/** Why an amount is not given at once. */
export type GiftRefusal =
  | Readonly<{ kind: 'four eyes'; approval: string; passed: readonly LimitName[]; roles: readonly Role[] }>
  | Readonly<{
      kind: 'gift-refused'
      because: 'amount-not-positive' | 'role-may-not' | 'reason-missing' | 'nobody-may'
    }>

type Giving = Readonly<{ colleague: Colleague; remedy: Remedy; reason: string | null; standards: CaseStandards }>

/**
 * Whether somebody may agree to a remedy: null when she may. Beyond her limits a second person is asked, in the same
 * transaction. Until it ends nobody else counts what the same person and team have given.
 */
export async function giftRefusal(
  world: World,
  tx: Tx,
  one: RecoveryCase,
  { colleague, remedy, reason, standards: { timeZone } }: Giving,
): Promise<GiftRefusal | null> {
  if (remedy.valueMinor === 0) return null
  const at = world.now()
  const [person, team, role] = [colleague.id, payingTeam(one, colleague), colleague.role]
  await lockGivers(tx, person, team)
  const { rules } = await readRemedyRules(tx)
  const spent = await readSpent(tx, one, { person, team, at, timeZone })
  const asked = giftAsked(one, rules, { person, role, team, amountMinor: remedy.valueMinor, reason })
  const answer = mayGive(asked, spent, rules.authority)
  if (answer.kind === 'allowed') return null
  if (answer.kind === 'refused') return { kind: 'gift-refused', because: answer.because }
  const approval = randomUUID()
  const { passed } = answer
  await askApproval(tx, one, { id: approval, askedBy: person, role, team, remedy, reason, passed }, at)
  await touchCase(tx, one, at)
  return { kind: 'four eyes', approval, passed: answer.passed, roles: answer.roles }
}

/** Why a second person's yes does not count: who she is, or what the protocol says by now. */
export type ApprovalReason =
  | Extract<Answer, { kind: 'refused' }>['because']
  | CaseRefusal['because']
  | 'answered-already'
  | 'asked-no-more'
  | 'why-missing'

/** What became of the answer of a second person. */
export type Approved =
  | Readonly<{ kind: 'answered'; state: RecoveryCase }>
  | Readonly<{ kind: 'case-unknown' }>
  | Readonly<{ kind: 'approval-unknown' }>
  | Readonly<{ kind: 'approval-refused'; because: ApprovalReason }>

/** The answer of a second person; `revision` is the one of the case that she saw, null if that does not matter to her. */
export type RemedyAnswer = Readonly<{
  id: string
  approval: string
  agrees: boolean
  words: string | null
  revision: number | null
}>

/**
 * A second person agrees to a remedy, or does not; if she does, it is agreed as the first one asked. Of two who answer
 * at once one is told, and so is she who looked at the case before it went on.
 */
export async function answerForRemedy(
  world: World,
  { caller, colleague }: Readonly<{ caller: Caller; colleague: Colleague }>,
  answer: RemedyAnswer,
): Promise<Approved> {
  const { id, approval, agrees, words } = answer
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(caller, found.state)) return { kind: 'case-unknown' }
  const { customer } = found.state
  return appendDecided<Approved>(world, async (tx) => {
    const was = await lockCase(tx, { customer, id })
    if (was === undefined) return { events: [], answer: { kind: 'case-unknown' } }
    const asked = (await readApprovals(tx, customer, id)).find((one) => one.id === approval)
    const role = asked === undefined ? undefined : roleNamed(asked.role)
    if (asked === undefined || role === undefined) return { events: [], answer: { kind: 'approval-unknown' } }
    const problem = answerProblem(asked.state, was.revision, answer)
    if (problem !== null) return no(problem)
    const answering = { who: caller.actor, colleague, asked, role, words }
    return agrees ? agree(world, tx, was, answering) : disagree(world, tx, was, answering)
  })
}

function answerProblem(
  state: Approval['state'],
  revisionNow: number,
  { agrees, words, revision }: RemedyAnswer,
): ApprovalReason | null {
  if (state !== 'asked') return state === 'withdrawn' ? 'asked-no-more' : 'answered-already'
  if (revision !== null && revision !== revisionNow) return 'changed-meanwhile'
  return !agrees && words === null ? 'why-missing' : null
}

const no = (because: ApprovalReason): Decided<Approved> => ({
  events: [],
  answer: { kind: 'approval-refused', because },
})

type Answering = Readonly<{
  who: Caller['actor']
  colleague: Colleague
  asked: Approval
  role: Role
  words: string | null
}>

async function disagree(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { who, colleague, asked, words }: Answering,
): Promise<Decided<Approved>> {
  const at = world.now()
  await answerApproval(tx, was, { id: asked.id, state: 'refused', by: colleague.id, at, words })
  await touchCase(tx, was, at)
  await audit(tx, who, 'remedy.refused', { kind: 'case', id: was.case }, { amountMinor: asked.remedy.valueMinor })
  return { events: [], answer: { kind: 'answered', state: was } }
}

async function agree(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { who, colleague, asked, role, words }: Answering,
): Promise<Decided<Approved>> {
  const standards = await readCaseStandards(tx)
  const at = world.now()
  const { askedBy: person, team, remedy, reason } = asked
  await lockGivers(tx, person, team)
  const { rules } = await readRemedyRules(tx)
  const spent = await readSpent(tx, was, { person, team, at, timeZone: standards.timeZone })
  const gift = giftAsked(was, rules, { person, role, team, amountMinor: remedy.valueMinor, reason })
  const answer = mayApprove(gift, { person: colleague.id, role: colleague.role }, spent, rules.authority)
  // Limits that have grown meanwhile need nobody: what was asked for is given all the same.
  if (answer.kind === 'refused' && answer.because !== 'not-needed') return no(answer.because)
  const actor = { kind: 'person', id: person, isSenior: isSeniorRole(role) } as const
  const command = { kind: 'agree remedy', remedy } as const
  const ask = { id: entryId(was.revision + 1), actor, command, revision: null, now: at }
  const decision = decide(was, ask, standards.policy)
  if (decision.kind === 'refused') return no(decision.because)
  const stake = await readStake(tx, was.customer)
  await answerApproval(tx, was, { id: asked.id, state: 'approved', by: colleague.id, at, words })
  const { state, events } = await keepEntry(world, tx, was, decision.entry, { standards, stake, now: at })
  await saveGift(tx, state, { person, team, at })
  await audit(tx, who, 'remedy.approved', { kind: 'case', id: was.case }, { amountMinor: remedy.valueMinor })
  return { events, answer: { kind: 'answered', state } }
}
