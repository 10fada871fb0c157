import type { Standards } from '../core/cases/case-place.ts'
import { type CaseRules, casePolicyOf, caseRulesAtFirst, caseRulesRead, regimesOf } from '../core/cases/case-rules.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy } from '../store/policies.ts'
import { readSettings } from '../store/settings.ts'

/** The firm's rules on cases with all that follows from them. Version 0 are the rules at first. */
export type CaseStandards = Standards & Readonly<{ rules: CaseRules; version: number; timeZone: string }>

// Calendars keep what was computed of them: made anew for each question they would be computed anew.
let kept: Readonly<{ key: string; standards: CaseStandards }> | undefined

/** The rules in force. */
export async function readCaseStandards(tx: Tx): Promise<CaseStandards> {
  const [live, { timeZone }] = await Promise.all([findLivePolicy<CaseRules>(tx, 'case'), readSettings(tx)])
  const key = `${live?.version ?? 0} ${live?.createdAt.getTime() ?? 0} ${timeZone}`
  if (kept?.key === key) return kept.standards
  const rules = live === undefined ? caseRulesAtFirst : caseRulesRead(live.body)
  const standards = {
    rules,
    version: live?.version ?? 0,
    timeZone,
    policy: casePolicyOf(rules, timeZone),
    regimes: regimesOf(rules, timeZone),
  }
  kept = { key, standards }
  return standards
}
