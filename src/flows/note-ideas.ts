import { randomUUID } from 'node:crypto'
import { UUID } from '../core/ids.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import type { Tx } from '../store/db.ts'
import { addIdeas } from '../store/ideas.ts'

/** Keeps the ideas that these events tell of, so that something can come of each. */
export async function noteIdeas(tx: Tx, events: readonly CustomerEvent[]): Promise<void> {
  const ideas = events.filter((event) => event.type === 'input.given' && event.data.kind === 'idea')
  if (ideas.length === 0) return
  await addIdeas(
    tx,
    ideas.flatMap((event) => {
      if (event.type !== 'input.given') return []
      const { id, source, at, data } = event
      // A key of the firm's own names no round of ours.
      const round = data.round !== undefined && UUID.test(data.round) ? data.round : null
      return [{ customer: String(event.customer), id: randomUUID(), source, event: id, at, round }]
    }),
  )
}
