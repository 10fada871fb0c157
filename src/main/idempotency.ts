import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { REQUEST_BYTES_MAX } from '../contract/ingest.ts'
import { Refusal, readBytes } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { claim, forgetClaim, keepAnswer } from '../store/idempotency.ts'
import type { Entry } from './entry.ts'

const KEY_LENGTH_MAX = 200
const SERVER_ERROR = 500
// An answer is kept as text: none that holds a secret may be, and an upload is streamed.
const LEFT_OUT = new Set(['/v1/uploads', '/v1/keys', '/v1/setup', '/v1/session'])

/**
 * A write with an `Idempotency-Key` is carried out once in 24 hours; a repetition gets the first answer again.
 */
export const idempotency = (world: World) =>
  createMiddleware<Entry>(async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (key === undefined || c.req.method === 'GET' || LEFT_OUT.has(c.req.path)) return next()
    if (key.length === 0 || key.length > KEY_LENGTH_MAX) {
      throw new Refusal('parameter-malformed', `An Idempotency-Key has 1 to ${KEY_LENGTH_MAX} characters.`)
    }
    const owner = c.get('caller')?.name ?? 'nobody'
    const body = await readBytes(c.req.raw.clone(), REQUEST_BYTES_MAX)
    const bodyHash = createHash('sha256').update(`${c.req.method} ${c.req.url}\n`).update(body).digest()
    const claimed = await claim(world.db, owner, key, bodyHash)
    switch (claimed.kind) {
      case 'in-flight':
        throw new Refusal('idempotency-in-flight', 'Wait for its answer, then ask again.', {
          headers: { 'retry-after': '1' },
        })
      case 'other-body':
        throw new Refusal('idempotency-reused', 'Use a new key for a new request.')
      case 'answered':
        return c.body(claimed.response, claimed.status as 200, {
          'content-type': 'application/json',
          'idempotency-replayed': 'true',
        })
      case 'new':
        break
    }
    try {
      await next()
    } finally {
      const answered = c.error === undefined && c.res.status < SERVER_ERROR
      if (answered) await keepAnswer(world.db, owner, key, c.res.status, await c.res.clone().text())
      else await forgetClaim(world.db, owner, key)
    }
    return undefined
  })
