import { type AskingRules, askingRulesAtFirst } from '../core/listening/asking-rules.ts'
import type { Tx } from '../store/db.ts'
import { findLivePolicy } from '../store/policies.ts'

/** The firm's live rules on whom it asks by itself. Version 0 are the rules at first. */
export async function readAskingRules(tx: Tx): Promise<Readonly<{ rules: AskingRules; version: number }>> {
  const live = await findLivePolicy<AskingRules>(tx, 'asking')
  return live === undefined ? { rules: askingRulesAtFirst, version: 0 } : { rules: live.body, version: live.version }
}
