import type { CustomerSaid, MomentWish } from '../contract/customer-said.ts'
import type { NotedEvent, NoteWish } from '../contract/noted-events.ts'
import type { OldWords, PrivacyLink, PrivacySettingsWish, SilentCustomers } from '../contract/privacy-settings.ts'
import type { VoucherSettings } from '../contract/vouchers.ts'
import { read, send } from './api.ts'

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`

/** What is asked of the server about what customers say of themselves, and what they are told. */
export const said = {
  profiling: (customer: string, refused: boolean) =>
    send<CustomerSaid>('PUT', `${of(customer)}/profiling`, { refused }),
  moment: (customer: string, moment: MomentWish) => send<CustomerSaid>('POST', `${of(customer)}/moments`, moment),
  note: (customer: string, wish: NoteWish) => send<NotedEvent>('POST', `${of(customer)}/events`, wish),
  takeBack: (customer: string, event: string) =>
    send<NotedEvent>('DELETE', `${of(customer)}/events/${encodeURIComponent(event)}`),
  eraseText: (customer: string, { event, source }: Readonly<{ event: string; source: string }>) => {
    const [from, id] = [source, event].map(encodeURIComponent)
    return send<void>('DELETE', `${of(customer)}/sources/${from}/events/${id}/text`)
  },
  privacyLink: (customer: string) => send<PrivacyLink>('POST', `${of(customer)}/privacy-link`),
  privacySettings: () => read<PrivacySettingsWish>('/v1/privacy-settings'),
  silentFor: (months: number) => read<SilentCustomers>('/v1/privacy-settings/silent', { months: `${months}` }),
  oldWords: (months: number) => read<OldWords>('/v1/privacy-settings/words', { months: `${months}` }),
  savePrivacySettings: (wish: PrivacySettingsWish) => send<PrivacySettingsWish>('PUT', '/v1/privacy-settings', wish),
  voucherSettings: () => read<VoucherSettings>('/v1/voucher-settings'),
  saveVoucherSettings: (wish: VoucherSettings) => send<VoucherSettings>('PUT', '/v1/voucher-settings', wish),
  momentBack: (customer: string, kind: string) =>
    send<CustomerSaid>('DELETE', `${of(customer)}/moments/${encodeURIComponent(kind)}`),
}
