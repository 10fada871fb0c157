import { Hono } from 'hono'
import type { GestureList } from '../../contract/gestures.ts'
import { mayMakeGesture } from '../../core/gestures/may-make-gesture.ts'
import { isNamed } from '../../core/relationship/failure.ts'
import { isOpen } from '../../core/relationship/recovery.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import type { Tx } from '../../store/db.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import { type ListedGesture, listGestures } from '../../store/views/gestures-view.ts'
import { callerOf, type Entry } from '../caller.ts'
import { sightOf } from '../case-sight.ts'
import { cursorOf, isDatedPlace, placeOf } from '../cursor.ts'
import { KEY_LENGTH_MAX, oneOf, text, wholeNumber } from '../parameters.ts'
import { personOf } from '../person-of.ts'
import { circumstancesOf, readSurroundings, type Surroundings } from '../surroundings.ts'
import type { World } from '../world.ts'
import { showGestures } from './show-gestures.ts'

const PAGE_MAX = 200
const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 4_000
const shownStates = ['to-do', 'made', 'not-done'] as const

/** Reading what was given, what is to do, and what it came to. */
export function gestureRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/gestures', async (c) => c.json(await showGestures(world)))
  routes.get('/gestures/list', async (c) => {
    const limit = wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX })
    const state = oneOf(c, 'state', shownStates)
    const customer = text(c, 'customer', KEY_LENGTH_MAX)
    const sight = sightOf(callerOf(c))
    const found = await listGestures(world.db, {
      states: state === null ? shownStates : [state],
      customers: customer === null ? null : ((await personOf(world.db, customer))?.keys ?? [customer]),
      teams: sight.kind === 'all' ? null : sight.teams,
      before: placeOf(text(c, 'cursor', CURSOR_LENGTH_MAX), isDatedPlace),
      limit: limit + 1,
    })
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : undefined
    const list: GestureList = {
      gestures: await told(world, shown),
      cursor: last === undefined ? null : cursorOf({ at: last.at.toISOString(), customer: last.customer, id: last.id }),
    }
    return c.json(list)
  })
  return routes
}

async function told(world: World, list: readonly ListedGesture[]): Promise<GestureList['gestures']> {
  const { db } = world
  const ids = list.flatMap(({ by, team }) => [by, team]).filter((id) => id !== null)
  const names = await readDeskNames(db, [...new Set(ids)])
  const surroundings = await readSurroundings(db)
  const gestures: GestureList['gestures'] = []
  for (const one of list) {
    const { at, doneAt, team, by, because, ...rest } = one
    gestures.push({
      ...rest,
      at: rfc3339(instant(at.getTime())),
      doneAt: doneAt === null ? null : rfc3339(instant(doneAt.getTime())),
      team: team === null ? null : { id: team, name: names.get(team) ?? null },
      by: by === null ? null : { id: by, name: names.get(by) ?? null },
      because: one.state === 'to-do' ? await standsAgainst(world, db, one, surroundings) : because,
    })
  }
  return gestures
}

/** What has come between since a task was asked for: the firm may have let the customer down, or be left by her. */
async function standsAgainst(
  world: World,
  db: Tx,
  { customer, gesture, about }: ListedGesture,
  surroundings: Surroundings,
): Promise<string | null> {
  const person = await personOf(db, customer)
  if (person === undefined) return null
  const around = circumstancesOf(person.state, [], surroundings)
  const now = world.now()
  const isStillOpen = person.state.facts.failures.some((one) => isNamed(one, about ?? '') && isOpen(one, now))
  const wish = { gesture, byHand: true, about: isStillOpen ? about : null, now }
  return mayMakeGesture(surroundings.policy, around, wish).because
}
