/** The entries of failures and of what was missed or done in putting them right. */
import type { Facts } from '../relationship/facts.ts'
import { type Failure, type Mark, newestFailure, secondWithin90Days } from '../relationship/failure.ts'
import {
  acknowledgeDueAt,
  endedAt,
  fixDueAt,
  followUpWindow,
  type Misses,
  misses,
  type Step,
} from '../relationship/recovery.ts'
import { DAY_MS, type Instant, instant } from '../time/instant.ts'
import { goodwillIndex, type LeaveModel, marketOf } from './leave-model.ts'
import { type CovariateName, cap, severityWeight, windowDays } from './leave-priors.ts'
import { type Draft, type EntryFacts, type Fades, underCap } from './ledger-draft.ts'

/** Drafts of all failures at an instant. */
export function failureDrafts(facts: Facts, model: LeaveModel, now: Instant): readonly Draft[] {
  const felt = facts.failures.map((failure) => feltOf(failure, model, now))
  const perSeverity = (['minor', 'major', 'critical'] as const).flatMap((severity) =>
    underCap(
      felt.filter(({ failure }) => failure.severity === severity).map((one) => itself(one, facts, now)),
      cap[covariateOf[severity]],
    ),
  )
  const apologies = felt.flatMap((one) => furtherApologies(one, now))
  return [
    ...perSeverity,
    ...underCap(apologies, cap.apology_repeat),
    ...felt.flatMap((one) => steps(one, now)),
    ...felt.flatMap((one) => interactions(one, facts, model)),
    ...repeats(facts, now),
  ]
}

const covariateOf = { minor: 'fail_minor', major: 'fail_major', critical: 'fail_critical' } as const

/** A failure as it is felt now: d when posted is 1, now it is `decay`. */
type Felt = Readonly<{
  failure: Failure
  end: Instant | null
  decay: number
  weight: number
  fades: Fades
}>

function feltOf(failure: Failure, model: LeaveModel, now: Instant): Felt {
  const end = endedAt(failure, now)
  return {
    failure,
    end,
    decay: end === null ? 1 : Math.exp((-Math.LN2 * (now - end)) / (DAY_MS * model.halfLifeDays)),
    weight: severityWeight[failure.severity],
    fades: end === null ? { kind: 'while-open' } : { kind: 'half-life', days: model.halfLifeDays },
  }
}

function itself({ failure, end, decay, fades }: Felt, { promises, promisesBroken }: Facts, now: Instant): Draft {
  return {
    event: failure.event,
    covariate: covariateOf[failure.severity],
    group: failure.failure,
    at: failure.at,
    posted: 1,
    now: decay,
    facts: {
      severity: failure.severity,
      category: failure.category,
      lossMinor: failure.lossMinor,
      open: end === null,
      promised:
        promisesBroken.some(({ at }) => at === failure.at) ||
        promises.some(({ due }) => due === failure.at && due < now),
      fixed: failure.fixed !== null,
      confirmed: failure.confirmed !== null,
      days: Math.round(((failure.fixed?.at ?? now) - failure.at) / DAY_MS),
    },
    fades,
  }
}

function weighted(felt: Felt, covariate: CovariateName, mark: Mark, units: number, facts: EntryFacts): Draft {
  const posted = units * felt.weight
  const { failure, decay, fades } = felt
  return {
    event: mark.event,
    covariate,
    group: failure.failure,
    at: mark.at,
    posted,
    now: posted * decay,
    facts,
    // A step that was done is owed: worth nothing, and nothing to fade.
    fades: posted === 0 ? { kind: 'none' } : fades,
  }
}

function steps(felt: Felt, now: Instant): readonly Draft[] {
  const missed = misses(felt.failure, now)
  const drafts: Draft[] = []
  for (const step of stepNames) {
    const units = missed[step]
    if (units !== 0) {
      drafts.push(weighted(felt, step, missedMark(step, felt, now), units, missedFacts(step, felt, missed, now)))
      continue
    }
    const done = doneMark(step, felt.failure)
    if (done !== null) drafts.push(weighted(felt, step, done, 0, { done: true }))
  }
  if (felt.failure.disrespect) drafts.push(weighted(felt, 'disrespect', felt.failure, 1, {}))
  return drafts
}

const stepNames = [
  'miss_fix',
  'unconfirmed',
  'miss_ack',
  'miss_owner',
  'miss_apology',
  'lateness',
  'comp_short',
  'comp_over',
  'miss_followup',
] as const satisfies readonly Step[]

// The event behind a miss is the one that made it so; where only time did, it is the failure, at the time it was due.
function missedMark(step: Step, { failure, end }: Felt, now: Instant): Mark {
  const at = (moment: Instant): Mark => ({ at: instant(Math.min(moment, now)), event: failure.event })
  const due = fixDueAt(failure)
  switch (step) {
    case 'miss_fix':
    case 'unconfirmed':
    case 'miss_apology':
    case 'comp_short':
      return failure.closed !== null && end !== null && end <= due ? failure.closed : at(end === null ? due : end)
    case 'miss_ack':
      return failure.acknowledged ?? at(acknowledgeDueAt(failure))
    case 'miss_owner':
      return failure.secondOwner ?? failure.repeatedStory ?? failure
    case 'lateness':
      return failure.fixed ?? at(due)
    case 'comp_over':
      return failure.compensated ?? failure
    case 'miss_followup':
      return at(followUpWindow(failure, now)?.due ?? now)
  }
}

function missedFacts(step: Step, { failure, end }: Felt, missed: Misses, now: Instant): EntryFacts {
  switch (step) {
    case 'miss_fix':
      return { closed: end !== null, promised: failure.fixBy !== null, due: fixDueAt(failure) }
    case 'miss_ack':
      return { late: failure.acknowledged !== null }
    case 'miss_owner':
      return { story: failure.repeatedStory !== null && failure.secondOwner === null }
    case 'lateness':
      return { times: Math.round(2 ** missed.lateness * 10) / 10, fixed: failure.fixed !== null }
    case 'comp_short':
    case 'comp_over': {
      const loss = failure.lossMinor ?? 0
      return { percent: loss === 0 ? 0 : Math.round((100 * failure.compensatedMinor) / loss) }
    }
    case 'unconfirmed':
    case 'miss_apology':
      return { open: end === null }
    case 'miss_followup':
      return { days: end === null ? 0 : Math.floor((now - end) / DAY_MS) }
  }
}

function doneMark(step: Step, failure: Failure): Mark | null {
  switch (step) {
    case 'miss_ack':
      return failure.acknowledged
    case 'miss_apology':
      return failure.apologised
    case 'miss_fix':
      return failure.fixed
    case 'unconfirmed':
      return failure.confirmed
    case 'comp_short':
      return failure.compensated
    case 'miss_followup':
      return failure.followedUp
    default:
      return null
  }
}

function furtherApologies({ failure }: Felt, now: Instant): readonly Draft[] {
  return failure.furtherApologies
    .filter(({ at }) => now - at < windowDays.apology_repeat * DAY_MS)
    .map((mark) => ({
      ...mark,
      covariate: 'apology_repeat',
      group: failure.failure,
      posted: 1,
      now: 1,
      facts: {},
      fades: { kind: 'until', until: instant(mark.at + windowDays.apology_repeat * DAY_MS) },
    }))
}

function interactions(felt: Felt, facts: Facts, model: LeaveModel): readonly Draft[] {
  const { failure } = felt
  const market = marketOf(model, facts.product)
  const index = goodwillIndex(model, failure.monthsBefore, failure.purchasesBefore, failure.positivesBefore)
  const drafts: Draft[] = []
  if (index !== 0) drafts.push(weighted(felt, 'goodwill_x_W', failure, index, { strong: index > 0 }))
  const { substitutability, competitiveness } = market
  if (substitutability !== 0) {
    drafts.push(weighted(felt, 'substitut_x_W', failure, substitutability, { easy: substitutability > 0 }))
  }
  if (competitiveness !== 0) {
    drafts.push(weighted(felt, 'compet_x_W', failure, competitiveness, { many: competitiveness > 0 }))
  }
  return drafts
}

function repeats(facts: Facts, now: Instant): readonly Draft[] {
  const newest = newestFailure(facts)
  if (newest === null) return []
  const drafts: Draft[] = []
  const before = secondWithin90Days(facts)
  const secondUntil = instant(newest.at + windowDays.second_fail_90d * DAY_MS)
  if (before !== null && now < secondUntil) {
    drafts.push(repeat('second_fail_90d', newest, secondUntil, { days: Math.round((newest.at - before.at) / DAY_MS) }))
  }
  const yearMs = windowDays.same_cause_repeat * DAY_MS
  const since = newest.at - yearMs
  const same = facts.failures.slice(0, -1).filter((one) => one.at >= since && one.rootCause === newest.rootCause)
  if (newest.rootCause !== null && same.length > 0 && now < newest.at + yearMs) {
    drafts.push(repeat('same_cause_repeat', newest, instant(newest.at + yearMs), { cause: newest.rootCause }))
  }
  return drafts
}

const repeat = (covariate: CovariateName, failure: Failure, until: Instant, facts: EntryFacts): Draft => ({
  event: failure.event,
  covariate,
  group: failure.failure,
  at: failure.at,
  posted: 1,
  now: 1,
  facts,
  fades: { kind: 'until', until },
})
