import { restored, type StoredState } from '../../core/relationship/compact.ts'
import type { Relationship } from '../../core/relationship/relationship.ts'
import { type Instant, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { type Firm, firmAt } from '../firm.ts'
import { FIRM_CHANGED } from '../settings.ts'

/** One customer with what scores it. */
export type CustomerRead = Firm &
  Readonly<{
    customer: string
    revision: number
    members: readonly string[]
    root: string | null
    state: Relationship | null
    scoredAt: Instant | null
  }>

/** One read by primary key, on the shard of the customer; undefined when no event has named the customer. */
export async function findCustomer(tx: Tx, customer: string): Promise<CustomerRead | undefined> {
  const [row] = await tx.query<
    Pick<CustomerRead, 'customer' | 'revision' | 'members' | 'root'> & {
      state: StoredState | null
      scored_at: Date | null
      changed: string | null
    }
  >(
    `select r.customer, r.revision, r.members, r.root, s.state, r.scored_at, ${FIRM_CHANGED} as changed
       from relationships r left join states s on s.customer = r.customer
      where r.customer = $1`,
    [customer],
    'find-customer',
  )
  if (row === undefined) return undefined
  const { state, scored_at: scoredAt, changed, ...rest } = row
  return {
    ...rest,
    ...(await firmAt(tx, changed)),
    state: state === null ? null : restored(state),
    scoredAt: scoredAt === null ? null : instant(scoredAt.getTime()),
  }
}
