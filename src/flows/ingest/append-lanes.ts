import type { Accepted, Outcome } from '../../contract/ingest.ts'
import { assert } from '../../core/assert.ts'
import { appendEvents } from '../append-events.ts'
import { type KnownCustomers, knownCustomers } from '../known-customers.ts'
import type { World } from '../world.ts'

/**
 * One transaction writes while the next is prepared; customers are dealt to lanes, so that lanes never collide. Three
 * kept two processors busier than two (56,000 against 41,000 events a second, 2026-11-22); four gained nothing.
 */
const LANES = 3
const EVENTS_PER_TRANSACTION_MAX = 10_000
/** Beyond this many waiting events a caller is asked to come back, before memory fills up. */
const WAITING_EVENTS_MAX = 100_000

/** Hears how many events met with each outcome. */
export type CountEvents = (outcome: Outcome['kind'], events: number) => void

/** Appends through a few transactions at a time: requests that wait meanwhile share the next one. */
export type AppendLanes = Readonly<{
  /**
   * As `appendEvents`, but each lane's part is a transaction of its own: when this throws, some may be stored, and
   * sending all of them again does no harm. Answers 'busy' at once, with nothing stored, when too much is waiting.
   */
  append: (items: readonly Accepted[]) => Promise<readonly Outcome[] | 'busy'>
}>

type Waiting = {
  items: readonly Accepted[]
  resolve: (outcomes: readonly Outcome[]) => void
  reject: (error: unknown) => void
}

/** Opens the lanes of one process; `count` hears every outcome. Several processes may append at once. */
export function appendLanes(world: World, count: CountEvents = () => undefined): AppendLanes {
  const lanes = Array.from({ length: LANES }, () => lane(world))
  return {
    append: async (items) => {
      if (lanes.reduce((sum, { waiting }) => sum + waiting(), items.length) > WAITING_EVENTS_MAX) return 'busy'
      const dealt: { places: number[]; items: Accepted[] }[] = lanes.map(() => ({ places: [], items: [] }))
      items.forEach((item, place) => {
        const part = dealt[laneOf(item.event.customer)]
        part?.places.push(place)
        part?.items.push(item)
      })
      const outcomes = new Array<Outcome>(items.length)
      await Promise.all(
        lanes.map(async ({ append }, lane) => {
          const mine = dealt[lane]
          if (mine === undefined || mine.items.length === 0) return
          const answers = await append(mine.items)
          assert(answers.length === mine.places.length, 'every event that was appended has an outcome')
          answers.forEach((answer, index) => {
            outcomes[mine.places[index] ?? 0] = answer
          })
        }),
      )
      for (const kind of ['accepted', 'repeated', 'refused'] as const) {
        count(kind, outcomes.filter((outcome) => outcome.kind === kind).length)
      }
      return outcomes
    },
  }
}

/** The same customer always takes the same lane. */
function laneOf(customer: string): number {
  let hash = 0
  for (let index = 0; index < customer.length; index += 1) hash = (hash * 31 + customer.charCodeAt(index)) >>> 0
  return hash % LANES
}

function lane(world: World) {
  const queue: Waiting[] = []
  const known = knownCustomers()
  let waitingEvents = 0
  let isRunning = false

  const takeNext = (): Waiting[] => {
    const taken: Waiting[] = []
    let count = 0
    while (queue[0] !== undefined && (count === 0 || count + queue[0].items.length <= EVENTS_PER_TRANSACTION_MAX)) {
      const [next] = queue.splice(0, 1)
      if (next === undefined) break
      taken.push(next)
      count += next.items.length
    }
    return taken
  }

  const run = async (): Promise<void> => {
    isRunning = true
    for (let taken = takeNext(); taken.length > 0; taken = takeNext()) {
      await appendTogether(world, taken, known)
      waitingEvents -= taken.reduce((sum, { items }) => sum + items.length, 0)
    }
    isRunning = false
  }

  return {
    waiting: () => waitingEvents,
    append: (items: readonly Accepted[]): Promise<readonly Outcome[]> => {
      const answer = new Promise<readonly Outcome[]>((resolve, reject) => queue.push({ items, resolve, reject }))
      waitingEvents += items.length
      if (!isRunning) void run()
      return answer
    },
  }
}

/** One transaction for all; when it fails and they were several, each gets its own, so that one cannot fail others. */
async function appendTogether(world: World, taken: readonly Waiting[], known: KnownCustomers): Promise<void> {
  try {
    const outcomes = await appendEvents(
      world,
      taken.flatMap(({ items }) => items),
      known,
    )
    let start = 0
    for (const { items, resolve } of taken) {
      resolve(outcomes.slice(start, start + items.length))
      start += items.length
    }
  } catch (error) {
    if (taken.length === 1) taken[0]?.reject(error)
    else for (const one of taken) await appendTogether(world, [one], known)
  }
}
