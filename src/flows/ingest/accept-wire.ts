import { type Outcome, parseEvent } from '../../contract/ingest.ts'
import type { World } from '../world.ts'
import { appendEvents } from './append-events.ts'

/** Validates events as they travel and appends the valid ones; one outcome each, in their order. */
export async function acceptWire(world: World, raw: readonly unknown[]): Promise<readonly Outcome[]> {
  const items = parseAll(world, raw)
  const appended = await appendEvents(
    world,
    items.filter((item) => item.kind === 'event'),
  )
  let next = 0
  return items.map((item) => {
    if (item.kind === 'refused') return item
    const outcome = appended[next] ?? { kind: 'accepted' }
    next += 1
    return outcome
  })
}

/** Validates only: valid events count as accepted. */
export const checkWire = (world: World, raw: readonly unknown[]): readonly Outcome[] =>
  parseAll(world, raw).map((item) => (item.kind === 'refused' ? item : { kind: 'accepted' }))

const parseAll = (world: World, raw: readonly unknown[]) => {
  const now = world.now()
  return raw.map((value) => parseEvent(value, { now, source: 'import', strict: true }))
}
