import { Type } from 'typebox'
import { auditActions, auditKinds } from '../../core/people/audit.ts'
import { auditPage, auditVerification } from '../audit.ts'
import type { Operation } from './operation.ts'

const tag = 'Audit log'

/** The audit log. */
export const auditOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/audit',
    id: 'listAudit',
    tag,
    summary: 'The audit log',
    about: 'Who changed what, newest first. Events of customers are not in it: their log is their own history.',
    permission: 'audit.read',
    parameters: [
      {
        name: 'actor',
        in: 'query',
        about: 'Who: `person:ID`, `key:PREFIX`, or `system:PART`.',
        schema: Type.String({ maxLength: 200 }),
        example: 'system:command-line',
      },
      { name: 'action', in: 'query', about: 'What was done.', schema: Type.Enum(auditActions), example: 'key.created' },
      { name: 'kind', in: 'query', about: 'What it was about.', schema: Type.Enum(auditKinds), example: 'person' },
      {
        name: 'subject',
        in: 'query',
        about: 'The id of what it was about, or the key of a customer.',
        schema: Type.String({ maxLength: 200 }),
        example: 'C-1001',
      },
      { name: 'cursor', in: 'query', about: 'From the page before.', schema: Type.String(), example: '1200' },
      {
        name: 'limit',
        in: 'query',
        about: 'Entries a page.',
        schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
        example: 50,
      },
    ],
    answers: { 200: { about: 'A page of entries.', schema: auditPage } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/audit/verification',
    id: 'verifyAudit',
    tag,
    summary: 'Verify the audit log',
    about:
      'Computes every hash again and says where the chain breaks, if it does. Takes seconds for a million entries.',
    permission: 'audit.read',
    answers: { 200: { about: 'Whole or broken.', schema: auditVerification } },
  },
]
