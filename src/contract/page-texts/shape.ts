import type { ExitKind } from '../../core/exits/exit-case.ts'
import type { SurveyKind } from '../../core/listening/survey.ts'

/** The words that every public page has. */
export type FrameTexts = Readonly<{
  simulated: string
  languages: string
  /** `(may stay empty)` beside a field. */
  optional: string
  over: Readonly<{ title: string; text: string }>
  tooMany: Readonly<{ title: string; text: string }>
  broken: Readonly<{ title: string; text: string }>
}>

/** The words of the pages that customers see without signing in. No offer, no cheer, no reason demanded. */
export type PageTexts = FrameTexts &
  Readonly<{
    leave: LeaveTexts
    survey: SurveyTexts
  }>

/** The words of leaving. The names of the two buttons are those that the law asks for. */
export type LeaveTexts = Readonly<{
  title: string
  step: (n: 1 | 2) => string
  lead: string
  /** The ways to leave: what the firm's website calls each, and the page of those that are one form and one button. */
  ways: Readonly<{
    leave: Readonly<{ link: string }>
    cancel: OneFormTexts
    withdraw: OneFormTexts
  }>
  kind: string
  kinds: Readonly<Record<ExitKind, Readonly<{ name: string; text: string; said: string }>>>
  reference: string
  name: string
  email: string
  wishedOn: string
  wishedOnHint: string
  reason: string
  causeReason: string
  first: string
  next: string
  check: string
  missing: Readonly<Record<'kind' | 'reference' | 'email' | 'wishedOn' | 'reason', string>>
  fields: Readonly<{
    what: string
    reference: string
    name: string
    email: string
    lastDay: string
    reason: string
    money: string
    vouchers: string
    data: string
  }>
  wished: string
  /** With the date of a month of notice. */
  byNotice: (day: string) => string
  asWished: (day: string) => string
  moneyText: string
  vouchersText: string
  dataText: string
  noEmail: string
  second: Readonly<Record<ExitKind, string>>
  back: string
  done: string
  received: (when: string, number: string) => string
  mailed: (address: string) => string
  notMailed: string
  after: readonly string[]
  save: string
  thanks: string
  otherwise: string
  fileName: string
}>

/** The words of a page that is one form and one button. `link` is the first of the two buttons that the law asks for. */
export type OneFormTexts = Readonly<{ link: string; title: string; lead: string; button: string }>

/** The words of surveys. `low` and `high` are the ends of a scale. */
export type SurveyTexts = Readonly<{
  lead: string
  /** The lead where several sentences are answered. */
  leadOfSeveral: string
  /** What the invitation says that it is about. */
  about: Readonly<Record<SurveyKind, string>>
  kinds: Readonly<
    Record<SurveyKind, Readonly<{ question: string; low: string; high: string; items: readonly string[] }>>
  >
  send: string
  missing: string
  thanks: (answer: string) => string
  /** The answer that a tap in the mail chose: nothing counts before it is sent. */
  chosen: (answer: string) => string
  sendAnswer: (answer: string) => string
  another: string
  /** Words beside the answer. */
  more: Readonly<{ low: string; other: string }>
  add: string
  added: string
  moreMissing: string
  noMore: string
  /** What is done with an answer in the lower half of the scale, and with any other. */
  low: string
  other: string
  seldom: string
}>
