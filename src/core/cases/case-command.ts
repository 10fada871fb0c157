import type { MessageKind } from '../contact/outbox.ts'
import type { Channel } from '../relationship/vocabulary.ts'
import type { Instant } from '../time/instant.ts'
import type { CaseEntry, Remedy } from './case-entry.ts'

/** Who acts. A senior person may take what failed once; the customer answers for herself; a rule is not a person. */
export type Actor =
  | Readonly<{ kind: 'person'; id: string; isSenior: boolean }>
  | Readonly<{ kind: 'customer' }>
  | Readonly<{ kind: 'automation'; id: string }>

/** What somebody wants done about a case. */
export type CaseCommand =
  | Readonly<{ kind: 'assign'; to: string | null; isSenior: boolean }>
  | Readonly<{ kind: 'hand over'; team: string | null }>
  | Readonly<{ kind: 'group'; incident: string | null }>
  | Readonly<{ kind: 'snooze'; until: Instant | null }>
  | Readonly<{ kind: 'wait'; for: 'remedy' | 'confirmation' | 'information' }>
  | Readonly<{ kind: 'resume' }>
  | Readonly<{ kind: 'escalate'; step: string; to: 'next person' | 'manager' }>
  | Readonly<{ kind: 'apply regime'; pack: string; event: string; since: Instant }>
  | Readonly<{ kind: 'send letter'; pack: string; letter: string; language: string }>
  | Readonly<{ kind: 'do duty'; pack: string; step: string }>
  | Readonly<{ kind: 'tell'; about: MessageKind; channel: Channel; message: string | null }>
  | Readonly<{ kind: 'promise'; promise: 'answer' | 'deed'; what: string; due: Instant; owner: string }>
  | Readonly<{ kind: 'keep promise'; promise: string }>
  | Readonly<{ kind: 'acknowledge' }>
  | Readonly<{ kind: 'own' }>
  | Readonly<{ kind: 'apologise'; isSpecific: boolean }>
  | Readonly<{ kind: 'agree remedy'; remedy: Remedy }>
  | Readonly<{ kind: 'fix'; how: string | null }>
  | Readonly<{ kind: 'compensate'; valueMinor: number; form: string | null }>
  | Readonly<{ kind: 'try to reach'; channel: Extract<CaseEntry, { kind: 'tried' }>['channel'] }>
  | Readonly<{ kind: 'confirm'; satisfied: boolean }>
  | Readonly<{ kind: 'follow up'; satisfied: boolean | null }>
  | Readonly<{ kind: 'close'; rootCause: string | null }>
  | Readonly<{ kind: 'reopen'; reason: string | null; isReported: boolean }>
  | Readonly<{ kind: 'undo' }>
