import type { CustomerSaid, MomentWish } from '../contract/customer-said.ts'
import type { PrivacyLink, PrivacySettingsWish } from '../contract/privacy-settings.ts'
import { read, send } from './api.ts'

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`

/** What is asked of the server about what customers say of themselves, and what they are told about their data. */
export const said = {
  profiling: (customer: string, refused: boolean) =>
    send<CustomerSaid>('PUT', `${of(customer)}/profiling`, { refused }),
  moment: (customer: string, moment: MomentWish) => send<CustomerSaid>('POST', `${of(customer)}/moments`, moment),
  privacyLink: (customer: string) => send<PrivacyLink>('POST', `${of(customer)}/privacy-link`),
  privacySettings: () => read<PrivacySettingsWish>('/v1/privacy-settings'),
  savePrivacySettings: (wish: PrivacySettingsWish) => send<PrivacySettingsWish>('PUT', '/v1/privacy-settings', wish),
  momentBack: (customer: string, kind: string) =>
    send<CustomerSaid>('DELETE', `${of(customer)}/moments/${encodeURIComponent(kind)}`),
}
