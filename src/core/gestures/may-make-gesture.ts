import { rng } from '../../stats/rng.ts'
import type { ContactPolicy } from '../contact/contact-policy.ts'
import { type Circumstances, type ContactRule, mayContact } from '../contact/may-contact.ts'
import { isNamed } from '../relationship/failure.ts'
import { isOpen } from '../relationship/recovery.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { channelOfGesture, type GestureKind } from './gesture-rules.ts'

/** Quiet hours and caps that end so soon are waited for; later the moment is over. */
const WAIT_MS_MAX = 2 * DAY_MS

/** Why somebody gets no gesture beside the rules of the contact policy. */
export const gestureBars = [
  'rule-off',
  'not-so',
  'profiling',
  'leaving',
  'other-failure',
  'rest',
  'no-way',
  'budget',
  'team-budget',
] as const
/** Why somebody gets no gesture. */
export type GestureBar = (typeof gestureBars)[number] | ContactRule

/** What somebody would be given. `about`: the failure that it is about, where a person makes it. */
export type GestureWish = Readonly<{ gesture: GestureKind; byHand: boolean; about: string | null; now: Instant }>

/** Whether the person allows a gesture now: the strongest reason against it, and when it may be asked again. */
export type MayMake = Readonly<{ because: GestureBar | null; againAt: Instant | null }>

/**
 * Whether a gesture may be made to somebody as things stand: never after an exit notice, never while something is open
 * that it is not about, and never by rule to somebody who objects to being profiled. Everything else the contact policy
 * says; to it a gesture is a reward.
 */
export function mayMakeGesture(policy: ContactPolicy, around: Circumstances, wish: GestureWish): MayMake {
  const { exit, facts, profilingRefusedAt, person } = around.customer
  const bar = (because: GestureBar): MayMake => ({ because, againAt: null })
  if (person.erased) return bar('erased')
  if (exit.requestedAt !== null || exit.leftAt !== null) return bar('leaving')
  if (person.bereavedAt !== null) return bar('bereavement')
  if (!wish.byHand && profilingRefusedAt !== null) return bar('profiling')
  const open = facts.failures.filter((one) => one.at <= wish.now && isOpen(one, wish.now))
  const { about } = wish
  if (about !== null && (open.length === 0 || !open.every((one) => isNamed(one, about)))) return bar('other-failure')
  // What is about an open failure belongs to putting it right, as a mail of its case does.
  const purpose = about === null ? 'reward' : 'service'
  const question = { purpose, channel: channelOfGesture[wish.gesture], category: null, asked: false } as const
  const { spoke, nextAllowedAt } = mayContact(policy, around, question, wish.now)
  const blocks = spoke.filter(({ effect }) => effect === 'blocks').map(({ rule }) => rule)
  const passes = blocks.length > 0 && blocks.every((rule) => rule === 'quiet-hours' || rule === 'cap')
  const isSoon = passes && nextAllowedAt !== null && nextAllowedAt - wish.now <= WAIT_MS_MAX
  return { because: blocks[0] ?? null, againAt: isSoon ? nextAllowedAt : null }
}

/** Whether the lot leaves a customer out of gestures: the same answer for the same customer and share always. */
export const isHeldOut = (
  { holdOutKey, customer }: Pick<Circumstances, 'holdOutKey' | 'customer'>,
  share: number,
): boolean => rng(holdOutKey).split('gestures').split(customer.customer).uniform() < share
