import { readFileSync } from 'node:fs'
import { against, type Bench, type Measure } from './measure.ts'
import { type RawClient, rawClient } from './raw-client.ts'
import { type RunningApp, startApp } from './running-app.ts'

const CUSTOMERS = Number(process.env.AMENDS_BENCH_CUSTOMERS ?? 1_000_000)
/** Filling takes minutes: a directory that is named here is kept, and filled only if it is empty. */
const KEPT_DIR = process.env.AMENDS_BENCH_DATA_DIR
const READS = 400
const WARM_UP = 50
const FEW_READS = 10
/** Requests under way at once where the rate is measured: enough that nobody waits for a client. */
const AT_ONCE = 4
const AT_ONCE_READS = 4_000
const TICKS_PER_SECOND = 100

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

type Work = (index: number) => Promise<unknown>

async function millisecondsOf(work: Work, reads = READS): Promise<number> {
  const taken: number[] = []
  for (let index = -Math.min(WARM_UP, reads); index < reads; index += 1) {
    const began = performance.now()
    await work(index + WARM_UP)
    if (index >= 0) taken.push(performance.now() - began)
  }
  return median(taken)
}

async function perSecond(works: readonly Work[]): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    works.map(async (work) => {
      while (next < AT_ONCE_READS) {
        next += 1
        await work(next)
      }
    }),
  )
  return (1_000 * AT_ONCE_READS) / (performance.now() - began)
}

/** Processor time that a process has used, in milliseconds. Linux only. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND
}

const keyOf = (index: number) => `S5-${(index * 7_919) % CUSTOMERS}`
const page = (index: number) => `/v1/customers/${keyOf(index)}`
const search = (index: number) => `/v1/customers?limit=20&search=${index * 37}`

async function withClients<Result>(
  app: RunningApp,
  count: number,
  use: (clients: readonly RawClient[]) => Promise<Result>,
): Promise<Result> {
  const clients = await Promise.all(Array.from({ length: count }, () => rawClient(app.address, app.key)))
  try {
    return await use(clients)
  } finally {
    for (const client of clients) client.close()
  }
}

/** One request after another. */
async function latencies(app: RunningApp, bare: Work): Promise<readonly Measure[]> {
  const ceiling = await millisecondsOf(bare)
  const timeOf = (name: string, path: (index: number) => string, reads = READS) =>
    withClients(app, 1, async ([client]) =>
      against(name, 'ms', await millisecondsOf((index) => client?.get(path(index)) ?? never(), reads), ceiling),
    )
  return [
    await timeOf('an empty answer over HTTP', () => '/healthz'),
    await timeOf('customer page over HTTP', page),
    await timeOf('search over HTTP', search),
    await timeOf('first page of the list over HTTP', () => '/v1/customers?limit=50&sort=at-stake'),
    await timeOf('overview of 7 days over HTTP', () => '/v1/overview?days=7', FEW_READS),
    await timeOf('overview of 182 days over HTTP', () => '/v1/overview?days=182', FEW_READS),
    await timeOf('listening by week over HTTP', () => '/v1/listening?step=week', FEW_READS),
    await timeOf('listening by month over HTTP', () => '/v1/listening?step=month', FEW_READS),
  ]
}

const never = (): never => {
  throw new Error('there is no client')
}

/** Several requests at once, and the processor time that the server takes for one. */
async function rates(app: RunningApp, bare: Work): Promise<readonly Measure[]> {
  const [server = 0] = app.processes()
  const bares = Array.from({ length: AT_ONCE }, () => bare)
  await perSecond(bares)
  const ceiling = await perSecond(bares)
  const rateOf = (name: string, path: (index: number) => string) =>
    withClients(app, AT_ONCE, async (clients) => {
      const works = clients.map((client) => (index: number) => client.get(path(index)))
      await perSecond(works)
      const began = processorMs(server)
      const rate = await perSecond(works)
      const each = (processorMs(server) - began) / AT_ONCE_READS
      return [
        against(`${name}, ${AT_ONCE} at once`, 'per second', rate, ceiling),
        against(`${name}, processor of the server`, 'ms', each, 1_000 / ceiling),
      ]
    })
  return [
    ...(await rateOf('an empty answer over HTTP', () => '/healthz')),
    ...(await rateOf('customer page over HTTP', page)),
    ...(await rateOf('search over HTTP', search)),
  ]
}

/** (c) The pages at a million customers, against the bare primary-key query. */
export const read: Bench = {
  key: 'read',
  about: `customer page and search at ${CUSTOMERS.toLocaleString('en')} customers, against the bare primary-key query`,
  run: async () => {
    const app = await startApp(KEPT_DIR)
    try {
      const [row] = await app.db.query<{ any: boolean }>('select exists (select from relationships) as any')
      if (row?.any !== true) {
        app.command('simulate', '--customers', String(CUSTOMERS), '--months', '2', '--seed', '5', '--kind', 'shop')
      }
      await app.db.query('vacuum analyze')
      const bare: Work = (index) =>
        app.db.query('select * from relationships where customer = $1', [keyOf(index)], 'bare')
      return [...(await latencies(app, bare)), ...(await rates(app, bare))]
    } finally {
      await app.stop()
    }
  },
}
