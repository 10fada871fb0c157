import type { Accepted, Outcome } from '../../contract/ingest.ts'
import type { World } from '../world.ts'
import { appendEvents } from './append-events.ts'

/** Two transactions at once keep the database busy while the next is prepared; more only collide. */
const TRANSACTIONS_MAX = 2
const EVENTS_PER_TRANSACTION_MAX = 4_000
/** Beyond this many waiting events a caller is asked to come back, before memory fills up. */
const WAITING_EVENTS_MAX = 100_000

/** Appends through a few transactions at a time: requests that wait meanwhile share the next one. */
export type AppendLane = Readonly<{
  /** As `appendEvents`; answers 'busy' at once when too much is waiting. */
  append: (items: readonly Accepted[]) => Promise<readonly Outcome[] | 'busy'>
}>

/** Hears how many events met with each outcome. */
export type CountEvents = (outcome: Outcome['kind'], events: number) => void

type Waiting = {
  items: readonly Accepted[]
  resolve: (outcomes: readonly Outcome[]) => void
  reject: (error: unknown) => void
}

export function appendLane(world: World, count: CountEvents): AppendLane {
  const waiting: Waiting[] = []
  let waitingEvents = 0
  let running = 0

  const takeNext = (): Waiting[] => {
    const taken: Waiting[] = []
    let count = 0
    while (waiting[0] !== undefined && (count === 0 || count + waiting[0].items.length <= EVENTS_PER_TRANSACTION_MAX)) {
      const next = waiting.shift()
      if (next === undefined) break
      taken.push(next)
      count += next.items.length
    }
    waitingEvents -= count
    return taken
  }

  const runNext = async (): Promise<void> => {
    running += 1
    for (let taken = takeNext(); taken.length > 0; taken = takeNext()) await appendTogether(world, taken, count)
    running -= 1
  }

  return {
    append: (items) => {
      if (waitingEvents + items.length > WAITING_EVENTS_MAX) return Promise.resolve('busy')
      const answer = new Promise<readonly Outcome[]>((resolve, reject) => waiting.push({ items, resolve, reject }))
      waitingEvents += items.length
      if (running < TRANSACTIONS_MAX) void runNext()
      return answer
    },
  }
}

/** One transaction for all; when it fails and they were several, each gets its own, so that one cannot fail others. */
async function appendTogether(world: World, taken: readonly Waiting[], count: CountEvents): Promise<void> {
  try {
    const outcomes = await appendEvents(
      world,
      taken.flatMap(({ items }) => items),
    )
    for (const kind of ['accepted', 'repeated', 'refused'] as const) {
      count(kind, outcomes.filter((outcome) => outcome.kind === kind).length)
    }
    let start = 0
    for (const { items, resolve } of taken) {
      resolve(outcomes.slice(start, start + items.length))
      start += items.length
    }
  } catch (error) {
    if (taken.length === 1) taken[0]?.reject(error)
    else for (const one of taken) await appendTogether(world, [one], count)
  }
}
