/** Who may give how much: limits per role, a budget per team, four eyes above, and a reason for every override. */

import { type Role, roleMay, roleNamed } from '../people/permissions.ts'
import type { Instant } from '../time/instant.ts'
import { dateText } from '../time/local-date.ts'
import { dateAt, type Zone } from '../time/zone.ts'
import type { Range } from './remedy.ts'

/** Minor units that a role may give without asking. */
export type Limits = Readonly<{ caseMinor: number; dayMinor: number; monthMinor: number }>

/** Versioned data. A role without limits gives nothing; a team without a budget is not held to one. */
export type AuthorityPolicy = Readonly<{
  limits: Readonly<Partial<Record<Role, Limits>>>
  teamMonthMinor: Readonly<Record<string, number>>
}>

/** Money that was given. */
export type Gift = Readonly<{ person: string; team: string; case: string; amountMinor: number; at: Instant }>

/** What was given already: by the person today and this month, in the case, and by the team this month. */
export type Spent = Readonly<{ caseMinor: number; dayMinor: number; monthMinor: number; teamMonthMinor: number }>

/** Adds up gifts for one that is asked for now. Days and months are those on the wall of the firm. */
export function spentOf(
  gifts: readonly Gift[],
  { person, team, case: name, at }: Omit<Gift, 'amountMinor'>,
  zone: Zone,
): Spent {
  const day = (when: Instant) => dateAt(zone, when)
  const month = (when: Instant) => dateText(day(when)).slice(0, 7)
  const sum = (counts: (gift: Gift) => boolean) =>
    gifts.reduce((total, gift) => (counts(gift) ? total + gift.amountMinor : total), 0)
  return {
    caseMinor: sum((gift) => gift.case === name),
    dayMinor: sum((gift) => gift.person === person && day(gift.at) === day(at)),
    monthMinor: sum((gift) => gift.person === person && month(gift.at) === month(at)),
    teamMonthMinor: sum((gift) => gift.team === team && month(gift.at) === month(at)),
  }
}

/** A limit that an amount would pass. */
export type LimitName = 'case' | 'day' | 'month' | 'team'

/** What somebody wants to give. `reason` is owed for an amount outside of the range that was proposed. */
export type GiftAsked = Readonly<{
  person: string
  role: Role
  team: string
  amountMinor: number
  range: Range
  reason: string | null
}>

/** Allowed with what is left after it; or a second person must agree; or refused. */
export type Authority =
  | Readonly<{ kind: 'allowed'; left: Spent }>
  | Readonly<{ kind: 'four eyes'; passed: readonly LimitName[]; roles: readonly Role[] }>
  | Readonly<{ kind: 'refused'; because: 'amount-not-positive' | 'role-may-not' | 'reason-missing' | 'nobody-may' }>

/** Whether a person may give an amount now. A team without a budget has as much left as a number can hold. */
export function mayGive(asked: GiftAsked, spent: Spent, policy: AuthorityPolicy): Authority {
  const { amountMinor, role, team, range, reason } = asked
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return { kind: 'refused', because: 'amount-not-positive' }
  const limits = policy.limits[role]
  if (limits === undefined) return { kind: 'refused', because: 'role-may-not' }
  const isOutside = amountMinor < range.lowMinor || amountMinor > range.highMinor
  if (isOutside && (reason === null || reason.trim() === '')) return { kind: 'refused', because: 'reason-missing' }
  const left = leftOf(limits, policy.teamMonthMinor[team] ?? Number.MAX_SAFE_INTEGER, spent, amountMinor)
  const passed = passedOf(left)
  if (passed.length === 0) return { kind: 'allowed', left }
  const approvers = approversOf(asked, spent, policy)
  return approvers.length === 0
    ? { kind: 'refused', because: 'nobody-may' }
    : { kind: 'four eyes', passed, roles: approvers }
}

const leftOf = (limits: Limits, budgetMinor: number, spent: Spent, amountMinor: number): Spent => ({
  caseMinor: limits.caseMinor - spent.caseMinor - amountMinor,
  dayMinor: limits.dayMinor - spent.dayMinor - amountMinor,
  monthMinor: limits.monthMinor - spent.monthMinor - amountMinor,
  teamMonthMinor: budgetMinor - spent.teamMonthMinor - amountMinor,
})

function passedOf(left: Spent): readonly LimitName[] {
  const parts: readonly (readonly [LimitName, number])[] = [
    ['case', left.caseMinor],
    ['day', left.dayMinor],
    ['month', left.monthMinor],
    ['team', left.teamMonthMinor],
  ]
  return parts.filter(([, minor]) => minor < 0).map(([name]) => name)
}

// Who may agree has the permission, and a larger limit for a case that the amount stays within. The budget of the team, and the days and
// months of the one who asks, are what a second person is asked about.
function approversOf(
  { role, amountMinor }: GiftAsked,
  { caseMinor }: Spent,
  { limits }: AuthorityPolicy,
): readonly Role[] {
  const own = limits[role]?.caseMinor ?? 0
  return Object.entries(limits).flatMap(([name, { caseMinor: limit }]) => {
    const found = roleNamed(name)
    const isAbove = limit > own && limit >= caseMinor + amountMinor
    return found !== undefined && isAbove && roleMay(found, 'remedies.approve') ? [found] : []
  })
}

/** The answer to a second person who agrees. */
export type Approval =
  | Readonly<{ kind: 'approved' }>
  | Readonly<{ kind: 'refused'; because: 'same-person' | 'role-may-not' | 'not-needed' }>

/** Whether a second person may agree to a gift: somebody else, in a role that the answer to the first named. */
export function mayApprove(
  asked: GiftAsked,
  approver: Readonly<{ person: string; role: Role }>,
  spent: Spent,
  policy: AuthorityPolicy,
): Approval {
  const answer = mayGive(asked, spent, policy)
  if (answer.kind === 'allowed') return { kind: 'refused', because: 'not-needed' }
  if (approver.person === asked.person) return { kind: 'refused', because: 'same-person' }
  const isAbove = answer.kind === 'four eyes' && answer.roles.includes(approver.role)
  return isAbove ? { kind: 'approved' } : { kind: 'refused', because: 'role-may-not' }
}
