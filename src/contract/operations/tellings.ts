import { Type } from 'typebox'
import { tellingAnswer, tellingPreview, tellingWish } from '../case-tellings.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang, withWords } from './operation-parameters.ts'

const tag = 'Cases'
const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The name of the case.',
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: '7K2M9QXR4TBN',
}
const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  about: 'The `ETag` of the case as it was seen: if somebody did something since, nothing is done.',
  schema: Type.String(),
  example: '"3"',
}
const pdf = { media: 'application/pdf' }
const example = { about: 'case.acknowledged', what: 'the parcel that did not come' }

/** Telling the customer of a case something, and what of it is kept on paper. */
export const tellingOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/cases/{id}/tellings/preview',
    id: 'previewTelling',
    tag,
    summary: 'What would be told',
    about:
      'The mail as it would be sent, in the customer’s language and the firm’s wording, whether mail reaches her, the promises that were found in a typed text with the dates they name, how often it apologises, why it would be refused, and how the case would stand after it. Nothing is stored.',
    permission: 'cases.work',
    parameters: [id, lang],
    body: { kind: 'json', schema: tellingWish, example },
    answers: { 200: { about: 'The message, and what was found in it.', schema: tellingPreview } },
    refusals: ['case-unknown', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/cases/{id}/tellings/letter',
    id: 'previewLetter',
    tag,
    summary: 'The letter that would be sent',
    about:
      'As it will be drawn when the same is told, in the language of the customer, but for a mark at the head of each page that it is not sent. Nothing is stored.',
    permission: 'cases.work',
    parameters: [id, lang],
    body: {
      kind: 'json',
      schema: tellingWish,
      example: {
        about: 'final.response',
        letter: { letter: 'final_response', pack: 'own', found: 'The parcel was lost.', done: 'A new one is sent.' },
      },
    },
    answers: { 200: { about: 'The letter.', ...pdf } },
    refusals: ['case-unknown', 'case-refused', 'parameter-malformed'],
  },
  {
    method: 'post',
    path: '/v1/cases/{id}/tellings',
    id: 'tellCustomer',
    tag,
    summary: 'Tell the customer',
    about:
      'Takes the step and writes its mail in one transaction: the acknowledgement with the promise of when she hears, an answer with each promise in the ledger, remedies to choose from, the fix, the two questions, the final response with its letter. With another channel than e-mail nothing is sent: it says that it was told so. After a recovery that failed only people tell.',
    permission: 'cases.work',
    parameters: [id, ifMatch, lang],
    body: { kind: 'json', schema: tellingWish, example },
    answers: { 200: { about: 'What was told.', schema: tellingAnswer } },
    refusals: ['case-unknown', 'case-refused', 'changed-meanwhile', 'parameter-malformed'],
  },
  {
    method: 'get',
    path: '/v1/cases/{id}/letters/{letter}',
    id: 'readLetter',
    tag,
    summary: 'A letter as it was sent',
    about: 'The PDF, to the byte as it was made.',
    permission: 'cases.read',
    parameters: [
      id,
      {
        name: 'letter',
        in: 'path',
        about: 'The name of the letter, as the case tells it.',
        schema: Type.String({ format: 'uuid' }),
        required: true,
        example: '5f0c6e0e-6f0e-4bb7-9f4e-2a4c1f3d9b10',
      },
    ],
    answers: { 200: { about: 'The letter.', ...pdf } },
    refusals: ['case-unknown', 'not-found'],
  },
  {
    method: 'get',
    path: '/v1/cases/{id}/evidence.pdf',
    id: 'readCaseEvidencePdf',
    tag,
    summary: 'The evidence of a case on paper',
    about: 'The same as the evidence in JSON, as a tagged PDF in English, Dutch or Russian.',
    permission: 'cases.read',
    parameters: [id, lang, withWords],
    answers: { 200: { about: 'The file.', ...pdf } },
    refusals: ['case-unknown', 'parameter-malformed'],
  },
]
