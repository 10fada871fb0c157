import type { CasePage } from '../../contract/cases.ts'
import { instant, rfc3339 } from '../../core/instant.ts'
import type { RecoveryCase } from '../../core/recovery-case.ts'
import type { RemedyRules } from '../../core/remedy-rules.ts'
import { readApprovals } from '../../store/gifts.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import type { Caller } from '../caller.ts'
import { payingTeam, readSpent } from '../case-authority.ts'
import type { World } from '../world.ts'
import { timeOf } from './case-row.ts'

/** What the reader may give without asking, and what was given already; null for a key. */
export async function authorityOf(
  world: World,
  one: RecoveryCase,
  { colleague }: Caller,
  { rules: { authority }, timeZone }: Readonly<{ rules: RemedyRules; timeZone: string }>,
): Promise<CasePage['authority']> {
  if (colleague === undefined) return null
  const team = payingTeam(one, colleague)
  const spent = await readSpent(world.db, one, { person: colleague.id, team, at: world.now(), timeZone })
  return {
    limits: authority.limits[colleague.role] ?? null,
    spent,
    teamMonthMinor: authority.teamMonthMinor[team] ?? null,
  }
}

/** Remedies that a second person was asked about, newest first. */
export async function approvalsOf({ db }: World, { customer, case: id }: RecoveryCase): Promise<CasePage['approvals']> {
  const asked = await readApprovals(db, customer, id)
  const names = await readDeskNames(db, [...new Set(asked.map(({ askedBy }) => askedBy))])
  return asked.map((one) => ({
    id: one.id,
    askedBy: { id: one.askedBy, name: names.get(one.askedBy) ?? null },
    askedAt: rfc3339(instant(one.askedAt.getTime())),
    remedy: { ...one.remedy, fixBy: timeOf(one.remedy.fixBy) },
    reason: one.reason,
    state: one.state,
  }))
}
