/** Asking customers for advice: whom a round invites, in equal parts from those who are content and those who are not. */

import type { Relationship } from '../relationship/relationship.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'

/** What a round invites to. */
export const inputKinds = ['panel', 'interview', 'visit'] as const
/** What a round invites to. */
export type InputKind = (typeof inputKinds)[number]

/** Whom a round invites, by how things stand: fans alone would only praise (trap T10). */
export const inputGroups = ['let-down', 'silent', 'content', 'other'] as const
/** One of the groups. */
export type InputGroup = (typeof inputGroups)[number]

/** How many are invited from each group. */
export type InputQuota = Readonly<Record<InputGroup, number>>

/** Where somebody stands in a round. `given`: she took part. */
export const memberStates = ['invited', 'joined', 'declined', 'left', 'given'] as const
/** Where somebody stands in a round. */
export type MemberState = (typeof memberStates)[number]

/** What has become of an idea. */
export const ideaStates = ['new', 'considered', 'planned', 'done', 'not-done'] as const
/** What has become of an idea. */
export type IdeaState = (typeof ideaStates)[number]

/** What happened or was said longer ago says nothing about today. */
const FRESH_MS = 180 * DAY_MS
/** From here up an answer says that somebody is content. */
const CONTENT_MIN = 0.75
/** A round of more is no longer listened to. */
export const QUOTA_MAX = 500

/** The quota that is proposed: as many who were let down and who say nothing as who are content. */
export const quotaAtFirst: InputQuota = { 'let-down': 5, silent: 5, content: 5, other: 5 }

/** The group of a customer: let down lately; else asked and silent; else content by her own word; else other. */
export function inputGroupOf({ facts }: Relationship, now: Instant): InputGroup {
  const isFresh = (at: Instant) => at <= now && now - at <= FRESH_MS
  if (facts.failures.some(({ at }) => isFresh(at))) return 'let-down'
  const answers = [facts.satisfaction, facts.effort, facts.friendliness].filter(
    (one) => one !== null && isFresh(one.at),
  )
  if (answers.length === 0 && facts.invitations.some(({ at }) => isFresh(at))) return 'silent'
  return answers.some((one) => one !== null && one.score >= CONTENT_MIN) ? 'content' : 'other'
}

/** What is wrong with a quota: the field and what it must be. Null when a round may invite by it. */
export function quotaProblem(quota: InputQuota): Readonly<{ pointer: string; must: string }> | null {
  const wrong = inputGroups.find((group) => !Number.isInteger(quota[group]) || quota[group] < 0)
  if (wrong !== undefined) return { pointer: `/${wrong}`, must: 'be a whole number from 0 on' }
  const total = inputGroups.reduce((sum, group) => sum + quota[group], 0)
  if (total < 1 || total > QUOTA_MAX) return { pointer: '', must: `invite from 1 to ${QUOTA_MAX} customers in all` }
  const missing = (['let-down', 'silent'] as const).find((group) => quota[group] === 0)
  if (missing !== undefined)
    return { pointer: `/${missing}`, must: 'be 1 at least: who is content is not the only one to ask' }
  return quota.content > total / 2 ? { pointer: '/content', must: 'be half of all at most' } : null
}

/** What a customer or the firm may do in a round. */
export type MemberStep = 'join' | 'decline' | 'leave' | 'give'

const nextOf: Readonly<Record<MemberStep, Readonly<Partial<Record<MemberState, MemberState>>>>> = {
  // A no can become a yes, and a yes a no, as long as the link works.
  join: { invited: 'joined', declined: 'joined', left: 'joined' },
  decline: { invited: 'declined' },
  leave: { joined: 'left', given: 'left' },
  give: { joined: 'given' },
}

/** Where somebody stands after a step; null where it cannot be taken. */
export const memberAfter = (was: MemberState, step: MemberStep): MemberState | null => nextOf[step][was] ?? null
