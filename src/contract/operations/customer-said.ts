import { Type } from 'typebox'
import { privacyAtFirst } from '../../core/privacy/privacy.ts'
import { type CustomerSaid, customerSaid, momentWish, profilingWish } from '../customer-said.ts'
import { KEPT_MONTHS_MAX, oldWords, privacyLink, privacySettings, silentCustomers } from '../privacy-settings.ts'
import { key } from './customers.ts'
import type { Operation } from './operation.ts'

const tag = 'Customers'

const example: CustomerSaid = {
  customer: 'C-1001',
  profilingRefusedAt: '2026-03-02T08:00:00.000Z',
  moments: [{ kind: 'move', at: '2026-04-01T00:00:00.000Z' }],
}
const answers = { 200: { about: 'What stands now.', schema: customerSaid, example } }

const months = {
  name: 'months',
  in: 'query',
  about: 'How many months.',
  schema: Type.Integer({ minimum: 1, maximum: KEPT_MONTHS_MAX }),
  required: true,
  example: 24,
} as const

/** Writing down what a customer says. Each is an event of the log; a program may as well send the event itself. */
export const customerSaidOperations: readonly Operation[] = [
  {
    method: 'put',
    path: '/v1/customers/{key}/profiling',
    id: 'setProfiling',
    tag,
    summary: 'Write down an objection to profiling, or that it was taken back',
    about:
      'While a customer objects, nothing is scored or foretold of them, what was is deleted in the same transaction, and no model learns from them when it is fitted next. Service, deadlines and amounts owed stay as they are. Appends `consent.changed` with the purpose `profiling`; what stands already is not told again.',
    permission: 'customers.hear',
    parameters: [key],
    body: { kind: 'json', schema: profilingWish, example: { refused: true } },
    answers,
    refusals: ['customer-unknown'],
  },
  {
    method: 'post',
    path: '/v1/customers/{key}/moments',
    id: 'tellMoment',
    tag,
    summary: 'Write down a moment that the customer or the family told of',
    about:
      'Only what was told, for the purpose for which it was told. After `bereavement` or `death` the contact policy lets nothing through but what is owed.',
    permission: 'customers.hear',
    parameters: [key],
    body: { kind: 'json', schema: momentWish, example: { kind: 'bereavement' } },
    answers,
    refusals: ['customer-unknown', 'parameter-malformed'],
  },
  {
    method: 'delete',
    path: '/v1/customers/{key}/moments/{kind}',
    id: 'takeBackMoment',
    tag,
    summary: 'Take back what was told of a moment',
    about:
      'Retracts every event that told of a moment of this kind, whoever sent it. What was never told stays untold.',
    permission: 'customers.hear',
    parameters: [
      key,
      {
        name: 'kind',
        in: 'path',
        about: 'Which moment, encoded as one part of the path.',
        schema: Type.String({ minLength: 1, maxLength: 200 }),
        required: true,
        example: 'bereavement',
      },
    ],
    answers,
    refusals: ['customer-unknown'],
  },
  {
    method: 'post',
    path: '/v1/customers/{key}/privacy-link',
    id: 'makePrivacyLink',
    tag,
    summary: 'Make a link to what is held about one customer',
    about:
      'For a customer who asks in person: the page tells what is held and why, and takes an objection. Whoever has the link can read it, for two weeks.',
    permission: 'customers.hear',
    parameters: [key],
    answers: { 201: { about: 'The link.', schema: privacyLink } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'get',
    path: '/v1/privacy-settings',
    id: 'readPrivacySettings',
    tag: 'Keys and settings',
    summary: 'What customers are told about their data',
    about: 'For each purpose the ground of the law; how long data are kept, and whom to ask.',
    permission: 'settings.read',
    answers: { 200: { about: 'What stands.', schema: privacySettings } },
  },
  {
    method: 'put',
    path: '/v1/privacy-settings',
    id: 'savePrivacySettings',
    tag: 'Keys and settings',
    summary: 'Change what customers are told about their data',
    about:
      'Counsel decides on the grounds and the period. From a day after it was saved, whoever was silent for so many months is erased every night, unless something still binds the firm to her, and words are removed that nothing open needs.',
    permission: 'settings.edit',
    body: { kind: 'json', schema: privacySettings, example: privacyAtFirst },
    answers: { 200: { about: 'What stands now.', schema: privacySettings } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/privacy-settings/silent',
    id: 'countSilentCustomers',
    tag: 'Keys and settings',
    summary: 'How many customers were silent for so long',
    about: 'Before a period is saved: about whom it is. Those to whom something still binds the firm stay.',
    permission: 'settings.read',
    parameters: [months],
    answers: { 200: { about: 'How many.', schema: silentCustomers } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/privacy-settings/words',
    id: 'countOldWords',
    tag: 'Keys and settings',
    summary: 'How much of what people wrote is so old',
    about: 'Before a period for words is saved: about how many texts it is. What is still needed stays.',
    permission: 'settings.read',
    parameters: [{ ...months, example: 12 }],
    answers: { 200: { about: 'How much.', schema: oldWords } },
    refusals: ['parameter-malformed'],
  },
]
