import { randomUUID } from 'node:crypto'
import type { GestureRules } from '../core/gestures/gesture-rules.ts'
import { momentOf, occasionOf } from '../core/gestures/told-moment.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Zone } from '../core/time/zone.ts'
import { zoneOrUtc } from '../core/time/zone.ts'
import type { Tx } from '../store/db.ts'
import { holdGestures } from '../store/gestures.ts'
import { readSettings } from '../store/settings.ts'
import { readGestureRules } from './gesture-rules.ts'
import type { World } from './world.ts'

/** Has the moments that these events tell of wait for their gesture. */
export async function noteMoments(world: World, tx: Tx, events: readonly CustomerEvent[]): Promise<void> {
  const some = events.filter(({ type }) => type === 'moment.told')
  if (some.length === 0) return
  const { rules } = await readGestureRules(tx)
  const zone = zoneOrUtc((await readSettings(tx)).timeZone)
  await holdGestures(tx, waitingOf(some, rules, { zone, now: world.now() }))
}

/** The gestures that these moments make wait. */
export function waitingOf(
  events: readonly CustomerEvent[],
  rules: GestureRules,
  when: Readonly<{ zone: Zone; now: Instant; after?: Instant }>,
): Parameters<typeof holdGestures>[1] {
  return events.flatMap((event) => {
    const told = momentOf(event, when.zone)
    const occasion = told === null ? null : occasionOf(told, rules, when)
    if (occasion === null) return []
    const { gesture } = rules.rules[occasion.moment]
    return [{ customer: String(event.customer), id: randomUUID(), occasion, gesture, at: event.at }]
  })
}
