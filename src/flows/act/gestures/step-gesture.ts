import { randomUUID } from 'node:crypto'
import { type Accepted, ownEvent } from '../../../contract/ingest.ts'
import { isTask } from '../../../core/gestures/gesture-rules.ts'
import { teamId } from '../../../core/ids.ts'
import { seesTeam } from '../../../core/people/team.ts'
import { inForce } from '../../../core/relationship/relationship.ts'
import { audit } from '../../../store/audit.ts'
import { lockSlots, saveSlots } from '../../../store/contact-slots.ts'
import type { Tx } from '../../../store/db.ts'
import { type GestureState, lockGesture, type StoredGesture, stepGesture } from '../../../store/gestures.ts'
import { readLog } from '../../../store/log.ts'
import type { Colleague } from '../../../store/people.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import type { Caller } from '../../caller.ts'
import { sightOf } from '../../case-sight.ts'
import { readGestureRules } from '../../gesture-rules.ts'
import { personOf } from '../../person-of.ts'
import { readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { budgetBar, tellMade } from './make-gesture.ts'

/** A task was done, could not be done, or neither after all. */
export type GestureStep = 'made' | 'not-done' | 'to-do'

/** What came of it: where it stands, or why not. */
export type Stepped =
  | Readonly<{ kind: 'stepped'; state: GestureState }>
  | Readonly<{ kind: 'unknown' }>
  | Readonly<{ kind: 'refused'; because: 'not-in-this-state' | 'budget' | 'team-budget' }>

const SINCE: Readonly<Record<GestureStep, readonly GestureState[]>> = {
  made: ['to-do'],
  'not-done': ['to-do'],
  'to-do': ['made', 'not-done'],
}

/**
 * Writes down what became of a task that a person does. That it was made is an event; taken back, the event is retracted.
 * The same step again changes nothing.
 */
export async function takeGestureStep(
  world: World,
  { caller, colleague }: Readonly<{ caller: Caller; colleague: Colleague }>,
  place: Readonly<{ customer: string; id: string }>,
  step: GestureStep,
): Promise<Stepped> {
  return appendDecided(world, async (tx): Promise<Decided<Stepped>> => {
    const answer = (stepped: Stepped): Decided<Stepped> => ({ events: [], answer: stepped })
    const one = await lockGesture(tx, place.customer, place.id)
    if (one === undefined || !seesTeam(sightOf(caller), one.team === null ? null : teamId(one.team)))
      return answer({ kind: 'unknown' })
    if (one.state === step) return answer({ kind: 'stepped', state: step })
    const because = await stepBar(world, tx, one, step)
    if (because !== null) return answer({ kind: 'refused', because })
    await stepGesture(tx, one, { state: step, by: step === 'to-do' ? null : colleague.id, at: world.now() })
    await audit(tx, caller.actor, `gesture.${step}`, { kind: 'customer', id: one.customer }, { gesture: one.gesture })
    return { events: await follow(world, tx, one, step), answer: { kind: 'stepped', state: step } }
  })
}

async function stepBar(
  world: World,
  tx: Tx,
  one: StoredGesture,
  step: GestureStep,
): Promise<Extract<Stepped, { kind: 'refused' }>['because'] | null> {
  if (!isTask(one.gesture) || !SINCE[step].includes(one.state)) return 'not-in-this-state'
  return one.state === 'not-done' ? budgetAgain(world, tx, one) : null
}

async function follow(world: World, tx: Tx, one: StoredGesture, step: GestureStep): Promise<readonly Accepted[]> {
  if (step === 'not-done') await freeSlot(world, tx, one)
  if (step === 'made') return [await tellMade(world, tx, one)]
  return one.state === 'made' ? takenBack(world, tx, one) : []
}

// What was given up cost nothing meanwhile: its amount has to be there again, in the month in which it was asked for.
async function budgetAgain(world: World, tx: Tx, { costMinor, team }: StoredGesture) {
  const { rules } = await readGestureRules(tx)
  const surroundings = await readSurroundings(tx)
  return budgetBar(tx, { surroundings }, { rules, now: world.now(), costMinor, team })
}

async function freeSlot(world: World, tx: Tx, { customer, id }: StoredGesture): Promise<void> {
  const root = (await personOf(tx, customer))?.customer ?? customer
  const held = await lockSlots(tx, root)
  await saveSlots(
    tx,
    root,
    held.filter((slot) => slot.id !== id),
    world.now(),
  )
}

async function takenBack(world: World, tx: Tx, { customer, id }: StoredGesture): Promise<readonly Accepted[]> {
  const told = inForce(await readLog(tx, [customer])).filter(
    (event) => event.type === 'gesture.made' && event.data.gesture === id,
  )
  return told.map(({ id: event, source }) =>
    ownEvent({
      ...{ id: `no gesture ${randomUUID()}`, customer, type: 'event.retracted', at: world.now() },
      data: { id: event, source },
    }),
  )
}
