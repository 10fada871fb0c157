import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { REQUEST_BYTES_MAX } from '../contract/ingest.ts'
import type { Entry } from '../flows/caller.ts'
import { Refusal, readBytes } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { type Claim, claim, forgetClaim, keepAnswer } from '../store/idempotency.ts'

const KEY_LENGTH_MAX = 200
const SERVER_ERROR = 500
const NO_CONTENT = 204
const READS = new Set(['GET', 'HEAD', 'OPTIONS'])
// An answer is kept as text: none that holds a secret may be, and an upload is streamed.
const LEFT_OUT =
  /^\/v1\/(uploads(\/.*)?|keys|setup|vouchers|session|session\/password|people|people\/[^/]+\/link|join|invitation|sessions)$/

/**
 * A write with an `Idempotency-Key` is carried out once in 24 hours; a repetition gets the first answer again.
 */
export const idempotency = (world: World) =>
  createMiddleware<Entry>(async (c, next) => {
    const key = keyOf(c)
    if (key === undefined) return next()
    const owner = c.get('caller')?.name ?? 'nobody'
    const body = await readBytes(c.req.raw.clone(), REQUEST_BYTES_MAX)
    const bodyHash = createHash('sha256').update(`${c.req.method} ${c.req.url}\n`).update(body).digest()
    const claimed = await claim(world.db, owner, key, bodyHash)
    if (claimed.kind !== 'new') return answerAgain(c, claimed)
    try {
      await next()
    } finally {
      const answered = c.error === undefined && c.res.status < SERVER_ERROR
      if (answered) await keepAnswer(world.db, owner, key, c.res.status, await c.res.clone().text())
      else await forgetClaim(world.db, owner, key)
    }
    return undefined
  })

function keyOf({ req }: Context): string | undefined {
  const key = req.header('idempotency-key')
  if (key === undefined || READS.has(req.method) || LEFT_OUT.test(req.path)) return undefined
  if (key.length > 0 && key.length <= KEY_LENGTH_MAX) return key
  throw new Refusal('parameter-malformed', `An Idempotency-Key has 1 to ${KEY_LENGTH_MAX} characters.`)
}

function answerAgain(c: Context, claimed: Exclude<Claim, { kind: 'new' }>): Response {
  switch (claimed.kind) {
    case 'in-flight':
      throw new Refusal('idempotency-in-flight', 'Wait for its answer, then ask again.', {
        headers: { 'retry-after': '1' },
      })
    case 'other-body':
      throw new Refusal('idempotency-reused', 'Use a new key for a new request.')
    case 'answered': {
      const replayed = { 'idempotency-replayed': 'true' }
      if (claimed.status === NO_CONTENT) return c.body(null, NO_CONTENT, replayed)
      return c.body(claimed.response, claimed.status as 200, { 'content-type': 'application/json', ...replayed })
    }
  }
}
