import type { Relationship } from '../relationship/relationship.ts'
import type { Instant } from '../time/instant.ts'
import { ledger } from './goodwill.ts'
import type { LeaveModel } from './leave-model.ts'
import type { CovariateName } from './leave-priors.ts'

/** What a figure about a customer comes from, in the few words that customers are told (GDPR art. 13 to 15, trap T25). */
export const reasonThemes = [
  'let-down',
  'putting-right',
  'promises',
  'good-times',
  'buying',
  'time',
  'term',
  'contacts',
  'people',
  'answers',
  'offers',
  'public',
  'market',
] as const
/** One of them. */
export type ReasonTheme = (typeof reasonThemes)[number]

/** Something that speaks for staying or for leaving. */
export type PlainReason = Readonly<{ theme: ReasonTheme; towards: 'stay' | 'leave' }>

const REASONS_MAX = 3
/** Less than this in log-odds is nothing to tell anybody of. */
const WEIGHT_MIN = 0.02

const themeOf: Readonly<Record<CovariateName, ReasonTheme>> = {
  tenure_ln: 'time',
  in_fixed_term: 'term',
  fail_minor: 'let-down',
  fail_major: 'let-down',
  fail_critical: 'let-down',
  disrespect: 'let-down',
  second_fail_90d: 'let-down',
  same_cause_repeat: 'let-down',
  miss_fix: 'putting-right',
  unconfirmed: 'putting-right',
  miss_ack: 'putting-right',
  miss_owner: 'putting-right',
  miss_apology: 'putting-right',
  apology_repeat: 'putting-right',
  lateness: 'putting-right',
  comp_short: 'putting-right',
  comp_over: 'putting-right',
  miss_followup: 'putting-right',
  purchases_ln: 'buying',
  pos_contacts: 'good-times',
  goodwill_x_W: 'let-down',
  effort_ces: 'answers',
  contacts_extra: 'contacts',
  contacts_ge4: 'contacts',
  transfers: 'contacts',
  channel_switches: 'contacts',
  personal_share: 'people',
  substitutability: 'market',
  substitut_x_W: 'let-down',
  competitiveness: 'market',
  compet_x_W: 'let-down',
  attachment: 'answers',
  attachment_x_DD: 'putting-right',
  offers_excess: 'offers',
  proactive_pitch: 'offers',
  promise_broken: 'promises',
  promise_exceeded: 'promises',
  public_negative: 'public',
  sat_z: 'answers',
  sat_top: 'answers',
  sat_missing: 'answers',
  friendliness_z: 'answers',
}

/** The three things that weigh most in the chance to stay, the weightiest first; fewer where little weighs anything. */
export function plainReasons(state: Relationship, model: LeaveModel, at: Instant): readonly PlainReason[] {
  const { entries, statics } = ledger(state, model, at)
  const weights = new Map<ReasonTheme, number>()
  const weigh = (covariate: CovariateName, towardsStay: number) => {
    const theme = themeOf[covariate]
    weights.set(theme, (weights.get(theme) ?? 0) + towardsStay)
  }
  for (const { covariate, now } of entries) weigh(covariate, now)
  // Statics are told in log-odds to leave.
  for (const { covariate, amount } of statics) weigh(covariate, -amount)
  return [...weights]
    .filter(([, weight]) => Math.abs(weight) >= WEIGHT_MIN)
    .toSorted(([a, one], [b, other]) => Math.abs(other) - Math.abs(one) || (a < b ? -1 : 1))
    .slice(0, REASONS_MAX)
    .map(([theme, weight]) => ({ theme, towards: weight > 0 ? 'stay' : 'leave' }))
}
