import type { CustomerEvent } from '../core/relationship/event.ts'
import type { Tx } from '../store/db.ts'
import { readLog } from '../store/log.ts'

/** So many customers are read at a time. */
const PAGE = 200

/** What happened with each of these customers, page by page: for trials of rules, which go through it again. */
export async function* historiesOf(
  tx: Tx,
  customers: readonly string[],
): AsyncGenerator<readonly [customer: string, events: readonly CustomerEvent[]]> {
  for (let start = 0; start < customers.length; start += PAGE) {
    const log = await readLog(tx, customers.slice(start, start + PAGE))
    yield* Map.groupBy(log, (event) => String(event.customer))
  }
}
