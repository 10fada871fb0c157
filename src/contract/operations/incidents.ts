import { Type } from 'typebox'
import {
  affectedWish,
  bulkAnswer,
  bulkPreview,
  bulkWish,
  incidentFacts,
  incidentList,
  incidentPage,
  incidentWish,
  stepItems,
} from '../incidents.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang } from './operation-parameters.ts'

const tag = 'Incidents'
const path = (name: string, about: string): Parameter => ({
  name,
  in: 'path',
  about,
  schema: Type.String({ format: 'uuid' }),
  required: true,
  example: '5f0f6a3e-2b1c-4d5e-8f60-1a2b3c4d5e6f',
})
const id = path('id', 'The incident.')
const step = path('step', 'The step.')
const began = Type.Object({ step: Type.String({ description: 'The step, and the task that does it.' }) })
const outage = {
  title: 'No network in the north',
  category: 'outage',
  severity: 'major',
  beganAt: '2026-06-14T22:10:00Z',
}

/** Incidents: what hit many at once, and what is done for all of them together. */
export const incidentOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/incidents',
    id: 'listIncidents',
    tag,
    summary: 'The incidents',
    about: 'The newest 200, newest first: how many were hit, put right so far, at stake, late.',
    permission: 'cases.read',
    answers: { 200: { about: 'The incidents.', schema: incidentList } },
  },
  {
    method: 'post',
    path: '/v1/incidents',
    id: 'openIncident',
    tag,
    summary: 'Open an incident',
    about:
      'Something that hit many customers at once. Who was hit is named by keys or found by what happened to them, now or later.',
    permission: 'incidents.manage',
    body: {
      kind: 'json',
      schema: incidentWish,
      example: { ...outage, affected: { kind: 'keys', customers: ['C-1001', 'C-1002'] } },
    },
    answers: {
      201: {
        about: 'It is open. `step` adds those who were hit.',
        schema: Type.Object({ id: Type.String(), step: Type.Union([Type.String(), Type.Null()]) }),
      },
    },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/incidents/{id}',
    id: 'readIncident',
    tag,
    summary: 'One incident',
    about:
      'What is known, how it stands, what each step still lacks, and what was done for all. Its cases: `GET /v1/cases?incident=`.',
    permission: 'cases.read',
    parameters: [id],
    answers: { 200: { about: 'The incident.', schema: incidentPage, headers: { ETag: 'The revision.' } } },
    refusals: ['not-found'],
  },
  {
    method: 'put',
    path: '/v1/incidents/{id}',
    id: 'changeIncident',
    tag,
    summary: 'Say what is known by now',
    about: 'Replaces what is known of the incident. Cases that are open stay as severe as they were when they opened.',
    permission: 'incidents.manage',
    parameters: [
      id,
      {
        name: 'If-Match',
        in: 'header',
        about: 'The `ETag` of the incident as it was seen: if somebody changed it since, nothing is done.',
        schema: Type.String(),
        example: '"1"',
      },
    ],
    body: {
      kind: 'json',
      schema: incidentFacts,
      example: {
        ...outage,
        atFault: 'firm',
        endedAt: null,
        known: 'A cable was cut.',
        rootCause: 'cable cut',
        team: null,
      },
    },
    answers: {
      200: {
        about: 'It is kept.',
        schema: Type.Object({ id: Type.String(), revision: Type.Integer() }),
        headers: { ETag: 'The revision now.' },
      },
    },
    refusals: ['not-found', 'changed-meanwhile', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/incidents/{id}/customers',
    id: 'addToIncident',
    tag,
    summary: 'Add customers who were hit',
    about:
      'By keys, up to 50,000 a request, or by what happened to them. Each gets a failure and a case under the incident; who has a failure of the same incident or order already keeps that one, and its case comes under the incident. A task of a worker: safe to repeat, and it goes on after a crash.',
    permission: 'incidents.manage',
    parameters: [id],
    body: {
      kind: 'json',
      schema: affectedWish,
      example: { kind: 'late orders', from: '2026-06-14T00:00:00Z', to: '2026-06-15T00:00:00Z' },
    },
    answers: { 202: { about: 'It is begun.', schema: began } },
    refusals: ['not-found', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/incidents/{id}/steps/preview',
    id: 'previewIncidentStep',
    tag,
    summary: 'What a step for all would do',
    about:
      'How many open cases are at the step, what all of them are given, and whether the caller may. Changes nothing.',
    permission: 'incidents.manage',
    parameters: [id, lang],
    body: { kind: 'json', schema: bulkWish, example: { kind: 'acknowledge' } },
    answers: { 200: { about: 'The count and the sum.', schema: bulkPreview } },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/incidents/{id}/steps',
    id: 'doIncidentStep',
    tag,
    summary: 'Do a step for all cases that are at it',
    about:
      'Each case is decided by the protocol, one by one; what it does not allow is skipped with the reason. The same again does nothing twice. A remedy is held to the limits of the caller and the budgets of the teams in total: beyond them a second person is asked, and nothing is done until then.',
    permission: 'incidents.manage',
    parameters: [id, lang],
    body: {
      kind: 'json',
      schema: bulkWish,
      example: { kind: 'apologise', text: 'You had no network from 22:10 to 3:40. We are sorry.' },
    },
    answers: {
      202: {
        about: 'It is begun, or a second person is asked.',
        schema: Type.Object({
          id: Type.String(),
          cases: Type.Integer(),
          state: Type.Enum(['started', 'asked'] as const),
        }),
      },
    },
    refusals: ['not-found', 'not-in-this-state', 'case-refused'],
  },
  {
    method: 'get',
    path: '/v1/incidents/{id}/steps/{step}',
    id: 'readIncidentStep',
    tag,
    summary: 'What came of each',
    about: 'Each customer or case of a step: done, waiting, or skipped with the reason.',
    permission: 'cases.read',
    parameters: [
      id,
      step,
      {
        name: 'state',
        in: 'query',
        about: 'Which; all if left out.',
        schema: Type.Enum(['waiting', 'done', 'skipped'] as const),
        example: 'skipped',
      },
      { name: 'cursor', in: 'query', about: 'From the page before.', schema: Type.String(), example: 'C-1001' },
      {
        name: 'limit',
        in: 'query',
        about: 'How many a page.',
        schema: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
        example: 100,
      },
      lang,
    ],
    answers: { 200: { about: 'A page of them.', schema: stepItems } },
    refusals: ['not-found', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/incidents/{id}/steps/{step}/answer',
    id: 'answerIncidentStep',
    tag,
    summary: 'Agree to a remedy for all as the second person, or not',
    about: 'Somebody else than who asked, in a role whose limit holds the amount.',
    permission: 'remedies.approve',
    parameters: [id, step, lang],
    body: { kind: 'json', schema: bulkAnswer, example: { agrees: true } },
    answers: { 204: { about: 'The answer is kept; with a yes the step is begun.' } },
    refusals: ['not-found', 'case-refused'],
  },
  {
    method: 'post',
    path: '/v1/incidents/{id}/steps/{step}/undo',
    id: 'undoIncidentStep',
    tag,
    summary: 'Take a step for all back',
    about:
      'By who did it, within ten minutes, in every case in which nobody has done anything since. Money that was paid is not taken back.',
    permission: 'incidents.manage',
    parameters: [id, step],
    answers: { 202: { about: 'It is begun.', schema: began } },
    refusals: ['not-found', 'not-in-this-state'],
  },
]
