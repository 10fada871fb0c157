import { occasionOf, occasionTypes } from '../core/listening/occasion.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { SIMULATED_SOURCE } from '../core/simulated-firm/life.ts'
import type { Tx } from '../store/db.ts'
import { holdOccasions } from '../store/survey-occasions.ts'
import { readAskingRules } from './asking-rules.ts'
import type { World } from './world.ts'

/** Has the occasions to ask that these events make wait for their time. Invented customers are never written to. */
export async function noteOccasions(world: World, tx: Tx, events: readonly CustomerEvent[]): Promise<void> {
  const some = events.filter(({ type, source }) => occasionTypes.includes(type) && source !== SIMULATED_SOURCE)
  if (some.length === 0) return
  const { rules } = await readAskingRules(tx)
  const now = world.now()
  await holdOccasions(
    tx,
    some.flatMap((event) => {
      const occasion = occasionOf(event, rules, now)
      if (occasion === null) return []
      return [{ customer: String(event.customer), occasion, kind: rules.rules[occasion.rule].kind, at: event.at }]
    }),
  )
}
