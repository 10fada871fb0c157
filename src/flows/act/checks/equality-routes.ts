import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { traitWish } from '../../../contract/equality.ts'
import { isStorable } from '../../../contract/ingest.ts'
import type { KeptEquality } from '../../../core/equality/compare-groups.ts'
import { type Trait, traitProblem, traits } from '../../../core/equality/trait.ts'
import { actorText } from '../../../core/people/actor.ts'
import { audit } from '../../../store/audit.ts'
import type { Tx } from '../../../store/db.ts'
import { findForecast, saveForecast } from '../../../store/forecasts.ts'
import { forgetTrait, turnOff, turnOn } from '../../../store/traits.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { KEY_LENGTH_MAX } from '../../parameters.ts'
import { bodyReader, Refusal, readText } from '../../respond.ts'
import type { World } from '../../world.ts'
import { readGroupsFile } from './read-groups-file.ts'
import { planCheck } from './run-checks.ts'
import { takeGroups } from './take-groups.ts'

const FILE_BYTES_MAX = 32 * 1024 * 1024
const CHECK = 'equal-treatment'

const readTrait = bodyReader(traitWish)

/** Turning comparisons of groups of customers on and off, and taking in who belongs to which group. */
export function equalityRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.put('/equality/traits/:trait', async (c) => {
    const trait = traitOf(c)
    const body = await readTrait(c)
    const wish = { ...body, name: body.name?.trim() ?? null, groups: body.groups.map((one) => one.trim()) }
    const problem = traitProblem(trait, wish)
    if (problem !== null || !isStorable([wish.name, wish.reason, ...wish.groups].join(' '))) {
      const { pointer, must } = problem ?? { pointer: '/reason', must: 'hold no zero' }
      throw new Refusal('parameter-malformed', `${pointer} must ${must}.`, { pointer })
    }
    const { actor } = callerOf(c)
    await world.db.transaction(async (tx) => {
      const on = { ...wish, id: randomUUID(), trait, onAt: world.now(), onBy: actorText(actor) }
      if (!(await turnOn(tx, on)))
        throw new Refusal('not-in-this-state', 'This comparison is on. Turn it off to begin it anew.')
      await planCheck(tx, CHECK)
      // The log takes no text that could not be erased: what was said is kept with the trait, and this proves it.
      const reason = createHash('sha256').update(wish.reason).digest('hex')
      const details = { basis: wish.basis, groups: wish.groups.length, reason }
      await audit(tx, actor, 'trait.turned-on', { kind: 'trait', id: trait }, details)
    })
    return c.body(null, 204)
  })
  routes.delete('/equality/traits/:trait', async (c) => {
    const trait = traitOf(c)
    const { actor } = callerOf(c)
    await world.db.transaction(async (tx) => {
      if (!(await turnOff(tx, trait, { at: world.now(), by: actorText(actor) })))
        throw new Refusal('not-in-this-state', 'This comparison is off.')
      const customers = await forgetTrait(tx, trait)
      await dropFound(tx, trait)
      await audit(tx, actor, 'trait.turned-off', { kind: 'trait', id: trait }, { customers })
    })
    return c.body(null, 204)
  })
  routes.post('/equality/traits/:trait/groups', async (c) => {
    const trait = traitOf(c)
    // Below the uploads, so that what a process leaves that was killed goes with them.
    const file = await readGroupsFile(await readText(c, FILE_BYTES_MAX), join(world.filesDir, 'uploads'))
    if (file.kind === 'unreadable')
      throw new Refusal(
        'body-malformed',
        `Line ${file.line} is not readable. The first line names the columns customer and group; each other has as many cells.`,
      )
    const lines = file.lines.filter(({ customer }) => customer.length <= KEY_LENGTH_MAX && isStorable(customer))
    const taken = await takeGroups(world, callerOf(c).actor, { trait, lines })
    return c.json({ ...taken, unknown: taken.unknown + file.lines.length - lines.length })
  })
  return routes
}

function traitOf(c: Context): Trait {
  const trait = traits.find((one) => one === c.req.param('trait'))
  if (trait === undefined) throw new Refusal('not-found', `Traits that can be compared are ${traits.join(', ')}.`)
  return trait
}

/** What was found of a trait goes with it. */
async function dropFound(tx: Tx, trait: Trait): Promise<void> {
  const kept = await findForecast<KeptEquality>(tx, 'equality')
  if (kept === undefined) return
  const body = { ...kept.body, traits: kept.body.traits.filter((one) => one.trait !== trait) }
  await saveForecast(tx, 'equality', { ...kept, body })
}
