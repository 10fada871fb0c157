import type { Gift, LimitName } from '../core/cases/authority.ts'
import type { Remedy } from '../core/cases/case-entry.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** Waits until nobody else counts what this person and this team have given, and keeps others waiting. */
export async function lockGivers(tx: Tx, person: string, team: string): Promise<void> {
  // In one order, so that two who give for each other's teams cannot wait for each other.
  for (const name of [`person ${person}`, `team ${team}`].sort()) {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
  }
}

/** What was given since an instant by a person or a team, and ever in a case, but for the round that is under way. */
export async function readGifts(
  tx: Tx,
  { customer, case: id, failedRounds }: Pick<RecoveryCase, 'customer' | 'case' | 'failedRounds'>,
  { person, team, since }: Readonly<{ person: string; team: string; since: Instant }>,
): Promise<readonly Gift[]> {
  const rows = await tx.query<Omit<Gift, 'at'> & { at: Date }>(
    `select person, team, case_id as "case", amount_minor as "amountMinor", at from case_gifts
      where (customer = $1 and case_id = $2 and round <> $3)
         or (at >= $4 and (person = $5 or team = $6) and not (customer = $1 and case_id = $2))`,
    [customer, id, failedRounds, rfc3339(since), person, team],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: instant(at.getTime()) }))
}

/** Notes what was agreed in the round under way, in place of what was agreed in it before; nothing takes it away. */
export async function saveGift(
  tx: Tx,
  { customer, case: id, failedRounds, round }: RecoveryCase,
  given: Readonly<{ person: string; team: string; at: Instant }>,
): Promise<void> {
  await noteGift(tx, { customer, case: id, failedRounds }, { ...given, amountMinor: round.remedy?.valueMinor ?? 0 })
}

/**
 * Holds an amount of the round under way against the limits of a person and a team: what is offered may be taken. Zero
 * gives it free again.
 */
export async function noteGift(
  tx: Tx,
  { customer, case: id, failedRounds }: Pick<RecoveryCase, 'customer' | 'case' | 'failedRounds'>,
  { amountMinor: amount, ...given }: Readonly<{ person: string; team: string; at: Instant; amountMinor: number }>,
): Promise<void> {
  await tx.change('delete from case_gifts where customer = $1 and case_id = $2 and round = $3', [
    customer,
    id,
    failedRounds,
  ])
  if (amount === 0) return
  await tx.change(
    `insert into case_gifts (customer, case_id, round, person, team, amount_minor, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [customer, id, failedRounds, given.person, given.team, amount, rfc3339(given.at)],
  )
}

/** A remedy that waits for a second person, or was answered. */
export type Approval = Readonly<{
  id: string
  askedBy: string
  role: string
  team: string
  remedy: Remedy
  reason: string | null
  /** The limits that the amount would pass. */
  passed: readonly LimitName[]
  askedAt: Date
  /** Withdrawn: asked anew, or overtaken by what was done in the case. */
  state: 'asked' | 'approved' | 'refused' | 'withdrawn'
  answeredBy: string | null
  answeredAt: Date | null
  /** Why it was refused, or what was said with the yes. */
  answer: string | null
}>

/** The columns of an approval of the table `a`, as its fields are named. */
export const APPROVAL_COLUMNS = `a.id, a.asked_by as "askedBy", a.role, a.team, a.remedy, a.reason, a.passed, a.asked_at as "askedAt",
  a.state, a.answered_by as "answeredBy", a.answered_at as "answeredAt", a.answer`

/** Asks for a second person; what was asked before in the case is asked no more. */
export async function askApproval(
  tx: Tx,
  { customer, case: id }: RecoveryCase,
  asked: Pick<Approval, 'id' | 'askedBy' | 'role' | 'team' | 'remedy' | 'reason' | 'passed'>,
  at: Instant,
): Promise<void> {
  await withdrawApprovals(tx, { customer, case: id }, at)
  await tx.change(
    `insert into case_approvals (customer, case_id, id, asked_by, role, team, remedy, reason, asked_at, state, passed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked', $10)`,
    [
      customer,
      id,
      asked.id,
      asked.askedBy,
      asked.role,
      asked.team,
      JSON.stringify(asked.remedy),
      asked.reason,
      rfc3339(at),
      JSON.stringify(asked.passed),
    ],
  )
}

/** Asks no more for what waits in a case: it was asked anew, or what was done meanwhile has overtaken it. */
export async function withdrawApprovals(
  tx: Tx,
  { customer, case: id }: Pick<RecoveryCase, 'customer' | 'case'>,
  at: Instant,
): Promise<void> {
  await tx.change(
    `update case_approvals set state = 'withdrawn', answered_at = $3
      where customer = $1 and case_id = $2 and state = 'asked'`,
    [customer, id, rfc3339(at)],
    'withdraw-approvals',
  )
}

/** What was asked for in a case, newest first. */
export const readApprovals = (tx: Tx, customer: string, id: string): Promise<readonly Approval[]> =>
  tx.query<Approval>(
    `select ${APPROVAL_COLUMNS} from case_approvals a where customer = $1 and case_id = $2 order by asked_at desc, id`,
    [customer, id],
  )

/** Keeps the answer of a second person. */
export async function answerApproval(
  tx: Tx,
  { customer, case: id }: RecoveryCase,
  answer: Readonly<{ id: string; state: 'approved' | 'refused'; by: string; at: Instant; words: string | null }>,
): Promise<void> {
  await tx.change(
    `update case_approvals set state = $4, answered_by = $5, answered_at = $6, answer = $7
      where customer = $1 and case_id = $2 and id = $3`,
    [customer, id, answer.id, answer.state, answer.by, rfc3339(answer.at), answer.words],
  )
}
