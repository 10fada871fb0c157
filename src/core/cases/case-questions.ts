/** The two questions that a case asks its customer by itself: is it put right, and does it hold. */
import { assert } from '../assert.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { due } from '../time/working-time.ts'
import type { CasePolicy } from './case-clocks.ts'
import { isDoubleDeviation, isOwedMoney, type RecoveryCase } from './recovery-case.ts'

/** Share of the time for the confirmation after which it is asked for: there is time left for the answer. */
const ASK_SHARE = 0.25
const FOLLOW_UP_FROM_DAYS = 3
const FOLLOW_UP_TO_DAYS = 14

/** Which question. */
export const caseQuestions = ['confirm', 'follow up'] as const
/** One of the two. */
export type CaseQuestion = (typeof caseQuestions)[number]

/** A question with the time in which it is asked; `to` is null where nothing ends it. */
export type QuestionTime = Readonly<{ question: CaseQuestion; from: Instant; to: Instant | null }>

/**
 * The question that this case asks next, in working hours; null when none is owed. After a recovery that failed nothing
 * is asked by itself: people speak to people then.
 */
export function nextQuestion(one: RecoveryCase, policy: CasePolicy): QuestionTime | null {
  if (isDoubleDeviation(one)) return null
  const { round } = one
  if (round.closedAt !== null) {
    if (round.followedUpAt !== null) return null
    const from = atWork(policy, instant(round.closedAt + FOLLOW_UP_FROM_DAYS * DAY_MS), 0)
    return { question: 'follow up', from, to: instant(round.closedAt + FOLLOW_UP_TO_DAYS * DAY_MS) }
  }
  if (round.fixedAt === null || round.confirmedAt !== null || isOwedMoney(round)) return null
  const since = instant(Math.max(round.fixedAt, round.compensatedAt ?? round.fixedAt))
  const minutes = Math.round(policy.minutes[one.severity].confirm * ASK_SHARE)
  return { question: 'confirm', from: atWork(policy, since, minutes), to: null }
}

/** The question that is to be asked now; null when none is. */
export function questionDue(one: RecoveryCase, policy: CasePolicy, now: Instant): CaseQuestion | null {
  const next = nextQuestion(one, policy)
  if (next === null || next.from > now) return null
  return next.to !== null && next.to <= now ? null : next.question
}

function atWork({ calendar }: CasePolicy, start: Instant, minutes: number): Instant {
  const found = due(calendar, start, minutes)
  assert(found.kind === 'due', 'the calendar of a policy was checked when it was saved')
  return found.at
}
