/**
 * What a score reads of states, as rows of numbers: one state after the other in one array, so that a million of them
 * can be read in the order in which they lie, by any thread. A row knows no model and no clock. What was not said is
 * NaN, which is neither before nor after anything; texts are numbers of a list of names, 0 for none.
 */
import { type Exit, silentAt } from '../relationship/exit.ts'
import type { Contact, Facts, Offer } from '../relationship/facts.ts'
import { isSecond, repeatsCause } from '../relationship/failure.ts'
import { type Manner, mannerOf } from '../relationship/offer.ts'
import {
  acknowledgeDueAt,
  compensationOver,
  compensationShort,
  endOf,
  fixDueAt,
  latenessOf,
  promisedMs,
} from '../relationship/recovery.ts'
import type { Relationship } from '../relationship/relationship.ts'
import { DAY_MS } from '../time/instant.ts'
import { offerTolerance, SILENCE_DAYS } from './leave-priors.ts'

/** Where each number of a row stands. The facts that the leave model reads begin at its end. */
export const ROW = {
  refused: 0,
  firstAt: 1,
  lastAt: 2,
  intentAt: 3,
  requestedAt: 4,
  leftAt: 5,
  /** From when silence counts as leaving. */
  silentAt: 6,
  /** Where the facts stand that go on after an intent to leave: those that the model reads, if there was none. */
  live: 7,
  size: 8,
} as const

/** Where each number of facts stands; the lists follow in the order of their counts. */
export const FACTS = {
  startedAt: 0,
  segment: 1,
  product: 2,
  fixedUntil: 3,
  /** When the subscription that runs longest began. */
  subscribedAt: 4,
  everSubscribed: 5,
  lastOrderAt: 6,
  gaps: 7,
  /** 1 if anything of what follows was said, but orders, subscriptions and failures. */
  spoke: 8,
  doubleDeviationAt: 9,
  effortAt: 10,
  effort: 11,
  satisfactionAt: 12,
  satisfaction: 13,
  satisfactionIsNps: 14,
  friendlinessAt: 15,
  friendliness: 16,
  attachmentAt: 17,
  attachment: 18,
  publicNegativeAt: 19,
  pitchAt: 20,
  /** Where the failures begin. */
  failuresAt: 21,
  orders: 22,
  subscriptions: 23,
  failures: 24,
  apologies: 25,
  positives: 26,
  contacts: 27,
  transfers: 28,
  channelSwitches: 29,
  invitations: 30,
  offers: 31,
  promises: 32,
  promisesBroken: 33,
  promisesExceeded: 34,
  size: 35,
} as const

/** An order: when, how many, minor units, currency. */
export const ORDER = { at: 0, count: 1, minor: 2, currency: 3, size: 4 } as const
/** What a subscription brings in a month, and its currency. */
export const SUBSCRIPTION = { minor: 0, currency: 1, size: 2 } as const
/** A further apology, and the failure that it was for. */
export const APOLOGY = { at: 0, failureAt: 1, size: 2 } as const
/** A contact; `before` is the last one by the customer on the same issue before it. */
export const CONTACT = { at: 0, inbound: 1, human: 2, before: 3, size: 4 } as const
/** An offer that may count: after a no, or of a manner of which too many were ignored. */
export const OFFER = { at: 0, afterNo: 1, manner: 2, size: 3 } as const
/** A promise that is neither kept nor broken yet. */
export const PROMISE = { at: 0, due: 1, size: 2 } as const

/** A failure. */
export const FAILURE = {
  at: 0,
  severity: 1,
  disrespect: 2,
  /** When it ended, or will have ended if nothing more happens; infinite if never. */
  endAt: 3,
  isFixed: 4,
  fixDueAt: 5,
  acknowledgeDueAt: 6,
  acknowledgedAt: 7,
  confirmed: 8,
  retold: 9,
  apologyMissing: 10,
  followedUp: 11,
  /** Of a fix that came; NaN where none came. */
  lateness: 12,
  /** Time promised for the fix; NaN where nothing was promised. */
  promisedMs: 13,
  compensationShort: 14,
  compensationOver: 15,
  /** Logarithms as the goodwill index reads them. */
  tenureBefore: 16,
  purchasesBefore: 17,
  positivesBefore: 18,
  /** As long as it is the newest: whether it came soon after another, and whether it repeats a cause. */
  second: 19,
  sameCause: 20,
  size: 21,
} as const

/** The order in which severities and manners are numbered. */
export const severities = ['minor', 'major', 'critical'] as const
/** The order in which manners of offers are numbered. */
export const manners = ['phone', 'email', 'post'] as const satisfies readonly Manner[]

/** A number of rows; NaN where there is none. */
export const numberAt = (numbers: Float64Array, place: number): number => numbers[place] ?? Number.NaN

/** One that counts or points, as the whole number that it is: places computed from it are found quickly. */
export const wholeAt = (numbers: Float64Array, place: number): number => (numbers[place] ?? 0) | 0

/** The clock that the model reads of a row: it stops at the first intent to leave. */
export function clockAt(numbers: Float64Array, row: number, at: number): number {
  const intentAt = numberAt(numbers, row + ROW.intentAt)
  return Number.isNaN(intentAt) ? at : Math.min(intentAt, at)
}

const flag = (holds: boolean): number => (holds ? 1 : 0)
const ROOM_AT_FIRST = 512

/** Rows, one after the other. */
export class StateRows {
  /** All numbers of all rows. */
  numbers: Float64Array
  /** Where each row begins, and where the last one ends. */
  readonly starts: number[]
  /** The texts that rows name, by number. */
  readonly names: (string | null)[]
  readonly #numberOf = new Map<string, number>()
  #end: number

  /** No rows; or those of another thread, which has written them. */
  constructor({ numbers, starts, names }: Partial<Pick<StateRows, 'numbers' | 'starts' | 'names'>> = {}) {
    this.numbers = numbers ?? new Float64Array(ROOM_AT_FIRST)
    this.starts = [...(starts ?? [0])]
    this.names = [...(names ?? [null])]
    this.#end = this.starts.at(-1) ?? 0
    for (const [number, name] of this.names.entries()) if (name !== null) this.#numberOf.set(name, number)
  }

  /** How many rows there are. */
  get count(): number {
    return this.starts.length - 1
  }

  /** Forgets the rows; names stay. */
  clear(): void {
    this.starts.length = 1
    this.#end = 0
  }

  /** Adds the row of a state. */
  add({ profilingRefusedAt, firstAt, lastAt, exit, facts, factsAtExit }: Relationship): void {
    const begin = this.#end
    this.#makeRoom(ROW.size + roomOf(facts) + (factsAtExit === null ? 0 : roomOf(factsAtExit)))
    this.#put(flag(profilingRefusedAt !== null))
    this.#put(firstAt ?? Number.NaN)
    this.#put(lastAt ?? Number.NaN)
    this.#putExit(exit, facts)
    const live = this.#end
    this.#put(ROW.size)
    this.#putFacts(factsAtExit ?? facts)
    if (factsAtExit !== null) {
      this.numbers[live] = this.#end - begin
      this.#putFacts(facts)
    }
    this.starts.push(this.#end)
  }

  #makeRoom(more: number): void {
    if (this.#end + more <= this.numbers.length) return
    const larger = new Float64Array(2 * (this.#end + more))
    larger.set(this.numbers.subarray(0, this.#end))
    this.numbers = larger
  }

  #put(value: number): void {
    this.numbers[this.#end] = value
    this.#end += 1
  }

  /** The number of a name; a new one for a new name. */
  number(text: string | null | undefined): number {
    if (text === null || text === undefined) return 0
    const known = this.#numberOf.get(text)
    if (known !== undefined) return known
    const fresh = this.names.push(text) - 1
    this.#numberOf.set(text, fresh)
    return fresh
  }

  #putExit(exit: Exit, facts: Facts): void {
    this.#put(exit.intentAt ?? Number.NaN)
    this.#put(exit.requestedAt ?? Number.NaN)
    this.#put(exit.leftAt ?? Number.NaN)
    this.#put(silentAt(facts) ?? Number.NaN)
  }

  #putFacts(facts: Facts): void {
    const offers = offersThatCount(facts.offers)
    const { effort, satisfaction, friendliness, attachment } = facts
    this.#put(facts.startedAt ?? Number.NaN)
    this.#put(this.number(facts.segment))
    this.#put(this.number(facts.product))
    this.#put(facts.subscriptions.reduce((latest, one) => Math.max(latest, one.fixedUntil ?? -Infinity), -Infinity))
    this.#put(facts.subscriptions.reduce((first, one) => Math.min(first, one.at), Number.POSITIVE_INFINITY))
    this.#put(flag(facts.everSubscribed))
    this.#put(facts.lastOrder?.at ?? Number.NaN)
    this.#put(facts.gapsDays.length)
    this.#put(flag(spoke(facts) || offers.length > 0))
    this.#put(facts.doubleDeviation?.at ?? Number.NaN)
    this.#put(effort?.at ?? Number.NaN)
    this.#put(effort?.score ?? Number.NaN)
    this.#put(satisfaction?.at ?? Number.NaN)
    this.#put(satisfaction?.score ?? Number.NaN)
    this.#put(flag(satisfaction?.kind === 'nps'))
    this.#put(friendliness?.at ?? Number.NaN)
    this.#put(friendliness?.score ?? Number.NaN)
    this.#put(attachment?.at ?? Number.NaN)
    this.#put(attachment?.score ?? Number.NaN)
    this.#put(facts.publicNegative?.at ?? Number.NaN)
    this.#put(facts.pitch?.at ?? Number.NaN)
    this.#putLists(facts, offers)
  }

  #putLists(facts: Facts, offers: readonly Offer[]): void {
    const { orders, subscriptions, failures, positives, contacts, transfers, channelSwitches, invitations } = facts
    this.#put(FACTS.size + ORDER.size * orders.length + SUBSCRIPTION.size * subscriptions.length)
    this.#put(orders.length)
    this.#put(subscriptions.length)
    this.#put(failures.length)
    let apologies = 0
    for (const { furtherApologies } of failures) apologies += furtherApologies.length
    this.#put(apologies)
    this.#put(positives.length)
    this.#put(contacts.length)
    this.#put(transfers.length)
    this.#put(channelSwitches.length)
    this.#put(invitations.length)
    this.#put(offers.length)
    this.#put(facts.promises.length)
    this.#put(facts.promisesBroken.length)
    this.#put(facts.promisesExceeded.length)
    // Taking a tuple apart in the head of a loop takes three times as long.
    for (const one of orders) this.#putFour(one[0], one[1], one[2], this.number(one[3]))
    for (const { monthlyMinor, currency } of subscriptions) {
      this.#put(monthlyMinor)
      this.#put(this.number(currency))
    }
    for (let index = 0; index < failures.length; index += 1) this.#putFailure(facts, index)
    for (const { at: failureAt, furtherApologies } of failures) {
      for (const { at } of furtherApologies) {
        this.#put(at)
        this.#put(failureAt)
      }
    }
    this.#putTimes(positives)
    for (let index = 0; index < contacts.length; index += 1) this.#putContact(contacts, index)
    this.#putTimes(transfers)
    this.#putTimes(channelSwitches)
    this.#putTimes(invitations)
    for (const { at, afterNo, channel } of offers) {
      this.#put(at)
      this.#put(flag(afterNo))
      this.#put(manners.indexOf(mannerOf(channel)))
    }
    for (const { at, due } of facts.promises) {
      this.#put(at)
      this.#put(due)
    }
    this.#putTimes(facts.promisesBroken)
    this.#putTimes(facts.promisesExceeded)
  }

  #putTimes(marks: readonly Readonly<{ at: number }>[]): void {
    for (const { at } of marks) this.#put(at)
  }

  #putFour(one: number, two: number, three: number, four: number): void {
    this.#put(one)
    this.#put(two)
    this.#put(three)
    this.#put(four)
  }

  #putContact(contacts: readonly Contact[], index: number): void {
    const contact = contacts[index]
    if (contact === undefined) return
    let before = Number.NaN
    if (contact.issue !== null) {
      for (let other = 0; other < index; other += 1) {
        const one = contacts[other]
        if (one?.inbound === true && one.issue === contact.issue) before = one.at
      }
    }
    const human = contact.human === null ? Number.NaN : flag(contact.human)
    this.#putFour(contact.at, flag(contact.inbound), human, before)
  }

  #putFailure(facts: Facts, index: number): void {
    const failure = facts.failures[index]
    if (failure === undefined) return
    const { fixed, fixBy } = failure
    this.#put(failure.at)
    this.#put(severities.indexOf(failure.severity))
    this.#put(flag(failure.disrespect))
    this.#put(endOf(failure))
    this.#put(flag(fixed !== null))
    this.#put(fixDueAt(failure))
    this.#put(acknowledgeDueAt(failure))
    this.#put(failure.acknowledged?.at ?? Number.NaN)
    this.#put(flag(failure.confirmed !== null))
    this.#put(flag(failure.secondOwner !== null || failure.repeatedStory !== null))
    this.#put(flag(failure.apologised === null && failure.atFault === 'firm'))
    this.#put(flag(failure.followedUp !== null))
    const promised = fixBy === null ? Number.NaN : promisedMs(fixBy, failure)
    this.#put(fixed === null ? Number.NaN : latenessOf(fixed.at, failure.at, promised))
    this.#put(promised)
    this.#put(compensationShort(failure))
    this.#put(compensationOver(failure))
    this.#put(Math.log((1 + failure.monthsBefore) / 13))
    this.#put(Math.log(1 + failure.purchasesBefore))
    this.#put(failure.positivesBefore)
    this.#put(flag(isSecond(facts.failures, index)))
    this.#put(flag(repeatsCause(facts.failures, index)))
  }
}

const roomOf = (facts: Facts): number =>
  FACTS.size +
  ORDER.size * facts.orders.length +
  SUBSCRIPTION.size * facts.subscriptions.length +
  facts.failures.reduce((room, one) => room + FAILURE.size + APOLOGY.size * one.furtherApologies.length, 0) +
  CONTACT.size * facts.contacts.length +
  OFFER.size * facts.offers.length +
  PROMISE.size * facts.promises.length +
  facts.positives.length +
  facts.transfers.length +
  facts.channelSwitches.length +
  facts.invitations.length +
  facts.promisesBroken.length +
  facts.promisesExceeded.length

const spoke = (facts: Facts): boolean =>
  facts.doubleDeviation !== null ||
  facts.effort !== null ||
  facts.satisfaction !== null ||
  facts.friendliness !== null ||
  facts.attachment !== null ||
  facts.publicNegative !== null ||
  facts.pitch !== null ||
  facts.positives.length > 0 ||
  facts.contacts.length > 0 ||
  facts.transfers.length > 0 ||
  facts.channelSwitches.length > 0 ||
  facts.invitations.length > 0 ||
  facts.promises.length > 0 ||
  facts.promisesBroken.length > 0 ||
  facts.promisesExceeded.length > 0

// Ignored offers count above what is tolerated of their manner: so few that nothing can be above it count nowhere.
function offersThatCount(offers: readonly Offer[]): readonly Offer[] {
  if (offers.length === 0) return offers
  const ignored = { phone: 0, email: 0, post: 0 }
  for (const one of offers) if (isIgnorable(one)) ignored[mannerOf(one.channel)] += 1
  return offers.filter((one) => {
    if (one.asked) return false
    if (one.afterNo) return true
    const manner = mannerOf(one.channel)
    return isIgnorable(one) && ignored[manner] > offerTolerance[manner]
  })
}

const isIgnorable = ({ asked, afterNo, at, reactedAt }: Offer): boolean =>
  !asked && !afterNo && (reactedAt === null || reactedAt > at + SILENCE_DAYS * DAY_MS)
