import { against, type Bench, type Measure } from './measure.ts'
import { type RunningApp, startApp } from './running-app.ts'

const CUSTOMERS = 20_000
const QUESTIONS = 400
const BULK = 10_000
const ROUNDS = 7

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function secondsEach(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let index = -3; index < count; index += 1) {
    const began = performance.now()
    await work(index + 3)
    if (index >= 0) taken.push((performance.now() - began) / 1_000)
  }
  return median(taken)
}

async function measureDecisions(app: RunningApp): Promise<readonly Measure[]> {
  const customers = (
    await app.db.query<{ customer: string }>('select customer from relationships order by customer limit $1', [BULK])
  ).map(({ customer }) => customer)
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${app.address}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.arrayBuffer()
  }
  const wish = { purpose: 'upsell', channel: 'email', category: 'insurance' }
  const stateOf = 'select state from states where customer = $1'
  const bare = await secondsEach(QUESTIONS, (index) => app.db.query(stateOf, [customers[index]], 'bare'))
  const one = await secondsEach(QUESTIONS, (index) =>
    ask('/v1/decisions/contact', { customer: customers[index], ...wish }),
  )
  const statesOf = 'select customer, state from states where customer = any($1)'
  const bareMany = await secondsEach(ROUNDS, () => app.db.query(statesOf, [customers], 'bare-many'))
  const many = await secondsEach(ROUNDS, () => ask('/v1/decisions/contacts', { customers, ...wish }))
  return [
    against('one decision over HTTP', 'ms', one * 1_000, bare * 1_000),
    against('decisions in bulk over HTTP', 'customers/s', BULK / many, BULK / bareMany),
  ]
}

/** May we contact, for one and for ten thousand, against the bare reading of their states. */
export const decide: Bench = {
  key: 'decide',
  about: 'may we contact: one customer, and 10,000 at once, against reading their states',
  run: async () => {
    const app = await startApp()
    try {
      app.command('simulate', '--customers', String(CUSTOMERS), '--months', '12', '--seed', '7', '--kind', 'shop')
      await app.db.query('vacuum analyze')
      return await measureDecisions(app)
    } finally {
      await app.stop()
    }
  },
}
