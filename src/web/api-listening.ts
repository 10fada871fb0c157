import type { AskingTrial, OccasionCounts } from '../contract/asking-rules.ts'
import type { Listening, SurveyAnswerList } from '../contract/listening.ts'
import type { SurveyInvitation, SurveyInvitationPreview, SurveyWish } from '../contract/surveys.ts'
import type { AskingRules } from '../core/listening/asking-rules.ts'
import { type Query, read, rulesOf, send } from './api.ts'

/** What the pages of listening ask the server. */
export const listeningApi = {
  listening: (step: 'week' | 'month') => read<Listening>('/v1/listening', { step }),
  surveyAnswers: (query: Query, cursor: string | undefined) =>
    read<SurveyAnswerList>('/v1/surveys/answers', { ...query, cursor }),
  askingRules: rulesOf<AskingRules>('asking'),
  tryAskingRules: (policy: AskingRules, days: number) =>
    send<AskingTrial>('POST', '/v1/policies/asking/try', { policy, days }),
  previewInvitation: (wish: SurveyWish) =>
    send<SurveyInvitationPreview>('POST', '/v1/surveys/invitations/preview', wish),
  inviteToSurvey: (wish: SurveyWish) => send<SurveyInvitation>('POST', '/v1/surveys/invitations', wish),
  occasions: () => read<OccasionCounts>('/v1/surveys/occasions'),
}
