import { type Static, Type } from 'typebox'
import { permissions, roles } from '../core/people/permissions.ts'
import { foreseen } from './foreseen.ts'

/** What the screen and the integrators read. Times are RFC 3339 in UTC, money is in minor units, chances are 0 to 1. */

/** RFC 3339. */
export const time = Type.String({ format: 'date-time' })
/** An amount in the currency of the firm. */
export const money = Type.Integer({ description: 'Minor units of the currency of the settings.' })
/** That, or null. */
export const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** An estimate with its interval. */
export const estimate = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() })
/** A model estimate with its 80 % interval. */
export type Estimate = Static<typeof estimate>

/** A refusal: which, why, and where in the request. */
export const problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    pointer: Type.Optional(Type.String()),
    because: Type.Optional(Type.String({ description: 'The reason within the code, where there are several.' })),
  },
  { $id: 'Problem', description: 'RFC 9457.' },
)
export type Problem = Static<typeof problem>

/** What this installation holds, and what it still needs. */
export const status = Type.Object(
  {
    firm: nullable(Type.String()),
    simulated: Type.Boolean({ description: 'True when any event came from the simulator.' }),
    customers: Type.Integer(),
    events: Type.Integer(),
    asOf: nullable(time),
    timeZone: Type.String({ description: 'IANA name. Days and clocks of the screen are those of this zone.' }),
    currency: Type.String(),
    otherCurrencies: Type.Array(Type.String(), {
      description: 'In which other currencies amounts were told. They are in no sum.',
    }),
    needsAdministrator: Type.Boolean(),
    version: Type.String(),
  },
  { $id: 'Status' },
)
export type Status = Static<typeof status>

/** The orders of the list; the first is the usual one. */
export const customerSorts = ['at-stake', 'chance', 'recent', 'name'] as const
/** The filters of the list. */
export const customerFilters = ['all', 'let-down', 'at-stake', 'double-deviation', 'left'] as const

/** One line of the list, as scored with the last event of the customer. */
const customerRow = Type.Object(
  {
    customer: Type.String(),
    name: nullable(Type.String()),
    segment: nullable(Type.String()),
    since: nullable(time),
    lastAt: time,
    eventCount: Type.Integer(),
    goodwill: nullable(
      Type.Number({
        description: 'Balance of the ledger in log-odds, when scored; null for who refuses to be profiled.',
      }),
    ),
    stay: nullable(estimate),
    atStake: nullable(money),
    openFailures: Type.Integer(),
    doubleDeviation: Type.Boolean(),
    left: Type.Boolean(),
    scoredAt: time,
  },
  { $id: 'CustomerRow' },
)
export type CustomerRow = Static<typeof customerRow>

/** One page of the list. */
export const customerList = Type.Object(
  {
    customers: Type.Array(customerRow),
    cursor: nullable(Type.String({ description: 'Pass it back to read on; null on the last page.' })),
    segments: Type.Array(Type.String()),
  },
  { $id: 'CustomerList' },
)
export type CustomerList = Static<typeof customerList>

/** One entry of the goodwill ledger: what an event put there, in log-odds, and what is left of it. */
const ledgerEntry = Type.Object(
  {
    key: Type.String({ description: 'Stable name of the entry: event and covariate.' }),
    event: Type.String(),
    covariate: Type.String(),
    group: nullable(Type.String({ description: 'The failure it belongs to.' })),
    at: time,
    mark: Type.Union([Type.Literal('let-down'), Type.Literal('repair'), Type.Literal('owed')]),
    sentence: Type.String(),
    detail: Type.String(),
    posted: Type.Number(),
    now: Type.Number(),
    fades: Type.Object({
      kind: Type.Union([
        Type.Literal('half-life'),
        Type.Literal('until'),
        Type.Literal('while-open'),
        Type.Literal('moves'),
        Type.Literal('none'),
      ]),
      days: Type.Optional(Type.Number()),
      until: Type.Optional(time),
      words: Type.String(),
    }),
  },
  { $id: 'LedgerEntry' },
)
export type LedgerEntryView = Static<typeof ledgerEntry>

const fan = Type.Object({
  median: Type.Array(Type.Number()),
  low80: Type.Array(Type.Number()),
  high80: Type.Array(Type.Number()),
  low50: Type.Array(Type.Number()),
  high50: Type.Array(Type.Number()),
})

/** What is known of every customer, whether or not anything may be foretold. */
const knownOfCustomer = {
  customer: Type.String(),
  members: Type.Array(Type.String({ description: 'Customers merged into this one.' })),
  mergedInto: nullable(Type.String()),
  name: nullable(Type.String()),
  email: nullable(Type.String()),
  phone: nullable(Type.String()),
  locale: nullable(Type.String()),
  segment: nullable(Type.String()),
  since: nullable(time),
  erased: Type.Boolean(),
  eventCount: Type.Integer(),
  asOf: time,
  scoredAt: time,
  model: Type.Object({
    version: Type.Integer(),
    exits: Type.Integer(),
    interceptFrom: Type.Union([Type.Literal('prior'), Type.Literal('own-data')]),
    dataTo: nullable(time),
  }),
  facts: Type.Object({
    orders12: Type.Integer(),
    paid12: money,
    monthlyValue: nullable(money),
    openFailures: Type.Integer(),
    openPromises: Type.Integer(),
    doubleDeviationAt: nullable(time),
    exitRequestedAt: nullable(time),
    leftAt: nullable(time),
    conductNotedAt: nullable(
      Type.String({ format: 'date-time', description: 'When it was last noted how colleagues were treated.' }),
    ),
    voucherBalance: money,
    otherMoney: Type.Array(
      Type.Object({
        currency: Type.String(),
        paid12: Type.Integer(),
        monthlyValue: Type.Integer(),
        voucherBalance: Type.Integer(),
      }),
      {
        description:
          'Amounts in other currencies than that of the settings, in minor units: in no sum, and in no value.',
      },
    ),
  }),
  moments: Type.Array(Type.Object({ kind: Type.String(), at: time })),
}

/** The whole relationship with one customer: what it adds up to, why, and what may become of it. */
const scoredCustomerPage = Type.Object(
  {
    ...knownOfCustomer,
    profilingRefusedAt: Type.Null(),
    goodwill: estimate,
    intercept: Type.Number(),
    statics: Type.Array(Type.Object({ covariate: Type.String(), sentence: Type.String(), amount: Type.Number() })),
    linearPredictor: Type.Number({ description: 'Intercept + statics - balance.' }),
    leaveThisMonth: Type.Number(),
    stay: estimate,
    reference: Type.Number({ description: 'Chance of the reference customer to stay 12 months.' }),
    points: estimate,
    value: estimate,
    valueMonths: Type.Integer(),
    atStake: nullable(Type.Object({ amount: estimate, repaired: estimate, neglected: estimate })),
    future: Type.Object({ months: Type.Array(Type.Integer()), repaired: nullable(fan), neglected: fan }),
    entries: Type.Array(ledgerEntry),
    foreseen,
  },
  { $id: 'ScoredCustomerPage' },
)
export type ScoredCustomerPage = Static<typeof scoredCustomerPage>

/** A customer who refuses to be profiled: what happened, and nothing that is foretold. */
const unscoredCustomerPage = Type.Object(
  {
    ...knownOfCustomer,
    profilingRefusedAt: Type.String({ format: 'date-time', description: 'Since when the customer refuses.' }),
  },
  { $id: 'UnscoredCustomerPage' },
)
/** One customer. */
export const customerPage = Type.Union([scoredCustomerPage, unscoredCustomerPage], { $id: 'CustomerPage' })
export type CustomerPage = Static<typeof customerPage>

/** One event, said in the language of the reader. */
const timelineItem = Type.Object(
  {
    event: Type.String(),
    source: Type.String(),
    customer: Type.String(),
    type: Type.String(),
    at: time,
    receivedAt: time,
    sentence: Type.String(),
    retracted: Type.Boolean(),
    text: nullable(Type.String()),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'TimelineItem' },
)
/** One page of the events of a customer, newest first. */
export const timeline = Type.Object(
  { items: Type.Array(timelineItem), cursor: nullable(Type.String()) },
  { $id: 'Timeline' },
)
export type Timeline = Static<typeof timeline>

/** The goodwill balance over time, in log-odds, with the events that moved it most. */
export const goodwillHistory = Type.Object(
  {
    points: Type.Array(
      Type.Object({
        at: time,
        balance: Type.Number(),
        low: Type.Number(),
        high: Type.Number(),
        without: nullable(
          Type.Number({ description: 'The balance less the entries of one let-down; null when none is asked about.' }),
        ),
      }),
    ),
    letDowns: Type.Array(
      Type.Object({ failure: Type.String(), at: time, sentence: Type.String(), now: Type.Number() }),
      {
        description: 'Let-downs that still weigh, the weightiest first, with the sum of their entries.',
      },
    ),
    without: nullable(Type.String({ description: 'The let-down that `without` of the points leaves out.' })),
    marks: Type.Array(
      Type.Object({
        at: time,
        mark: Type.Union([Type.Literal('let-down'), Type.Literal('repair'), Type.Literal('owed')]),
        sentence: Type.String(),
        step: Type.Number({ description: 'Change of the balance at that event.' }),
      }),
    ),
  },
  { $id: 'GoodwillHistory' },
)
export type GoodwillHistory = Static<typeof goodwillHistory>

/** Long work: an import, the demo firm, a refit, scoring everybody, the forecast of vouchers, learning a model, a step for an incident, checks, erasing who was silent for long. */
export const task = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum([
      'import',
      'simulate',
      'rescore',
      'score',
      'forecast',
      'fit',
      'incident',
      'checks',
      'forget',
    ] as const),
    title: Type.String(),
    demo: nullable(
      Type.Object(
        { kind: Type.Union([Type.Literal('contract'), Type.Literal('shop')]), customers: Type.Integer() },
        { description: 'What was asked for, when it makes a demo firm.' },
      ),
    ),
    state: Type.Enum(['waiting', 'running', 'done', 'failed', 'cancelled'] as const),
    doing: nullable(Type.String()),
    done: Type.Integer(),
    total: nullable(Type.Integer()),
    perSecond: nullable(Type.Number()),
    secondsLeft: nullable(Type.Number()),
    accepted: Type.Integer(),
    repeated: Type.Integer(),
    rejected: Type.Integer(),
    rejects: nullable(Type.String({ description: 'Address of the file with the rejected rows.' })),
    problem: nullable(Type.String()),
    because: nullable(Type.String({ description: 'The word of the refusal that ended it, if it was one.' })),
    startedAt: nullable(time),
    endedAt: nullable(time),
  },
  { $id: 'Task' },
)
export type Task = Static<typeof task>

/** A way to make events of files: SQL with its description. */
export const mapping = Type.Object(
  {
    name: Type.String(),
    title: Type.String(),
    about: Type.String(),
    needs: Type.Array(Type.String()),
    sql: Type.String(),
  },
  { $id: 'Mapping' },
)
export type Mapping = Static<typeof mapping>

/** Files that were sent and wait to be looked at or imported. */
export const upload = Type.Object(
  { upload: Type.String(), files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer() })) },
  { $id: 'Upload' },
)

/** What files hold, and the first events that a mapping makes of them. */
export const preview = Type.Object(
  {
    files: Type.Array(
      Type.Object({
        view: Type.String(),
        columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
        rows: Type.Array(Type.Array(Type.Unknown())),
      }),
    ),
    suggested: nullable(Type.String()),
    events: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    problems: Type.Array(problem),
    customers: nullable(Type.Integer()),
    total: nullable(Type.Integer()),
  },
  { $id: 'Preview' },
)
export type Preview = Static<typeof preview>

/** Who is signed in. */
export const session = Type.Object(
  {
    id: Type.String({ description: 'The id of the person, by which cases are assigned and the audit log names them.' }),
    email: Type.String(),
    name: Type.String(),
    role: Type.Enum(roles),
    permissions: Type.Array(Type.Enum(permissions), { description: 'What the role may, as the server will answer.' }),
    teams: Type.Array(Type.String(), { description: 'Ids of the teams that the person belongs to.' }),
    locale: nullable(Type.String()),
  },
  { $id: 'Session' },
)
export type Session = Static<typeof session>

/** A key without its secret. */
export const apiKey = Type.Object(
  {
    name: Type.String(),
    prefix: Type.String(),
    scopes: Type.Array(Type.String()),
    createdAt: time,
    lastUsedAt: nullable(time),
  },
  { $id: 'ApiKey' },
)
export type ApiKey = Static<typeof apiKey>

/** What the firm has set; what it has not is as at first. */
export const settings = Type.Object(
  {
    firm: nullable(Type.String()),
    timeZone: Type.String(),
    currency: Type.String(),
    marginShare: Type.Number({ minimum: 0, maximum: 1 }),
    discountMonthly: Type.Number({ minimum: 0, maximum: 0.2 }),
  },
  { $id: 'Settings' },
)
export type Settings = Static<typeof settings>
