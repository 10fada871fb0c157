import { type CustomerKey, customerKey } from '../../core/ids.ts'
import { refusesProfiling } from '../../core/privacy/profiling.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { inForce } from '../../core/relationship/relationship.ts'
import { readLog } from '../../store/log.ts'
import { readRoots } from '../../store/stored-rows.ts'
import type { World } from '../world.ts'

const PAGE_CUSTOMERS = 500

/** The history of one person: events in force, in their order, of all keys that were merged into this one. */
export type History = Readonly<{ customer: CustomerKey; events: readonly CustomerEvent[] }>

/**
 * The history of everybody who may be learned from, page by page by customer key, so that memory does not grow with the
 * firm. Each page is one snapshot, so it may run beside ingestion. Ends early when told to stop. Who refuses to be
 * profiled is in none of them, whatever the model (trap T25).
 */
export async function* readHistories(
  world: World,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly History[]> {
  for await (const page of readHistoriesOf(world, signal, readRoots)) {
    yield page.filter(({ events }) => !refusesProfiling(events))
  }
}

/** The history of all whom `readPeople` finds, also of those from whom nothing may be learned. */
export async function* readHistoriesOf(
  world: World,
  signal: AbortSignal | undefined,
  readPeople: typeof readRoots,
): AsyncGenerator<readonly History[]> {
  let after = ''
  while (signal?.aborted !== true) {
    const from = after
    const page = await world.db.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read read only')
      const roots = await readPeople(tx, from, PAGE_CUSTOMERS)
      const log = await readLog(tx, [...new Set(roots.flatMap(({ customer, members }) => [customer, ...members]))])
      const byCustomer = Map.groupBy(log, ({ customer }) => customer)
      return roots.map(({ customer, members }) => ({
        customer: customerKey(customer),
        events: inForce([customer, ...members].flatMap((key) => byCustomer.get(customerKey(key)) ?? [])),
      }))
    })
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.customer
  }
}
