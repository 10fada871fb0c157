import type { Context } from 'hono'
import { refuseParameter } from './parameters.ts'

/** The revision that the caller saw, by `If-Match`; null where that does not matter to her. */
export function revisionAsked(c: Context, of: string): number | null {
  const match = c.req.header('if-match')
  if (match === undefined || match === '*') return null
  const revision = Number(/^"(\d+)"$/.exec(match)?.[1] ?? Number.NaN)
  if (Number.isNaN(revision)) throw refuseParameter('If-Match', `is the ETag ${of} as it was seen.`)
  return revision
}
