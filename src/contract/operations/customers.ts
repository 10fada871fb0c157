import { Type } from 'typebox'
import { customerExport } from '../answers.ts'
import { liability } from '../liability.ts'
import { forgotten } from '../operate.ts'
import { overview } from '../overview.ts'
import { customerFilters, customerList, customerPage, customerSorts, goodwillHistory, timeline } from '../show.ts'
import { customerListExample, forgottenExample } from './examples.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang } from './operation-parameters.ts'

const words = (all: readonly string[], atFirst?: string) =>
  Type.Union(
    all.map((word) => Type.Literal(word)),
    atFirst === undefined ? {} : { default: atFirst },
  )

/** The path of one customer. */
export const key: Parameter = {
  name: 'key',
  in: 'path',
  about: "The firm's own customer key, encoded as one part of the path: a slash becomes `%2F`.",
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: 'C-1001',
}
const cursor: Parameter = {
  name: 'cursor',
  in: 'query',
  about: 'From the page before, unchanged and with the same other parameters.',
  schema: Type.String({ maxLength: 4_000 }),
}
const limit: Parameter = {
  name: 'limit',
  in: 'query',
  about: 'How many at most.',
  schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  example: 50,
}
const search: Parameter = {
  name: 'search',
  in: 'query',
  about: 'The beginning of a key, a word of the name, an e-mail address, a phone number, or an identity.',
  schema: Type.String({ maxLength: 200 }),
  example: 'C-10',
}
const segment: Parameter = {
  name: 'segment',
  in: 'query',
  about: 'Only this segment.',
  schema: Type.String({ maxLength: 200 }),
}

const tag = 'Customers'

/** Reading customers, and erasing what is personal about one. */
export const customerOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/overview',
    id: 'readOverview',
    tag,
    summary: 'Who was let down lately',
    about: 'The last days against the 26 weeks before: let-downs, what is at stake, broken promises, causes.',
    permission: 'figures.read',
    parameters: [
      {
        name: 'days',
        in: 'query',
        about: 'Length of the period.',
        schema: Type.Integer({ minimum: 1, maximum: 182, default: 7 }),
        example: 7,
      },
    ],
    answers: { 200: { about: 'The overview.', schema: overview } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/liability',
    id: 'readLiability',
    tag,
    summary: 'What is owed on vouchers',
    about:
      'The roll-forward of each month, what open vouchers will come to with bands of 50, 80 and 95 %, by cohort and origin, and how such forecasts did before. Made after an import and every night.',
    permission: 'figures.read',
    answers: { 200: { about: 'The newest forecast.', schema: liability } },
    refusals: ['forecast-missing'],
  },
  {
    method: 'get',
    path: '/v1/customers',
    id: 'listCustomers',
    tag,
    summary: 'Search and page through customers',
    about:
      'A page in a stable order. Read on with the `cursor` of the answer until it is null; a page of a search may hold fewer than `limit` and still have one.',
    permission: 'customers.read',
    parameters: [
      search,
      {
        name: 'sort',
        in: 'query',
        about: 'The order, without a search.',
        schema: words(customerSorts, 'at-stake'),
        example: 'at-stake',
      },
      { name: 'filter', in: 'query', about: 'Who is listed.', schema: words(customerFilters, 'all'), example: 'all' },
      segment,
      cursor,
      limit,
    ],
    answers: { 200: { about: 'A page of customers.', schema: customerList, example: customerListExample } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/customers/{key}',
    id: 'readCustomer',
    tag,
    summary: 'One customer',
    about:
      'The relationship, the goodwill ledger with every entry explained, and the likely future. `If-None-Match` with the last `ETag` is answered with 304 while nothing changed.',
    permission: 'customers.read',
    parameters: [
      key,
      lang,
      {
        name: 'If-None-Match',
        in: 'header',
        about: 'The `ETag` of the answer that is at hand.',
        schema: Type.String(),
      },
    ],
    answers: {
      200: { about: 'The customer.', schema: customerPage, headers: { ETag: 'Names this state of the page.' } },
      304: { about: 'Nothing changed.' },
    },
    refusals: ['customer-unknown', 'parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/customers/{key}/goodwill',
    id: 'readGoodwill',
    tag,
    summary: 'Goodwill over time',
    about: 'The balance of the ledger over time with its interval, and the events that moved it.',
    permission: 'customers.read',
    parameters: [
      key,
      lang,
      {
        name: 'without',
        in: 'query',
        about: 'The key of a let-down: each point tells the balance without it, too. The weightiest if left out.',
        schema: Type.String({ maxLength: 200 }),
      },
    ],
    answers: { 200: { about: 'The curve and its marks.', schema: goodwillHistory } },
    refusals: ['customer-unknown', 'parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/customers/{key}/timeline',
    id: 'readTimeline',
    tag,
    summary: 'What happened',
    about: 'The events of a customer and of everybody merged into it, newest first, each with a sentence.',
    permission: 'customers.read',
    parameters: [key, cursor, limit, lang],
    answers: { 200: { about: 'A page of events.', schema: timeline } },
    refusals: ['customer-unknown', 'parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/customers/{key}/export',
    id: 'exportCustomer',
    tag,
    summary: 'Everything held about one customer',
    about: 'Each stored row about the customer and everybody merged into it, for a request of access.',
    permission: 'customers.export',
    parameters: [key],
    answers: {
      200: {
        about: 'The file.',
        schema: customerExport,
        headers: { 'Content-Disposition': 'Names the file.' },
      },
    },
    refusals: ['customer-unknown'],
  },
  {
    method: 'delete',
    path: '/v1/customers/{key}',
    id: 'forgetCustomer',
    tag,
    summary: 'Erase what is personal',
    about:
      'Erases free text, names, addresses, identities, moments, and what can be searched, for the customer and everybody merged into it. What happened stays in the log without it. This cannot be undone.',
    permission: 'customers.erase',
    parameters: [key],
    answers: { 200: { about: 'What was erased.', schema: forgotten, example: forgottenExample } },
    refusals: ['customer-unknown'],
  },
]
