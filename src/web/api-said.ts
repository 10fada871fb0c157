import type { CustomerSaid, MomentWish } from '../contract/customer-said.ts'
import { send } from './api.ts'

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`

/** What is asked of the server when somebody writes down what a customer says. */
export const said = {
  profiling: (customer: string, refused: boolean) =>
    send<CustomerSaid>('PUT', `${of(customer)}/profiling`, { refused }),
  moment: (customer: string, moment: MomentWish) => send<CustomerSaid>('POST', `${of(customer)}/moments`, moment),
  momentBack: (customer: string, kind: string) =>
    send<CustomerSaid>('DELETE', `${of(customer)}/moments/${encodeURIComponent(kind)}`),
}
