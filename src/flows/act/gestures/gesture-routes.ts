import { type Context, Hono } from 'hono'
import { type GestureGiven, gestureStep, gestureWish } from '../../../contract/gestures.ts'
import { UUID } from '../../../core/ids.ts'
import type { Colleague } from '../../../store/people.ts'
import { type Caller, callerOf, type Entry } from '../../caller.ts'
import { keyOf, unknownCustomer } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { type GivenByHand, giveByHand, previewByHand } from './give-by-hand.ts'
import { takeGestureStep } from './step-gesture.ts'

const readWish = bodyReader(gestureWish)
const readStep = bodyReader(gestureStep)

/** Making gestures by hand, and saying what became of tasks. */
export function gestureWorkRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.post('/customers/:key/gestures', async (c) => {
    const given = await giveByHand(world, giverOf(c), keyOf(c), await readWish(c))
    if (given.kind !== 'given') throw notGiven(given)
    const { id, state } = given
    return c.json({ id, state } satisfies GestureGiven, 201)
  })
  routes.post('/customers/:key/gestures/preview', async (c) => {
    const seen = await previewByHand(world, giverOf(c), keyOf(c), await readWish(c))
    if (seen.kind !== 'seen') throw notGiven(seen)
    return c.json(seen.preview)
  })
  routes.put('/customers/:key/gestures/:id', async (c) => {
    const [customer, id, { state }] = [keyOf(c), c.req.param('id'), await readStep(c)]
    const stepped = UUID.test(id)
      ? await takeGestureStep(world, giverOf(c), { customer, id }, state)
      : ({ kind: 'unknown' } as const)
    if (stepped.kind === 'unknown') throw new Refusal('not-found', 'This customer has no such gesture.')
    if (stepped.kind === 'refused') {
      const { because } = stepped
      if (because === 'not-in-this-state')
        throw new Refusal(because, 'Only a task that is to do can be done or given up, and only a task taken back.')
      throw new Refusal('gesture-refused', `It cannot be done any more: ${because}.`, { because })
    }
    return c.json({ id, state: stepped.state } satisfies GestureGiven)
  })
  return routes
}

function notGiven(given: Exclude<GivenByHand, { kind: 'given' }>): Refusal {
  if (given.kind === 'customer-unknown') return unknownCustomer()
  const said = given.phrase === null ? '' : ` The words "${given.phrase}" say so.`
  const { because } = given
  return new Refusal('gesture-refused', `This gesture may not be made now: ${because}.${said}`, { because })
}

function giverOf(c: Context<Entry>): Readonly<{ caller: Caller; colleague: Colleague }> {
  const caller = callerOf(c)
  if (caller.colleague === undefined) throw new Refusal('permission-missing', 'Only a person may make a gesture.')
  return { caller, colleague: caller.colleague }
}
