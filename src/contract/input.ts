import { type Static, Type } from 'typebox'
import { ideaStates, inputGroups, inputKinds, memberStates, QUOTA_MAX } from '../core/listening/input-round.ts'

/** What travels about asking customers for advice: rounds, who is in them, and ideas. */

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const time = Type.String({ format: 'date-time' })
const count = Type.Integer({ minimum: 0 })
const key = Type.String({ minLength: 1, maxLength: 200 })
const uuid = Type.String({ format: 'uuid' })
const quota = Type.Object(
  Object.fromEntries(inputGroups.map((group) => [group, Type.Integer({ minimum: 0, maximum: QUOTA_MAX })])) as Record<
    (typeof inputGroups)[number],
    Type.TInteger
  >,
  { additionalProperties: false, description: 'How many are invited from each group, by lot.' },
)

/** A round that somebody opens. `title` and `about` are what the customer reads. */
export const roundWish = Type.Object(
  {
    kind: Type.Enum(inputKinds),
    title: Type.String({ minLength: 1, maxLength: 120 }),
    about: Type.String({ minLength: 1, maxLength: 2_000 }),
    segment: Type.Optional(key),
    quota,
  },
  { $id: 'InputRoundWish' },
)
export type RoundWish = Static<typeof roundWish>

const round = Type.Object(
  {
    id: uuid,
    kind: Type.Enum(inputKinds),
    title: Type.String(),
    about: Type.String(),
    segment: nullable(Type.String()),
    quota,
    state: Type.Enum(['inviting', 'open', 'closed'] as const),
    openedAt: time,
    closedAt: nullable(time),
    groups: Type.Array(
      Type.Object({
        group: Type.Enum(inputGroups),
        ...(Object.fromEntries(memberStates.map((state) => [state, count])) as Record<
          (typeof memberStates)[number],
          typeof count
        >),
      }),
      { description: 'How many of each group stand where.' },
    ),
  },
  { $id: 'InputRound' },
)
/** A round with how many stand where. */
export type RoundView = Static<typeof round>

/** The newest rounds, and how many ideas stand where. */
export const inputOverview = Type.Object(
  {
    rounds: Type.Array(round),
    ideas: Type.Array(Type.Object({ state: Type.Enum(ideaStates), count, told: count })),
    canInvite: Type.Boolean({ description: 'False until a mail server and AMENDS_PUBLIC_URL are named.' }),
  },
  { $id: 'InputOverview' },
)
export type InputOverview = Static<typeof inputOverview>

/** A round that was opened. */
export const openedRound = Type.Object({ id: uuid }, { $id: 'OpenedInputRound' })

/** Who is in a round, those who take part first. */
export const memberList = Type.Object(
  {
    members: Type.Array(
      Type.Object({
        customer: Type.String(),
        name: nullable(Type.String()),
        group: Type.Enum(inputGroups),
        state: Type.Enum(memberStates),
        changedAt: time,
      }),
    ),
  },
  { $id: 'InputMembers' },
)
export type MemberList = Static<typeof memberList>

/** Somebody of a round took part. */
export const memberWish = Type.Object({ state: Type.Literal('given') }, { $id: 'InputMemberWish' })

/** An idea that somebody heard from a customer. */
export const ideaWish = Type.Object(
  { customer: key, text: Type.String({ minLength: 1, maxLength: 2_000 }) },
  { $id: 'IdeaWish' },
)

/** What came of an idea. */
export const ideaAnswerWish = Type.Object(
  {
    state: Type.Enum(ideaStates),
    answer: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2_000, description: 'What came of it, as the customer is told.' }),
    ),
    tell: Type.Optional(Type.Boolean({ description: 'The customer gets the answer by mail.' })),
  },
  { $id: 'IdeaAnswerWish' },
)
export type IdeaAnswerWish = Static<typeof ideaAnswerWish>

/** Whether the customer was told. */
export const ideaAnswered = Type.Object({ told: Type.Boolean() }, { $id: 'IdeaAnswered' })

/** A page of ideas, newest first. */
export const ideaList = Type.Object(
  {
    ideas: Type.Array(
      Type.Object({
        customer: Type.String(),
        name: nullable(Type.String()),
        id: uuid,
        at: time,
        round: nullable(uuid),
        state: Type.Enum(ideaStates),
        text: nullable(Type.String({ description: 'Told to whoever may read cases; null also once it was erased.' })),
        answer: nullable(Type.String()),
        toldAt: nullable(time),
      }),
    ),
    cursor: nullable(Type.String()),
  },
  { $id: 'IdeaList' },
)
export type IdeaList = Static<typeof ideaList>
