import { type Static, Type } from 'typebox'
import { caseSteps } from '../core/cases/case-clocks.ts'
import { openingRules } from '../core/cases/case-opening.ts'
import type { CaseRules } from '../core/cases/case-rules.ts'
import type { RegimePack } from '../core/cases/regime-pack.ts'
import type { RemedyRules } from '../core/cases/remedy-rules.ts'
import { roles } from '../core/people/permissions.ts'
import { weekdays } from '../core/time/calendar.ts'
import { holidayRegions } from '../core/time/holidays.ts'

/** What travels about the rules on cases and remedies. */

const TEXT_LENGTH_MAX = 200
const NOTE_LENGTH_MAX = 500

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const text = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })
const time = Type.String({ format: 'date-time' })
const minutes = Type.Integer({ minimum: 0, description: 'Working minutes.' })
const minor = Type.Integer({ minimum: 0, description: 'Money in minor units.' })
const shift = Type.Tuple([Type.String(), Type.String()], { description: 'From one time on the wall to another.' })
const shifts = Type.Array(shift, { maxItems: 10 })
const record = <Schema extends Type.TSchema>(names: readonly string[], schema: Schema) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, schema])), { additionalProperties: false })
const severities = ['minor', 'major', 'critical'] as const
const clocked = record(
  caseSteps.filter((step) => step !== 'follow up'),
  minutes,
)
const length = Type.Union([
  Type.Object({ kind: Type.Literal('minutes'), minutes }),
  Type.Object({
    kind: Type.Literal('period'),
    unit: Type.Enum(['days', 'weeks', 'months'] as const),
    n: Type.Integer({ minimum: 1, maximum: 120 }),
  }),
])

/** How bad a failure is taken to be that a rule infers, or somebody tells by hand. */
export const severityRules = Type.Object(
  {
    veryLateDays: Type.Integer({ minimum: 0, description: 'A delivery late by more days is major.' }),
    majorLossMinor: minor,
    criticalLossMinor: minor,
    categories: Type.Array(
      Type.Object({ category: Type.String({ maxLength: TEXT_LENGTH_MAX }), severity: Type.Enum(severities) }),
      { maxItems: 200 },
    ),
  },
  { description: 'How bad a failure is taken to be that a rule infers, or somebody tells by hand.' },
)

const caseRules = Type.Object(
  {
    region: nullable(Type.Enum(holidayRegions)),
    hours: Type.Object({
      weekly: Type.Object(Object.fromEntries(weekdays.map((day) => [day, Type.Optional(shifts)])), {
        additionalProperties: false,
      }),
      exceptions: Type.Record(Type.String({ format: 'date' }), shifts),
      worked: Type.Array(Type.String({ format: 'date' }), { maxItems: 400 }),
    }),
    minutes: Type.Object({ minor: clocked, major: clocked, critical: clocked }),
    warnShare: Type.Number(),
    managerAfterMinutes: minutes,
    workMinutes: record(caseSteps, minutes),
    legalWarnDays: Type.Integer({ minimum: 0 }),
    opening: Type.Object({
      rules: Type.Array(Type.Enum(openingRules), { maxItems: openingRules.length, uniqueItems: true }),
      daysMax: Type.Integer({ minimum: 0, description: 'An event opens a case only if it is no older when received.' }),
    }),
    severity: severityRules,
    teams: Type.Array(Type.Object({ category: text, team: Type.String({ format: 'uuid' }) }), { maxItems: 200 }),
    packs: Type.Array(Type.Object({ pack: text, event: text, categories: Type.Array(text, { maxItems: 100 }) }), {
      maxItems: 20,
    }),
    closeOfBusiness: Type.String(),
    lengths: Type.Record(Type.String(), Type.Record(Type.String(), length)),
  },
  { $id: 'CaseRules', additionalProperties: false },
)

const range = Type.Object({ lowMinor: minor, highMinor: minor })
const share = Type.Object({ low: Type.Number(), high: Type.Number() })
const limits = Type.Object({ caseMinor: minor, dayMinor: minor, monthMinor: minor })

const remedyRules = Type.Object(
  {
    remedy: Type.Object({
      shareOfLoss: Type.Object({ minor: share, major: share, critical: share }),
      withoutLoss: Type.Object({ minor: range, major: range, critical: range }),
      callAboveMinor: minor,
    }),
    authority: Type.Object({
      limits: Type.Object(Object.fromEntries(roles.map((role) => [role, Type.Optional(limits)])), {
        additionalProperties: false,
      }),
      teamMonthMinor: Type.Record(Type.String(), minor),
    }),
  },
  { $id: 'RemedyRules', additionalProperties: false },
)

/** The versions of a set of rules, newest first. */
export const rulesVersions = Type.Array(
  Type.Object({
    version: Type.Integer(),
    note: Type.String(),
    author: Type.String(),
    authorName: nullable(Type.String({ description: 'The name of the person, where it is still known.' })),
    live: Type.Boolean(),
    createdAt: time,
  }),
)
/** The number of a version. */
export const rulesVersion = Type.Integer({ description: '0 are the rules that everybody starts with.' })
/** Why rules were changed. */
export const rulesNote = Type.String({ maxLength: NOTE_LENGTH_MAX })

/** The live rules on cases and the versions so far, newest first. */
export const caseRulesPage = Type.Object(
  { version: rulesVersion, policy: caseRules, versions: rulesVersions },
  { $id: 'CaseRulesPage' },
)
/** The live rules on remedies and authority and the versions so far, newest first. */
export const remedyRulesPage = Type.Object(
  { version: rulesVersion, policy: remedyRules, versions: rulesVersions },
  { $id: 'RemedyRulesPage' },
)
/** Changed rules on cases, and why they changed. */
export const caseRulesBody = Type.Object({ policy: caseRules, note: rulesNote }, { $id: 'CaseRulesWish' })
/** Changed rules on remedies and authority, and why they changed. */
export const remedyRulesBody = Type.Object({ policy: remedyRules, note: rulesNote }, { $id: 'RemedyRulesWish' })

/** The rules on cases as they were in one version. */
export const caseRulesVersion = Type.Object({ version: rulesVersion, policy: caseRules }, { $id: 'CaseRulesVersion' })
/** The rules on remedies and authority as they were in one version. */
export const remedyRulesVersion = Type.Object(
  { version: rulesVersion, policy: remedyRules },
  { $id: 'RemedyRulesVersion' },
)
const count = Type.Integer({ minimum: 0 })
const severityOrNone = nullable(Type.Enum(severities))

/** Rules on cases to try on what happened in the last days. */
export const caseTrialBody = Type.Object(
  {
    policy: caseRules,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: '30 if left out.' })),
  },
  { $id: 'CaseTrialWish' },
)

/** Which cases rules would have opened, beside those that the live ones would have. */
export const caseTrial = Type.Object(
  {
    customers: Type.Integer({ description: 'Customers of whom anything was heard in this time.' }),
    sampled: Type.Integer({ description: 'So many of them were looked at, drawn at random.' }),
    live: count,
    changed: count,
    opened: Type.Integer({ minimum: 0, description: 'Cases that only the changed rules open.' }),
    missing: Type.Integer({ minimum: 0, description: 'Cases that only the live rules open.' }),
    otherwise: Type.Integer({ minimum: 0, description: 'Cases that both open, with another severity.' }),
    byRule: Type.Array(Type.Object({ rule: Type.Enum(openingRules), live: count, changed: count })),
    bySeverity: Type.Array(Type.Object({ severity: Type.Enum(severities), live: count, changed: count })),
    differing: Type.Array(
      Type.Object({
        customer: Type.String(),
        at: time,
        rule: Type.Enum(openingRules),
        category: Type.String(),
        live: severityOrNone,
        changed: severityOrNone,
      }),
      { description: 'The newest on which the two disagree; null opens none.' },
    ),
  },
  { $id: 'CaseTrial' },
)
export type CaseTrial = Static<typeof caseTrial>

/** Rules on cases that are only looked at. */
export const caseRulesDraft = Type.Object({ policy: caseRules }, { $id: 'CaseRulesDraft' })
/** Rules on remedies and authority that are only looked at. */
export const remedyRulesDraft = Type.Object({ policy: remedyRules }, { $id: 'RemedyRulesDraft' })

/** A set of rules and its versions so far, as it travels: the rules are those of the core. */
export type RulesPage<Rules> = Omit<Static<typeof caseRulesPage>, 'policy'> & Readonly<{ policy: Rules }>

/** Rules that were read from a body of their schema: the schema names each field that the core knows. */
export const caseRulesOf = ({ policy }: Static<typeof caseRulesDraft>): CaseRules => policy as unknown as CaseRules
/** The same for rules on remedies. */
export const remedyRulesOf = ({ policy }: Static<typeof remedyRulesDraft>): RemedyRules =>
  policy as unknown as RemedyRules

/** The regime packs that come with the product. */
export const regimeList = Type.Object(
  {
    packs: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        jurisdiction: Type.String(),
        law: Type.Boolean(),
        appliesTo: Type.String(),
        zone: nullable(Type.String()),
        holidayRegion: nullable(Type.String()),
        letters: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), durableMedium: Type.Boolean() })),
        steps: Type.Array(Type.Record(Type.String(), Type.Unknown())),
        openQuestions: Type.Array(Type.String()),
      }),
    ),
  },
  { $id: 'RegimeList' },
)
/** The regime packs as they travel: as the core knows them. */
export type RegimeList = Readonly<{ packs: readonly RegimePack[] }>
