import { type Context, Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { isStorable } from '../../contract/ingest.ts'
import { type MessageList, messageWish } from '../../contract/outbox.ts'
import { messageStates } from '../../core/contact/outbox.ts'
import { UUID } from '../../core/ids.ts'
import { countUnsent, findMessage, listMessages } from '../../store/messages.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { messageView } from '../message-view.ts'
import { previewMessage } from '../queue-message.ts'
import { bodyReader, Refusal } from '../respond.ts'
import type { World } from '../world.ts'

const PAGE_AT_FIRST = 50
const PAGE_MAX = 200
const KEY_LENGTH_MAX = 200

const place = Type.Object({
  at: Type.String({ format: 'date-time' }),
  customer: Type.String(),
  id: Type.String({ pattern: UUID.source }),
})
const placeCheck = Compile(place)
const isPlace = (value: unknown): value is Static<typeof place> => placeCheck.Check(value) && isStorable(value.customer)

const readWish = bodyReader(messageWish)

// A message is shown beside our pages and must not act in them: no scripts, no requests, its own style only.
const AS_IT_LOOKS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups",
  'x-content-type-options': 'nosniff',
}

/** Looking at the outbox, at one message as it looks, and at a message before it goes. */
export function messageRoutes(world: World): Hono {
  const routes = new Hono()
  routes.get('/messages', async (c) => {
    const limit = limitOf(c)
    const before = placeOf(c.req.query('cursor') ?? null, isPlace)
    const query = {
      state: stateOf(c),
      customer: keyOf(c),
      before: before === null ? null : { ...before, at: new Date(before.at) },
    }
    const rows = await listMessages(world.db, { ...query, limit: limit + 1 })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const list: MessageList = {
      sending: world.mail !== undefined,
      counts: await countUnsent(world.db),
      messages: rows.slice(0, limit).map(messageView),
      cursor:
        last === undefined
          ? null
          : cursorOf({ at: last.createdAt.toISOString(), customer: last.customer, id: last.id }),
    }
    return c.json(list)
  })
  routes.get('/messages/:customer/:id/html', async (c) => {
    const { customer, id } = c.req.param()
    const message = UUID.test(id) && isStorable(customer) ? await findMessage(world.db, customer, id) : undefined
    if (message === undefined) throw new Refusal('not-found', 'There is no such message.')
    return c.body(message.html, 200, AS_IT_LOOKS)
  })
  routes.post('/messages/preview', async (c) => {
    const { timeZone = 'UTC', ...wish } = await readWish(c)
    const written = await previewMessage(world.db, { ...wish, timeZone })
    if (written.kind === 'refused') {
      throw new Refusal('parameter-malformed', written.detail, { pointer: `/values/${written.field}` })
    }
    const { subject, body, html } = written
    return c.json({ subject, body, html })
  })
  return routes
}

const refuseParameter = (name: string, detail: string) =>
  new Refusal('parameter-malformed', `The parameter "${name}" ${detail}`, { pointer: `/${name}` })

function stateOf(c: Context) {
  const asked = c.req.query('state') ?? ''
  if (asked === '') return null
  const state = messageStates.find((one) => one === asked)
  if (state === undefined) throw refuseParameter('state', `is one of ${messageStates.join(', ')}.`)
  return state
}

function keyOf(c: Context): string | null {
  const key = c.req.query('customer') ?? ''
  if (key === '') return null
  if (key.length > KEY_LENGTH_MAX || !isStorable(key)) throw refuseParameter('customer', 'is not a customer key.')
  return key
}

function limitOf(c: Context): number {
  const value = c.req.query('limit') ?? String(PAGE_AT_FIRST)
  const limit = Number(value)
  if (!/^\d{1,3}$/.test(value) || limit < 1 || limit > PAGE_MAX)
    throw refuseParameter('limit', `is a whole number from 1 to ${PAGE_MAX}.`)
  return limit
}
