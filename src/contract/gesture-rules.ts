import { type Static, Type } from 'typebox'
import { type GestureRules, gestureKinds } from '../core/gestures/gesture-rules.ts'
import { moments } from '../core/gestures/told-moment.ts'
import { rulesNote, rulesVersion, rulesVersions } from './case-rules.ts'

/** What travels about the rules on gestures. */

const minor = Type.Integer({ minimum: 0, description: 'Minor units of the firm’s currency.' })

const gestureRule = Type.Object(
  {
    on: Type.Boolean(),
    gesture: Type.Enum(gestureKinds, {
      description:
        '`mail` and `voucher` go by themselves, in the wording of `gesture.<moment>`; `card` and `call` are tasks for a person.',
    }),
    afterDays: Type.Integer({ description: 'So many days after the day itself; negative before it.' }),
    costMinor: Type.Integer({ minimum: 0, description: 'What one costs; of a voucher what it is worth.' }),
    team: Type.Union([Type.String(), Type.Null()], {
      description: 'Whose task it is, and of whose budget it is paid; null is everybody’s.',
    }),
  },
  // A condition such as a least amount to spend has no field, and is refused.
  { additionalProperties: false },
)

const gestureRules = Type.Object(
  {
    rules: Type.Object(Object.fromEntries(moments.map((name) => [name, gestureRule])), {
      additionalProperties: false,
    }),
    restMonths: Type.Integer({ minimum: 1, description: 'A customer gets one gesture in so many months.' }),
    holdOutShare: Type.Number({ description: 'Share of customers who get none by rule, from 0.05 to 0.5.' }),
    firmMonthMinor: minor,
    teamMonthMinor: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
      description: 'Budgets of teams by their id, within that of the firm.',
    }),
    mostMinor: minor,
    voucherMonths: Type.Integer({ description: 'How long vouchers last, at least 12 months.' }),
  },
  { $id: 'GestureRules', additionalProperties: false },
)

/** The live rules on gestures and the versions so far, newest first. */
export const gestureRulesPage = Type.Object(
  { version: rulesVersion, policy: gestureRules, versions: rulesVersions },
  { $id: 'GestureRulesPage' },
)
/** Changed rules on gestures, and why they changed. */
export const gestureRulesBody = Type.Object({ policy: gestureRules, note: rulesNote }, { $id: 'GestureRulesWish' })
/** Changed rules on gestures, to be looked at or tried. */
export const gestureRulesDraft = Type.Object({ policy: gestureRules }, { $id: 'GestureRulesDraft' })
/** The rules on gestures as they were in one version. */
export const gestureRulesVersion = Type.Object(
  { version: rulesVersion, policy: gestureRules },
  { $id: 'GestureRulesVersion' },
)

/** Rules that were read from a body of their schema: the schema names each field that the core knows. */
export const gestureRulesOf = ({ policy }: Static<typeof gestureRulesDraft>): GestureRules =>
  policy as unknown as GestureRules

/** Rules to try on what happened in the last days. */
export const gestureTrialBody = Type.Object(
  {
    policy: gestureRules,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, description: '90 if left out.' })),
  },
  { $id: 'GestureTrialWish' },
)

const count = Type.Integer({ minimum: 0 })

/** What rules would have given. */
export const gestureTrial = Type.Object(
  {
    customers: Type.Integer({ description: 'Customers who ever told of a moment.' }),
    sampled: Type.Integer({ description: 'So many of them were looked at, drawn at random.' }),
    currency: Type.String(),
    byRule: Type.Array(
      Type.Object({
        rule: Type.Enum(moments),
        occasions: count,
        given: count,
        heldOut: count,
        costMinor: count,
        refused: Type.Array(
          Type.Object({
            because: Type.String({
              description: 'A rule of the contact policy, or a reason of gestures such as `rest` or `budget`.',
            }),
            count,
          }),
        ),
      }),
    ),
    wouldGive: Type.Array(
      Type.Object({
        customer: Type.String(),
        rule: Type.Enum(moments),
        gesture: Type.Enum(gestureKinds),
        at: Type.String({ format: 'date-time' }),
      }),
      { description: 'The latest of those who would have got one.' },
    ),
  },
  { $id: 'GestureTrial' },
)
export type GestureTrial = Static<typeof gestureTrial>
