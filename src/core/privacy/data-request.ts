import { assert } from '../assert.ts'
import { regimePacks } from '../cases/regime-pack.ts'
import { deadline } from '../time/deadline.ts'
import type { Instant } from '../time/instant.ts'

/**
 * What somebody asks about their own data (General Data Protection Regulation, articles 15 to 20), from the first word
 * to the answer. Times of the law are those of the pack `gdpr`; they never pause.
 */

/** A copy of everything, erasure, a correction, or a look at what is held, which the link in the mail answers already. */
export const dataRequestKinds = ['look', 'access', 'erasure', 'correction'] as const
/** One of the kinds. */
export type DataRequestKind = (typeof dataRequestKinds)[number]

/** How a request ended. */
export const dataRequestEnds = ['answered', 'refused'] as const
/** One of the ends. */
export type DataRequestEnd = (typeof dataRequestEnds)[number]

/** How far one request has come. A step that was not taken is null. */
export type DataRequest = Readonly<{
  kind: DataRequestKind
  askedAt: Instant
  /** When it was confirmed from the address that is known; before that nobody works on it. */
  confirmedAt: Instant | null
  /** When the two further months were taken, of which the customer was told with the reason. */
  extendedAt: Instant | null
  /** When the answer was decided on. A copy is made after that, by a job. */
  decidedAt: Instant | null
  endedAt: Instant | null
  end: DataRequestEnd | null
}>

/** A request that has just come in. */
export const asked = (kind: DataRequestKind, at: Instant): DataRequest => ({
  kind,
  askedAt: at,
  confirmedAt: null,
  extendedAt: null,
  decidedAt: null,
  endedAt: null,
  end: null,
})

/** A step: of the customer the first, of the firm the others; `finish` of the job that made a copy. */
export type DataRequestStep = 'confirm' | 'answer' | 'refuse' | 'extend' | 'finish'

/** The request after a step, or why not. */
export type DataRequestDecision =
  | Readonly<{ kind: 'taken'; request: DataRequest }>
  | Readonly<{ kind: 'refused'; because: 'not-confirmed' | 'taken-before' | 'too-late' }>

/** Takes a step. Confirming again changes nothing. An extension must be told within the month that it extends. */
export function decideDataRequest(
  was: DataRequest,
  step: DataRequestStep,
  { at, zone }: Readonly<{ at: Instant; zone: string }>,
): DataRequestDecision {
  const taken = (change: Partial<DataRequest>): DataRequestDecision => ({
    kind: 'taken',
    request: { ...was, ...change },
  })
  const refused = (because: 'not-confirmed' | 'taken-before' | 'too-late') => ({ kind: 'refused', because }) as const
  if (step === 'confirm') return taken({ confirmedAt: was.confirmedAt ?? at })
  if (was.confirmedAt === null) return refused('not-confirmed')
  if (was.endedAt !== null) return refused('taken-before')
  switch (step) {
    case 'answer':
      if (was.decidedAt !== null) return refused('taken-before')
      return taken(was.kind === 'access' ? { decidedAt: at } : { decidedAt: at, endedAt: at, end: 'answered' })
    case 'refuse':
      if (was.decidedAt !== null) return refused('taken-before')
      return taken({ decidedAt: at, endedAt: at, end: 'refused' })
    case 'extend':
      if (was.extendedAt !== null || was.decidedAt !== null) return refused('taken-before')
      return at >= dueAt(was, zone) ? refused('too-late') : taken({ extendedAt: at })
    case 'finish':
      return taken({ endedAt: at, end: 'answered' })
  }
}

/** By when it must be answered, counted from the day on which it came in: the earlier and safer one. */
export function dueAt({ askedAt, extendedAt }: Pick<DataRequest, 'askedAt' | 'extendedAt'>, zone: string): Instant {
  const step = extendedAt === null ? 'answer' : 'answer_extended'
  const term = regimePacks.find(({ id }) => id === 'gdpr')?.steps.find(({ id }) => id === step)?.deadline
  assert(term?.kind === 'period', 'an answer has a period')
  const { unit, n, rollover } = term
  const end = deadline({ zone }, askedAt, { unit, n, rollover })
  assert(end.kind === 'ends', 'the time for an answer ends')
  return end.at
}
