/**
 * Which remedy to propose for a failure. The range follows documented loss and severity by a scale that may be public:
 * like cases have like ranges, and neither audience nor tone is an input (trap T21). Within it the expected value may
 * raise the proposal above the floor, and never lowers it. A person decides, with the customer.
 */

import { expectedMargin, leftAlonePath, type Margins, stayOn, VALUE_MONTHS, valueOn } from '../goodwill/forecast.ts'
import { ifPutRight, withFacts } from '../goodwill/if-left-alone.ts'
import type { LeaveModel } from '../goodwill/leave-model.ts'
import { hasDoubleDeviation } from '../goodwill/score.ts'
import { type Failure, isNamed, type Severity } from '../relationship/failure.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import type { Instant } from '../time/instant.ts'

const MONTHS = 12
/** Minor units. */
export type Range = Readonly<{ lowMinor: number; highMinor: number }>

/** How the firm makes good: versioned data. Shares are of the documented loss; amounts where none was documented. */
export type RemedyPolicy = Readonly<{
  shareOfLoss: Readonly<Record<Severity, Readonly<{ low: number; high: number }>>>
  withoutLoss: Readonly<Record<Severity, Range>>
  /** From so much at stake on, a person calls. */
  callAboveMinor: number
}>

/** The policy to start with: the loss in full, and up to a half more when it was bad. The amounts are ours. */
export const usualRemedyPolicy: RemedyPolicy = {
  shareOfLoss: { minor: { low: 1, high: 1 }, major: { low: 1, high: 1.2 }, critical: { low: 1, high: 1.5 } },
  withoutLoss: {
    minor: { lowMinor: 0, highMinor: 500 },
    major: { lowMinor: 500, highMinor: 1_500 },
    critical: { lowMinor: 1_500, highMinor: 5_000 },
  },
  callAboveMinor: 50_000,
}

/** The range for a failure: nothing where the customer was at fault. */
export function rangeFor(
  { severity, lossMinor, atFault }: Pick<Failure, 'severity' | 'lossMinor' | 'atFault'>,
  policy: RemedyPolicy,
): Range {
  if (atFault === 'customer') return { lowMinor: 0, highMinor: 0 }
  if (lossMinor === null || lossMinor === 0) return policy.withoutLoss[severity]
  const { low, high } = policy.shareOfLoss[severity]
  return { lowMinor: Math.round(lossMinor * low), highMinor: Math.round(lossMinor * high) }
}

// What was given before is part of what the scale allows.
const lessPaid = ({ lowMinor, highMinor }: Range, paidMinor: number): Range => ({
  lowMinor: Math.max(0, lowMinor - paidMinor),
  highMinor: Math.max(0, highMinor - paidMinor),
})

/** Harm in public that the firm expects a good recovery to avoid; only if the firm entered one. */
export type Harm = Readonly<{ perActMinor: number; chanceAvoided: number }>

/** What an amount is worth, part by part: (stayPutRight - stayLeftAlone) x valueMinor + harmMinor - costMinor. */
export type Arithmetic = Readonly<{
  amountMinor: number
  /** Chances to stay 12 months. */
  stayLeftAlone: number
  stayPutRight: number
  /** Margin of 36 months expected of the customer if put right: it counts that he may leave all the same. */
  valueMinor: number
  gainMinor: number
  harmMinor: number
  costMinor: number
  expectedMinor: number
}>

/** What is asked: `state` of the customer as of `at`; `failure` one of his. */
export type RemedyQuestion = Readonly<{
  state: Relationship
  failure: string
  model: LeaveModel
  margins: Margins
  at: Instant
  policy: RemedyPolicy
  harm: Harm | null
  /** How the customer said to be reached. */
  preferredChannel: string | null
}>

/** A proposal with all that it is made of. */
export type RemedyProposal = Readonly<{
  kind: 'proposed'
  range: Range
  amountMinor: number
  /** For the ends of the range and its middle, lowest first; none where nothing may be foretold of the customer. */
  options: readonly Arithmetic[]
  channel: string
  channelBecause: 'double deviation' | 'preferred' | 'critical' | 'much at stake' | 'usual'
  urgency: 'at once' | 'today' | 'in order'
}>

/** Proposes; `unknown` when the customer has no such failure. */
export function proposeRemedy(question: RemedyQuestion): RemedyProposal | Readonly<{ kind: 'unknown' }> {
  const { state, model, margins, at, policy } = question
  const failure = readable(state, at).facts.failures.find((one) => isNamed(one, question.failure))
  if (failure === undefined) return { kind: 'unknown' }
  const range = lessPaid(rangeFor(failure, policy), failure.compensatedMinor)
  const middle = Math.round((range.lowMinor + range.highMinor) / 2)
  if (state.profilingRefusedAt !== null) return byScaleAlone(question, failure, range, middle)
  const amounts = [...new Set([range.lowMinor, middle, range.highMinor])]
  const alone = leftAlonePath(state, model, at, VALUE_MONTHS)
  const before = { stayLeftAlone: stayOn(alone, MONTHS).value, paidMinor: failure.compensatedMinor }
  const options = amounts.map((amountMinor) => arithmetic(question, amountMinor, before))
  // The first of equals: more money must be worth more.
  const best = options.reduce((one, other) => (other.expectedMinor > one.expectedMinor ? other : one))
  const stake = Math.max(0, best.valueMinor - valueOn(alone, expectedMargin(state, model, margins, at), margins).value)
  return {
    kind: 'proposed',
    range,
    amountMinor: best.amountMinor,
    options,
    ...channelFor(question, failure.severity, stake),
    urgency: urgencyFor(question, failure.severity),
  }
}

// Who refuses to be profiled is offered the middle of what the scale gives everybody: nobody gets less for objecting.
const byScaleAlone = (
  question: RemedyQuestion,
  { severity }: Failure,
  range: Range,
  amountMinor: number,
): RemedyProposal => ({
  kind: 'proposed',
  range,
  amountMinor,
  options: [],
  ...channelFor(question, severity, 0),
  urgency: urgencyFor(question, severity),
})

/**
 * What one amount is worth, whoever proposes it; `unknown` when the customer has no such failure, or refuses to be
 * profiled.
 */
export function worthOf(
  question: RemedyQuestion,
  amountMinor: number,
): Readonly<{ kind: 'worth'; arithmetic: Arithmetic }> | Readonly<{ kind: 'unknown' }> {
  const { state, model, at } = question
  const failure = readable(state, at).facts.failures.find((one) => one.failure === question.failure)
  if (failure === undefined || state.profilingRefusedAt !== null) return { kind: 'unknown' }
  const alone = leftAlonePath(state, model, at, VALUE_MONTHS)
  const before = { stayLeftAlone: stayOn(alone, MONTHS).value, paidMinor: failure.compensatedMinor }
  return { kind: 'worth', arithmetic: arithmetic(question, amountMinor, before) }
}

type Before = Readonly<{ stayLeftAlone: number; paidMinor: number }>

function arithmetic(
  { state, failure, model, margins, at, harm }: RemedyQuestion,
  amountMinor: number,
  { stayLeftAlone, paidMinor }: Before,
): Arithmetic {
  // Put right in every step, with this amount in place of the whole loss. Nothing is left open, so nothing is given up.
  const given = withFacts(ifPutRight(state, at), (was) => ({
    ...was,
    failures: was.failures.map((one) =>
      isNamed(one, failure) ? { ...one, compensatedMinor: paidMinor + amountMinor } : one,
    ),
  }))
  const path = leftAlonePath(given, model, at, VALUE_MONTHS)
  const stayPutRight = stayOn(path, MONTHS).value
  const valueMinor = valueOn(path, expectedMargin(state, model, margins, at), margins).value
  const gainMinor = (stayPutRight - stayLeftAlone) * valueMinor
  const harmMinor = harm === null ? 0 : harm.chanceAvoided * harm.perActMinor
  return {
    amountMinor,
    stayLeftAlone,
    stayPutRight,
    valueMinor,
    gainMinor,
    harmMinor,
    costMinor: amountMinor,
    expectedMinor: gainMinor + harmMinor - amountMinor,
  }
}

function channelFor(
  { state, at, policy, preferredChannel }: RemedyQuestion,
  severity: Severity,
  stakeMinor: number,
): Pick<RemedyProposal, 'channel' | 'channelBecause'> {
  if (hasDoubleDeviation(state, at)) return { channel: 'phone', channelBecause: 'double deviation' }
  if (preferredChannel !== null) return { channel: preferredChannel, channelBecause: 'preferred' }
  if (severity === 'critical') return { channel: 'phone', channelBecause: 'critical' }
  if (stakeMinor >= policy.callAboveMinor) return { channel: 'phone', channelBecause: 'much at stake' }
  return { channel: 'email', channelBecause: 'usual' }
}

function urgencyFor({ state, at }: RemedyQuestion, severity: Severity): RemedyProposal['urgency'] {
  if (severity === 'critical' || hasDoubleDeviation(state, at)) return 'at once'
  return severity === 'major' ? 'today' : 'in order'
}
