import { Type } from 'typebox'
import { locales } from '../words.ts'
import type { Parameter } from './operation.ts'

/** In which language sentences are wanted. */
export const lang: Parameter = {
  name: 'lang',
  in: 'query',
  about: 'The language of the sentences; else `Accept-Language` decides.',
  schema: Type.Enum(locales),
  example: 'en',
}

/** Whether a file that leaves the firm holds what people wrote. */
export const evidenceWords = ['all', 'none'] as const
/** The same as a parameter. */
export const withWords: Parameter = {
  name: 'words',
  in: 'query',
  about: 'With `none`, `[…]` stands where people wrote: notes, mails, reasons. What was done, agreed and when stays.',
  schema: Type.Enum(evidenceWords),
  example: 'none',
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
