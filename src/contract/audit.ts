import { type Static, Type } from 'typebox'
import { auditActions, auditKinds } from '../core/people/audit.ts'

/** What travels of the audit log: who did what, to what, when. */

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** One entry. `hash` is SHA-256 over the hash of the entry before and this entry. */
const auditEntry = Type.Object(
  {
    position: Type.Integer({ description: 'From 1, without a gap.' }),
    at: Type.String({ format: 'date-time' }),
    actor: Type.String({ description: '`person:ID`, `key:PREFIX`, or `system:PART`.' }),
    actorName: nullable(Type.String({ description: 'The name of the person, where it is still known.' })),
    action: Type.String({ description: `One of ${auditActions.join(', ')}.` }),
    kind: Type.String({ description: `What the action was about: ${auditKinds.join(', ')}.` }),
    subject: Type.String({ description: 'The id of it, or the key of the customer.' }),
    subjectName: nullable(Type.String({ description: 'The name of the person or team, where it is still known.' })),
    details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]), {
      description: 'Numbers and codes; never free text.',
    }),
    hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  { $id: 'AuditEntry' },
)

/** A page of the log, newest first. */
export const auditPage = Type.Object(
  { entries: Type.Array(auditEntry), cursor: nullable(Type.String({ description: 'Where the next page begins.' })) },
  { $id: 'AuditPage' },
)
export type AuditPage = Static<typeof auditPage>

/** Whether the chain is whole, and where it breaks. */
export const auditVerification = Type.Object(
  {
    kind: Type.Union([Type.Literal('whole'), Type.Literal('broken')]),
    entries: Type.Optional(Type.Integer({ description: 'How many entries were checked, when all are as written.' })),
    hash: Type.Optional(Type.String({ description: 'The hash of the last entry: keep it elsewhere, to compare.' })),
    position: Type.Optional(Type.Integer({ description: 'The first entry that is not as it was written.' })),
    because: Type.Optional(
      Type.String({ description: 'In what way: missing, changed, end-differs, or anchor-differs.' }),
    ),
  },
  { $id: 'AuditVerification' },
)
export type AuditVerification = Static<typeof auditVerification>
