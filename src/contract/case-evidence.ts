import { type Static, Type } from 'typebox'
import { caseTold } from './case-told.ts'
import { storyLine } from './cases.ts'

const time = Type.String({ format: 'date-time' })
const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const whole = Type.Record(Type.String(), Type.Unknown())

/** The evidence of a case: every step and time, as it is kept. */
export const caseEvidence = Type.Object(
  {
    madeAt: time,
    rulesVersion: Type.Integer({ description: 'The version of the rules by which the clocks were read.' }),
    timeZone: Type.String(),
    case: whole,
    steps: Type.Array(whole),
    legal: Type.Array(whole),
    approvals: Type.Array(whole),
    told: caseTold,
    story: Type.Array(storyLine),
    entries: Type.Array(
      Type.Object({
        position: Type.Integer(),
        id: Type.String(),
        at: time,
        by: Type.Object({ id: Type.String(), name: nullable(Type.String()) }),
        kind: Type.String(),
        data: whole,
      }),
    ),
  },
  { $id: 'CaseEvidence' },
)
export type CaseEvidence = Static<typeof caseEvidence>
