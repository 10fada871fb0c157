import type { Accepted } from '../../../contract/ingest.ts'
import type { GestureRule, GestureRules } from '../../../core/gestures/gesture-rules.ts'
import type { GestureBar } from '../../../core/gestures/may-make-gesture.ts'
import { isHeldOut, mayMakeGesture } from '../../../core/gestures/may-make-gesture.ts'
import { isOccasionOf, momentNamed, momentOf } from '../../../core/gestures/told-moment.ts'
import { inForce } from '../../../core/relationship/relationship.ts'
import type { Instant } from '../../../core/time/instant.ts'
import { zoneOrUtc } from '../../../core/time/zone.ts'
import type { Tx } from '../../../store/db.ts'
import {
  type CameOfGesture,
  type DueGesture,
  dropGesture,
  holdGestures,
  postponeGesture,
  readDueGestures,
  readLot,
  settleGesture,
  takeGesture,
} from '../../../store/gestures.ts'
import { readLog } from '../../../store/log.ts'
import { appendDecided } from '../../append-events.ts'
import { readGestureRules } from '../../gesture-rules.ts'
import { waitingOf } from '../../note-moments.ts'
import { personOf } from '../../person-of.ts'
import { readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { heedDue } from '../cases/heed-due.ts'
import { budgetBar, hasRest, holdPerson, makeGesture, type Receiver, wayBar } from './make-gesture.ts'

const worker = { kind: 'system', part: 'worker' } as const

/**
 * Makes the gestures whose moment has come, as the firm's rules say and the contact policy allows. What waits, what came
 * of it, its mail, voucher or task are one transaction: any number of workers may do this at once, and one that dies
 * leaves the moment to the next. Answers how many were looked at.
 */
export function watchGestures(world: World, signal: AbortSignal): Promise<number> {
  return heedDue(
    (limit) => readDueGestures(world.db, world.now(), limit),
    (due) => appendDecided(world, async (tx) => ({ events: await heed(world, tx, due), answer: undefined })),
    signal,
  )
}

async function heed(world: World, tx: Tx, due: DueGesture): Promise<readonly Accepted[]> {
  const now = world.now()
  if (!(await takeGesture(tx, due, now))) return []
  const { rules } = await readGestureRules(tx)
  const surroundings = await readSurroundings(tx)
  const zone = zoneOrUtc(surroundings.zone)
  const person = await personOf(tx, due.customer)
  const moment = momentNamed(due.rule)
  const told = person === undefined ? [] : inForce(await readLog(tx, person.keys))
  const own = told.filter((event) => {
    const found = momentOf(event, zone)
    return found !== null && isOccasionOf(due.occasion, found)
  })
  // What was taken back leaves no trace of the moment.
  if (person === undefined || moment === null || own.length === 0) {
    await dropGesture(tx, due)
    return []
  }
  const rule = rules.rules[moment]
  await holdGestures(
    tx,
    waitingOf(own.slice(0, 1), rules, { zone, now, after: now }).map((one) => ({ ...one, customer: due.customer })),
  )
  const receiver = await holdPerson(tx, person, surroundings)
  const answer = await barOf(world, tx, receiver, { rule, rules, now })
  if (answer.againAt !== null) {
    await postponeGesture(tx, due, answer.againAt)
    return []
  }
  const settle = (came: Partial<CameOfGesture> & Pick<CameOfGesture, 'state'>) =>
    settleGesture(tx, due, { ...nothing, gesture: rule.gesture, at: now, ...came })
  if (answer.because !== null) {
    await settle({ state: 'refused', because: answer.because })
    return []
  }
  const lot = await readLot(tx, person.keys)
  const probability = lot?.probability ?? rules.holdOutShare
  if (lot?.heldOut ?? isHeldOut(receiver.around, rules.holdOutShare)) {
    await settle({ state: 'held-out', probability })
    return []
  }
  const made = await makeGesture(world, tx, receiver, {
    ...{ id: due.id, gesture: rule.gesture, costMinor: rule.costMinor, words: { moment }, who: worker },
    ...{ voucherMonths: rules.voucherMonths, team: rule.team },
  })
  const { state, voucher, currency, events } = made
  await settle({ state, voucher, currency, probability, costMinor: rule.costMinor, team: rule.team })
  return events
}

const nothing = {
  because: null,
  probability: 0,
  costMinor: 0,
  currency: null,
  team: null,
  by: null,
  reason: null,
  about: null,
  voucher: null,
} as const

// The lot is asked last: only whom nothing else keeps from a gesture can be compared with those who get one.
async function barOf(
  world: World,
  tx: Tx,
  receiver: Receiver,
  { rule, rules, now }: Readonly<{ rule: GestureRule; rules: GestureRules; now: Instant }>,
): Promise<Readonly<{ because: GestureBar | null; againAt: Instant | null }>> {
  const no = (because: GestureBar) => ({ because, againAt: null })
  if (!rule.on) return no('rule-off')
  const { policy } = receiver.surroundings
  const may = mayMakeGesture(policy, receiver.around, { gesture: rule.gesture, byHand: false, about: null, now })
  if (may.because !== null && may.againAt === null) return may
  if (await hasRest(tx, receiver, { rules, now, byHand: false })) return no('rest')
  if (may.againAt !== null) return may
  const way = wayBar(world, receiver, rule.gesture)
  if (way !== null) return no(way)
  const budget = await budgetBar(tx, receiver, { rules, now, costMinor: rule.costMinor, team: rule.team })
  return { because: budget, againAt: null }
}
