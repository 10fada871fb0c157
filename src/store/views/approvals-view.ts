import { instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { APPROVAL_COLUMNS, type Approval } from '../gifts.ts'
import type { QueueLine } from './case-queue-view.ts'

/** Counts stop here. */
const COUNTED_MAX = 1_001

/** A remedy that waits for a second person, with the line of its case. */
export type WaitingApproval = Approval & Readonly<{ line: QueueLine }>

type Line = Omit<QueueLine, 'dueAt' | 'state'> & Readonly<{ dueAt: Date | null; caseState: QueueLine['state'] }>

/** What waits longest, first. Whoever may agree to remedies sees the cases of every team. */
export async function readWaiting(tx: Tx, limit: number): Promise<readonly WaitingApproval[]> {
  const rows = await tx.query<Approval & Line>(
    `select ${APPROVAL_COLUMNS}, c.state as "caseState", c.floor, c.rank, c.due_at as "dueAt",
            c.next_step as "nextStep", c.stake_minor as "stakeMinor", c.work_minutes as "workMinutes", r.name
       from case_approvals a
       join cases c on c.customer = a.customer and c.id = a.case_id
       left join relationships r on r.customer = c.customer
      where a.state = 'asked' order by a.asked_at, a.id limit $1`,
    [limit],
    'waiting-approvals',
  )
  return rows.map(({ caseState, floor, rank, dueAt, nextStep, stakeMinor, workMinutes, name, ...asked }) => ({
    ...asked,
    line: {
      state: caseState,
      floor,
      rank,
      dueAt: dueAt === null ? null : instant(dueAt.getTime()),
      nextStep,
      stakeMinor,
      workMinutes,
      name,
    },
  }))
}

/** How many wait; counted to a thousand. */
export async function countWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*) as count from (select 1 from case_approvals where state = 'asked' limit ${COUNTED_MAX}) as a`,
    [],
    'count-approvals',
  )
  return row?.count ?? 0
}
