import type { GestureRules } from '../core/gestures/gesture-rules.ts'
import { moments } from '../core/gestures/told-moment.ts'
import { majorOf } from './numbers.ts'
import type { TeamNames } from './rules-told.ts'
import type { Speech } from './words.ts'

type Telling = Readonly<{ speech: Speech; teams: TeamNames; currency: string }>

/** Every rule on gestures by its name in words, so that two sets can be compared. */
export function tellGestureRules(
  policy: GestureRules,
  { speech, teams, currency }: Telling,
): ReadonlyMap<string, string> {
  const { w } = speech
  const g = w.gestures
  const number = (value: number) => (Number.isFinite(value) ? `${value}` : w.policy.notRight)
  // To the cent, unlike money elsewhere: an amount that was changed by cents must be seen to have changed.
  const amount = (minor: number) => `${number(majorOf(minor, currency))} ${currency}`
  const told = new Map<string, string>()
  for (const moment of moments) {
    const { on, gesture, afterDays, costMinor, team } = policy.rules[moment]
    const name = g.moments[moment]
    told.set(name, on ? g.on : g.off)
    told.set(g.setting(name, g.gesture), g.kinds[gesture])
    told.set(g.setting(name, g.afterDays), number(afterDays))
    told.set(g.setting(name, g.costOfOne), amount(costMinor))
    told.set(g.setting(name, g.team), team === null ? g.noTeam : (teams[team] ?? g.unknownTeam))
  }
  told.set(g.restMonths, number(policy.restMonths))
  told.set(g.holdOutShare, `${number(Math.round(policy.holdOutShare * 10_000) / 100)} %`)
  told.set(g.firmMonthMinor, amount(policy.firmMonthMinor))
  told.set(g.mostMinor, amount(policy.mostMinor))
  told.set(g.voucherMonths, number(policy.voucherMonths))
  for (const [team, minor] of Object.entries(policy.teamMonthMinor))
    told.set(g.setting(g.budgets, teams[team] ?? `${g.unknownTeam} (${team})`), amount(minor))
  return told
}
