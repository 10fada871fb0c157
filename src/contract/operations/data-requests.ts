import { Type } from 'typebox'
import { dataRequest, dataRequestList, dataRequestStates, dataRequestStep } from '../data-requests.ts'
import type { Operation } from './operation.ts'

const tag = 'Data requests'

/** What customers ask about their own data. The public pages are no part of it. */
export const dataRequestOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/data-requests',
    id: 'listDataRequests',
    tag,
    summary: 'What customers ask about their data',
    about: 'Requests that were confirmed from the address that is known: open ones by the day they are due.',
    permission: 'customers.export',
    parameters: [
      {
        name: 'state',
        in: 'query',
        about: 'Which; open ones if left out.',
        schema: Type.Enum(dataRequestStates),
        example: 'open',
      },
    ],
    answers: { 200: { about: 'The requests.', schema: dataRequestList } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/data-requests/{id}/steps',
    id: 'answerDataRequest',
    tag,
    summary: 'Answer, refuse or extend a request',
    about:
      'Answering a request for a copy makes it and mails a link; answering one for erasure erases, which takes the permission to erase. A refusal and an extension are told with their reason.',
    permission: 'requests.answer',
    parameters: [
      {
        name: 'id',
        in: 'path',
        about: 'The request.',
        schema: Type.String(),
        required: true,
        example: '3f0c6b9e-5d0b-4a52-9f3b-0a8f5f4f2c11',
      },
    ],
    body: { kind: 'json', schema: dataRequestStep, example: { step: 'answer' } },
    answers: { 200: { about: 'The request.', schema: dataRequest } },
    refusals: ['not-found', 'not-in-this-state', 'mail-unconfigured'],
  },
]
