import { type Static, Type } from 'typebox'
import { messageKinds, messageStates } from '../core/contact/outbox.ts'
import { tellingChannels, waysTo } from './case-tellings.ts'

/** What the customer of a case was told, as the page of the case shows it. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const minor = Type.Integer({ minimum: 0 })

const mail = Type.Object({
  id: Type.String(),
  kind: Type.Enum(messageKinds),
  language: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  state: Type.Enum(messageStates),
  problem: nullable(Type.String({ description: 'In the words of the mail server.' })),
  createdAt: time,
  sentAt: nullable(time),
  letter: nullable(Type.String()),
})

const offer = Type.Object({
  id: Type.String(),
  state: Type.Enum(['open', 'chosen', 'over', 'withdrawn'] as const),
  offeredAt: time,
  until: time,
  choices: Type.Array(
    Type.Object({
      what: Type.String(),
      happens: Type.String(),
      fixBy: time,
      valueMinor: minor,
      form: nullable(Type.String()),
    }),
  ),
  always: nullable(Type.Object({ valueMinor: minor })),
  chosen: nullable(Type.Integer({ description: 'The place of the choice, counted from 0; -1: something else.' })),
  answeredAt: nullable(time),
})

const promise = Type.Object({
  id: Type.String(),
  promise: Type.Enum(['answer', 'deed'] as const),
  what: Type.String({ description: 'In the words of the mail; empty for an answer.' }),
  due: time,
  keptAt: nullable(time),
  owner: Type.Object({ id: Type.String(), name: nullable(Type.String()) }),
})

/** Everything that the customer was told in a case, and whether mail reaches her. */
export const caseTold = Type.Object(
  {
    way: Type.Enum(waysTo, { description: 'Whether mail reaches her, or what is missing.' }),
    to: nullable(Type.String()),
    language: Type.String({ description: 'The language in which she is written to.' }),
    about: nullable(Type.String({ description: 'What she is told that it is about.' })),
    apologies: Type.Integer({ description: 'Made in this round; one is enough.' }),
    mails: Type.Array(mail),
    others: Type.Array(Type.Object({ about: Type.Enum(messageKinds), channel: Type.Enum(tellingChannels), at: time }), {
      description: 'What was told in another way than by mail.',
    }),
    offers: Type.Array(offer),
    promises: Type.Array(promise),
    letters: Type.Array(
      Type.Object({
        id: Type.String(),
        pack: Type.String(),
        letter: Type.String(),
        language: Type.String(),
        madeAt: time,
        sha256: Type.String({ description: 'Of the bytes as they were sent.' }),
        isKept: Type.Boolean({ description: 'False once the bytes were removed with the words of the case.' }),
      }),
    ),
    asks: nullable(
      Type.Object(
        { question: Type.Enum(['confirm', 'follow up'] as const), from: time },
        { description: 'The question that the case asks by itself next; null when it asks none.' },
      ),
    ),
  },
  { $id: 'CaseTold' },
)
export type CaseTold = Static<typeof caseTold>
