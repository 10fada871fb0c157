import { type Static, Type } from 'typebox'
import { caseSteps } from '../core/cases/case-clocks.ts'
import { bulkSteps } from '../core/cases/incident.ts'

/** What travels about incidents. */

/** Customer keys in one request. */
const KEYS_MAX = 50_000
const TEXT_LENGTH_MAX = 200
const KNOWN_LENGTH_MAX = 2_000

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const text = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })
const minor = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Money in minor units.' })
const severity = Type.Enum(['minor', 'major', 'critical'] as const)
const atFault = Type.Enum(['firm', 'third party'] as const)

const facts = {
  title: Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX, description: 'What happened, in a few words.' }),
  category: text,
  severity,
  atFault,
  beganAt: time,
  endedAt: nullable(time),
  known: Type.String({ maxLength: KNOWN_LENGTH_MAX, description: 'What is known by now. Name no customer here.' }),
  rootCause: nullable(text),
  team: nullable(
    Type.String({ format: 'uuid', description: 'The team that gets the cases; else that of the category.' }),
  ),
}

/** Ways to find who was hit. */
export const affectedKinds = ['late orders', 'broken promises', 'failures'] as const

/** Who was hit: by their keys, or by what happened to them. */
export const affectedWish = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('keys'), customers: Type.Array(text, { minItems: 1, maxItems: KEYS_MAX }) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        kind: Type.Enum(affectedKinds, {
          description:
            '`late orders`: orders promised in the period and not delivered by then. `broken promises`: promises due in it and not kept by then. `failures`: failures reported in it.',
        }),
        from: time,
        to: time,
        category: Type.Optional(
          Type.String({ maxLength: TEXT_LENGTH_MAX, description: 'Only failures of this category.' }),
        ),
      },
      { additionalProperties: false },
    ),
  ],
  { $id: 'AffectedWish' },
)
export type AffectedWish = Static<typeof affectedWish>

/** An incident that somebody opens; who was hit can be added now or later. */
export const incidentWish = Type.Object(
  {
    ...facts,
    atFault: Type.Optional(atFault),
    endedAt: Type.Optional(facts.endedAt),
    known: Type.Optional(facts.known),
    rootCause: Type.Optional(facts.rootCause),
    team: Type.Optional(facts.team),
    affected: Type.Optional(affectedWish),
  },
  { $id: 'IncidentWish', additionalProperties: false },
)
export type IncidentWish = Static<typeof incidentWish>

/** What is known of an incident by now. */
export const incidentFacts = Type.Object(facts, { $id: 'IncidentFacts', additionalProperties: false })
export type IncidentFacts = Static<typeof incidentFacts>

const bare = <const Kind extends string>(name: Kind) =>
  Type.Object({ kind: Type.Literal(name) }, { additionalProperties: false })
const kind = <const Kind extends string>(name: Kind) => Type.Literal(name)

/** What is to be done for all open cases of an incident that are at this step. */
export const bulkWish = Type.Union(
  [
    bare('acknowledge'),
    bare('own'),
    Type.Object({
      kind: kind('apologise'),
      text: Type.String({
        minLength: 1,
        maxLength: KNOWN_LENGTH_MAX,
        description:
          'What was said: one text that names what went wrong, kept with each case. Each failure counts it once.',
      }),
    }),
    Type.Object({
      kind: kind('agree remedy'),
      remedy: Type.Object({ what: text, fixBy: nullable(time), valueMinor: minor, form: nullable(text) }),
      reason: Type.Optional(
        Type.String({
          maxLength: TEXT_LENGTH_MAX,
          description: 'Why, where the amount is outside of the range of a case.',
        }),
      ),
    }),
    Type.Object({ kind: kind('fix'), how: nullable(text) }),
    Type.Object({ kind: kind('compensate'), form: nullable(text) }),
    Type.Object({
      kind: kind('try to reach'),
      channel: Type.Enum(['phone', 'email', 'post', 'chat', 'sms', 'app', 'visit'] as const),
    }),
    bare('confirm'),
    Type.Object({ kind: kind('close'), rootCause: text }),
  ],
  { $id: 'BulkWish' },
)
export type BulkWish = Static<typeof bulkWish>

/** What a step for many would do, before it is done. */
export const bulkPreview = Type.Object(
  {
    cases: Type.Integer({ description: 'Open cases at this step.' }),
    totalMinor: Type.Integer({ description: 'What all of them together are given.' }),
    authority: Type.Enum(['allowed', 'four eyes', 'refused'] as const),
    passed: Type.Array(Type.Enum(['case', 'day', 'month', 'team'] as const), {
      description: 'The limits that the sum would pass: a second person is asked.',
    }),
    roles: Type.Array(Type.String(), { description: 'The roles that may agree.' }),
    sentence: nullable(Type.String({ description: 'Why it is refused.' })),
    budgets: Type.Array(
      Type.Object({
        team: Type.Object({ id: Type.String(), name: Type.String() }),
        totalMinor: Type.Integer(),
        leftMinor: Type.Integer({ description: 'What is left of the budget of the month before it.' }),
      }),
      { description: 'Of the teams that have one.' },
    ),
    currency: Type.String(),
  },
  { $id: 'BulkPreview' },
)
export type BulkPreview = Static<typeof bulkPreview>

const counts = { waiting: Type.Integer(), done: Type.Integer(), skipped: Type.Integer() }

/** One thing done for many, and how far it is. */
export const bulkStep = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['add', 'undo', ...bulkSteps] as const),
    state: Type.Enum(['asked', 'refused', 'running', 'done', 'stopped'] as const),
    askedAt: time,
    by: Type.String(),
    ...counts,
    totalMinor: Type.Integer(),
    mayAnswer: Type.Boolean({ description: 'Whether the reader may agree as the second person.' }),
    undoUntil: nullable(
      Type.String({
        format: 'date-time',
        description: 'Until when the reader may take it back where nobody worked since.',
      }),
    ),
  },
  { $id: 'IncidentStep' },
)
export type BulkStepView = Static<typeof bulkStep>

const figures = {
  affected: Type.Integer({ description: 'Customers with a case.' }),
  putRight: Type.Integer({ description: 'Cases that are closed: confirmed, with a root cause.' }),
  late: Type.Integer({ description: 'Open cases with a step that is overdue.' }),
  stakeMinor: Type.Integer({ description: 'At stake with those that are open.' }),
  givenMinor: Type.Integer(),
}

/** A line of the list. */
export const incidentRow = Type.Object(
  { id: Type.String(), ...facts, openedAt: time, revision: Type.Integer(), ...figures },
  { $id: 'IncidentRow' },
)
export type IncidentRow = Static<typeof incidentRow>

/** The newest incidents, newest first. */
export const incidentList = Type.Object(
  { incidents: Type.Array(incidentRow), asOf: time, currency: Type.String() },
  { $id: 'IncidentList' },
)
export type IncidentList = Static<typeof incidentList>

/** One incident on one page. */
export const incidentPage = Type.Object(
  {
    id: Type.String(),
    ...facts,
    openedAt: time,
    revision: Type.Integer(),
    ...figures,
    owed: Type.Array(Type.Object({ step: Type.Enum(caseSteps), cases: Type.Integer(), late: Type.Integer() }), {
      description: 'How many open cases wait for each step.',
    }),
    steps: Type.Array(bulkStep),
    asOf: time,
    currency: Type.String(),
  },
  { $id: 'IncidentPage' },
)
export type IncidentPage = Static<typeof incidentPage>

/** What came of each customer or case of a step. */
export const stepItems = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        customer: Type.String(),
        case: nullable(Type.String()),
        state: Type.Enum(['waiting', 'done', 'skipped'] as const),
        reason: nullable(Type.String()),
        sentence: nullable(Type.String({ description: 'Why it was skipped.' })),
      }),
    ),
    cursor: nullable(Type.String()),
  },
  { $id: 'IncidentStepItems' },
)
export type StepItems = Static<typeof stepItems>

/** The answer of a second person to a remedy for many. */
export const bulkAnswer = Type.Object({ agrees: Type.Boolean() }, { $id: 'BulkAnswer' })
