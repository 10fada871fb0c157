/** What skipping or delaying a step of a recovery costs, by the leave model: the same customer with and without it. */
import type { CaseStep } from '../cases/case-clocks.ts'
import type { Facts } from '../relationship/facts.ts'
import { type Failure, isNamed } from '../relationship/failure.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { type Instant, instant } from '../time/instant.ts'
import {
  type Estimate,
  expectedMargin,
  leftAlonePath,
  type Margins,
  stayGap,
  VALUE_MONTHS,
  valueGap,
} from './forecast.ts'
import { ifPutRight, withFacts } from './if-left-alone.ts'
import type { LeaveModel } from './leave-model.ts'

/** A chance within a year. */
const MONTHS = 12

/**
 * What is lost: chance to stay 12 months (0 to 1), and margin of 36 months in minor units, each with its 80 % interval.
 * By the model alone: an association where nothing was randomised, and mostly a prior until the firm has data.
 */
export type StepCost = Readonly<{
  step: Exclude<CaseStep, 'agree remedy' | 'close'>
  how: 'skipped' | 'late'
  stay: Estimate
  valueMinor: Estimate
}>

/** The cost of each step that is still owed to a failure; empty when either is gone, or nothing may be foretold. */
export function stepCosts(
  state: Relationship,
  name: string,
  model: LeaveModel,
  margins: Margins,
  at: Instant,
): readonly StepCost[] {
  const { facts, at: now } = readable(state, at)
  const failure = facts.failures.find((one) => isNamed(one, name))
  if (failure === undefined || state.exit.leftAt !== null || state.profilingRefusedAt !== null) return []
  const done = ifPutRight(state, at)
  const pathOf = (one: Relationship) => leftAlonePath(one, model, at, VALUE_MONTHS)
  const [best, monthly] = [pathOf(done), expectedMargin(state, model, margins, at)]
  return missesOf(failure, now).map(({ step, how, change, isFailed }) => {
    const worse = pathOf(withFacts(done, (was) => without(was, name, change, isFailed === true ? now : null)))
    return { step, how, stay: stayGap(best, worse, MONTHS), valueMinor: valueGap(best, worse, monthly, margins) }
  })
}

type Missed = Readonly<{
  step: StepCost['step']
  how: StepCost['how']
  change: Partial<Failure>
  /** Missing it makes the recovery one that failed. */
  isFailed?: boolean
}>

function missesOf(failure: Failure, at: Instant): readonly Missed[] {
  const mark = { at, event: '' }
  const owed: readonly (readonly [isOwed: boolean, missed: Missed])[] = [
    [failure.acknowledged === null, { step: 'acknowledge', how: 'skipped', change: { acknowledged: null } }],
    // One owner to the end: handing over is what the model counts.
    [failure.secondOwner === null, { step: 'own', how: 'skipped', change: { secondOwner: mark } }],
    [
      failure.apologised === null && failure.atFault === 'firm',
      { step: 'apologise', how: 'skipped', change: { apologised: null } },
    ],
    [
      failure.fixed === null,
      { step: 'fix', how: 'skipped', change: { fixed: null, failedRecovery: mark }, isFailed: true },
    ],
    [failure.fixed === null && failure.fixBy !== null, { step: 'fix', how: 'late', change: twiceAsLong(failure) }],
    [
      failure.compensatedMinor < (failure.lossMinor ?? 0),
      { step: 'compensate', how: 'skipped', change: { compensatedMinor: failure.compensatedMinor } },
    ],
    [failure.confirmed === null, { step: 'confirm', how: 'skipped', change: { confirmed: null } }],
    [failure.followedUp === null, { step: 'follow up', how: 'skipped', change: { followedUp: null } }],
  ]
  return owed.flatMap(([isOwed, missed]) => (isOwed ? [missed] : []))
}

// Late is measured in doublings of the promised time: the cost shown is that of one.
const twiceAsLong = ({ at, fixBy }: Failure): Partial<Failure> =>
  fixBy === null ? {} : { fixed: { at: instant(at + 2 * Math.max(0, fixBy - at)), event: '' } }

function without(was: Facts, name: string, change: Partial<Failure>, failedAt: Instant | null): Facts {
  const failures = was.failures.map((one) => (isNamed(one, name) ? { ...one, ...change } : one))
  if (failedAt === null) return { ...was, failures }
  return { ...was, failures, doubleDeviation: { at: failedAt, event: '', failure: name } }
}
