import { contactRules } from '../core/contact/may-contact.ts'
import { moments } from '../core/gestures/told-moment.ts'
import type { Speech } from './words.ts'

/** Why no gesture is made, in words: a rule of the contact policy, or one of gestures. */
export function whyNoGesture({ w }: Pick<Speech, 'w'>, because: string): string {
  const reasons: Readonly<Record<string, string>> = w.gestures.reasons
  const rule = contactRules.find((one) => one === because)
  return reasons[because] ?? (rule === undefined ? because : w.policy.rule[rule].name)
}

/** The moment for which something was given, or that a person gave it. */
export function momentName({ w }: Pick<Speech, 'w'>, rule: string): string {
  const moment = moments.find((one) => one === rule)
  if (moment !== undefined) return w.gestures.moments[moment]
  return rule === 'hand' ? w.gestures.hand : w.gestures.erased
}
