import { type Static, Type } from 'typebox'
import { type AskingRules, askingChannels, askingOccasions } from '../core/listening/asking-rules.ts'
import { surveyKinds } from '../core/listening/survey.ts'
import { rulesNote, rulesVersion, rulesVersions } from './case-rules.ts'

/** What travels about the rules on whom the firm asks by itself. */

const askingRule = Type.Object(
  {
    on: Type.Boolean(),
    kind: Type.Enum(surveyKinds),
    channel: Type.Enum(askingChannels, {
      description: 'By `email` Amends sends it; by the others your tools do, on the webhook `survey.invited`.',
    }),
    waitHours: Type.Integer({ minimum: 0, description: 'Hours after it happened.' }),
    restDays: Type.Integer({ minimum: 0, description: 'The rule asks the same customer once in so many days.' }),
  },
  { additionalProperties: false },
)

const askingRules = Type.Object(
  {
    rules: Type.Object(Object.fromEntries(askingOccasions.map((name) => [name, askingRule])), {
      additionalProperties: false,
    }),
    everyMonths: Type.Integer({ minimum: 1, description: 'How often somebody with a subscription comes up.' }),
  },
  { $id: 'AskingRules', additionalProperties: false },
)

/** The live rules on asking and the versions so far, newest first. */
export const askingRulesPage = Type.Object(
  { version: rulesVersion, policy: askingRules, versions: rulesVersions },
  { $id: 'AskingRulesPage' },
)
/** Changed rules on asking, and why they changed. */
export const askingRulesBody = Type.Object({ policy: askingRules, note: rulesNote }, { $id: 'AskingRulesWish' })
/** Changed rules on asking, to be looked at or tried. */
export const askingRulesDraft = Type.Object({ policy: askingRules }, { $id: 'AskingRulesDraft' })
/** The rules on asking as they were in one version. */
export const askingRulesVersion = Type.Object(
  { version: rulesVersion, policy: askingRules },
  { $id: 'AskingRulesVersion' },
)

/** Rules that were read from a body of their schema: the schema names each field that the core knows. */
export const askingRulesOf = ({ policy }: Static<typeof askingRulesDraft>): AskingRules =>
  policy as unknown as AskingRules

/** Rules to try on what happened in the last days. */
export const askingTrialBody = Type.Object(
  {
    policy: askingRules,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: '30 if left out.' })),
  },
  { $id: 'AskingTrialWish' },
)

const count = Type.Integer({ minimum: 0 })
const time = Type.String({ format: 'date-time' })

/** Whom rules would have asked. */
export const askingTrial = Type.Object(
  {
    customers: Type.Integer({ description: 'Customers of whom anything was heard in this time.' }),
    sampled: Type.Integer({ description: 'So many of them were looked at, drawn at random.' }),
    byRule: Type.Array(
      Type.Object({
        rule: Type.Enum(askingOccasions),
        occasions: count,
        asked: count,
        neverAsked: count,
        refused: Type.Array(
          Type.Object({
            because: Type.String({ description: 'A rule of the contact policy, or `rule-rest`.' }),
            count,
          }),
        ),
      }),
    ),
    wouldAsk: Type.Array(
      Type.Object({
        customer: Type.String(),
        rule: Type.Enum(askingOccasions),
        kind: Type.Enum(surveyKinds),
        at: time,
      }),
      { description: 'The first of those who would have been asked.' },
    ),
  },
  { $id: 'AskingTrial' },
)
export type AskingTrial = Static<typeof askingTrial>

/** What came of the occasions that the rules saw. */
export const occasionCounts = Type.Object(
  {
    days: Type.Integer(),
    came: Type.Array(
      Type.Object({
        rule: Type.String({ description: 'A rule, or `hand`.' }),
        outcome: Type.Enum(['waiting', 'asked', 'never-asked', 'refused'] as const),
        because: Type.Union([Type.String(), Type.Null()]),
        count,
      }),
    ),
  },
  { $id: 'OccasionCounts' },
)
export type OccasionCounts = Static<typeof occasionCounts>
