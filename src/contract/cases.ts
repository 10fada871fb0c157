import { type Static, Type } from 'typebox'
import { caseSteps } from '../core/cases/case-clocks.ts'
import { queueReasons } from '../core/cases/case-queue.ts'
import { caseReasons } from '../core/cases/decide-case.ts'
import { severityRules } from './case-rules.ts'
import { caseTold } from './case-told.ts'
import { atFault, minor, remedy, severity, waits } from './case-wishes.ts'
import { nullable, time } from './show.ts'

/** What travels about recovery cases. */

/** Cases on one page of the queue. */
export const CASES_PAGE_MAX = 100
const step = Type.Enum(caseSteps)

/** What shows a part of the queue. */
export const caseFilters = ['all', 'mine', 'unassigned', 'late', 'waiting', 'snoozed', 'closed'] as const
/** A part of the queue. */
export type CaseFilter = (typeof caseFilters)[number]

/** What is known of a customer's failures, for whoever opens a case. */
export const customerFailures = Type.Object(
  {
    customer: Type.String(),
    name: nullable(Type.String()),
    failures: Type.Array(
      Type.Object({
        failure: Type.String(),
        at: time,
        severity,
        category: nullable(Type.String()),
        lossMinor: nullable(minor),
        currency: nullable(Type.String()),
        isOpen: Type.Boolean(),
        links: Type.Array(Type.String(), { description: 'What it is about, such as `order:1001`.' }),
        hasCase: Type.Boolean(),
        case: nullable(
          Type.String({ description: 'Its case; null where there is none, or none that the caller sees.' }),
        ),
      }),
    ),
    severity: severityRules,
  },
  { $id: 'CustomerFailures' },
)
export type CustomerFailures = Static<typeof customerFailures>

const passed = Type.Array(Type.Enum(['case', 'day', 'month', 'team'] as const), {
  description: 'The limits it would pass.',
})

/** A remedy that waits for a second person. */
export const fourEyes = Type.Object(
  {
    approval: Type.String(),
    passed,
    roles: Type.Array(Type.String(), { description: 'The roles that may agree.' }),
  },
  { $id: 'FourEyes' },
)

const colleague = nullable(Type.Object({ id: Type.String(), name: Type.String() }))

const row = {
  id: Type.String(),
  customer: Type.String(),
  name: nullable(Type.String()),
  failure: Type.String(),
  revision: Type.Integer(),
  openedAt: time,
  closedAt: nullable(time),
  severity,
  category: nullable(Type.String()),
  lossMinor: nullable(minor),
  currency: nullable(Type.String()),
  incident: nullable(Type.String()),
  team: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  assignee: colleague,
  failedRounds: Type.Integer(),
  waitingFor: nullable(Type.Enum(waits)),
  snoozedUntil: nullable(time),
  reason: Type.Enum(queueReasons, { description: 'Why it stands where it stands.' }),
  dueAt: nullable(Type.String({ format: 'date-time', description: 'The earliest deadline of what is owed.' })),
  nextStep: nullable(step),
  stakeMinor: nullable(Type.Integer({ description: 'Null where the customer refuses to be profiled.' })),
  workMinutes: Type.Integer(),
  perMinuteMinor: nullable(Type.Number()),
}

/** A line of the queue. */
export const caseRow = Type.Object(row, { $id: 'CaseRow' })
export type CaseRow = Static<typeof caseRow>

/** A page of the queue in its order, and how many there are. */
export const caseList = Type.Object(
  {
    cases: Type.Array(caseRow),
    cursor: nullable(Type.String()),
    counts: Type.Object(
      {
        open: Type.Integer(),
        late: Type.Integer(),
        dueSoon: Type.Integer({ description: 'Due within four hours.' }),
        mine: Type.Integer(),
        unassigned: Type.Integer(),
        waiting: Type.Integer(),
        snoozed: Type.Integer(),
        doubleDeviation: Type.Integer(),
        closedToday: Type.Integer(),
      },
      { description: 'Of the cases that the caller sees, whatever the filter; 1,001 stands for more than a thousand.' },
    ),
    categories: Type.Array(Type.Object({ category: Type.String(), count: Type.Integer() }), {
      description: 'What the open cases that the caller sees are about, the most frequent first.',
    }),
    asOf: time,
    currency: Type.String(),
  },
  { $id: 'CaseList' },
)
export type CaseList = Static<typeof caseList>

const estimate = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() })

const clock = Type.Object({
  state: Type.Enum(['running', 'warning', 'breached', 'paused', 'met', 'met late'] as const),
  warnAt: nullable(time),
  dueAt: nullable(time),
  usedMinutes: Type.Integer(),
  remainingMinutes: Type.Integer(),
  lateMinutes: Type.Integer(),
})

const skipped = Type.Object({
  how: Type.Enum(['skipped', 'late'] as const),
  stay: estimate,
  valueMinor: estimate,
})

const refusal = Type.Object({
  because: Type.Enum(caseReasons),
  sentence: Type.String(),
  step: nullable(step),
  fromAt: nullable(time),
})

const protocolStep = Type.Object({
  step,
  standing: Type.Enum(['done', 'next', 'owed', 'not started', 'not owed', 'skipped'] as const),
  startedAt: nullable(time),
  doneAt: nullable(time),
  notBefore: nullable(time),
  clock: nullable(clock),
  costs: Type.Array(skipped, { description: 'What skipping it, or being late with it, costs by the model.' }),
  refusal: nullable(refusal),
})

const arithmetic = Type.Object({
  amountMinor: minor,
  stayLeftAlone: Type.Number(),
  stayPutRight: Type.Number(),
  valueMinor: Type.Integer(),
  gainMinor: Type.Integer(),
  harmMinor: Type.Integer(),
  costMinor: Type.Integer(),
  expectedMinor: Type.Integer(),
})

const range = Type.Object({ lowMinor: minor, highMinor: minor })

const proposal = Type.Object({
  range,
  amountMinor: minor,
  options: Type.Array(arithmetic, { description: 'For the ends of the range and its middle.' }),
  channel: Type.String(),
  channelBecause: Type.Enum(['double deviation', 'preferred', 'critical', 'much at stake', 'usual'] as const),
  urgency: Type.Enum(['at once', 'today', 'in order'] as const),
})

const comparison = Type.Union([
  Type.Object({ kind: Type.Literal('too few'), count: Type.Integer(), needed: Type.Integer() }),
  Type.Object({
    kind: Type.Literal('compared'),
    lowMinor: minor,
    highMinor: minor,
    verdict: Type.Enum(['far below', 'in line', 'far above'] as const),
  }),
])

const similar = Type.Object({
  cases: Type.Array(
    Type.Object({
      id: Type.String(),
      category: nullable(Type.String()),
      severity,
      lossMinor: nullable(minor),
      givenMinor: minor,
      distance: Type.Number(),
    }),
  ),
  comparison,
  given: Type.Array(minor, { description: 'What every near case received, those of the list and those beyond it.' }),
})

const limits = Type.Object({ caseMinor: Type.Integer(), dayMinor: Type.Integer(), monthMinor: Type.Integer() })
const authority = Type.Object(
  {
    limits: nullable(limits),
    spent: Type.Object({
      caseMinor: Type.Integer(),
      dayMinor: Type.Integer(),
      monthMinor: Type.Integer(),
      teamMonthMinor: Type.Integer(),
    }),
    teamMonthMinor: nullable(Type.Integer({ description: 'The budget of the team; null for none.' })),
  },
  { description: 'What the reader may give without asking, and has given; null for a key.' },
)

const person = Type.Object({ id: Type.String(), name: nullable(Type.String()) })
const asked = {
  id: Type.String(),
  askedBy: person,
  askedAt: time,
  remedy,
  reason: nullable(Type.String()),
  passed,
}

const approval = Type.Object({
  ...asked,
  state: Type.Enum(['asked', 'approved', 'refused', 'withdrawn'] as const),
  answeredBy: nullable(person),
  answeredAt: nullable(time),
  answer: nullable(Type.String()),
  weighed: nullable(
    Type.Object(
      {
        role: Type.String(),
        authority,
        arithmetic: nullable(arithmetic),
        comparison,
        refusal: nullable(
          Type.String({ description: 'Why the reader may not agree to it, in words; null when she may.' }),
        ),
      },
      { description: 'What the reader weighs who is asked for an answer; null once there is one, and for a key.' },
    ),
  ),
})
export type CaseApproval = Static<typeof approval>

const legalStep = Type.Object({
  id: Type.String(),
  name: Type.String(),
  duty: Type.Enum(['firm', 'customer'] as const),
  effect: Type.String(),
  letter: nullable(Type.String()),
  standing: Type.String(),
  startsAt: nullable(time),
  notBefore: nullable(time),
  dueAt: nullable(time),
  doneAt: nullable(time),
  isLate: Type.Boolean(),
  holidays: Type.Enum(['sure', 'may change', 'unknown'] as const),
  source: Type.Object({
    title: Type.String(),
    notedOn: Type.String(),
    sure: Type.String(),
    note: nullable(Type.String()),
  }),
})

/** One line of what happened. */
export const storyLine = Type.Object({
  at: time,
  from: Type.Enum(['customer', 'case', 'note'] as const),
  kind: Type.String(),
  sentence: Type.String(),
  by: nullable(Type.Object({ id: Type.String(), name: nullable(Type.String()) })),
})

/** One case on one page: what happened, what is owed until when, what it costs to skip it, and what may be given. */
export const casePage = Type.Object(
  {
    ...row,
    isOpen: Type.Boolean(),
    wordsGoneAt: nullable(
      Type.String({ format: 'date-time', description: 'When what people wrote in it was removed, by its age.' }),
    ),
    openedBy: Type.Enum(['rule', 'hand', 'api'] as const),
    atFault,
    rootCause: nullable(Type.String()),
    remedy: nullable(remedy),
    compensatedMinor: minor,
    tries: Type.Array(time),
    repairUntil: nullable(time),
    steps: Type.Array(protocolStep),
    legal: Type.Array(
      Type.Object({ pack: Type.String(), name: Type.String(), law: Type.Boolean(), steps: Type.Array(legalStep) }),
    ),
    story: Type.Array(storyLine),
    proposal: nullable(proposal),
    similar,
    authority: nullable(authority),
    approvals: Type.Array(approval),
    told: caseTold,
    undoUntil: nullable(
      Type.String({ format: 'date-time', description: 'Until when the reader may take back the last entry.' }),
    ),
    asOf: time,
    firmCurrency: Type.String(),
  },
  { $id: 'CasePage' },
)
export type CasePage = Static<typeof casePage>

/** Remedies that wait for a second person, whoever waits longest first. */
export const approvalList = Type.Object(
  {
    waiting: Type.Array(Type.Object({ case: caseRow, ...asked })),
    count: Type.Integer({ description: 'All that wait; 1,001 stands for more than a thousand.' }),
    asOf: time,
    currency: Type.String(),
  },
  { $id: 'ApprovalList' },
)
export type ApprovalList = Static<typeof approvalList>

/** What has changed since a cursor: look at these again. */
export const caseChanges = Type.Object(
  {
    changes: Type.Array(Type.Object({ id: Type.String(), revision: Type.Integer(), changedAt: time })),
    cursor: Type.String({ description: 'Ask again with it. The last seconds are told twice, so that none is missed.' }),
  },
  { $id: 'CaseChanges' },
)
export type CaseChanges = Static<typeof caseChanges>
