/**
 * The linear predictor of the months to come, quickly. The months are cut where covariates change
 * (`changing-months.ts`). In the first month of each part they are read by their definitions; within it tenure and
 * purchases are read anew, what fades is multiplied by powers of its half-life, and everything else stays.
 */
import { markChanges } from './changing-months.ts'
import { fillCovariates } from './covariates.ts'
import type { Facts } from './facts.ts'
import { goodwillOf, VALUE_MONTHS } from './forecast.ts'
import { givenUpAt, ifGivenUp, ifPutRight } from './if-left-alone.ts'
import { DAY_MS, type Instant, instant, MONTH_MS } from './instant.ts'
import { centreOf, type LeaveModel } from './leave-model.ts'
import { COUNT_HALF_LIFE_DAYS, type CovariateName, cap, covariateNames, position } from './leave-priors.ts'
import { type Relationship, readable } from './relationship.ts'
import { monthsSinceStart, purchasesInYear } from './reserve.ts'

/** Room for the linear predictor and its variance at the start of each month, written anew for each customer. */
export type QuickPath = Readonly<{
  mean: Float64Array
  variance: Float64Array
  /** Goodwill at the first month of what was written last. */
  readonly goodwill: number
  /** Writes `leftAlonePath`. */
  leaveAlone: (state: Relationship, at: Instant, months: number) => void
  /** Writes `repairedPath`. */
  putRight: (state: Relationship, at: Instant, months: number) => void
}>

/** These fade by the half-life of failures. */
const fadingFailures: readonly CovariateName[] = [
  ...(['fail_minor', 'fail_major', 'fail_critical', 'disrespect', 'miss_fix', 'unconfirmed', 'miss_ack'] as const),
  ...(['miss_owner', 'miss_apology', 'lateness', 'comp_short', 'comp_over', 'miss_followup', 'goodwill_x_W'] as const),
  ...(['substitut_x_W', 'compet_x_W'] as const),
]
/** These fade by the half-life of promises and public posts. */
const fadingCounts: readonly CovariateName[] = ['promise_broken', 'promise_exceeded', 'public_negative']
/** These move by the clock. */
const moving: readonly CovariateName[] = ['tenure_ln', 'purchases_ln']
/** A sum that is cut off fades only below its cut: as long as it stands there, every month is read by its definition. */
const capped = ['fail_minor', 'fail_major', 'fail_critical', 'promise_broken', 'promise_exceeded'] as const

const placesOf = (names: readonly CovariateName[]) => Uint8Array.from(names, (name) => position[name])
const unsteady = new Set([...fadingFailures, ...fadingCounts, ...moving])
const STEADY = placesOf(covariateNames.filter((name) => !unsteady.has(name)))
const FAILURES = placesOf(fadingFailures)
const COUNTS = placesOf(fadingCounts)

/** Half-lives to the power of months; twice as far as the months, for the squares. */
const fading = (halfLifeDays: number): Float64Array =>
  Float64Array.from({ length: 2 * VALUE_MONTHS }, (_, month) => 2 ** (-(month * MONTH_MS) / (halfLifeDays * DAY_MS)))

/** What a group of covariates adds up to. */
type Sum = { mean: number; variance: number }

/** A path for a model. */
export function quickPath(model: LeaveModel): QuickPath {
  const failuresFade = fading(model.halfLifeDays)
  const countsFade = fading(COUNT_HALF_LIFE_DAYS)
  const slope = Float64Array.from(model.mean)
  const squaredSd = Float64Array.from(model.sd, (sd) => sd * sd)
  const interceptVariance = model.intercept.sd * model.intercept.sd
  const x = new Float64Array(covariateNames.length)
  const marks = new Uint8Array(VALUE_MONTHS + 2)
  const mean = new Float64Array(VALUE_MONTHS)
  const variance = new Float64Array(VALUE_MONTHS)
  const steady: Sum = { mean: 0, variance: 0 }
  const failures: Sum = { mean: 0, variance: 0 }
  const counts: Sum = { mean: 0, variance: 0 }
  let goodwill = 0

  function add(sum: Sum, places: Uint8Array): void {
    sum.mean = 0
    sum.variance = 0
    for (const place of places) {
      const units = x[place] ?? 0
      if (units === 0) continue
      sum.mean += units * (slope[place] ?? 0)
      sum.variance += units * units * (squaredSd[place] ?? 0)
    }
  }

  // Reads the covariates of one month; they hold in this form until the next mark.
  function beginPart(state: Relationship, then: Instant, month: number): void {
    fillCovariates(x, state, model, then)
    add(steady, STEADY)
    add(failures, FAILURES)
    add(counts, COUNTS)
    if (capped.some((name) => x[position[name]] === cap[name])) marks[month + 1] = 1
    if (month === 0) goodwill = goodwillOf(x, model).value
  }

  function write(state: Relationship, at: Instant, from: number, to: number): void {
    if (state.exit.intentAt !== null) return repeat(state, at, to)
    const { facts } = state
    const centre = centreOf(model, facts.segment)?.purchases_ln ?? null
    marks.fill(0)
    markChanges(marks, facts, at)
    marks[from] = 1
    let begun = from
    for (let month = from; month < to; month += 1) {
      const then = instant(at + month * MONTH_MS)
      if (marks[month] === 1) {
        beginPart(state, then, month)
        begun = month
      }
      const since = month - begun
      writeMonth(month, since, tenureOf(facts, then), centre === null ? 0 : purchasesOf(facts, then) - centre)
    }
  }

  function writeMonth(month: number, since: number, tenure: number, purchases: number): void {
    const bySlope = tenure * (slope[position.tenure_ln] ?? 0) + purchases * (slope[position.purchases_ln] ?? 0)
    const bySd =
      tenure * tenure * (squaredSd[position.tenure_ln] ?? 0) +
      purchases * purchases * (squaredSd[position.purchases_ln] ?? 0)
    mean[month] =
      model.intercept.mean +
      bySlope +
      steady.mean +
      failures.mean * (failuresFade[since] ?? 0) +
      counts.mean * (countsFade[since] ?? 0)
    variance[month] =
      interceptVariance +
      bySd +
      steady.variance +
      failures.variance * (failuresFade[2 * since] ?? 0) +
      counts.variance * (countsFade[2 * since] ?? 0)
  }

  // After an intent to leave the clock of the features stands still: every month is the first.
  function repeat(state: Relationship, at: Instant, to: number): void {
    const { facts, at: now } = readable(state, at)
    const centre = centreOf(model, facts.segment)?.purchases_ln ?? null
    beginPart(state, at, 0)
    writeMonth(0, 0, tenureOf(facts, now), centre === null ? 0 : purchasesOf(facts, now) - centre)
    mean.fill(mean[0] ?? 0, 0, to)
    variance.fill(variance[0] ?? 0, 0, to)
  }

  return {
    mean,
    variance,
    get goodwill() {
      return goodwill
    },
    leaveAlone: (state, at, months) => {
      const end = givenUpAt(at)
      const later = ifGivenUp(state, end)
      const given = later === state ? months : Math.ceil((end - at) / MONTH_MS)
      write(state, at, 0, given)
      if (given < months) write(later, at, given, months)
    },
    putRight: (state, at, months) => write(ifPutRight(state, at), at, 0, months),
  }
}

const tenureOf = (facts: Facts, then: Instant): number => Math.log((1 + monthsSinceStart(facts, then)) / 13)

const purchasesOf = (facts: Facts, then: Instant): number => Math.log(1 + purchasesInYear(facts, then))
