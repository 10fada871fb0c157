import { Type } from 'typebox'
import { surveyKinds } from '../../core/listening/survey.ts'
import { occasionCounts } from '../asking-rules.ts'
import { listening, surveyAnswerList } from '../listening.ts'
import { surveyInvitation, surveyInvitationPreview, surveyWish } from '../surveys.ts'
import { locales } from '../words.ts'
import type { Operation } from './operation.ts'

/** Asking customers. The pages on which they answer are public. */
export const surveyOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/surveys/invitations',
    id: 'inviteToSurvey',
    tag: 'Surveys',
    summary: 'Ask a customer',
    about:
      'Asks the contact policy first: consent, the rest between two surveys, the customers who are never asked. With a yes the invitation is in the log, the customer gets a mail, and the answer comes as `survey.answered`.',
    permission: 'surveys.edit',
    body: { kind: 'json', schema: surveyWish, example: { customer: 'C-1001', kind: 'ces' } },
    answers: { 200: { about: 'Whether the customer was asked.', schema: surveyInvitation } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'post',
    path: '/v1/surveys/invitations/preview',
    id: 'previewSurveyInvitation',
    tag: 'Surveys',
    summary: 'See an invitation before it goes',
    about:
      'The mail as it would be sent, and what the contact policy says of it, with reasons. Nothing is stored or sent.',
    permission: 'surveys.edit',
    parameters: [
      {
        name: 'lang',
        in: 'query',
        about: 'The language of the reasons; else `Accept-Language` decides.',
        schema: Type.Enum(locales),
      },
    ],
    body: { kind: 'json', schema: surveyWish, example: { customer: 'C-1001', kind: 'ces' } },
    answers: { 200: { about: 'The mail, and whether it may go.', schema: surveyInvitationPreview } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'get',
    path: '/v1/listening',
    id: 'readListening',
    tag: 'Surveys',
    summary: 'What customers say, and what their silence does not',
    about:
      'For each kind of survey: how many were asked and answered, the mean or net promoter score with its 95 % interval, by week or month, and by segment and team from 30 ratings and 5 people on. Beside it what those did who are never asked, and whether people still complain about what goes wrong. Answers count for 180 days.',
    permission: 'surveys.read',
    parameters: [
      {
        name: 'step',
        in: 'query',
        about: 'By week (26 of them, the default) or by calendar month (12).',
        schema: Type.Enum(['week', 'month'] as const),
        example: 'month',
      },
    ],
    answers: { 200: { about: 'The figures.', schema: listening } },
  },
  {
    method: 'get',
    path: '/v1/surveys/answers',
    id: 'listSurveyAnswers',
    tag: 'Surveys',
    summary: 'The newest answers',
    about:
      'Newest first, each with the case that it opened or belongs to. What customers wrote is told to whoever may read cases, and cases only to whoever sees their team.',
    permission: 'surveys.read',
    parameters: [
      {
        name: 'kind',
        in: 'query',
        about: 'One kind; all if left out.',
        schema: Type.Enum(surveyKinds),
        example: 'nps',
      },
      {
        name: 'which',
        in: 'query',
        about: 'Only bad answers, or all.',
        schema: Type.Enum(['all', 'bad'] as const),
        example: 'bad',
      },
      {
        name: 'limit',
        in: 'query',
        about: 'So many.',
        schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      },
      { name: 'cursor', in: 'query', about: 'Where the page before ended.', schema: Type.String() },
    ],
    answers: { 200: { about: 'The answers.', schema: surveyAnswerList } },
  },
  {
    method: 'get',
    path: '/v1/surveys/occasions',
    id: 'countSurveyOccasions',
    tag: 'Surveys',
    summary: 'What came of the occasions to ask',
    about:
      'For each rule on asking, and for asking by hand: how many were asked, left out by lot, or refused, and by which rule of the contact policy; and how many wait for their time. Of the last 30 days.',
    permission: 'surveys.read',
    answers: { 200: { about: 'The counts.', schema: occasionCounts } },
  },
]
