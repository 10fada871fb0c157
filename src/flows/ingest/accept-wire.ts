import { type Accepted, type Outcome, parseEvent, type Refused } from '../../contract/ingest.ts'
import { assert } from '../../core/assert.ts'
import { appendEvents } from '../append-events.ts'
import type { World } from '../world.ts'

/** Validates events as they travel and appends the valid ones; one outcome each, in their order. */
export async function acceptWire(world: World, raw: readonly unknown[]): Promise<readonly Outcome[]> {
  const items = parseAll(world, raw)
  const appended = await appendEvents(
    world,
    items.filter((item) => item.kind === 'event'),
  )
  return amongRefused(items, appended)
}

/** The outcomes of the valid items, in their order, put back among the refused ones. */
export function amongRefused(items: readonly (Accepted | Refused)[], appended: readonly Outcome[]): readonly Outcome[] {
  let next = 0
  const outcomes = items.map((item) => {
    if (item.kind === 'refused') return item
    const outcome = appended[next]
    assert(outcome !== undefined, 'every event that was appended has an outcome')
    next += 1
    return outcome
  })
  assert(next === appended.length, 'no outcome is left over')
  return outcomes
}

/** Validates only: valid events count as accepted. */
export const checkWire = (world: World, raw: readonly unknown[]): readonly Outcome[] =>
  parseAll(world, raw).map((item) => (item.kind === 'refused' ? item : { kind: 'accepted' }))

const parseAll = (world: World, raw: readonly unknown[]) => {
  const now = world.now()
  return raw.map((value) => parseEvent(value, { now, source: 'import', strict: true }))
}
