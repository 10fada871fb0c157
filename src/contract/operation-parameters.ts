import { Type } from 'typebox'
import type { Parameter } from './operation.ts'
import { locales } from './words.ts'

/** In which language sentences are wanted. */
export const lang: Parameter = {
  name: 'lang',
  in: 'query',
  about: 'The language of the sentences; else `Accept-Language` decides.',
  schema: Type.Enum(locales),
  example: 'en',
}

/** Which version of a set of rules. */
export const rulesVersion: Parameter = {
  name: 'version',
  in: 'path',
  about: 'The number of the version; 0 are the rules that everybody starts with.',
  schema: Type.Integer({ minimum: 0 }),
  required: true,
  example: 0,
}
