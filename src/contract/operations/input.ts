import { Type } from 'typebox'
import { ideaStates, quotaAtFirst } from '../../core/listening/input-round.ts'
import {
  ideaAnswered,
  ideaAnswerWish,
  ideaList,
  ideaWish,
  inputOverview,
  memberList,
  memberWish,
  openedRound,
  roundWish,
} from '../input.ts'
import type { Operation, Parameter } from './operation.ts'

const tag = 'Surveys'
const uuid = '5b0f0a52-8f0e-4d6c-9d7e-0a4cc9d0c2a1'
const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The id of the round.',
  schema: Type.String({ format: 'uuid' }),
  required: true,
  example: uuid,
}
const customer: Parameter = {
  name: 'key',
  in: 'path',
  about: 'The firm’s own key of the customer.',
  schema: Type.String(),
  required: true,
  example: 'C-1001',
}

/** Asking customers for advice, and telling them what came of their ideas. */
export const inputOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/input',
    id: 'readInput',
    tag,
    summary: 'Rounds of advice, and how ideas stand',
    about:
      'The newest hundred rounds with how many of each group were invited, take part, declined, left, or took part.',
    permission: 'surveys.read',
    answers: { 200: { about: 'The rounds and counts.', schema: inputOverview } },
  },
  {
    method: 'post',
    path: '/v1/input/rounds',
    id: 'openInputRound',
    tag,
    summary: 'Invite customers to a panel, an interview or a visit',
    about:
      'A worker invites by lot until each group has its quota: let down in the last 180 days, asked and silent, content, and all others. The contact policy has the last word, nobody is invited twice within 180 days, and only customers heard of in a year are drawn. Let down and silent must be among them, and at most half may be content.',
    permission: 'surveys.edit',
    body: {
      kind: 'json',
      schema: roundWish,
      example: {
        kind: 'panel',
        title: 'How deliveries are announced',
        about: 'One hour in the evening, by video, in two weeks. We listen and take notes.',
        quota: quotaAtFirst,
      },
    },
    answers: { 201: { about: 'The round; invitations are on their way.', schema: openedRound } },
    refusals: ['parameter-malformed', 'mail-unconfigured'],
  },
  {
    method: 'post',
    path: '/v1/input/rounds/{id}/close',
    id: 'closeInputRound',
    tag,
    summary: 'Close a round',
    about: 'Nobody is invited or taken in any more. Whoever takes part can still leave and still have ideas.',
    permission: 'surveys.edit',
    parameters: [id],
    answers: { 204: { about: 'It is closed.' } },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/input/rounds/{id}/reopen',
    id: 'reopenInputRound',
    tag,
    summary: 'Open a round again',
    about:
      'Customers can join and answer again by the links that they have, and whoever its quota still lacks is invited. A round that is open stays as it is.',
    permission: 'surveys.edit',
    parameters: [id],
    answers: { 204: { about: 'It is open.' } },
    refusals: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/input/rounds/{id}/members',
    id: 'listInputMembers',
    tag,
    summary: 'Who is in a round',
    about: 'Those who take part first; five hundred at most.',
    permission: 'surveys.read',
    parameters: [id],
    answers: { 200: { about: 'The members.', schema: memberList } },
    refusals: ['not-found'],
  },
  {
    method: 'put',
    path: '/v1/input/rounds/{id}/members/{key}',
    id: 'noteInputGiven',
    tag,
    summary: 'Somebody took part',
    about: 'Only of somebody who agreed to it. Told to the log as `input.given`.',
    permission: 'surveys.edit',
    parameters: [id, customer],
    body: { kind: 'json', schema: memberWish, example: { state: 'given' } },
    answers: { 204: { about: 'It is noted.' } },
    refusals: ['not-found', 'not-in-this-state'],
  },
  {
    method: 'get',
    path: '/v1/ideas',
    id: 'listIdeas',
    tag,
    summary: 'Ideas of customers',
    about:
      'Newest first: from `input.given` events of kind `idea`, from the page of a round, and those that somebody noted.',
    permission: 'surveys.read',
    parameters: [
      { name: 'state', in: 'query', about: 'Only those that stand so.', schema: Type.Enum(ideaStates), example: 'new' },
      {
        name: 'limit',
        in: 'query',
        about: 'So many.',
        schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      },
      { name: 'cursor', in: 'query', about: 'Where the page before ended.', schema: Type.String() },
    ],
    answers: { 200: { about: 'The ideas.', schema: ideaList } },
  },
  {
    method: 'post',
    path: '/v1/ideas',
    id: 'noteIdea',
    tag,
    summary: 'Note an idea of a customer',
    about: 'It is told to the log as `input.given`; a program may send that event just as well.',
    permission: 'surveys.edit',
    body: { kind: 'json', schema: ideaWish, example: { customer: 'C-1001', text: 'Tell me the hour, not the day.' } },
    answers: { 204: { about: 'It is noted.' } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'put',
    path: '/v1/customers/{key}/ideas/{id}',
    id: 'answerIdea',
    tag,
    summary: 'Say what came of an idea, and tell the customer',
    about:
      'You said, we did: with `tell` the customer gets the answer by mail, in her language, and the log is told `input.told`. It answers what she wrote, so no rule on contacting holds it back.',
    permission: 'surveys.edit',
    parameters: [customer, { ...id, about: 'The id of the idea.' }],
    body: {
      kind: 'json',
      schema: ideaAnswerWish,
      example: { state: 'done', answer: 'Since May we send the hour on the evening before.', tell: true },
    },
    answers: { 200: { about: 'It is kept.', schema: ideaAnswered } },
    refusals: ['not-found', 'not-in-this-state', 'parameter-malformed'],
  },
]
