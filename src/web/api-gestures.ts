import type { GestureTrial } from '../contract/gesture-rules.ts'
import type { GestureGiven, GestureList, GestureOverview, GesturePreview, GestureWish } from '../contract/gestures.ts'
import type { GestureRules } from '../core/gestures/gesture-rules.ts'
import { type Query, read, rulesOf, send } from './api.ts'

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}/gestures`

/** What is asked of the server about gestures. */
export const gesturesApi = {
  overview: () => read<GestureOverview>('/v1/gestures'),
  list: (query: Query, cursor: string | undefined) => read<GestureList>('/v1/gestures/list', { ...query, cursor }),
  rules: rulesOf<GestureRules>('gesture'),
  tryRules: (policy: GestureRules, days: number) =>
    send<GestureTrial>('POST', '/v1/policies/gesture/try', { policy, days }),
  give: (customer: string, wish: GestureWish) => send<GestureGiven>('POST', of(customer), wish),
  preview: (customer: string, wish: GestureWish) => send<GesturePreview>('POST', `${of(customer)}/preview`, wish),
  step: (customer: string, id: string, state: 'made' | 'not-done' | 'to-do') =>
    send<GestureGiven>('PUT', `${of(customer)}/${id}`, { state }),
}
