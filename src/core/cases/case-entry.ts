import type { MessageKind } from '../contact/outbox.ts'
import type { CustomerKey } from '../ids.ts'
import type { Severity } from '../relationship/failure.ts'
import type { Channel } from '../relationship/vocabulary.ts'
import type { Instant } from '../time/instant.ts'

/** What the customer agreed to. `fixBy` is the promise; `valueMinor` is 0 where no money was agreed. */
export type Remedy = Readonly<{ what: string; fixBy: Instant | null; valueMinor: number; form: string | null }>

type Envelope = Readonly<{
  /** Unique within the case. */
  id: string
  at: Instant
  /** Who: a person, the customer, or a rule. */
  by: string
}>

/** A step that the customer's log tells of; `isReported` when the log knew before the case did. */
type Told = Readonly<{ isReported: boolean }>

/** A fact about a case. It is never changed; the last one can be undone by another entry. */
export type CaseEntry = Envelope &
  (
    | (Told &
        Readonly<{
          kind: 'opened'
          case: string
          customer: CustomerKey
          failure: string
          openedBy: 'rule' | 'hand' | 'api'
          severity: Severity
          category: string | null
          lossMinor: number | null
          currency: string | null
          atFault: 'firm' | 'customer' | 'third party'
          incident: string | null
          team: string | null
          /** The recovery of this failure has failed before. */
          isDoubleDeviation: boolean
          /** What the failure is about. */
          about?: Readonly<{ order?: string; subscription?: string; promise?: string }>
          /** A rule inferred the failure from another event, or from time. */
          isInferred?: boolean
          /** When the customer was let down, if not when the case opened. */
          failedAt?: Instant
        }>)
    /** The failure was reported under another name: one failure, one case. */
    | Readonly<{
        kind: 'joined'
        failure: string
        severity: Severity
        category: string | null
        lossMinor: number | null
        currency: string | null
      }>
    | Readonly<{ kind: 'assigned'; to: string | null }>
    | Readonly<{ kind: 'handed over'; team: string | null }>
    | Readonly<{ kind: 'grouped'; incident: string | null }>
    | Readonly<{ kind: 'snoozed'; until: Instant | null }>
    | Readonly<{ kind: 'waited'; for: 'remedy' | 'confirmation' | 'information' }>
    | Readonly<{ kind: 'resumed' }>
    | Readonly<{ kind: 'escalated'; step: string; to: 'next person' | 'manager' }>
    | Readonly<{ kind: 'regime applied'; pack: string; event: string; since: Instant }>
    | Readonly<{ kind: 'letter sent'; pack: string; letter: string; language: string }>
    | Readonly<{ kind: 'duty done'; pack: string; step: string }>
    /** The customer was told something; `message` is the mail, null when it was told in another way. */
    | Readonly<{ kind: 'told'; about: MessageKind; channel: Channel; message: string | null }>
    /** Somebody promised something: to answer by then, or to do something. `owner` answers for it. */
    | Readonly<{ kind: 'promised'; promise: 'answer' | 'deed'; what: string; due: Instant; owner: string }>
    | Readonly<{ kind: 'promise kept'; promise: string }>
    | (Told & Readonly<{ kind: 'acknowledged' }>)
    | (Told & Readonly<{ kind: 'owned'; owner: string }>)
    | (Told & Readonly<{ kind: 'apologised' }>)
    | Readonly<{ kind: 'remedy agreed'; remedy: Remedy }>
    | (Told & Readonly<{ kind: 'fixed'; how: string | null }>)
    | (Told & Readonly<{ kind: 'compensated'; valueMinor: number; currency: string | null; form: string | null }>)
    | Readonly<{ kind: 'tried'; channel: 'phone' | 'email' | 'post' | 'chat' | 'sms' | 'app' | 'visit' }>
    | (Told & Readonly<{ kind: 'confirmed'; satisfied: boolean }>)
    | (Told & Readonly<{ kind: 'followed up'; satisfied: boolean | null }>)
    | (Told & Readonly<{ kind: 'closed'; rootCause: string | null }>)
    | (Told & Readonly<{ kind: 'reopened'; reason: string | null }>)
    | Readonly<{ kind: 'undone'; entry: string; retracts: readonly string[] }>
  )
