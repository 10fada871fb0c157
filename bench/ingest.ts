import { against, type Bench } from './measure.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { bodiesOf, copySeconds, inOrderOfTime, simulatedLines } from './simulated-lines.ts'

const EVENTS = 200_000
const CONNECTIONS = 4

async function sendAll(app: RunningApp, lines: readonly string[]): Promise<number> {
  const bodies = bodiesOf(lines)
  let next = 0
  let accepted = 0
  const sender = async () => {
    for (let body = bodies[next]; body !== undefined; body = bodies[next]) {
      next += 1
      const answer = await fetch(`${app.address}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/x-ndjson' },
        body,
      })
      accepted += ((await answer.json()) as { accepted: number }).accepted
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, sender))
  if (accepted !== lines.length) throw new Error(`${accepted} of ${lines.length} events were accepted`)
  return (performance.now() - began) / 1_000
}

/** (a) Ingestion through HTTP with validation, fold, and score, against a bare COPY of the same rows. */
export const ingest: Bench = {
  key: 'ingest',
  about: `${EVENTS.toLocaleString('en')} events through POST /v1/events in batches of 1 MB, against bare COPY`,
  run: async () => {
    const app = await startApp()
    try {
      const grouped = simulatedLines(EVENTS, 1)
      const mixed = inOrderOfTime(simulatedLines(EVENTS, 2))
      const before = await copySeconds(app.db, grouped)
      const groupedSeconds = await sendAll(app, grouped)
      const mixedSeconds = await sendAll(app, mixed)
      const after = await copySeconds(app.db, mixed)
      const ceiling = (2 * EVENTS) / (before + after)
      return [
        against('ingest over HTTP, grouped by customer', 'events/s', grouped.length / groupedSeconds, ceiling),
        against('ingest over HTTP, in order of time', 'events/s', mixed.length / mixedSeconds, ceiling),
      ]
    } finally {
      await app.stop()
    }
  },
}
