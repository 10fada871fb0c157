import { contactRules } from '../../../core/contact/may-contact.ts'
import type { Speech } from '../../words.ts'

/** Why somebody was not asked, in words: a rule of the contact policy, or what stood in the way. */
export function whyNot({ w }: Pick<Speech, 'w'>, because: string): string {
  const rule = contactRules.find((one) => one === because)
  if (rule !== undefined) return w.policy.rule[rule].name
  const reasons: Readonly<Record<string, string>> = w.asking.reasons
  return reasons[because] ?? because
}
