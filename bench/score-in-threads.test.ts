import { expect, test } from 'vitest'
import { parseEvent } from '../src/contract/ingest.ts'
import { priorModel } from '../src/core/goodwill/leave-model.ts'
import { Scorer, scoreColumns } from '../src/core/goodwill/scorer.ts'
import { StateRows } from '../src/core/goodwill/state-rows.ts'
import { customerKey } from '../src/core/ids.ts'
import { foldAll } from '../src/core/relationship/relationship.ts'
import { simulatedFirm } from '../src/core/simulated-firm/simulated-firm.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { scoreThreads } from './score-in-threads.ts'

const CUSTOMERS = 2_500
const at = instantOf('2026-11-01T00:00:00Z')
const margins = { marginShare: 0.3, discountMonthly: 0.008, currency: 'EUR' }

const firm = simulatedFirm({ customers: CUSTOMERS, months: 12, seed: 8, kind: 'shop', endAt: at })
const rows = new StateRows()
for (let index = 0; index < CUSTOMERS; index += 1) {
  const { truth, events } = firm.customer(index)
  const read = events.map((wire) => parseEvent(wire, { now: at, source: 'test', strict: true }))
  const parsed = read.flatMap((one) => (one.kind === 'refused' ? [] : [one.event]))
  rows.add(foldAll(customerKey(truth.customer), parsed))
}
const alone = scoreColumns(CUSTOMERS)
new Scorer(priorModel, margins).scoreRows(rows, at, alone)

test.each([1, 2, 3])('every score is the same to the last bit, with so many threads: %d', async (threads) => {
  const shared = scoreThreads(rows, { model: priorModel, margins, at }, threads)
  await shared.score()
  await shared.end()
  for (const name of Object.keys(alone) as (keyof typeof alone)[]) {
    expect(Buffer.from(shared.columns[name].buffer).equals(Buffer.from(alone[name].buffer)), name).toBe(true)
  }
})
