import { surveyScales } from '../listening/survey.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { appended } from './bounded.ts'
import type { CustomerEvent } from './event.ts'
import type { Answer, Facts } from './facts.ts'
import { recoveryRated } from './failure.ts'
import { isOpen } from './recovery.ts'

/** The covariate is capped at 5, so the newest 5 tell all that can count. */
const POSITIVES_MAX = 5
const INVITATIONS_MAX = 4
/** From here up an answer says that a contact went well: 4 of 5, 6 of 7, 8 of 10. */
const WELL_RATED = 0.75
/** An attachment score counts only when no failure was near. */
const CLEAN_MS = 180 * DAY_MS

type Answered = Extract<CustomerEvent, { type: 'survey.answered' }>

/** The facts after the customer spoke, or was asked to. */
export function foldVoice(was: Facts, event: CustomerEvent): Facts {
  switch (event.type) {
    case 'survey.invited': {
      const { survey, kind } = event.data
      const invitation = { survey, kind, at: event.at, event: event.id }
      return {
        ...was,
        invitations: appended(was.invitations, invitation, INVITATIONS_MAX),
        lastInvitedAt: event.at,
      }
    }
    case 'survey.answered':
      return answered(was, event)
    case 'post.published':
      return posted(was, event)
    case 'praise.given':
      return praisedBy(was, { at: event.at, event: event.id, contact: event.data.contact ?? null, how: 'praise' })
    default:
      return was
  }
}

/** An answer on 0 to 1, as its scale goes; null on a scale that has no length. */
export function shareOfScale({ kind, score, min: from, max: to }: Answered['data']): number | null {
  const min = from ?? surveyScales[kind][0]
  const max = to ?? surveyScales[kind][1]
  return max <= min ? null : Math.min(1, Math.max(0, (score - min) / (max - min)))
}

function answered(was: Facts, event: Answered): Facts {
  const { survey, kind, failure, contact } = event.data
  const max = event.data.max ?? surveyScales[kind][1]
  // The newest invitation of the kind is the one that is answered, where the survey carries another name.
  const exact = was.invitations.findIndex((one) => one.survey === survey)
  const index = exact >= 0 ? exact : was.invitations.findLastIndex((one) => one.kind === kind)
  const heard = index < 0 ? was : { ...was, invitations: was.invitations.toSpliced(index, 1) }
  const score = shareOfScale(event.data)
  if (score === null) return heard
  const answer: Answer = { at: event.at, event: event.id, score, given: event.data.score, max, kind }
  switch (kind) {
    case 'csat':
      return praised({ ...heard, satisfaction: answer }, answer, contact ?? null)
    case 'nps':
      return { ...heard, satisfaction: answer }
    case 'ces':
      return praised({ ...heard, effort: answer }, answer, contact ?? null)
    case 'friendliness':
      return praised({ ...heard, friendliness: answer }, answer, contact ?? null)
    case 'attachment':
      return isClean(was, event.at) ? { ...heard, attachment: answer } : heard
    case 'recovery':
      return failure === undefined ? heard : recoveryRated(heard, failure, score, { at: event.at, event: event.id })
  }
}

const isClean = (facts: Facts, at: Instant) => !facts.failures.some((one) => isOpen(one, at) || one.at > at - CLEAN_MS)

function praised(was: Facts, { score, at, event, kind, given, max }: Answer, contact: string | null): Facts {
  return score < WELL_RATED ? was : praisedBy(was, { at, event, contact, how: kind, given, max })
}

type Praise = Omit<Facts['positives'][number], 'given' | 'max'> & Readonly<{ given?: number; max?: number }>

// One contact praised in two ways is one positive contact (trap T30).
function praisedBy(was: Facts, praise: Praise): Facts {
  const { contact } = praise
  if (contact !== null && was.positives.some((one) => one.contact === contact)) return was
  return { ...was, positives: appended(was.positives, { given: 0, max: 0, ...praise }, POSITIVES_MAX) }
}

function posted(was: Facts, event: Extract<CustomerEvent, { type: 'post.published' }>): Facts {
  const { negative, linkedBy } = event.data
  // Only what the customer linked himself is his voice; a guess of the firm is not (traps T27, T33).
  if (linkedBy !== 'customer' && linkedBy !== 'reference') return was
  if (negative) return { ...was, publicNegative: { at: event.at, event: event.id } }
  return praisedBy(was, { at: event.at, event: event.id, contact: null, how: 'post' })
}
