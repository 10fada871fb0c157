import { Type } from 'typebox'
import { exitSettings, exitSettingsWish } from '../exit-settings.ts'
import { termsForecast } from '../exit-wave.ts'
import { exit, exitList, exitMatch, exitOwed, exitStates, exitStep, exitWish } from '../exits.ts'
import type { Operation, Parameter } from './operation.ts'

const tag = 'Exits'
const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The number of the exit.',
  schema: Type.String(),
  required: true,
  example: 'E-7K3QX-9M2PD',
}
const one = { 200: { about: 'The exit.', schema: exit } }

/** Leaving, seen from the firm. The public pages are no part of it. */
export const exitOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/exits',
    id: 'listExits',
    tag,
    summary: 'Who leaves',
    about: 'Exits, newest first, and how leaving went in the last twelve months.',
    permission: 'exits.read',
    parameters: [
      { name: 'state', in: 'query', about: 'Which; all if left out.', schema: Type.Enum(exitStates), example: 'open' },
      {
        name: 'cursor',
        in: 'query',
        about: 'From the page before.',
        schema: Type.String(),
        example: 'eyJhdCI6IjIwMjYifQ',
      },
      {
        name: 'limit',
        in: 'query',
        about: 'Exits a page.',
        schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
        example: 50,
      },
    ],
    answers: { 200: { about: 'A page of exits.', schema: exitList } },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/forecasts/terms',
    id: 'readTermsForecast',
    tag,
    summary: 'What fixed terms hold back',
    about:
      'Customers in a fixed term: how many leave within a month, how many would if no term held them, and for each of twelve months to come how many terms end and how many of these customers leave in the month after. Who stays because of a term is not loyal. Worked out daily, of 20,000 customers at most, without those who object to profiling.',
    permission: 'exits.read',
    answers: { 200: { about: 'The forecast; counts are 0 before the first.', schema: termsForecast } },
  },
  {
    method: 'post',
    path: '/v1/exits',
    id: 'takeExit',
    tag,
    summary: 'Take a notice for a customer',
    about:
      'The same as the public page, for a customer who called or wrote: confirmed at once, mailed where an address is known, ended on its day by itself.',
    permission: 'exits.take',
    body: { kind: 'json', schema: exitWish, example: { customer: 'C-1001', kind: 'cancel', reference: 'AB-40118' } },
    answers: { 201: { about: 'The exit.', schema: exit } },
    refusals: ['customer-unknown'],
  },
  {
    method: 'get',
    path: '/v1/exits/{id}',
    id: 'readExit',
    tag,
    summary: 'One exit',
    about: 'How far it has come.',
    permission: 'exits.read',
    parameters: [id],
    answers: one,
    refusals: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/exits/{id}/owed',
    id: 'readExitOwed',
    tag,
    summary: 'What is owed to whoever leaves',
    about:
      'As far as cases and events tell: remedies that were agreed and not given, the order that is withdrawn from, what was sent back in the last 90 days, what is left on vouchers here and elsewhere. What is not sure, somebody looks up.',
    permission: 'exits.read',
    parameters: [id],
    answers: { 200: { about: 'What there is to settle.', schema: exitOwed } },
    refusals: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/exits/{id}/match',
    id: 'matchExit',
    tag,
    summary: 'Say whose notice it is',
    about:
      'For a notice that nobody was recognised in. It counts from the moment it came in; the customer gets a second confirmation, with the day on which the contract ends.',
    permission: 'exits.take',
    parameters: [id],
    body: { kind: 'json', schema: exitMatch, example: { customer: 'C-1001' } },
    answers: one,
    refusals: ['not-found', 'customer-unknown', 'not-in-this-state'],
  },
  {
    method: 'post',
    path: '/v1/exits/{id}/steps',
    id: 'takeExitStep',
    tag,
    summary: 'Do a step of an exit',
    about:
      'Settle what is owed (with `paid-out`, what is left on vouchers that Amends keeps is paid out in the same step, which takes `vouchers.redeem`), or note that the customer has the data (`GET /v1/customers/{key}/export`). The end comes by itself on its day, whatever is left to do.',
    permission: 'exits.decide',
    parameters: [id],
    body: {
      kind: 'json',
      schema: exitStep,
      example: { step: 'settle', settlement: { refundMinor: 740, currency: 'EUR', vouchers: 'kept' } },
    },
    answers: one,
    refusals: ['not-found', 'not-in-this-state'],
  },
  {
    method: 'get',
    path: '/v1/exit-settings',
    id: 'readExitSettings',
    tag,
    summary: 'Which functions of leaving are offered',
    about:
      'The cancellation button, the withdrawal function, what the country asks for, and the links with their words for the website.',
    permission: 'exits.read',
    answers: { 200: { about: 'The settings.', schema: exitSettings } },
  },
  {
    method: 'put',
    path: '/v1/exit-settings',
    id: 'saveExitSettings',
    tag,
    summary: 'Say which functions of leaving are offered',
    about: 'A function that is turned off leads to the page for everything. A notice is never refused.',
    permission: 'settings.edit',
    body: { kind: 'json', schema: exitSettingsWish, example: { country: 'DE', cancel: null, withdraw: null } },
    answers: { 200: { about: 'The settings.', schema: exitSettings } },
  },
]
