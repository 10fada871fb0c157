import { type Context, Hono } from 'hono'
import {
  type Accepted,
  isStorable,
  type Outcome,
  parseEvent,
  REQUEST_BYTES_MAX,
  REQUEST_EVENTS_MAX,
  type Refused,
  SOURCE_LENGTH_MAX,
} from '../../contract/ingest.ts'
import { errorCodes } from '../../core/error-codes.ts'
import { parseJson, Refusal, readText } from '../respond.ts'
import type { World } from '../world.ts'
import { amongRefused } from './accept-wire.ts'
import type { AppendLanes } from './append-lanes.ts'

const BUSY_RETRY_SECONDS = 2

/** `POST /v1/events`: one event, an array, `{"events": [...]}`, or NDJSON; each gets its own answer. */
export function ingestRoutes(world: World, lanes: AppendLanes): Hono {
  const routes = new Hono()
  routes.post('/events', async (c) => {
    const text = await readText(c, REQUEST_BYTES_MAX)
    const strict = strictOf(c)
    const source = sourceOf(c)
    const { values, single } = readItems(text, c.req.header('content-type') ?? '')
    if (values.length > REQUEST_EVENTS_MAX) {
      throw new Refusal('body-too-large', `A request may have ${REQUEST_EVENTS_MAX} events. Send several smaller ones.`)
    }
    const items = values.map((value) =>
      value instanceof Refusal ? asRefused(value) : parseEvent(value, { now: world.now(), source, strict }),
    )
    const outcomes = await appendValid(lanes, items)
    const [first] = outcomes
    // Thrown, so that the idempotency key of an event that was not taken is free for the corrected one.
    if (single && first?.kind === 'refused') throw new Refusal(first.code, first.detail, { pointer: first.pointer })
    const body = answer(outcomes)
    return c.body(body.text, body.rejected === 0 ? 200 : 207, { 'content-type': 'application/json' })
  })
  return routes
}

function sourceOf(c: Context): string {
  const source = c.req.query('source') ?? 'api'
  if (source !== '' && source.length <= SOURCE_LENGTH_MAX && isStorable(source)) return source
  throw new Refusal('parameter-malformed', `A source has 1 to ${SOURCE_LENGTH_MAX} characters, none of them zero.`, {
    pointer: '/source',
  })
}

function strictOf(c: Context): boolean {
  const strict = c.req.query('strict') ?? 'true'
  if (strict === 'true' || strict === 'false') return strict === 'true'
  throw new Refusal('parameter-malformed', 'The parameter "strict" is true or false.', { pointer: '/strict' })
}

const asRefused = (refusal: Refusal): Refused => ({
  kind: 'refused',
  code: refusal.code,
  pointer: '',
  detail: refusal.message,
})

function readItems(text: string, contentType: string): { values: readonly unknown[]; single: boolean } {
  if (/ndjson|jsonl/.test(contentType)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return { values: lines.map(readLine), single: false }
  }
  if (!/json|^$|text\/plain/.test(contentType)) {
    throw new Refusal('media-type-unsupported', 'Send application/json or application/x-ndjson.')
  }
  const body = parseJson(text)
  if (Array.isArray(body)) return { values: body, single: false }
  if (typeof body === 'object' && body !== null && 'events' in body && Array.isArray(body.events)) {
    return { values: body.events, single: false }
  }
  return { values: [body], single: true }
}

/** A line that is not JSON is refused alone; the others count. */
function readLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    return new Refusal(
      'body-malformed',
      `The line is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    )
  }
}

async function appendValid(lanes: AppendLanes, items: readonly (Accepted | Refused)[]): Promise<readonly Outcome[]> {
  const valid = items.filter((item) => item.kind === 'event')
  const appended = await lanes.append(valid)
  if (appended === 'busy') {
    throw new Refusal(
      'rate-limited',
      'Too many events are waiting. Nothing of this request was taken: send it again.',
      {
        headers: { 'retry-after': String(BUSY_RETRY_SECONDS) },
      },
    )
  }
  return amongRefused(items, appended)
}

function answer(outcomes: readonly Outcome[]): { text: string; rejected: number } {
  let accepted = 0
  let repeated = 0
  const items = outcomes.map((outcome) => {
    if (outcome.kind === 'refused') {
      const { code, pointer, detail } = outcome
      return JSON.stringify({ status: 'rejected', code, statusCode: errorCodes[code].status, pointer, detail })
    }
    if (outcome.kind === 'accepted') accepted += 1
    else repeated += 1
    return outcome.kind === 'accepted' ? '{"status":"accepted"}' : '{"status":"repeated"}'
  })
  const rejected = outcomes.length - accepted - repeated
  return {
    text: `{"accepted":${accepted},"repeated":${repeated},"rejected":${rejected},"items":[${items.join(',')}]}`,
    rejected,
  }
}
