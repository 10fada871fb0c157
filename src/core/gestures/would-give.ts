/** What rules on gestures would have given, had they been in force all along: one customer's history gone through again. */

import type { CustomerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { fold, inForce, initial, type Relationship } from '../relationship/relationship.ts'
import type { Instant } from '../time/instant.ts'
import { joining, ringUntil } from '../time/waiting-line.ts'
import type { Zone } from '../time/zone.ts'
import type { GestureRule, GestureRules } from './gesture-rules.ts'
import type { GestureBar, MayMake } from './may-make-gesture.ts'
import {
  type GestureOccasion,
  isOccasionOf,
  type Moment,
  momentIn,
  occasionOf,
  type ToldMoment,
} from './told-moment.ts'

/** What would have come of one moment. `because` null and not held out: it would have been given, if the budget had been there. */
export type WouldGive = Readonly<{ moment: Moment; at: Instant; because: GestureBar | null; heldOut: boolean }>

type Asking = Readonly<{
  rules: GestureRules
  zone: Zone
  to: Instant
  ask: (state: Relationship, rule: GestureRule, at: Instant) => MayMake
  isHeldOut: (state: Relationship) => boolean
  /** The beginning of the rest that ends at an instant. */
  restBefore: (at: Instant) => Instant
}>

type Going = {
  state: Relationship
  waiting: readonly GestureOccasion[]
  told: readonly ToldMoment[]
  lastAt: Instant | null
  readonly came: WouldGive[]
}

/** Every moment whose time came before `to`, in order, with what would have come of it. Moments taken back count as never told. */
export function wouldGive(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  asking: Asking,
): readonly WouldGive[] {
  const going: Going = { state: initial(customer), waiting: [], told: [], lastAt: null, came: [] }
  const heed = (occasion: GestureOccasion) => ring(occasion, going, asking)
  for (const event of inForce(events)) {
    if (event.at >= asking.to) break
    ringUntil(event.at, going, heed)
    going.state = fold(going.state, event)
    const told = momentIn(event, asking.zone)
    if (told === null) continue
    going.told = [...going.told, told]
    wait(occasionOf(told, asking.rules, { zone: asking.zone, now: event.at }), going)
  }
  ringUntil(asking.to, going, heed)
  return going.came
}

function wait(occasion: GestureOccasion | null, going: Going): void {
  if (occasion === null || going.waiting.some(({ name }) => name === occasion.name)) return
  going.waiting = joining(going.waiting, occasion)
}

function ring(occasion: GestureOccasion, going: Going, { rules, zone, ask, isHeldOut, restBefore }: Asking): void {
  const { moment, wakeAt: at } = occasion
  const told = going.told.find((one) => isOccasionOf(occasion.name, one))
  if (told !== undefined) wait(occasionOf(told, rules, { zone, now: at, after: at }), going)
  const came = (because: GestureBar | null, heldOut = false) => going.came.push({ moment, at, because, heldOut })
  const may = ask(going.state, rules.rules[moment], at)
  if (may.againAt !== null) {
    wait({ ...occasion, wakeAt: may.againAt }, going)
    return
  }
  if (may.because !== null) {
    came(may.because)
    return
  }
  if (going.lastAt !== null && going.lastAt > restBefore(at)) {
    came('rest')
    return
  }
  going.lastAt = at
  came(null, isHeldOut(going.state))
}
