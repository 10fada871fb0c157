/**
 * The covariates of a row of facts as terms over months: all but tenure and purchases, which move with every month, and
 * but what recoveries change. Definitions: `covariates.ts`.
 */
import { DAY_MS } from '../time/instant.ts'
import { type Centre, centreOf, type LeaveModel, marketOf, standing } from './leave-model.ts'
import { cap, offerTolerance, position, SILENCE_DAYS, windowDays } from './leave-priors.ts'
import { FADING_COUNT, type MonthTerms, STEADY } from './month-terms.ts'
import {
  APOLOGY,
  CONTACT,
  FACTS,
  FAILURE,
  manners,
  numberAt,
  OFFER,
  PROMISE,
  type StateRows,
  wholeAt,
} from './state-rows.ts'

/** What a model says of a segment, and of a product. */
type Market = ReturnType<typeof marketOf>

const TOLERATED = manners.map((manner) => offerTolerance[manner])

/** Tells terms of one row of facts after the other. */
export class QuickCovariates {
  readonly #model: LeaveModel
  readonly #terms: MonthTerms
  #rows: StateRows | undefined
  #numbers: Float64Array = new Float64Array(0)
  #centres: (Centre | null)[] = []
  #markets: Market[] = []

  constructor(model: LeaveModel, terms: MonthTerms) {
    this.#model = model
    this.#terms = terms
  }

  /** From now on facts are those of these rows. */
  read(rows: StateRows): void {
    if (rows !== this.#rows) {
      this.#rows = rows
      this.#centres = []
      this.#markets = []
    }
    this.#numbers = rows.numbers
    for (let name = this.#centres.length; name < rows.names.length; name += 1) {
      this.#centres.push(centreOf(this.#model, rows.names[name] ?? null))
      this.#markets.push(marketOf(this.#model, rows.names[name] ?? null))
    }
  }

  /** What the covariates of a customer are centred on, if on anything. */
  centre(facts: number): Centre | null {
    return this.#centres[wholeAt(this.#numbers, facts + FACTS.segment)] ?? null
  }

  /** The market of a customer's product. */
  market(facts: number): Market {
    return (
      this.#markets[wholeAt(this.#numbers, facts + FACTS.product)] ?? {
        substitutability: 0,
        competitiveness: 0,
      }
    )
  }

  /** Adds the terms of facts. */
  tell(facts: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const fixedUntil = numberAt(numbers, facts + FACTS.fixedUntil)
    if (fixedUntil > terms.origin) terms.addStatic(position.in_fixed_term, 1, terms.monthAt(fixedUntil))
    const market = this.market(facts)
    terms.addStatic(position.substitutability, market.substitutability, terms.months)
    terms.addStatic(position.competitiveness, market.competitiveness, terms.months)
    const failures = wholeAt(numbers, facts + FACTS.failures)
    const begin = facts + wholeAt(numbers, facts + FACTS.failuresAt)
    if (failures > 0) this.#tellNewest(begin, failures)
    if (numbers[facts + FACTS.spoke] !== 1 && numbers[facts + FACTS.apologies] === 0) return
    let list = begin + FAILURE.size * failures
    list = this.#tellApologies(list, wholeAt(numbers, facts + FACTS.apologies))
    this.#tellAnswers(facts)
    list = this.#tellWindows(list, wholeAt(numbers, facts + FACTS.positives), 'pos_contacts')
    list = this.#tellContacts(list, wholeAt(numbers, facts + FACTS.contacts), this.centre(facts))
    list = this.#tellWindows(list, wholeAt(numbers, facts + FACTS.transfers), 'transfers')
    list = this.#tellWindows(list, wholeAt(numbers, facts + FACTS.channelSwitches), 'channel_switches')
    list = this.#tellInvitations(list, wholeAt(numbers, facts + FACTS.invitations))
    list = this.#tellOffers(list, wholeAt(numbers, facts + FACTS.offers))
    this.#tellPromises(list, facts)
  }

  // Only the newest failure tells whether it came soon after another: of the past, each until the next.
  #tellNewest(begin: number, failures: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    for (let index = terms.isPast ? 0 : failures - 1; index < failures; index += 1) {
      const failure = begin + FAILURE.size * index
      const at = numberAt(numbers, failure + FAILURE.at)
      const from = terms.known(at)
      const next =
        index + 1 < failures ? terms.monthAt(numberAt(numbers, failure + FAILURE.size + FAILURE.at)) : terms.months
      if (numbers[failure + FAILURE.second] === 1) {
        const to = Math.min(next, terms.monthAt(at + windowDays.second_fail_90d * DAY_MS))
        terms.add(position.second_fail_90d, 1, STEADY, from, to)
      }
      if (numbers[failure + FAILURE.sameCause] === 1) {
        const to = Math.min(next, terms.monthAt(at + windowDays.same_cause_repeat * DAY_MS))
        terms.add(position.same_cause_repeat, 1, STEADY, from, to)
      }
    }
  }

  // An apology is known with its failure.
  #tellApologies(begin: number, count: number): number {
    const numbers = this.#numbers
    const terms = this.#terms
    const end = begin + APOLOGY.size * count
    if (count > cap.apology_repeat) this.#tellManyApologies(begin, end)
    else {
      for (let one = begin; one < end; one += APOLOGY.size) {
        const to = terms.monthAt(numberAt(numbers, one + APOLOGY.at) + windowDays.apology_repeat * DAY_MS)
        terms.add(position.apology_repeat, 1, STEADY, terms.known(numberAt(numbers, one + APOLOGY.failureAt)), to)
      }
    }
    return end
  }

  #tellManyApologies(begin: number, end: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    terms.addMonthly(position.apology_repeat, terms.months, (then) => {
      let apologies = 0
      for (let one = begin; one < end; one += APOLOGY.size) {
        const isKnown = !terms.isPast || numberAt(numbers, one + APOLOGY.failureAt) <= then
        if (isKnown && numberAt(numbers, one + APOLOGY.at) > then - windowDays.apology_repeat * DAY_MS) apologies += 1
      }
      return Math.min(cap.apology_repeat, apologies)
    })
  }

  #tellAnswers(facts: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const model = this.#model
    const effort = numberAt(numbers, facts + FACTS.effortAt)
    const centre = this.centre(facts)
    if (!Number.isNaN(effort) && centre !== null) {
      terms.addWindow(
        position.effort_ces,
        6 * (1 - numberAt(numbers, facts + FACTS.effort)) - centre.effort_ces,
        effort,
        windowDays.effort_ces,
      )
    }
    const satisfaction = numberAt(numbers, facts + FACTS.satisfactionAt)
    if (!Number.isNaN(satisfaction)) {
      const kind = numbers[facts + FACTS.satisfactionIsNps] === 1 ? 'nps' : 'csat'
      const score = numberAt(numbers, facts + FACTS.satisfaction)
      terms.addWindow(position.sat_z, standing(model, kind, score), satisfaction, windowDays.sat_z)
      if (score === 1) terms.addWindow(position.sat_top, 1, satisfaction, windowDays.sat_z)
    }
    const friendliness = numberAt(numbers, facts + FACTS.friendlinessAt)
    if (!Number.isNaN(friendliness)) {
      const z = standing(model, 'friendliness', numberAt(numbers, facts + FACTS.friendliness))
      terms.addWindow(position.friendliness_z, z, friendliness, windowDays.friendliness_z)
    }
    const attachment = numberAt(numbers, facts + FACTS.attachmentAt)
    if (!Number.isNaN(attachment)) {
      terms.addWindow(position.attachment, this.attachment(facts), attachment, windowDays.attachment)
    }
    const post = numberAt(numbers, facts + FACTS.publicNegativeAt)
    if (!Number.isNaN(post)) terms.addFading(position.public_negative, post, terms.known(post), FADING_COUNT)
    const pitch = numberAt(numbers, facts + FACTS.pitchAt)
    if (!Number.isNaN(pitch)) terms.addWindow(position.proactive_pitch, 1, pitch, windowDays.proactive_pitch)
  }

  /** Where the latest attachment score stands beside others; NaN without one. */
  attachment(facts: number): number {
    return standing(this.#model, 'attachment', numberAt(this.#numbers, facts + FACTS.attachment))
  }

  #tellWindows(begin: number, count: number, name: 'pos_contacts' | 'transfers' | 'channel_switches'): number {
    for (let one = begin; one < begin + count; one += 1) {
      this.#terms.addWindow(position[name], 1, numberAt(this.#numbers, one), windowDays[name])
    }
    return begin + count
  }

  #tellContacts(begin: number, count: number, centre: Centre | null): number {
    if (count === 0) return begin
    const numbers = this.#numbers
    const terms = this.#terms
    const end = begin + CONTACT.size * count
    let inbound = 0
    let repeats = 0
    let said = 0
    let human = 0
    for (let one = begin; one < end; one += CONTACT.size) {
      if (numbers[one + CONTACT.inbound] === 1) {
        inbound += 1
        const before = numberAt(numbers, one + CONTACT.before)
        if (!Number.isNaN(before)) repeats += 1
      }
      const by = numberAt(numbers, one + CONTACT.human)
      if (Number.isNaN(by)) continue
      said += 1
      human += by
    }
    if (repeats > 0) this.#tellRepeats(begin, end)
    if (inbound >= 4) this.#tellMany(begin, end)
    if (centre === null || said === 0) return end
    if (terms.isPast && said > 1) this.#tellPastShares(begin, end, centre)
    else this.#tellShares(begin, end, centre, { said, human })
    return end
  }

  // Contacts come in the order of time: the share changes as one after the other is too long ago.
  #tellShares(begin: number, end: number, centre: Centre, all: Readonly<{ said: number; human: number }>): void {
    const numbers = this.#numbers
    const terms = this.#terms
    let { said, human } = all
    let since = -1
    for (let one = begin; one < end; one += CONTACT.size) {
      const by = numberAt(numbers, one + CONTACT.human)
      if (Number.isNaN(by)) continue
      const at = numberAt(numbers, one + CONTACT.at)
      if (since < 0) since = terms.known(at)
      const to = terms.monthAt(at + windowDays.personal_share * DAY_MS)
      terms.add(position.personal_share, human / said - centre.personal_share, STEADY, since, to)
      since = Math.max(since, to)
      said -= 1
      human -= by
    }
  }

  #tellPastShares(begin: number, end: number, centre: Centre): void {
    const numbers = this.#numbers
    const terms = this.#terms
    terms.addMonthly(position.personal_share, terms.months, (then) => {
      let [human, known] = [0, 0]
      for (let one = begin; one < end; one += CONTACT.size) {
        const by = numberAt(numbers, one + CONTACT.human)
        if (Number.isNaN(by) || !this.#isRecent(one, then, windowDays.personal_share)) continue
        known += 1
        human += by
      }
      return known === 0 ? 0 : human / known - centre.personal_share
    })
  }

  #isRecent(contact: number, then: number, days: number): boolean {
    const at = numberAt(this.#numbers, contact + CONTACT.at)
    return at > then - days * DAY_MS && (!this.#terms.isPast || at <= then)
  }

  #tellRepeats(begin: number, end: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    terms.addMonthly(position.contacts_extra, this.#untilQuiet(end), (then) => {
      let extra = 0
      for (let one = begin; one < end; one += CONTACT.size) {
        if (numbers[one + CONTACT.inbound] !== 1 || !this.#isRecent(one, then, windowDays.contacts_extra)) continue
        if (numberAt(numbers, one + CONTACT.before) > then - windowDays.contacts_extra * DAY_MS) extra += 1
      }
      return Math.min(cap.contacts_extra, extra)
    })
  }

  #tellMany(begin: number, end: number): void {
    const numbers = this.#numbers
    this.#terms.addMonthly(position.contacts_ge4, this.#untilQuiet(end), (then) => {
      let service = 0
      for (let one = begin; one < end; one += CONTACT.size) {
        if (numbers[one + CONTACT.inbound] === 1 && this.#isRecent(one, then, windowDays.contacts_ge4)) service += 1
      }
      return service >= 4 ? 1 : 0
    })
  }

  // The month from which no contact counts for long any more.
  #untilQuiet(end: number): number {
    const last = numberAt(this.#numbers, end - CONTACT.size + CONTACT.at)
    return this.#terms.monthAt(last + windowDays.contacts_ge4 * DAY_MS)
  }

  // Invitations come in the order of time: each adds what those before it have left uncovered.
  #tellInvitations(begin: number, count: number): number {
    const terms = this.#terms
    let covered = 0
    for (let one = begin; one < begin + count; one += 1) {
      const at = numberAt(this.#numbers, one)
      const from = Math.max(covered, terms.monthAt(at + SILENCE_DAYS * DAY_MS))
      const to = terms.monthAt(at + windowDays.sat_missing * DAY_MS)
      terms.add(position.sat_missing, 1, STEADY, from, to)
      covered = Math.max(covered, to)
    }
    return begin + count
  }

  #tellOffers(begin: number, count: number): number {
    if (count > 0) this.#tellSomeOffers(begin, begin + OFFER.size * count)
    return begin + OFFER.size * count
  }

  #tellSomeOffers(begin: number, end: number): void {
    const last = numberAt(this.#numbers, end - OFFER.size + OFFER.at)
    const to = this.#terms.monthAt(last + (SILENCE_DAYS + windowDays.offers_excess) * DAY_MS)
    this.#terms.addMonthly(position.offers_excess, to, (then) => this.#excess(begin, end, then))
  }

  #excess(begin: number, end: number, then: number): number {
    const numbers = this.#numbers
    const { isPast } = this.#terms
    const from = then - windowDays.offers_excess * DAY_MS
    const ignored = TOLERATED.map((tolerated) => -tolerated)
    let excess = 0
    for (let one = begin; one < end; one += OFFER.size) {
      const at = numberAt(numbers, one + OFFER.at)
      const silentAt = at + SILENCE_DAYS * DAY_MS
      if (numbers[one + OFFER.afterNo] === 1) excess += at > from && (!isPast || at <= then) ? 1 : 0
      else if (silentAt <= then && silentAt > from) {
        const manner = wholeAt(numbers, one + OFFER.manner)
        ignored[manner] = (ignored[manner] ?? 0) + 1
      }
    }
    for (const above of ignored) excess += Math.max(0, above)
    return Math.min(cap.offers_excess, excess)
  }

  #tellPromises(begin: number, facts: number): void {
    const numbers = this.#numbers
    const terms = this.#terms
    const made = begin + PROMISE.size * wholeAt(numbers, facts + FACTS.promises)
    const broken = made + wholeAt(numbers, facts + FACTS.promisesBroken)
    const exceeded = broken + wholeAt(numbers, facts + FACTS.promisesExceeded)
    for (let one = begin; one < made; one += PROMISE.size) {
      const due = numberAt(numbers, one + PROMISE.due)
      terms.note(due, Math.max(terms.monthAfter(due), terms.known(numberAt(numbers, one + PROMISE.at))))
    }
    for (let one = made; one < broken; one += 1) terms.note(numberAt(numbers, one), terms.known(numberAt(numbers, one)))
    terms.addNoted(position.promise_broken, cap.promise_broken, FADING_COUNT)
    for (let one = broken; one < exceeded; one += 1)
      terms.note(numberAt(numbers, one), terms.known(numberAt(numbers, one)))
    terms.addNoted(position.promise_exceeded, cap.promise_exceeded, FADING_COUNT)
  }
}
