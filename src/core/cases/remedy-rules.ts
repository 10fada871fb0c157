/** How the firm makes good, and who may give how much: versioned data. */

import { roles } from '../people/permissions.ts'
import type { AuthorityPolicy, Limits } from './authority.ts'
import { type RemedyPolicy, usualRemedyPolicy } from './remedy.ts'

const SHARE_MAX = 10

/** The ranges that are proposed, and the limits of roles and teams. */
export type RemedyRules = Readonly<{ remedy: RemedyPolicy; authority: AuthorityPolicy }>

/** What a firm starts with. The limits are ours: an agent may give what small orders cost, a lead ten times as much. */
export const remedyRulesAtFirst: RemedyRules = {
  remedy: usualRemedyPolicy,
  authority: {
    limits: {
      agent: { caseMinor: 5_000, dayMinor: 20_000, monthMinor: 100_000 },
      lead: { caseMinor: 50_000, dayMinor: 200_000, monthMinor: 1_000_000 },
      admin: { caseMinor: 500_000, dayMinor: 1_000_000, monthMinor: 5_000_000 },
    },
    teamMonthMinor: {},
  },
}

/** The first thing that is wrong with rules whose form is right: the path of the field and what it must be. */
export function remedyRulesProblem({
  remedy,
  authority,
}: RemedyRules): Readonly<{ pointer: string; must: string }> | null {
  for (const severity of ['minor', 'major', 'critical'] as const) {
    const { low, high } = remedy.shareOfLoss[severity]
    if (!(low >= 0 && low <= high && high <= SHARE_MAX))
      return { pointer: `/remedy/shareOfLoss/${severity}`, must: `rise from 0 to ${SHARE_MAX} at most` }
    const { lowMinor, highMinor } = remedy.withoutLoss[severity]
    if (!(isMinor(lowMinor) && isMinor(highMinor) && lowMinor <= highMinor))
      return { pointer: `/remedy/withoutLoss/${severity}`, must: 'be whole minor units that rise' }
  }
  if (!isMinor(remedy.callAboveMinor)) return { pointer: '/remedy/callAboveMinor', must: 'be whole minor units' }
  const role = roles.find((one) => !isFine(authority.limits[one]))
  if (role !== undefined)
    return {
      pointer: `/authority/limits/${role}`,
      must: 'be whole minor units, of a case no more than of a day, of a day no more than of a month',
    }
  const team = Object.entries(authority.teamMonthMinor).find(([, minor]) => !isMinor(minor))
  return team === undefined ? null : { pointer: `/authority/teamMonthMinor/${team[0]}`, must: 'be whole minor units' }
}

const isMinor = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const isFine = (limits: Limits | undefined): boolean =>
  limits === undefined ||
  (isMinor(limits.caseMinor) &&
    isMinor(limits.dayMinor) &&
    isMinor(limits.monthMinor) &&
    limits.caseMinor <= limits.dayMinor &&
    limits.dayMinor <= limits.monthMinor)
