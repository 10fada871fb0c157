import { parseEvent } from '../src/contract/ingest.ts'
import { type LeaveModel, priorModel } from '../src/core/goodwill/leave-model.ts'
import { score as plainScore } from '../src/core/goodwill/score.ts'
import { scoreColumns, scorerOf } from '../src/core/goodwill/scorer.ts'
import { StateRows } from '../src/core/goodwill/state-rows.ts'
import { customerKey } from '../src/core/ids.ts'
import type { CustomerEvent } from '../src/core/relationship/event.ts'
import { foldAll, type Relationship } from '../src/core/relationship/relationship.ts'
import { simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { scoreBgNbd } from '../src/stats/purchase/bg-nbd.ts'
import { rng } from '../src/stats/rng.ts'
import type { Db } from '../src/store/db.ts'
import { settingsAtFirst } from '../src/store/settings.ts'
import { against, type Bench, type Measure, processorSecondsOf, secondsOf } from './measure.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { scoreThreads } from './score-in-threads.ts'

const CUSTOMERS = Number(process.env.AMENDS_BENCH_CUSTOMERS ?? 1_000_000)
const IN_MEMORY = 20_000
/** As many rows as no cache of a processor holds: 68 MB. */
const COPIES = 5
const THREADS = 2
const ROUNDS = 9
const PURCHASERS = 1_000_000
const PAGE = 4_000
const endAt = instantOf('2026-11-01T00:00:00Z')

const spread = { mean: 1, sd: 0.7 }
// A model with centres and spreads, as every calibrated one has: without them covariates would be passed over.
const model: LeaveModel = {
  ...priorModel,
  centres: { '*': { purchases_ln: 1.2, personal_share: 0.4, effort_ces: 2 } },
  reserve: { tenure_ln: spread, purchases_ln: spread, pos_contacts: spread },
}

function simulatedStates(): readonly Relationship[] {
  const firm = simulatedFirm({ customers: IN_MEMORY, months: 18, seed: 5, kind: 'shop', endAt })
  return Array.from({ length: IN_MEMORY }, (_, index) => {
    const { events, truth } = firm.customer(index)
    const parsed = events.flatMap((wire): CustomerEvent[] => {
      const read = parseEvent(wire, { now: endAt, source: 'bench', strict: true })
      return read.kind === 'refused' ? [] : [read.event]
    })
    return foldAll(customerKey(truth.customer), parsed)
  })
}

// What no score can do without: for each of 36 months a logarithm, an exponential and a division, and for 12 of them a
// root and an exponential more for the interval.
function bareArithmetic(): number {
  let sum = 0
  for (let customer = 0; customer < IN_MEMORY; customer += 1) {
    for (let month = 0; month < 36; month += 1) sum += 1 / (1 + Math.exp(Math.log(1 + month + customer) - 9))
    for (let month = 0; month < 12; month += 1) sum += Math.exp(Math.sqrt(month + customer) / IN_MEMORY)
  }
  return sum
}

// By processor time: what else the machine does must not count.
async function inMemory(): Promise<readonly Measure[]> {
  const states = simulatedStates()
  const rows = new StateRows()
  for (let copy = 0; copy < COPIES; copy += 1) for (const state of states) rows.add(state)
  const columns = scoreColumns(rows.count)
  const scorer = scorerOf(model, settingsAtFirst)
  const [fast = Number.NaN, alone = Number.NaN, plain = Number.NaN, bare = Number.NaN] = processorSecondsOf([
    () => scorer.scoreRows(rows, endAt, columns),
    () => states.reduce((sum, state) => sum + (scorer.score(state, endAt).stay ?? 0), 0),
    () => states.reduce((sum, state) => sum + plainScore(state, model, settingsAtFirst, endAt).stay, 0),
    bareArithmetic,
  ])
  const ceiling = IN_MEMORY / bare
  return [
    against('full leave score from rows in memory, one thread', 'scores/s', rows.count / fast, ceiling),
    against(`the same, ${THREADS} threads, a core each`, 'scores/s', await inThreads(rows, THREADS), THREADS * ceiling),
    against('the same of single states, with making their rows', 'scores/s', IN_MEMORY / alone, ceiling),
    against('the same by its definition', 'scores/s', IN_MEMORY / plain, ceiling),
  ]
}

async function inThreads(rows: StateRows, threads: number): Promise<number> {
  const shared = scoreThreads(rows, { model, margins: settingsAtFirst, at: endAt }, threads)
  const taken: number[] = []
  for (let round = -3; round < ROUNDS; round += 1) {
    const seconds = (await shared.score()).reduce((sum, one) => sum + one, 0)
    if (round >= 0) taken.push(seconds)
  }
  await shared.end()
  return (threads * rows.count) / (taken.sort((a, b) => a - b)[taken.length >> 1] ?? Number.NaN)
}

function purchases(): Measure {
  const source = rng('score bench')
  const observedFor = Float64Array.from({ length: PURCHASERS }, () => 100 + Math.floor(600 * source.uniform()))
  const repeatCount = observedFor.map(() => Math.floor(8 * source.uniform()))
  const lastAt = observedFor.map((days, index) =>
    repeatCount[index] === 0 ? 0 : 1 + Math.floor((days - 1) * source.uniform()),
  )
  const histories = { repeatCount, lastAt, observedFor }
  const [taken = Number.NaN] = secondsOf([() => scoreBgNbd({ r: 0.5, alpha: 47, a: 0.8, b: 2.5 }, histories, 180)], 5)
  return against('BG/NBD expected purchases, one thread', 'customers/s', PURCHASERS / taken, 3_000_000)
}

// Reads every state as text, and replaces every row of figures by one that differs: no more than that, page by page.
async function readAndWriteBare(db: Db): Promise<number> {
  const began = performance.now()
  let after = ''
  for (;;) {
    const page = await db.query<{ customer: string }>(
      'select customer, revision, state::text from states where customer > $1 order by customer limit $2',
      [after, PAGE],
      'bare-read',
    )
    const upto = page.at(-1)?.customer
    if (upto === undefined) return (performance.now() - began) / 1_000
    await db.change(
      `update relationships set stay = stay * 0.999, goodwill = goodwill + 0.001, scored_at = scored_at + interval '1 second'
        where customer > $1 and customer <= $2`,
      [after, upto],
      'bare-write',
    )
    after = upto
  }
}

async function everybody(app: RunningApp): Promise<readonly Measure[]> {
  app.command('simulate', '--customers', String(CUSTOMERS), '--months', '2', '--seed', '5', '--kind', 'shop')
  await app.db.query('vacuum (analyze) relationships')
  const bare = await readAndWriteBare(app.db)
  await app.db.query('vacuum (analyze) relationships')
  const { customers, seconds } = app.command('score', '--all') as { customers: number; seconds: number }
  return [against(`score --all, ${customers.toLocaleString('en')} customers`, 's', seconds, bare)]
}

/** Scoring: in memory against the bare arithmetic, and everybody in the database against bare reading and writing. */
export const score: Bench = {
  key: 'score',
  about: `scores in memory, and of ${CUSTOMERS.toLocaleString('en')} customers in the database`,
  run: async () => {
    const measured = [...(await inMemory()), purchases()]
    if (CUSTOMERS === 0) return measured
    const app = await startApp()
    try {
      return [...measured, ...(await everybody(app))]
    } finally {
      await app.stop()
    }
  },
}
