import { type Static, Type } from 'typebox'
import { dataRequestEnds, dataRequestKinds } from '../core/privacy/data-request.ts'

/** What customers ask about their own data, and what the firm answers. */

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** One request that was confirmed from the address that is known. */
export const dataRequest = Type.Object(
  {
    id: Type.String(),
    customer: Type.String(),
    kind: Type.Enum(dataRequestKinds),
    email: nullable(Type.String({ description: 'Where the answer goes; null once the customer was erased.' })),
    words: nullable(Type.String({ description: 'What the customer wrote to it.' })),
    askedAt: time,
    confirmedAt: nullable(time),
    dueAt: Type.String({ format: 'date-time', description: 'By when it must be answered, by the pack `gdpr`.' }),
    extendedAt: nullable(time),
    decidedAt: nullable(
      Type.String({ format: 'date-time', description: 'A copy is made after that, and ends the request.' }),
    ),
    endedAt: nullable(time),
    end: nullable(Type.Enum(dataRequestEnds)),
  },
  { $id: 'DataRequest' },
)
export type DataRequest = Static<typeof dataRequest>

/** Which requests are asked for. */
export const dataRequestStates = ['open', 'ended'] as const

/** Requests: open ones in the order in which they are due, ended ones newest first. */
export const dataRequestList = Type.Object(
  {
    requests: Type.Array(dataRequest),
    page: nullable(Type.String({ description: 'Where customers ask; null while no link can be mailed to them.' })),
  },
  { $id: 'DataRequestList' },
)
export type DataRequestList = Static<typeof dataRequestList>

const why = Type.String({ minLength: 1, maxLength: 1_000, description: 'Told to the customer.' })

/** A step of the firm. */
export const dataRequestStep = Type.Union(
  [
    Type.Object({ step: Type.Literal('answer') }),
    Type.Object({ step: Type.Literal('refuse'), why }),
    Type.Object({ step: Type.Literal('extend'), why }),
  ],
  { $id: 'DataRequestStep' },
)
export type DataRequestStepWish = Static<typeof dataRequestStep>
