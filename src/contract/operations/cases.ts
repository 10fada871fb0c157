import { Type } from 'typebox'
import { queueReasons } from '../../core/cases/case-queue.ts'
import { caseEvidence } from '../case-evidence.ts'
import { approvalAnswer, caseCommandWish, caseWish } from '../case-wishes.ts'
import {
  approvalList,
  CASES_PAGE_MAX,
  caseChanges,
  caseFilters,
  caseList,
  casePage,
  customerFailures,
  fourEyes,
} from '../cases.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang, withWords } from './operation-parameters.ts'

const tag = 'Cases'

const words = (all: readonly string[]) => Type.Union(all.map((word) => Type.Literal(word)))
const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The name of the case.',
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: '7K2M9QXR4TBN',
}
const uuid = (name: string, about: string): Parameter => ({
  name,
  in: 'query',
  about,
  schema: Type.String({ format: 'uuid' }),
})
const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  about:
    'The `ETag` of the case as it was seen: if somebody did something since, nothing is done. Left out, that does not matter.',
  schema: Type.String(),
  example: '"3"',
}

/** Recovery cases: the queue, one case, opening, and working on it. */
export const caseOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/cases',
    id: 'listCases',
    tag,
    summary: 'The queue, in its order',
    about:
      'What is at stake per minute of work, above floors: a recovery that failed first, then what is overdue, then what is due soon. ' +
      'Each case says why it stands where it stands. Agents see the cases of their teams and of no team. Closed cases come newest first.',
    permission: 'cases.read',
    parameters: [
      { name: 'filter', in: 'query', about: 'A part of the queue.', schema: words(caseFilters), example: 'mine' },
      { name: 'customer', in: 'query', about: 'Only cases of this customer.', schema: Type.String({ maxLength: 200 }) },
      uuid('team', 'Only cases of this team.'),
      uuid('incident', 'Only cases of this incident.'),
      {
        name: 'category',
        in: 'query',
        about: 'Only cases of this category.',
        schema: Type.String({ maxLength: 200 }),
        example: 'late delivery',
      },
      {
        name: 'floor',
        in: 'query',
        about: 'Only cases that stand where they stand for this reason.',
        schema: words(queueReasons),
        example: 'due soon',
      },
      {
        name: 'search',
        in: 'query',
        about: 'The name of a case, or what a customer can be found by.',
        schema: Type.String({ maxLength: 200 }),
      },
      {
        name: 'limit',
        in: 'query',
        about: 'Cases on a page.',
        schema: Type.Integer({ minimum: 1, maximum: CASES_PAGE_MAX, default: 50 }),
      },
      { name: 'cursor', in: 'query', about: 'From the page before.', schema: Type.String() },
    ],
    answers: { 200: { about: 'A page of the queue.', schema: caseList } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/cases/changes',
    id: 'listCaseChanges',
    tag,
    summary: 'What has changed in the queue',
    about: 'Ask every few seconds with the cursor of the last answer. Without a cursor nothing has changed yet.',
    permission: 'cases.read',
    parameters: [{ name: 'cursor', in: 'query', about: 'From the answer before.', schema: Type.String() }],
    answers: { 200: { about: 'The cases to look at again.', schema: caseChanges } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/cases/{id}',
    id: 'readCase',
    tag,
    summary: 'One case on one page',
    about:
      'The story, the protocol with its clocks and what skipping a step costs, deadlines from law, the proposed remedy with its arithmetic, and similar cases. ' +
      'Each step tells beforehand why it would be refused. The `ETag` is the revision: send it as `If-Match` with a command.',
    permission: 'cases.read',
    parameters: [id, lang],
    answers: { 200: { about: 'The case.', schema: casePage, headers: { ETag: 'The revision.' } } },
    refusals: ['case-unknown'],
  },
  {
    method: 'get',
    path: '/v1/cases/{id}/evidence',
    id: 'readCaseEvidence',
    tag,
    summary: 'The evidence of a case, as a file',
    about:
      'Every entry with who and when, the clocks and the deadlines from law as they stand, and what was told of it.',
    permission: 'cases.read',
    parameters: [id, lang, withWords],
    answers: { 200: { about: 'The evidence.', schema: caseEvidence } },
    refusals: ['case-unknown', 'parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/customers/{key}/failures',
    id: 'listFailures',
    tag,
    summary: 'The failures of a customer, with their cases',
    about: 'Newest first. Look here before a case is opened by hand: one failure has one case.',
    permission: 'cases.read',
    parameters: [
      {
        name: 'key',
        in: 'path',
        about: 'The key of the customer.',
        schema: Type.String({ minLength: 1, maxLength: 200 }),
        required: true,
        example: 'C-1001',
      },
    ],
    answers: { 200: { about: 'The failures.', schema: customerFailures } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'post',
    path: '/v1/cases',
    id: 'openCase',
    tag,
    summary: 'Open a case',
    about:
      'For a failure that events have told of, named in `failure`, or for a new one, which is then told as an event. ' +
      'A failure has one case: opening it again answers the one that there is. A person owes a reason for a severity that ' +
      'the rule does not propose.',
    permission: 'cases.work',
    body: {
      kind: 'json',
      schema: caseWish,
      example: { customer: 'C-1001', severity: 'major', category: 'late delivery', lossMinor: 6400, currency: 'EUR' },
    },
    answers: {
      200: { about: 'The failure had this case already.', schema: Type.Object({ id: Type.String() }) },
      201: { about: 'The case is open.', schema: Type.Object({ id: Type.String() }) },
    },
    refusals: ['customer-unknown', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/cases/{id}/commands',
    id: 'workOnCase',
    tag,
    summary: 'Do a step, or anything else with a case',
    about:
      'One command. What the protocol does not allow is refused with its reason in words, and nothing is changed. ' +
      'Of two who decide from the same revision one is told that the case changed meanwhile.',
    permission: 'cases.work',
    parameters: [id, ifMatch, lang],
    body: { kind: 'json', schema: caseCommandWish, example: { kind: 'acknowledge' } },
    answers: {
      200: {
        about: 'It is done.',
        schema: Type.Object({ id: Type.String(), revision: Type.Integer() }),
        headers: { ETag: 'The revision now.' },
      },
      202: { about: 'The remedy goes beyond what the caller may give: a second person is asked.', schema: fourEyes },
    },
    refusals: ['case-unknown', 'case-refused', 'changed-meanwhile'],
  },
  {
    method: 'get',
    path: '/v1/approvals',
    id: 'listApprovals',
    tag,
    summary: 'Remedies that wait for a second person',
    about: 'Those who wait longest first, at most 100, with who asked, how much, why, and which limits it would pass.',
    permission: 'remedies.approve',
    answers: { 200: { about: 'What waits.', schema: approvalList } },
  },
  {
    method: 'post',
    path: '/v1/cases/{id}/approvals/{approval}',
    id: 'answerForRemedy',
    tag,
    summary: 'Agree to a remedy as the second person, or not',
    about:
      'Somebody else than who asked, in a role whose limit holds the amount. If she agrees, the remedy is agreed. ' +
      'A no needs a reason. Of two who answer at once one is told, and with `If-Match` so is who looked before the case went on.',
    permission: 'remedies.approve',
    parameters: [
      id,
      {
        name: 'approval',
        in: 'path',
        about: 'What was asked for.',
        schema: Type.String({ minLength: 1, maxLength: 200 }),
        required: true,
        example: '5f0f6a3e-2b1c-4d5e-8f60-1a2b3c4d5e6f',
      },
      ifMatch,
      lang,
    ],
    body: { kind: 'json', schema: approvalAnswer, example: { agrees: true } },
    answers: {
      200: {
        about: 'The answer is kept.',
        schema: Type.Object({ id: Type.String(), revision: Type.Integer() }),
        headers: { ETag: 'The revision now.' },
      },
    },
    refusals: ['case-unknown', 'case-refused', 'changed-meanwhile', 'not-found'],
  },
]
