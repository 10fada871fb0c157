import type { Severity } from '../../core/relationship/failure.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import { textArray } from '../array-parameter.ts'
import type { Tx } from '../db.ts'

type Period = Readonly<{ from: Instant; to: Instant }>

const bounds = ({ from, to }: Period): readonly string[] => [rfc3339(from), rfc3339(to)]

/** Who holds the relationship of each of these keys; keys that nobody has told of are missing. */
export async function readHolders(tx: Tx, customers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ customer: string; holder: string }>(
    'select customer, coalesce(root, customer) as holder from relationships where customer = any($1)',
    [textArray(customers)],
    'read-holders',
  )
  return new Map(rows.map(({ customer, holder }) => [customer, holder]))
}

/** A case, and whether more than somebody may give alone was asked for in it, and refused. */
export type ComparedCase = Readonly<{
  customer: string
  severity: Severity
  category: string | null
  asked: boolean
  refused: boolean | null
}>

/** The newest cases that opened in a period. `refused` is null where nobody was asked, or nobody has answered. */
export const readComparedCases = (tx: Tx, period: Period, most: number): Promise<readonly ComparedCase[]> =>
  tx.query<ComparedCase>(
    `select c.customer, c.severity, c.category, count(a.id) > 0 as asked,
            bool_or(a.state = 'refused') filter (where a.state in ('approved', 'refused')) as refused
       from cases c left join case_approvals a on a.customer = c.customer and a.case_id = c.id
      where c.opened_at > $1 and c.opened_at <= $2
      group by c.customer, c.id, c.severity, c.category, c.opened_at order by c.opened_at desc limit $3`,
    [...bounds(period), most],
  )

/** Open cases in the order of work, first to last. */
export const readCaseOrder = (
  tx: Tx,
  most: number,
): Promise<readonly Pick<ComparedCase, 'customer' | 'severity' | 'category'>[]> =>
  tx.query(
    `select customer, severity, category from cases where is_open and closed_at is null
      order by floor, rank, opened_at, id limit $1`,
    [most],
  )

/** What came of moments of a period that customers told of; who was held out by lot is left out. */
export const readComparedGestures = (
  tx: Tx,
  period: Period,
  most: number,
): Promise<readonly Readonly<{ customer: string; rule: string; refused: boolean }>[]> =>
  tx.query(
    `select customer, rule, state = 'refused' as refused from gestures
      where at > $1 and at <= $2 and state in ('refused', 'to-do', 'made', 'not-done') and occasion is not null
      order by at desc limit $3`,
    [...bounds(period), most],
  )
