import { Hono } from 'hono'
import { type CustomerSaid, momentWish, profilingWish } from '../../contract/customer-said.ts'
import { isStorable } from '../../contract/ingest.ts'
import { instantOf } from '../../core/instant.ts'
import { callerOf, type Entry } from '../caller.ts'
import { unknownCustomer } from '../parameters.ts'
import { bodyReader } from '../respond.ts'
import type { World } from '../world.ts'
import { forgetMoment, hearMoment, hearProfiling } from './hear-customer.ts'

const readProfiling = bodyReader(profilingWish)
const readMoment = bodyReader(momentWish)

/** Writing down what a customer says about profiling and about moments of life. */
export function customerSaidRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  // A key that cannot be stored names nobody.
  const heard = async (key: string, hear: () => Promise<CustomerSaid | undefined>): Promise<CustomerSaid> => {
    const said = isStorable(key) ? await hear() : undefined
    if (said === undefined) throw unknownCustomer()
    return said
  }
  routes.put('/customers/:key/profiling', async (c) => {
    const [key, { refused }, { actor }] = [c.req.param('key'), await readProfiling(c), callerOf(c)]
    return c.json(await heard(key, () => hearProfiling(world, key, refused, actor)))
  })
  routes.post('/customers/:key/moments', async (c) => {
    const [key, { kind, on }, { actor }] = [c.req.param('key'), await readMoment(c), callerOf(c)]
    const moment = { kind, on: on === undefined ? null : instantOf(on) }
    return c.json(await heard(key, () => hearMoment(world, key, moment, actor)))
  })
  routes.delete('/customers/:key/moments/:kind', async (c) => {
    const [key, kind, { actor }] = [c.req.param('key'), c.req.param('kind'), callerOf(c)]
    return c.json(await heard(key, () => forgetMoment(world, key, kind, actor)))
  })
  return routes
}
