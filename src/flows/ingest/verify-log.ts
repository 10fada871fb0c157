import { isDeepStrictEqual } from 'node:util'
import { compact, compactLedger } from '../../core/compact.ts'
import type { CustomerEvent } from '../../core/event.ts'
import { ledger } from '../../core/goodwill.ts'
import { mergedInto } from '../../core/group.ts'
import { customerKey } from '../../core/ids.ts'
import { foldAll, inForce } from '../../core/relationship.ts'
import { readLog } from '../../store/log.ts'
import { readModels } from '../../store/models.ts'
import { findLost, readStoredPage, type StoredRow } from '../../store/stored-rows.ts'
import type { World } from '../world.ts'

const PAGE_CUSTOMERS = 500

/** Something stored that a replay of the log does not give. */
export type Difference = Readonly<{ customer: string; what: 'state' | 'ledger' | 'pointer' | 'missing' }>

/** What was replayed, and every difference; there must be none. */
export type Verification = Readonly<{ customers: number; events: number; differences: readonly Difference[] }>

/**
 * Replays the whole log, page by page, and compares every stored state, ledger, and merge with its fold. Reads
 * each page in one snapshot, so that it may run beside ingestion.
 */
export async function verifyLog(
  world: World,
  progress: (done: number) => void = () => undefined,
): Promise<Verification> {
  const models = await readModels(world.db)
  const differences: Difference[] = []
  let customers = 0
  let events = 0
  let after = ''
  for (;;) {
    const page = await world.db.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read read only')
      const rows = await readStoredPage(tx, after, PAGE_CUSTOMERS)
      const log = await readLog(tx, [...new Set(rows.flatMap(({ customer, members }) => [customer, ...members]))])
      return { rows, byCustomer: Map.groupBy(log, (event) => event.customer as string) }
    })
    for (const row of page.rows) {
      const own = page.byCustomer.get(row.customer) ?? []
      customers += 1
      events += own.length
      differences.push(...differencesOf(row, own, page.byCustomer, models))
    }
    const last = page.rows.at(-1)
    if (last === undefined) break
    after = last.customer
    progress(customers)
  }
  const lost = await findLost(world.db)
  return {
    customers,
    events,
    differences: [...differences, ...lost.map((customer) => ({ customer, what: 'missing' as const }))],
  }
}

function differencesOf(
  row: StoredRow,
  own: readonly CustomerEvent[],
  byCustomer: ReadonlyMap<string, readonly CustomerEvent[]>,
  models: Awaited<ReturnType<typeof readModels>>,
): Difference[] {
  const differences: Difference[] = []
  const differs = (what: Difference['what']) => differences.push({ customer: row.customer, what })
  if (mergedInto(inForce(own)) !== row.mergedInto) differs('pointer')
  if (row.root !== null) {
    if (row.state !== null) differs('state')
    return differences
  }
  const history = [row.customer, ...row.members].flatMap((customer) => byCustomer.get(customer) ?? [])
  const state = foldAll(customerKey(row.customer), history)
  if (state.lastAt === null) {
    if (row.state !== null) differs('state')
    return differences
  }
  if (!isDeepStrictEqual(row.state, asStored(compact(state)))) differs('state')
  const model = models.get(row.modelVersion ?? -1)
  const expected =
    model === undefined || row.scoredAt === null
      ? undefined
      : asStored(compactLedger(ledger(state, model, row.scoredAt)))
  if (!isDeepStrictEqual(row.ledger, expected)) differs('ledger')
  return differences
}

/** What a value is after it went through the database. */
const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
