import { type Static, Type } from 'typebox'
import { gestureKinds } from '../core/gestures/gesture-rules.ts'
import { locales } from './words.ts'

/** What travels about gestures. */

const minor = Type.Integer({ minimum: 0 })
const count = Type.Integer({ minimum: 0 })
const time = Type.String({ format: 'date-time' })
const perhaps = <Of extends Type.TSchema>(of: Of) => Type.Union([of, Type.Null()])
const states = ['waiting', 'refused', 'held-out', 'to-do', 'made', 'not-done'] as const

/** A gesture that a person makes. */
export const gestureWish = Type.Object(
  {
    gesture: Type.Enum(gestureKinds),
    costMinor: Type.Integer({ minimum: 0, description: 'What it costs; of a voucher what it is worth.' }),
    text: Type.Optional(
      Type.String({
        maxLength: 2_000,
        description: 'What the mail says. It may hold no condition, no offer and no request for a review.',
      }),
    ),
    reason: Type.String({ minLength: 1, maxLength: 500, description: 'Why; customers who ask for a copy see it.' }),
    about: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'The failure that it is about: only so may it be made while that is open.',
      }),
    ),
  },
  { $id: 'GestureWish', additionalProperties: false },
)
export type GestureWish = Static<typeof gestureWish>

/** A gesture that was made by hand: `made`, or a task that is now to do. */
export const gestureGiven = Type.Object({ id: Type.String(), state: Type.Enum(states) }, { $id: 'GestureGiven' })
export type GestureGiven = Static<typeof gestureGiven>

/** What would be sent; null where a person does something. */
export const gesturePreview = Type.Object(
  {
    mail: perhaps(
      Type.Object({
        to: Type.String(),
        language: Type.Enum(locales),
        subject: Type.String(),
        body: Type.String({
          description: 'An ellipsis stands for the code and for links: they are made when it is sent.',
        }),
      }),
    ),
  },
  { $id: 'GesturePreview' },
)
export type GesturePreview = Static<typeof gesturePreview>

/** What became of a task. */
export const gestureStep = Type.Object(
  { state: Type.Enum(['made', 'not-done', 'to-do'] as const) },
  { $id: 'GestureStep', additionalProperties: false },
)

const gesture = Type.Object({
  id: Type.String(),
  customer: Type.String(),
  name: perhaps(Type.String()),
  rule: Type.String({ description: 'The moment, or `hand`; `erased` once the customer was.' }),
  gesture: Type.Enum(gestureKinds),
  state: Type.Enum(states),
  at: time,
  doneAt: perhaps(time),
  costMinor: minor,
  currency: perhaps(Type.String()),
  team: perhaps(Type.Object({ id: Type.String(), name: perhaps(Type.String()) })),
  by: perhaps(Type.Object({ id: Type.String(), name: perhaps(Type.String()) })),
  reason: perhaps(Type.String()),
  about: perhaps(Type.String({ description: 'The failure that it is about.' })),
  voucher: perhaps(Type.String()),
  because: perhaps(
    Type.String({
      description:
        'Why nothing was given; of a task that is to do, why it should wait or fall away as things stand now.',
    }),
  ),
})

/** Gestures, newest first. */
export const gestureList = Type.Object(
  { gestures: Type.Array(gesture), cursor: perhaps(Type.String()) },
  { $id: 'GestureList' },
)
export type GestureList = Static<typeof gestureList>

const group = Type.Object({
  drawn: count,
  followed: Type.Integer({ description: 'Of whom the days are over.' }),
  left: count,
  bought: count,
})
const difference = perhaps(
  Type.Object(
    { value: Type.Number(), low: Type.Number(), high: Type.Number() },
    { description: 'Share of those given less that of those held out, with its 95 % interval; null while too few.' },
  ),
)

/** What gestures came to. */
export const gestureOverview = Type.Object(
  {
    days: Type.Integer(),
    came: Type.Array(
      Type.Object({
        rule: Type.String({ description: 'A moment, or `hand`.' }),
        state: Type.Enum(states),
        because: perhaps(Type.String()),
        count,
        costMinor: minor,
      }),
    ),
    budget: Type.Object({
      since: time,
      currency: Type.String(),
      monthMinor: minor,
      spentMinor: minor,
      mostMinor: Type.Integer({ description: 'The most that one gesture costs.' }),
      teams: Type.Array(
        Type.Object({ id: Type.String(), name: perhaps(Type.String()), monthMinor: minor, spentMinor: minor }),
      ),
    }),
    holdOut: Type.Object({
      days: Type.Integer(),
      share: Type.Number(),
      given: group,
      heldOut: group,
      left: difference,
      bought: difference,
    }),
    canMail: Type.Boolean({ description: 'Whether mail can go: a mail server and a public address are named.' }),
  },
  { $id: 'GestureOverview' },
)
export type GestureOverview = Static<typeof gestureOverview>
