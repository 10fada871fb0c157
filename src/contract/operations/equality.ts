import { Type } from 'typebox'
import { traits } from '../../core/equality/trait.ts'
import { equality, groupsTaken, traitWish } from '../equality.ts'
import type { Operation, Parameter } from './operation.ts'
import { lang } from './operation-parameters.ts'

const tag = 'Checks'
const trait: Parameter = {
  name: 'trait',
  in: 'path',
  about: 'The trait.',
  schema: Type.Enum(traits),
  required: true,
  example: 'age-band',
}

/** Comparing how groups of customers are treated. */
export const equalityOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/equality',
    id: 'readEquality',
    tag,
    summary: 'How groups of customers are treated',
    about:
      'The traits that are turned on, and by each: working time until somebody answered and until it was put right, put right in time, reached a person, compensation, remedies refused, gestures, notes of conduct, place in the queue, foretold against happened, and place by predicted value and by risk. Each group stands beside the others with the same mix of severities and categories, with an interval that holds for all comparisons together. Groups of fewer than 10 people, and those that could be worked out from the others, are hidden and enter no figure. Worked out weekly, after a trait is turned on, and after an upload.',
    permission: 'equality.read',
    parameters: [lang],
    answers: { 200: { about: 'What was found.', schema: equality } },
  },
  {
    method: 'put',
    path: '/v1/equality/traits/{trait}',
    id: 'turnOnTrait',
    tag,
    summary: 'Turn a comparison on',
    about:
      'Only for a trait that you lawfully hold: say on which ground and why. The sentence is kept, the audit log holds its SHA-256. The language is known from the profiles; of all other traits upload who belongs to which group. The trait of a customer is read by nothing but this comparison.',
    permission: 'equality.edit',
    parameters: [trait],
    body: {
      kind: 'json',
      schema: traitWish,
      example: {
        groups: ['under 30', '30 to 64', '65 and over'],
        basis: 'legitimate-interest',
        reason: 'To see that nobody waits longer for being old; assessed by our data protection officer.',
      },
    },
    answers: { 204: { about: 'It is on.' } },
    refusals: ['not-found', 'parameter-malformed', 'not-in-this-state'],
  },
  {
    method: 'delete',
    path: '/v1/equality/traits/{trait}',
    id: 'turnOffTrait',
    tag,
    summary: 'Turn a comparison off',
    about: 'The group of every customer, and what was found by it, is forgotten. The reason it was turned on stays.',
    permission: 'equality.edit',
    parameters: [trait],
    answers: { 204: { about: 'It is off.' } },
    refusals: ['not-found', 'not-in-this-state'],
  },
  {
    method: 'post',
    path: '/v1/equality/traits/{trait}/groups',
    id: 'uploadGroups',
    tag,
    summary: 'Say who belongs to which group',
    about:
      'A CSV file of 32 MB at most with the columns `customer` and `group`, parted by comma, semicolon or tab. A line replaces what was known of its customer, an empty group makes it forgotten. Nothing is kept of customers who object to profiling or were erased. No operation answers the group of a customer: it is in that customer’s own export.',
    permission: 'equality.edit',
    parameters: [trait],
    body: { kind: 'file' },
    answers: { 200: { about: 'What became of the lines.', schema: groupsTaken } },
    refusals: ['not-found', 'body-malformed', 'not-in-this-state'],
  },
]
