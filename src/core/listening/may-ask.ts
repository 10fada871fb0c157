import type { ContactPolicy } from '../contact/contact-policy.ts'
import { type Circumstances, type ContactRule, mayContact } from '../contact/may-contact.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import type { AskingChannel } from './asking-rules.ts'

/** Quiet hours are waited for; what lasts longer is a no. */
const WAIT_MS_MAX = 3 * DAY_MS

/**
 * What the contact policy says of asking somebody. `because`: the strongest rule against it. `againAt`: nothing but quiet
 * hours keep us from it, and they end then.
 */
export type MayAsk = Readonly<{
  outcome: 'asked' | 'never-asked' | 'refused'
  because: ContactRule | null
  againAt: Instant | null
  rules: readonly ContactRule[]
}>

/** Asks the contact policy whether somebody may be asked now. */
export function mayAsk(
  policy: ContactPolicy,
  around: Circumstances,
  { channel, now }: Readonly<{ channel: AskingChannel; now: Instant }>,
): MayAsk {
  const question = { purpose: 'survey', channel, category: null, asked: false } as const
  const { allowed, spoke, nextAllowedAt } = mayContact(policy, around, question, now)
  const blocks = spoke.filter(({ effect }) => effect === 'blocks').map(({ rule }) => rule)
  // Only whom nothing but the lot keeps from being asked can be compared with those who were.
  const isLeftOut = blocks.every((rule) => rule === 'never-asked')
  const isQuiet = blocks[0] === 'quiet-hours' && nextAllowedAt !== null && nextAllowedAt - now <= WAIT_MS_MAX
  return {
    outcome: allowed ? 'asked' : isLeftOut ? 'never-asked' : 'refused',
    because: blocks[0] ?? null,
    againAt: isQuiet ? nextAllowedAt : null,
    rules: spoke.map(({ rule }) => rule),
  }
}
