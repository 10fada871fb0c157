import type { AskingTrial, OccasionCounts } from '../contract/asking-rules.ts'
import type { IdeaAnswerWish, IdeaList, InputOverview, MemberList, RoundWish } from '../contract/input.ts'
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
  input: () => read<InputOverview>('/v1/input'),
  openRound: (wish: RoundWish) => send<Readonly<{ id: string }>>('POST', '/v1/input/rounds', wish),
  closeRound: (id: string) => send<void>('POST', `/v1/input/rounds/${id}/close`),
  reopenRound: (id: string) => send<void>('POST', `/v1/input/rounds/${id}/reopen`),
  members: (id: string) => read<MemberList>(`/v1/input/rounds/${id}/members`),
  tookPart: (id: string, customer: string) =>
    send<void>('PUT', `/v1/input/rounds/${id}/members/${encodeURIComponent(customer)}`, { state: 'given' }),
  ideas: (query: Query, cursor: string | undefined) => read<IdeaList>('/v1/ideas', { ...query, cursor }),
  noteIdea: (wish: Readonly<{ customer: string; text: string }>) => send<void>('POST', '/v1/ideas', wish),
  answerIdea: (customer: string, id: string, wish: IdeaAnswerWish) =>
    send<Readonly<{ told: boolean }>>('PUT', `/v1/customers/${encodeURIComponent(customer)}/ideas/${id}`, wish),
  occasions: () => read<OccasionCounts>('/v1/surveys/occasions'),
}
