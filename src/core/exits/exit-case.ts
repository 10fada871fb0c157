import { type Instant, instant, MINUTE_MS } from '../time/instant.ts'
import type { Owed } from './owed.ts'

/**
 * Leaving, from the request to the end. Nothing of a customer's score, value or history is known here: the way out is
 * the same for everybody (trap T20).
 */

/** What the customer asks for: notice in the ordinary way, notice for good cause, or withdrawal from the contract. */
export const exitKinds = ['cancel', 'cause', 'withdraw'] as const
/** One of the ways to end a contract. */
export type ExitKind = (typeof exitKinds)[number]

/** Through what the request came in. */
export const exitChannels = ['page', 'agent', 'api'] as const
/** One of the ways in which a request comes in. */
export type ExitChannel = (typeof exitChannels)[number]

/** What became of credit that the customer still had. */
export const voucherEnds = ['none', 'kept', 'paid-out'] as const
/** One of the fates of credit. */
export type VoucherEnd = (typeof voucherEnds)[number]

/** What a customer may choose to happen to credit. */
export type WishedEnd = Exclude<VoucherEnd, 'none'>

/** What was paid back: money in minor units of the currency, and what became of vouchers. */
export type Settlement = Readonly<{
  refundMinor: number
  currency: string
  vouchers: VoucherEnd
  /** Vouchers that Amends keeps and that were paid out with the step; left out where none was. */
  paidOut?: readonly Readonly<{ voucher: string; minor: number; currency: string }>[]
  /** What the amount that is paid back is made of, as far as cases and events told; left out where nothing was. */
  covers?: readonly Readonly<{ is: Owed['is']; about: string; minor: number; currency: string }>[]
}>

/** How far one exit has come. A step that was not taken is null. */
export type ExitCase = Readonly<{
  requestedAt: Instant
  /** When the firm confirmed it, which fixes the end. Null while nobody knows whose contract it is. */
  confirmedAt: Instant | null
  endsAt: Instant | null
  settledAt: Instant | null
  settlement: Settlement | null
  handedOverAt: Instant | null
  endedAt: Instant | null
}>

/** A request that has just come in. */
export const requested = (at: Instant): ExitCase => ({
  requestedAt: at,
  confirmedAt: null,
  endsAt: null,
  settledAt: null,
  settlement: null,
  handedOverAt: null,
  endedAt: null,
})

/** A step of the firm. */
export type ExitStep =
  | Readonly<{ kind: 'confirm'; endsAt: Instant }>
  | Readonly<{ kind: 'settle'; settlement: Settlement }>
  | Readonly<{ kind: 'hand-over' }>
  | Readonly<{ kind: 'end' }>

/** Why a step cannot be taken now. */
export type ExitRefusal = 'not-confirmed' | 'taken-before' | 'not-over-yet'

/** The event that tells of a step. */
export type ExitEvent = 'exit.confirmed' | 'exit.settled' | 'exit.data_handed_over' | 'exit.ended'

/** The exit after a step with the event that tells of it, or why not. */
export type ExitDecision =
  | Readonly<{ kind: 'taken'; exit: ExitCase; event: ExitEvent }>
  | Readonly<{ kind: 'refused'; because: ExitRefusal }>

const refused = (because: ExitRefusal): ExitDecision => ({ kind: 'refused', because })

/** When a step was taken; null if it was not. */
const takenAt: Readonly<Record<ExitStep['kind'], (exit: ExitCase) => Instant | null>> = {
  confirm: ({ confirmedAt }) => confirmedAt,
  settle: ({ settledAt }) => settledAt,
  'hand-over': ({ handedOverAt }) => handedOverAt,
  end: ({ endedAt }) => endedAt,
}

/**
 * Takes a step. Only confirming comes before the others. The end waits for its date and for nothing else: what the firm
 * has not settled holds no customer.
 */
export function decideExit(was: ExitCase, step: ExitStep, at: Instant): ExitDecision {
  if (step.kind !== 'confirm' && was.confirmedAt === null) return refused('not-confirmed')
  if (takenAt[step.kind](was) !== null) return refused('taken-before')
  switch (step.kind) {
    case 'confirm':
      return { kind: 'taken', event: 'exit.confirmed', exit: { ...was, confirmedAt: at, endsAt: step.endsAt } }
    case 'settle':
      return { kind: 'taken', event: 'exit.settled', exit: { ...was, settledAt: at, settlement: step.settlement } }
    case 'hand-over':
      return { kind: 'taken', event: 'exit.data_handed_over', exit: { ...was, handedOverAt: at } }
    case 'end':
      if (was.endsAt === null || at < was.endsAt) return refused('not-over-yet')
      return { kind: 'taken', event: 'exit.ended', exit: { ...was, endedAt: at } }
  }
}

/** An end at midnight, as notices and wishes have it, is told as the minute before: as a date it would be a day too late. */
export const lastMoment = (endsAt: Instant, because: string | null): Instant =>
  because === 'notice' || because === 'wish' ? instant(endsAt - MINUTE_MS) : endsAt
