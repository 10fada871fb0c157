import { parseEvent } from '../src/contract/ingest.ts'
import { simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf, rfc3339 } from '../src/core/time/instant.ts'
import { copyText, type Db } from '../src/store/db.ts'

const END = instantOf('2026-11-01T00:00:00Z')
const REQUEST_BYTES = 1_000_000
const ROWS_PER_COPY = 4_000

/** Wire events of a simulated shop, one JSON text each, grouped by customer as exports and backfills are. */
export function simulatedLines(events: number, seed = 1): readonly string[] {
  const firm = simulatedFirm({ customers: events, months: 18, seed, kind: 'shop', endAt: END })
  const lines: string[] = []
  for (let index = 0; lines.length < events; index += 1) {
    for (const event of firm.customer(index).events) lines.push(JSON.stringify(event))
  }
  return lines
}

/** The same lines as they would have arrived live: by time, customers mixed. */
export const inOrderOfTime = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => [/"at":"([^"]+)"/.exec(line)?.[1] ?? '', line] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)

/** Request bodies of NDJSON just under the limit. */
export function bodiesOf(lines: readonly string[]): readonly string[] {
  const bodies: string[] = []
  let body = ''
  for (const line of lines) {
    if (body.length + line.length > REQUEST_BYTES) {
      bodies.push(body)
      body = ''
    }
    body += `${line}\n`
  }
  return [...bodies, body]
}

/** Seconds that a bare COPY of the same rows takes into a table like the event table, with its primary key. */
export async function copySeconds(db: Db, lines: readonly string[]): Promise<number> {
  const rows = lines.map((line) => {
    const item = parseEvent(JSON.parse(line), { now: END, source: 'bench', strict: true })
    if (item.kind === 'refused') throw new Error(item.detail)
    const { event, dataJson } = item
    return `${copyText(event.customer)}\t${event.source}\t${copyText(event.id)}\t${event.type}\t${rfc3339(event.at)}\t${copyText(dataJson)}\n`
  })
  const batches: string[] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_COPY)
    batches.push(rows.slice(start, start + ROWS_PER_COPY).join(''))
  await db.query('drop table if exists bare_events')
  await db.query('create table bare_events (like events including defaults, primary key (customer, source, id))')
  const began = performance.now()
  for (const batch of batches)
    await db.copy('copy bare_events (customer, source, id, type, at, data) from stdin', batch)
  const seconds = (performance.now() - began) / 1_000
  await db.query('drop table bare_events')
  return seconds
}
