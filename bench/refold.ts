import { type Accepted, parseEvent } from '../src/contract/ingest.ts'
import type { CustomerEvent } from '../src/core/relationship/event.ts'
import { foldAll } from '../src/core/relationship/relationship.ts'
import { simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { against, type Bench, secondsOf } from './measure.ts'

const EVENTS = 1_000
/** Histories refolded in one measured round, so that a round takes long enough to be timed. */
const TIMES = 50

type Row = Readonly<{ event: CustomerEvent; dataJson: string }>

// The first customer of a very old shop who has that many events.
function manyRows(): readonly Row[] {
  const endAt = instantOf('2026-11-01T00:00:00Z')
  const firm = simulatedFirm({ customers: 100_000, months: 360, seed: 1, kind: 'shop', endAt })
  for (let index = 0; index < firm.truth.customers; index += 1) {
    const { events } = firm.customer(index)
    if (events.length < EVENTS) continue
    return events
      .slice(0, EVENTS)
      .map((wire) => parseEvent(wire, { now: endAt, source: 'simulated', strict: true }))
      .filter((read): read is Accepted => read.kind === 'event')
  }
  throw new Error(`no simulated customer has ${EVENTS} events`)
}

/** Refold of one customer with 1,000 events from its stored rows, against reading the JSON of the same rows. */
export const refold: Bench = {
  key: 'refold',
  about: 'one customer with 1,000 events: parse and foldAll, against parsing alone',
  run: async () => {
    const rows = manyRows()
    const first = rows[0]
    if (first === undefined || rows.length !== EVENTS) throw new Error('the simulated events were not all accepted')
    const parseRows = (): CustomerEvent[] => {
      const events: CustomerEvent[] = []
      for (const { event, dataJson } of rows) events.push({ ...event, data: JSON.parse(dataJson) })
      return events
    }
    let seen = 0
    const [parsing = Number.NaN, folding = Number.NaN] = secondsOf([
      () => {
        for (let time = 0; time < TIMES; time += 1) seen += parseRows().length
      },
      () => {
        for (let time = 0; time < TIMES; time += 1) seen += foldAll(first.event.customer, parseRows()).eventCount
      },
    ])
    if (seen % EVENTS !== 0) throw new Error('the refold lost events')
    const total = EVENTS * TIMES
    return [
      against('refold of one customer with 1,000 events', 'events/s', total / folding, total / parsing),
      against(
        'refold of one customer with 1,000 events, time',
        'ms',
        (folding * 1_000) / TIMES,
        (parsing * 1_000) / TIMES,
      ),
    ]
  },
}
