import { Hono } from 'hono'
import { isStorable } from '../../contract/ingest.ts'
import { callerOf, type Entry } from '../caller.ts'
import { forgetCustomer } from '../forget-customer.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'

/** `DELETE /v1/customers/{key}`: erasure of what is personal. */
export function customerRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.delete('/customers/:key', async (c) => {
    const key = c.req.param('key')
    // A key that cannot be stored names nobody; the database would break over it.
    const forgotten = isStorable(key) ? await forgetCustomer(world, key, callerOf(c).actor) : undefined
    if (forgotten === undefined || forgotten.kind === 'customer-unknown')
      throw new Refusal('customer-unknown', 'No event has named this customer.')
    const { events, prose } = forgotten
    return c.json({ customers: forgotten.customers, events, prose })
  })
  return routes
}
