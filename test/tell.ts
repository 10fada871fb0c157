import { parseEvent } from '../src/contract/ingest.ts'
import { appendEvents } from '../src/flows/append-events.ts'
import type { World } from '../src/flows/world.ts'

/** An event as somebody would send it, without what a test does not care about. */
export type Told = Readonly<{
  customer: string
  type: string
  at: string
  data?: Readonly<Record<string, unknown>>
  id?: string
  source?: string
}>

/** Appends events as they would arrive over HTTP, and stops when one of them is not accepted. */
export async function tell(world: World, events: readonly Told[]): Promise<void> {
  const items = events.map((event, index) => {
    const id = event.id ?? `${event.type}-${event.at}-${index}`
    const parsed = parseEvent({ ...event, id }, { now: world.now(), source: 'test', strict: true })
    if (parsed.kind === 'refused') throw new Error(`${event.type} was refused: ${parsed.pointer} ${parsed.detail}`)
    return parsed
  })
  const refused = (await appendEvents(world, items)).filter(({ kind }) => kind !== 'accepted')
  if (refused.length > 0) throw new Error(`not accepted: ${JSON.stringify(refused)}`)
}
