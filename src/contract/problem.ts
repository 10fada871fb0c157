import { type ErrorCode, errorCodes } from '../core/error-codes.ts'
import type { Problem } from './show.ts'

/** A refusal as RFC 9457 has it: what, why, what to do, and where in the request. */
export function problemOf(code: ErrorCode, detail: string, pointer?: string, because?: string): Problem {
  const { status, title } = errorCodes[code]
  const more = { ...(pointer === undefined ? {} : { pointer }), ...(because === undefined ? {} : { because }) }
  return { type: `/reference#${code}`, title, status, code, detail, ...more }
}
