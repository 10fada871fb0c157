import type { Operation } from './operation.ts'
import { surveyInvitation, surveyWish } from './surveys.ts'

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
]
