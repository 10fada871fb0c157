import type { Instant } from '../time/instant.ts'
import type { Failure, Mark } from './failure.ts'
import type { Channel } from './vocabulary.ts'

/** A running subscription. `monthlyMinor` is what it brings in a month; without a currency it is in the firm's. */
export type Subscription = Readonly<{
  subscription: string
  product: string | null
  monthlyMinor: number
  currency: string | null
  at: Instant
  event: string
  fixedUntil: Instant | null
}>

/**
 * Orders of one instant, or of one week once there are too many to keep apart; a return is an order of count 0. The one
 * list that is long at many firms, hence a tuple: it takes half the room of an object. Without a currency the amount is
 * in the firm's.
 */
export type Orders = readonly [at: Instant, count: number, minor: number, currency?: string]

/** A promise that is neither kept nor broken yet. */
export type PromiseMade = Readonly<{ promise: string; event: string; at: Instant; due: Instant; what: string | null }>
/** A promise that was not kept; without a due time when it was broken by word. */
export type PromiseBroken = Readonly<{ event: string; at: Instant; due: Instant | null; what: string | null }>

/** A contact of the last 12 months. `issue` tells contacts about the same thing from others; `human` is null when nobody said. */
export type Contact = Readonly<{
  contact: string
  event: string
  at: Instant
  issue: string | null
  inbound: boolean
  human: boolean | null
}>

/** An offer that was sent to the customer. */
export type Offer = Readonly<{
  offer: string
  event: string
  at: Instant
  category: string | null
  channel: Channel | null
  asked: boolean
  /** Sent after an explicit no. */
  afterNo: boolean
  reactedAt: Instant | null
}>

/** An explicit no: to a category, by a channel; null stands for every one. */
export type Refusal = Readonly<{ category: string | null; channel: string | null }>

/** The latest answer of a kind; `score` on 0 to 1. */
export type Answer = Readonly<{ at: Instant; event: string; score: number; given: number; max: number; kind: string }>
type Invitation = Readonly<{ survey: string; kind: string; at: Instant; event: string }>

/** A contact rated well, or praise, in public or not. */
type Positive = Readonly<{
  at: Instant
  event: string
  contact: string | null
  how: string
  given: number
  max: number
}>

/** All that the leave model reads. Lists are short and bounded; windows are applied when read. */
export type Facts = Readonly<{
  startedAt: Instant | null
  /** The first event there is; what has no event of its own is told with it. */
  firstEvent: string
  segment: string | null
  subscriptions: readonly Subscription[]
  /** The product of the last subscription that named one. */
  product: string | null
  everSubscribed: boolean
  orders: readonly Orders[]
  lastOrder: Mark | null
  gapsDays: readonly number[]
  promises: readonly PromiseMade[]
  promisesBroken: readonly PromiseBroken[]
  promisesExceeded: readonly Mark[]
  contacts: readonly Contact[]
  transfers: readonly Mark[]
  channelSwitches: readonly Mark[]
  positives: readonly Positive[]
  failures: readonly Failure[]
  doubleDeviation: Readonly<{ at: Instant; event: string; failure: string }> | null
  effort: Answer | null
  satisfaction: Answer | null
  friendliness: Answer | null
  attachment: Answer | null
  invitations: readonly Invitation[]
  /** The last invitation of any kind, answered or not. */
  lastInvitedAt: Instant | null
  publicNegative: Mark | null
  offers: readonly Offer[]
  refusals: readonly Refusal[]
  pitch: Mark | null
}>

/** Nothing has happened yet. */
export const noFacts: Facts = {
  startedAt: null,
  firstEvent: '',
  segment: null,
  subscriptions: [],
  product: null,
  everSubscribed: false,
  orders: [],
  lastOrder: null,
  gapsDays: [],
  promises: [],
  promisesBroken: [],
  promisesExceeded: [],
  contacts: [],
  transfers: [],
  channelSwitches: [],
  positives: [],
  failures: [],
  doubleDeviation: null,
  effort: null,
  satisfaction: null,
  friendliness: null,
  attachment: null,
  invitations: [],
  lastInvitedAt: null,
  publicNegative: null,
  offers: [],
  refusals: [],
  pitch: null,
}
