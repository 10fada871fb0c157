import type { CaseStanding } from '../../core/cases/case-standing.ts'

/** The words of the pages on which a customer sees her case, chooses a remedy, and answers a question. */
export type CasePageTexts = Readonly<{
  /** What a case is called where nothing else is known of it. */
  report: string
  /** Whoever looks after it, where no name is told. */
  colleague: string
  number: (name: string) => string
  otherwise: string
  status: Readonly<{
    title: string
    lead: (what: string) => string
    standing: Readonly<Record<CaseStanding, string>>
    fields: Readonly<{ stands: string; who: string; next: string; promised: string; since: string }>
    /** What comes next, with when it comes at the latest. */
    next: Readonly<Record<CaseStanding, (when: string) => string>>
    nobody: string
    promises: Readonly<{ answer: (when: string) => string; deed: (what: string, when: string) => string }>
    kept: string
    add: string
    addHint: string
    send: string
    missing: string
    added: string
    addedText: string
    choose: string
    over: string
  }>
  remedy: Readonly<{
    title: string
    lead: (what: string) => string
    yours: string
    /** Beside a choice: by when. */
    by: (when: string) => string
    other: string
    otherText: string
    always: (worth: string) => string
    confirm: string
    openUntil: (when: string) => string
    missing: string
    chosen: (what: string) => string
    otherChosen: string
    otherChosenText: (when: string) => string
    mailed: string
    notMailed: string
    voucher: (worth: string) => string
    code: string
    codeOnce: string
    codeMailed: string
    after: string
    afterText: string
    before: string
    over: Readonly<{ title: string; text: string }>
    changed: Readonly<{ title: string; text: string }>
    tell: string
  }>
  question: Readonly<
    Record<'confirm' | 'follow up', Readonly<{ title: string; lead: string; yes: string; no: string }>>
  >
  answer: Readonly<{
    yes: string
    yesText: string
    no: string
    noText: string
    tell: string
    before: Readonly<{ title: string; text: string }>
  }>
}>
