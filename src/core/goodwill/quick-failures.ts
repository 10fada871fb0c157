/**
 * The failures of a row of facts as terms over months: as they are, given up, or put right. Definitions: `covariates.ts`,
 * `recovery.ts`, `if-left-alone.ts`.
 */

import { FOLLOW_UP_DUE_DAYS, latenessOf, latestAt } from '../relationship/recovery.ts'
import { DAY_MS, MONTH_MS } from '../time/instant.ts'
import { REPAIRABLE_DAYS } from './if-left-alone.ts'
import { type LeaveModel, reserveIndex } from './leave-model.ts'
import { cap, position, severityWeight, windowDays } from './leave-priors.ts'
import { FADING_FAILURE, type MonthTerms, STEADY } from './month-terms.ts'
import type { QuickCovariates } from './quick-covariates.ts'
import { FACTS, FAILURE, numberAt, type StateRows, severities, wholeAt } from './state-rows.ts'

const WEIGHTS = severities.map((severity) => severityWeight[severity])
const FAIL = severities.map((severity) => position[`fail_${severity}`])
const FAIL_MAX = severities.map((severity) => cap[`fail_${severity}`])

/** Tells terms of the failures of one row of facts after the other. */
export class QuickFailures {
  readonly #model: LeaveModel
  readonly #terms: MonthTerms
  readonly #others: QuickCovariates
  readonly #counts = new Float64Array(severities.length)
  #numbers: Float64Array = new Float64Array(0)
  // Of the failure that is being told: when it ends, and by month when it is known and has ended.
  #endAt = 0
  #known = 0
  #ended = 0
  #weight = 0
  #fading = 0

  constructor(model: LeaveModel, terms: MonthTerms, others: QuickCovariates) {
    this.#model = model
    this.#terms = terms
    this.#others = others
  }

  /** From now on facts are those of these rows. */
  read({ numbers }: StateRows): void {
    this.#numbers = numbers
  }

  /** Adds the terms of failures as they are. Those that are open at `givenUpAt` are given up then: left alone, from month 0 on. */
  tellAlone(facts: number, givenUpAt: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const begin = this.#begin(facts)
    const end = begin + FAILURE.size * wholeAt(numbers, facts + FACTS.failures)
    this.#count(begin, end)
    let lost = false
    for (let one = begin; one < end; one += FAILURE.size) {
      const endAt = numberAt(numbers, one + FAILURE.endAt)
      if (endAt > givenUpAt) lost = true
      this.#tell(facts, one, Math.min(endAt, givenUpAt), Number.NaN)
    }
    this.#tellSums(begin, end, givenUpAt)
    const deviation = numberAt(numbers, facts + FACTS.doubleDeviationAt)
    if (!lost) this.#tellDeviation(facts, deviation, 0, terms.months)
    else {
      const given = terms.monthAt(givenUpAt)
      this.#tellDeviation(facts, deviation, 0, given)
      this.#tellDeviation(facts, givenUpAt, given, terms.months)
    }
  }

  /** Adds the terms of failures with everything that can be put right done at the origin. */
  tellRepaired(facts: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const begin = this.#begin(facts)
    const end = begin + FAILURE.size * wholeAt(numbers, facts + FACTS.failures)
    for (let one = begin; one < end; one += FAILURE.size) {
      const endAt = numberAt(numbers, one + FAILURE.endAt)
      if (this.#isToRepair(one, terms.origin)) this.#tell(facts, one, Math.min(endAt, terms.origin), terms.origin)
      else this.#tell(facts, one, endAt, Number.NaN)
    }
    this.#tellSums(begin, end, terms.origin)
    this.#tellDeviation(facts, numberAt(numbers, facts + FACTS.doubleDeviationAt), 0, terms.months)
  }

  /** Whether something can be put right at an instant. */
  isRepairable(facts: number, at: number): boolean {
    const begin = this.#begin(facts)
    const end = begin + FAILURE.size * wholeAt(this.#numbers, facts + FACTS.failures)
    for (let one = begin; one < end; one += FAILURE.size) if (this.#isToRepair(one, at)) return true
    return false
  }

  /** How many failures have not ended at an instant. */
  openAt(facts: number, at: number): number {
    const begin = this.#begin(facts)
    const end = begin + FAILURE.size * wholeAt(this.#numbers, facts + FACTS.failures)
    let open = 0
    for (let one = begin; one < end; one += FAILURE.size) {
      if (numberAt(this.#numbers, one + FAILURE.endAt) > at) open += 1
    }
    return open
  }

  /** When the newest failure was; NaN without one. */
  newestAt(facts: number): number {
    const count = wholeAt(this.#numbers, facts + FACTS.failures)
    if (count === 0) return Number.NaN
    return numberAt(this.#numbers, this.#begin(facts) + FAILURE.size * (count - 1) + FAILURE.at)
  }

  #begin(facts: number): number {
    return facts + wholeAt(this.#numbers, facts + FACTS.failuresAt)
  }

  #isToRepair(one: number, at: number): boolean {
    const numbers = this.#numbers
    const endAt = numberAt(numbers, one + FAILURE.endAt)
    if (endAt > at) return true
    if (at - endAt >= REPAIRABLE_DAYS * DAY_MS) return false
    return (
      numbers[one + FAILURE.isFixed] === 0 ||
      numbers[one + FAILURE.confirmed] === 0 ||
      numbers[one + FAILURE.apologyMissing] === 1 ||
      numberAt(numbers, one + FAILURE.compensationShort) > 0 ||
      (numbers[one + FAILURE.followedUp] === 0 && at >= endAt + FOLLOW_UP_DUE_DAYS * DAY_MS)
    )
  }

  #tellDeviation(facts: number, at: number, from: number, to: number): void {
    const attachedAt = numberAt(this.#numbers, facts + FACTS.attachmentAt)
    if (Number.isNaN(attachedAt) || Number.isNaN(at)) return
    const terms = this.#terms
    const begins = Math.max(from, terms.known(attachedAt), terms.known(at))
    const attached = terms.monthAt(attachedAt + windowDays.attachment * DAY_MS)
    const ends = Math.min(to, attached, terms.monthAt(at + windowDays.attachment_x_DD * DAY_MS))
    terms.add(position.attachment_x_DD, this.#others.attachment(facts), STEADY, begins, ends)
  }

  // A sum of decays is cut off only where there are more failures of a severity than it may come to.
  #count(begin: number, end: number): void {
    this.#counts.fill(0)
    for (let one = begin; one < end; one += FAILURE.size) {
      const severity = wholeAt(this.#numbers, one + FAILURE.severity)
      this.#counts[severity] = (this.#counts[severity] ?? 0) + 1
    }
  }

  #tellSums(begin: number, end: number, endAtMost: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    for (let severity = 0; severity < FAIL.length; severity += 1) {
      if ((this.#counts[severity] ?? 0) <= (FAIL_MAX[severity] ?? 0)) continue
      for (let one = begin; one < end; one += FAILURE.size) {
        if (numbers[one + FAILURE.severity] !== severity) continue
        terms.note(
          Math.min(numberAt(numbers, one + FAILURE.endAt), endAtMost),
          terms.known(numberAt(numbers, one + FAILURE.at)),
        )
      }
      terms.addNoted(FAIL[severity] ?? 0, FAIL_MAX[severity] ?? 0, FADING_FAILURE)
    }
  }

  // `repairedAt` is NaN for a failure that is left as it is.
  #tell(facts: number, one: number, endAt: number, repairedAt: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const isRepaired = !Number.isNaN(repairedAt)
    const isFixed = isRepaired || numbers[one + FAILURE.isFixed] === 1
    const severity = wholeAt(numbers, one + FAILURE.severity)
    this.#endAt = endAt
    this.#known = terms.known(numberAt(numbers, one + FAILURE.at))
    this.#ended = Math.max(this.#known, terms.monthAt(endAt))
    this.#weight = WEIGHTS[severity] ?? 0
    this.#fading = this.#ended < terms.months ? this.#weight * terms.atOrigin(endAt, FADING_FAILURE) : 0
    // What is owed by the end is missed from then on, or from the promised date on, if there is no fix.
    const late = isFixed
      ? this.#ended
      : Math.min(this.#ended, terms.monthAfter(numberAt(numbers, one + FAILURE.fixDueAt)))
    if ((this.#counts[severity] ?? 0) <= (FAIL_MAX[severity] ?? 0)) this.#add(FAIL[severity] ?? 0, 1 / this.#weight, 0)
    if (!isFixed) this.#add(position.miss_fix, 1, late)
    if (!isRepaired) this.#tellOwed(one, late)
    if (numbers[one + FAILURE.disrespect] === 1) this.#add(position.disrespect, 1, 0)
    if (numbers[one + FAILURE.retold] === 1) this.#add(position.miss_owner, 1, 0)
    this.#add(position.comp_over, numberAt(numbers, one + FAILURE.compensationOver), 0)
    this.#tellAcknowledged(one, repairedAt)
    this.#tellLateness(one, repairedAt)
    this.#tellCircumstances(facts, one)
  }

  // How much was built up before it, and how easy it is to go elsewhere.
  #tellCircumstances(facts: number, one: number): void {
    const numbers = this.#numbers
    const index = reserveIndex(
      this.#model,
      numberAt(numbers, one + FAILURE.tenureBefore),
      numberAt(numbers, one + FAILURE.purchasesBefore),
      numberAt(numbers, one + FAILURE.positivesBefore),
    )
    this.#add(position.goodwill_x_W, index, 0)
    const market = this.#others.market(facts)
    this.#add(position.substitut_x_W, market.substitutability, 0)
    this.#add(position.compet_x_W, market.competitiveness, 0)
  }

  #tellOwed(one: number, late: number): void {
    const numbers = this.#numbers
    if (numbers[one + FAILURE.confirmed] === 0) this.#add(position.unconfirmed, 1, late)
    if (numbers[one + FAILURE.apologyMissing] === 1) this.#add(position.miss_apology, 1, late)
    this.#add(position.comp_short, numberAt(numbers, one + FAILURE.compensationShort), late)
    if (numbers[one + FAILURE.followedUp] === 1) return
    this.#add(position.miss_followup, 1, this.#terms.monthAt(this.#endAt + FOLLOW_UP_DUE_DAYS * DAY_MS))
  }

  #tellAcknowledged(one: number, repairedAt: number): void {
    const due = numberAt(this.#numbers, one + FAILURE.acknowledgeDueAt)
    const seenAt = numberAt(this.#numbers, one + FAILURE.acknowledgedAt)
    const at = !Number.isNaN(seenAt) ? seenAt : repairedAt
    if (at > due) this.#add(position.miss_ack, 1, 0)
    else if (Number.isNaN(at)) this.#add(position.miss_ack, 1, Math.min(this.#ended, this.#terms.monthAfter(due)))
  }

  #tellLateness(one: number, repairedAt: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const promised = numberAt(numbers, one + FAILURE.promisedMs)
    if (Number.isNaN(promised)) return
    const at = numberAt(numbers, one + FAILURE.at)
    if (numbers[one + FAILURE.isFixed] === 1) {
      this.#add(position.lateness, numberAt(numbers, one + FAILURE.lateness), 0)
      return
    }
    if (!Number.isNaN(repairedAt)) {
      this.#add(position.lateness, latenessOf(repairedAt, at, promised), 0)
      return
    }
    // Without a fix it grows, and each month tells its own.
    const latest = terms.monthAt(latestAt(at, promised))
    const from = Math.max(this.#known, terms.monthAfter(numberAt(numbers, one + FAILURE.fixDueAt)))
    for (let month = from; month < latest; month += 1) {
      const units = latenessOf(terms.origin + month * MONTH_MS, at, promised)
      if (month < this.#ended) terms.add(position.lateness, units * this.#weight, STEADY, month, month + 1)
      else terms.add(position.lateness, units * this.#fading, FADING_FAILURE, month, month + 1)
    }
    this.#add(position.lateness, latenessOf(Number.POSITIVE_INFINITY, at, promised), Math.max(from, latest))
  }

  // Units times the weight of the failure and its decay, from a month on.
  #add(place: number, units: number, from: number): void {
    if (units === 0) return
    const begins = Math.max(from, this.#known)
    const ended = this.#ended
    if (begins < ended) this.#terms.add(place, units * this.#weight, STEADY, begins, ended)
    this.#terms.add(place, units * this.#fading, FADING_FAILURE, Math.max(begins, ended), this.#terms.months)
  }
}
