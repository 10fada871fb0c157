import { Hono } from 'hono'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'
import { forgetCustomer } from './forget-customer.ts'

/** `DELETE /v1/customers/{key}`: erasure of what is personal. */
export function customerRoutes(world: World): Hono {
  const routes = new Hono()
  routes.delete('/customers/:key', async (c) => {
    const forgotten = await forgetCustomer(world, c.req.param('key'))
    if (forgotten.kind === 'customer-unknown')
      throw new Refusal('customer-unknown', 'No event has named this customer.')
    const { events, prose } = forgotten
    return c.json({ customers: forgotten.customers, events, prose })
  })
  return routes
}
