import { simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { against, type Bench, secondsOf } from './measure.ts'

const CUSTOMERS = 1_000

/** Events that the simulator makes in a second, against writing the same events as JSON. */
export const simulate: Bench = {
  key: 'simulate',
  about: 'simulated events of each kind of firm, against writing them as JSON',
  run: async () =>
    (['contract', 'shop'] as const).map((kind) => {
      const endAt = instantOf('2026-11-01T00:00:00Z')
      const firm = simulatedFirm({ customers: CUSTOMERS, months: 24, seed: 1, kind, endAt })
      const lives = Array.from({ length: CUSTOMERS }, (_, index) => firm.customer(index).events)
      const events = lives.reduce((sum, { length }) => sum + length, 0)
      let seen = 0
      const [making = Number.NaN, writing = Number.NaN] = secondsOf([
        () => {
          for (let index = 0; index < CUSTOMERS; index += 1) seen += firm.customer(index).events.length
        },
        () => {
          for (const life of lives) for (const event of life) seen += JSON.stringify(event).length
        },
      ])
      if (seen === 0) throw new Error('nothing was simulated')
      return against(`simulated events, ${kind}`, 'events/s', events / making, events / writing)
    }),
}
