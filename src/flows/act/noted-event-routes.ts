import { Hono } from 'hono'
import { isStorable } from '../../contract/ingest.ts'
import { noteWish } from '../../contract/noted-events.ts'
import { callerOf, type Entry } from '../caller.ts'
import { keyOf, unknownCustomer } from '../parameters.ts'
import { bodyReader, Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { eraseText, noteEvent, takeBackEvent } from './note-event.ts'

const readWish = bodyReader(noteWish)

const unknownEvent = () => new Refusal('not-found', 'Nobody wrote such an event down here, or it was taken back.')

/** Writing down what happened with a customer, taking it back, and erasing the words of one event. */
export function notedEventRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/customers/:key/events', async (c) => {
    const noted = await noteEvent(world, keyOf(c), await readWish(c), callerOf(c).actor)
    if (noted.kind === 'customer-unknown') throw unknownCustomer()
    if (noted.kind === 'refused') throw new Refusal(noted.code, noted.detail, { pointer: noted.pointer })
    return c.json(noted.event, 201)
  })
  routes.delete('/customers/:key/events/:event', async (c) => {
    const [key, event] = [keyOf(c), c.req.param('event')]
    if (!isStorable(event)) throw unknownEvent()
    const back = await takeBackEvent(world, key, event, callerOf(c).actor)
    if (back.kind === 'customer-unknown') throw unknownCustomer()
    if (back.kind === 'event-unknown') throw unknownEvent()
    if (back.kind === 'worked-on')
      throw new Refusal(
        'not-in-this-state',
        `Somebody has worked on case ${back.case}, which this opened: close the case instead.`,
        { because: 'worked-on' },
      )
    return c.json(back.event)
  })
  routes.delete('/customers/:key/sources/:source/events/:event/text', async (c) => {
    const [key, source, id] = [keyOf(c), c.req.param('source'), c.req.param('event')]
    if (!isStorable(source) || !isStorable(id) || !(await eraseText(world, key, { id, source }, callerOf(c).actor)))
      throw unknownCustomer()
    return c.body(null, 204)
  })
  return routes
}
