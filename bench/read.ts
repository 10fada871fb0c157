import { against, type Bench, type Measure } from './measure.ts'
import { type RunningApp, startApp } from './running-app.ts'

const CUSTOMERS = Number(process.env.AMENDS_BENCH_CUSTOMERS ?? 1_000_000)
const READS = 400

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function millisecondsOf(work: (index: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let index = -20; index < READS; index += 1) {
    const began = performance.now()
    await work(index)
    if (index >= 0) taken.push(performance.now() - began)
  }
  return median(taken)
}

async function measureReads(app: RunningApp): Promise<readonly Measure[]> {
  const keyOf = (index: number) => `S5-${((index + 20) * 7_919) % CUSTOMERS}`
  const get = async (path: string) => {
    const answer = await fetch(`${app.address}${path}`, { headers: { authorization: `Bearer ${app.key}` } })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.arrayBuffer()
  }
  const bare = await millisecondsOf((index) =>
    app.db.query('select * from relationships where customer = $1', [keyOf(index)], 'bare'),
  )
  const health = await millisecondsOf(() => get('/healthz'))
  const page = await millisecondsOf((index) => get(`/v1/customers/${keyOf(index)}`))
  const search = await millisecondsOf((index) => get(`/v1/customers?limit=20&search=${(index + 20) * 37}`))
  const list = await millisecondsOf(() => get('/v1/customers?limit=50&sort=at-stake'))
  const overview = await millisecondsOf(() => get('/v1/overview?days=7'))
  return [
    against('an empty answer over HTTP', 'ms', health, bare),
    against('customer page over HTTP', 'ms', page, bare),
    against('search over HTTP', 'ms', search, bare),
    against('first page of the list over HTTP', 'ms', list, bare),
    against('overview over HTTP', 'ms', overview, bare),
  ]
}

/** (c) The pages at a million customers, against the bare primary-key query. */
export const read: Bench = {
  key: 'read',
  about: `customer page and search at ${CUSTOMERS.toLocaleString('en')} customers, against the bare primary-key query`,
  run: async () => {
    const app = await startApp()
    try {
      app.command('simulate', '--customers', String(CUSTOMERS), '--months', '2', '--seed', '5', '--kind', 'shop')
      await app.db.query('vacuum analyze')
      return await measureReads(app)
    } finally {
      await app.stop()
    }
  },
}
