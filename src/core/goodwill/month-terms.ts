/**
 * The linear predictor over months, put together from terms: so many units of a covariate from one month on until
 * another, which stay or fade. Month m begins m months after the origin. A fading term is given by the units that it
 * has, or would have had, at the origin.
 */
import { quickExp } from '../../stats/quick-exp.ts'
import { DAY_MS, MONTH_MS } from '../time/instant.ts'
import { VALUE_MONTHS } from './forecast.ts'
import type { LeaveModel } from './leave-model.ts'
import { COUNT_HALF_LIFE_DAYS, covariateNames } from './leave-priors.ts'

/** How a term goes on: as it is, or halved every half-life of failures, or of promises and public posts. */
export const STEADY = 0
/** Halved every half-life of failures. */
export const FADING_FAILURE = 1
/** Halved every half-life of promises and public posts. */
export const FADING_COUNT = 2
/** How a term goes on. */
export type Going = typeof STEADY | typeof FADING_FAILURE | typeof FADING_COUNT

/** Months whose slopes are added up. */
export const SLOPE_MONTHS = 12

const GOINGS = 3
/** Room for the changes of one way of going on. */
export const STRIDE = VALUE_MONTHS + 1
const SUMS = SLOPE_MONTHS + 1
/** Most customers are told in fewer; there are as many as facts, which are bounded, have months. */
const TERMS_AT_FIRST = 128
/** Promises, or failures of one severity. */
const NOTED_MAX = 32

/** Half-lives to the power of months. */
const fading = (halfLifeMs: number): Float64Array =>
  Float64Array.from({ length: VALUE_MONTHS }, (_, month) => 2 ** (-(month * MONTH_MS) / halfLifeMs))

/** The terms of one customer after the other, by a model. */
export class MonthTerms {
  /** The instant at which month 0 begins. */
  origin = 0
  /** How many months there are. */
  months = 0
  /** Months before the last event count what was known when they began; NaN where there are none. */
  lastAt = Number.NaN
  /** Whether any term fades. */
  fades = false
  /** Of month 0: what belongs to no event. */
  statics = 0
  /** Fading by month: of failures, and of counts. */
  readonly failuresFade: Float64Array
  readonly countsFade = fading(COUNT_HALF_LIFE_DAYS * DAY_MS)

  readonly #halfLivesMs: readonly [number, number, number]
  readonly #slope: Float64Array
  // By how much the predictor changes with each month, for each way of going on.
  readonly changes = new Float64Array(GOINGS * STRIDE)
  readonly #kept = new Float64Array(GOINGS * STRIDE)
  #places = new Uint8Array(TERMS_AT_FIRST)
  #units = new Float64Array(TERMS_AT_FIRST)
  #from = new Uint8Array(TERMS_AT_FIRST)
  #to = new Uint8Array(TERMS_AT_FIRST)
  #count = 0
  readonly #notedAt = new Float64Array(NOTED_MAX)
  readonly #notedFrom = new Uint8Array(NOTED_MAX)
  #noted = 0
  readonly #hazards = new Float64Array(GOINGS * SUMS)

  constructor({ mean, halfLifeDays }: LeaveModel) {
    this.#slope = new Float64Array(mean)
    this.failuresFade = fading(halfLifeDays * DAY_MS)
    this.#halfLivesMs = [Number.POSITIVE_INFINITY, halfLifeDays * DAY_MS, COUNT_HALF_LIFE_DAYS * DAY_MS]
  }

  /** Begins anew. */
  begin(origin: number, months: number, lastAt: number): void {
    this.origin = origin
    this.months = months
    this.lastAt = lastAt > origin ? lastAt : Number.NaN
    this.statics = 0
    this.changes.fill(0, 0, this.fades ? GOINGS * STRIDE : STRIDE)
    this.fades = false
    this.#count = 0
  }

  /** Keeps the predictor as it is so far, to come back to. */
  keep(): void {
    this.#kept.set(this.changes)
  }

  /** Comes back to what was kept. Terms that came since stay among those that slopes are told of. */
  comeBack(): void {
    this.changes.set(this.#kept)
  }

  /** The first month that begins at an instant or later. */
  monthAt(at: number): number {
    const since = at - this.origin
    return since > 0 ? Math.min(Math.ceil(since / MONTH_MS), this.months) : 0
  }

  /** The first month that begins after an instant. */
  monthAfter(at: number): number {
    const since = at - this.origin
    return since >= 0 ? Math.min(Math.floor(since / MONTH_MS) + 1, this.months) : 0
  }

  /** Whether any month begins before the last event. */
  get isPast(): boolean {
    return this.lastAt > this.origin
  }

  /** The first month in which a fact is known; one that tells of a time to come is known with the last event. */
  known(at: number): number {
    return this.isPast ? this.monthAt(Math.min(at, this.lastAt)) : 0
  }

  /** Adds units of a covariate. */
  add(place: number, units: number, going: Going, from: number, to: number): void {
    if (from >= to || units === 0) return
    if (going !== STEADY) this.fades = true
    const amount = units * (this.#slope[place] ?? 0)
    const { changes } = this
    const begins = going * STRIDE + from
    changes[begins] = (changes[begins] ?? 0) + amount
    if (to < this.months) {
      const ends = going * STRIDE + to
      changes[ends] = (changes[ends] ?? 0) - amount
    }
    if (from >= SLOPE_MONTHS) return
    const index = this.#count
    if (index === this.#places.length) this.#makeRoom()
    this.#places[index] = place
    this.#units[index] = units
    this.#from[index] = going * SUMS + from
    this.#to[index] = going * SUMS + Math.min(to, SLOPE_MONTHS)
    this.#count = index + 1
  }

  #makeRoom(): void {
    const larger = <Numbers extends Uint8Array | Float64Array>(into: Numbers, from: Numbers): Numbers => {
      into.set(from)
      return into
    }
    const size = 2 * this.#count
    this.#places = larger(new Uint8Array(size), this.#places)
    this.#units = larger(new Float64Array(size), this.#units)
    this.#from = larger(new Uint8Array(size), this.#from)
    this.#to = larger(new Uint8Array(size), this.#to)
  }

  /** Adds a term that belongs to no event, from month 0 on. */
  addStatic(place: number, units: number, to: number): void {
    if (to > 0) this.statics += units * (this.#slope[place] ?? 0)
    this.add(place, units, STEADY, 0, to)
  }

  /** Adds what counts for so many days from an instant on. */
  addWindow(place: number, units: number, at: number, days: number): void {
    this.add(place, units, STEADY, this.known(at), this.monthAt(at + days * DAY_MS))
  }

  /** The units at the origin of what is 1 at an instant. */
  atOrigin(at: number, going: Going): number {
    return quickExp((Math.LN2 * (at - this.origin)) / this.#halfLivesMs[going])
  }

  /** Adds what is 1 until an instant and halved every half-life from then on. */
  addFading(place: number, at: number, from: number, going: Going): void {
    const fades = Math.max(from, this.monthAt(at))
    this.add(place, 1, STEADY, from, fades)
    if (fades < this.months) this.add(place, this.atOrigin(at, going), going, fades, this.months)
  }

  /** Notes what is 1 until an instant and fades from then on, known from a month on: for `addNoted`. */
  note(at: number, from: number): void {
    this.#notedAt[this.#noted] = at
    this.#notedFrom[this.#noted] = from
    this.#noted += 1
  }

  /** Adds the sum of what was noted, cut off at `most`, and forgets it. */
  addNoted(place: number, most: number, going: Going): void {
    if (this.#noted <= most || this.#peak(going) <= most) {
      for (let one = 0; one < this.#noted; one += 1) {
        this.addFading(place, this.#notedAt[one] ?? 0, this.#notedFrom[one] ?? 0, going)
      }
    } else this.addMonthly(place, this.months, (then, month) => Math.min(most, this.#sumAt(then, month, going)))
    this.#noted = 0
  }

  // More than what was noted ever adds up to.
  #peak(going: Going): number {
    let peak = 0
    for (let one = 0; one < this.#noted; one += 1) peak += Math.min(1, this.atOrigin(this.#notedAt[one] ?? 0, going))
    return peak
  }

  #sumAt(then: number, month: number, going: Going): number {
    let sum = 0
    for (let one = 0; one < this.#noted; one += 1) {
      const at = this.#notedAt[one] ?? 0
      if (month < (this.#notedFrom[one] ?? 0)) continue
      sum += at >= then ? 1 : Math.exp((Math.LN2 * (at - then)) / this.#halfLivesMs[going])
    }
    return sum
  }

  /** Adds what is told month by month until `to`, where it is 0. */
  addMonthly(place: number, to: number, unitsAt: (then: number, month: number) => number): void {
    let [held, since] = [0, 0]
    for (let month = 0; month <= to; month += 1) {
      const units = month < to ? unitsAt(this.origin + month * MONTH_MS, month) : 0
      if (units === held) continue
      this.add(place, held, STEADY, since, month)
      held = units
      since = month
    }
  }

  /** Adds the slopes of the terms to `slopes`, by the hazards of the first 12 months; the intercept's stands first. */
  addSlopes(slopes: Float64Array, hazards: Float64Array): void {
    if (this.#count === 0) return
    const sums = this.#hazards
    let steady = 0
    let failures = 0
    let counts = 0
    for (let month = 0; month < SLOPE_MONTHS; month += 1) {
      const hazard = hazards[month] ?? 0
      steady += hazard
      failures += hazard * (this.failuresFade[month] ?? 0)
      counts += hazard * (this.countsFade[month] ?? 0)
      sums[month + 1] = steady
      sums[SUMS + month + 1] = failures
      sums[2 * SUMS + month + 1] = counts
    }
    for (let index = 0; index < this.#count; index += 1) {
      const place = 1 + (this.#places[index] ?? 0)
      const hazard = (sums[this.#to[index] ?? 0] ?? 0) - (sums[this.#from[index] ?? 0] ?? 0)
      slopes[place] = (slopes[place] ?? 0) + (this.#units[index] ?? 0) * hazard
    }
  }
}

/** The intercept and the covariates. */
export const SLOPES = 1 + covariateNames.length
