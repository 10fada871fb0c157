import { Type } from 'typebox'
import { contactPurposes } from '../../core/contact/contact-policy.ts'
import { channels } from '../../core/relationship/vocabulary.ts'
import {
  contactAnswer,
  contactBody,
  contactPolicyBody,
  contactPolicyPage,
  contactPolicyVersion,
  contactsAnswer,
  contactsBody,
  DECISIONS_MAX,
  policyTrial,
  policyTrialBody,
} from '../decide.ts'
import { contactAnswerExample, contactExample, contactPolicyExample, policyTrialExample } from './decide-examples.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang, rulesVersion } from './operation-parameters.ts'

const tag = 'May we contact?'

const words = (all: readonly string[]) => Type.Union(all.map((word) => Type.Literal(word)))
const customer: Parameter = {
  name: 'key',
  in: 'path',
  about: "The firm's own customer key, encoded as one part of the path.",
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: 'C-1001',
}

/** Asking before sending, and the rules that answer. */
export const decideOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/decisions/contact',
    id: 'mayContact',
    tag,
    summary: 'May we contact this customer, about this, now?',
    about:
      'Answers yes or no with every rule that spoke, until when the answer holds, and the next moment of a yes. ' +
      'With `reserve` a yes holds a slot under the caps for some minutes: two senders cannot both spend the last one. ' +
      'Report what was sent as `offer.sent`, under the id of the slot, so that the next answer is right.',
    permission: 'policy.ask',
    parameters: [lang],
    body: { kind: 'json', schema: contactBody, example: contactExample },
    answers: { 200: { about: 'The answer.', schema: contactAnswer, example: contactAnswerExample } },
  },
  {
    method: 'post',
    path: '/v1/decisions/contacts',
    id: 'mayContactMany',
    tag,
    summary: 'The same for many customers',
    about: `Up to ${DECISIONS_MAX} customers in one question, answered in its order. Nothing is reserved.`,
    permission: 'policy.ask',
    parameters: [lang],
    body: {
      kind: 'json',
      schema: contactsBody,
      example: { customers: ['C-1001', 'C-1002'], purpose: 'upsell', channel: 'email' },
    },
    answers: { 200: { about: 'The answers.', schema: contactsAnswer } },
  },
  {
    method: 'delete',
    path: '/v1/customers/{key}/slots/{id}',
    id: 'releaseSlot',
    tag,
    summary: 'Give a slot back',
    about: 'When a message that a slot was held for is not sent after all. Giving back what is not held does nothing.',
    permission: 'policy.ask',
    parameters: [
      customer,
      {
        name: 'id',
        in: 'path',
        about: 'The id of the slot.',
        schema: Type.String({ minLength: 1, maxLength: 200 }),
        required: true,
        example: 'mail-2026-11-1001',
      },
    ],
    answers: { 204: { about: 'The slot is free.' } },
  },
  {
    method: 'get',
    path: '/v1/suppression',
    id: 'listSuppressed',
    tag,
    summary: 'Everybody who may not be sent this',
    about:
      'A CSV file for tools that cannot ask for each customer: key, the strongest rule, and the next moment of a yes. ' +
      'It is as old as the moment it was made; ask again before each mailing.',
    permission: 'policy.ask',
    parameters: [
      {
        name: 'purpose',
        in: 'query',
        about: 'What the message is for.',
        schema: words(contactPurposes),
        required: true,
        example: 'upsell',
      },
      {
        name: 'channel',
        in: 'query',
        about: 'How it would be sent.',
        schema: words(channels),
        required: true,
        example: 'email',
      },
      { name: 'category', in: 'query', about: 'What is offered.', schema: Type.String({ maxLength: 200 }) },
    ],
    answers: {
      200: {
        about: 'One line a customer.',
        schema: Type.String(),
        media: 'text/csv',
        example: 'customer,rule,next_allowed_at\nC-1001,open-failure,\n',
      },
    },
    refusals: ['parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/policies/contact',
    id: 'readContactPolicy',
    tag,
    summary: 'The rules on contacting customers',
    about: 'The live rules and the versions so far. The `ETag` is the version: send it as `If-Match` with a change.',
    permission: 'policy.read',
    answers: { 200: { about: 'The rules.', schema: contactPolicyPage, headers: { ETag: 'The live version.' } } },
  },
  {
    method: 'get',
    path: '/v1/policies/contact/versions/{version}',
    id: 'readContactPolicyVersion',
    tag,
    summary: 'The rules as they were in one version',
    about: 'To see what a version changed, or to go back to it: send its rules with `saveContactPolicy`.',
    permission: 'policy.read',
    parameters: [rulesVersion],
    answers: { 200: { about: 'The rules of this version.', schema: contactPolicyVersion } },
    refusals: ['not-found'],
  },
  {
    method: 'put',
    path: '/v1/policies/contact',
    id: 'saveContactPolicy',
    tag,
    summary: 'Change the rules',
    about: 'Makes a new version, live at once. Try it first with `/v1/policies/contact/try`.',
    permission: 'policy.edit',
    parameters: [
      {
        name: 'If-Match',
        in: 'header',
        about: 'The version that was changed, as its `ETag`.',
        schema: Type.String(),
        required: true,
        example: '"3"',
      },
    ],
    body: { kind: 'json', schema: contactPolicyBody, example: contactPolicyExample },
    answers: {
      200: { about: 'The rules as they are now.', schema: contactPolicyPage, headers: { ETag: 'The live version.' } },
    },
    refusals: ['changed-meanwhile', 'policy-refused'],
  },
  {
    method: 'post',
    path: '/v1/policies/contact/try',
    id: 'tryContactPolicy',
    tag,
    summary: 'What would these rules have said?',
    about:
      'Asks changed rules, and the live ones, about every offer that was reported in the last days, each with the customer as known just before. ' +
      'Where very many were sent something, a random sample of customers is looked at.',
    permission: 'policy.read',
    body: { kind: 'json', schema: policyTrialBody, example: { ...contactPolicyExample, days: 30, note: undefined } },
    answers: { 200: { about: 'What would have been different.', schema: policyTrial, example: policyTrialExample } },
    refusals: ['policy-refused'],
    repeatable: false,
  },
]
