import { type Instant, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'

/** The orders of the list. */
export type ListSort = 'at-stake' | 'chance' | 'recent' | 'name'
/** The filters of the list. */
export type ListFilter = 'all' | 'let-down' | 'at-stake' | 'double-deviation' | 'left'

/** One line of the list, as scored when the customer's last event was folded; figures are null where none may be. */
export type ListRow = Readonly<{
  customer: string
  name: string | null
  segment: string | null
  since: Instant | null
  lastAt: Instant
  eventCount: number
  goodwill: number | null
  stay: Readonly<{ value: number; low: number; high: number }> | null
  atStakeMinor: number | null
  openFailures: number
  doubleDeviation: boolean
  leftAt: Instant | null
  scoredAt: Instant
}>

/** Where a page ended: the part of the order, the sort key as PostgreSQL writes it, and the customer. */
export type ListPlace = Readonly<{ part: number; key: string | null; customer: string }>

/** Which page of which list. */
export type ListQuestion = Readonly<{
  sort: ListSort
  filter: ListFilter
  segment: string | null
  after: ListPlace | null
  limit: number
}>

type Part = Readonly<{ where: string; by: Readonly<{ column: string; type: string; down: boolean }> | null }>

// An order is read part by part, each from its own index: first those whom it can rank, then the others by key.
const PARTS: Readonly<Record<ListSort, readonly Part[]>> = {
  'at-stake': [
    { where: 'at_stake_minor > 0', by: { column: 'at_stake_minor', type: 'bigint', down: true } },
    { where: '(at_stake_minor > 0) is not true', by: null },
  ],
  chance: [{ where: 'stay is not null', by: { column: 'stay', type: 'real', down: false } }],
  recent: [{ where: 'last_at is not null', by: { column: 'last_at', type: 'timestamptz', down: true } }],
  name: [
    { where: 'name is not null', by: { column: 'name', type: 'text', down: false } },
    { where: 'name is null', by: null },
  ],
}

const FILTERS: Readonly<Record<ListFilter, string>> = {
  all: '',
  'let-down': ' and open_failures > 0',
  'at-stake': ' and at_stake_minor > 0',
  'double-deviation': ' and double_deviation',
  left: ' and left_at is not null',
}

const COLUMNS = [
  'customer',
  'name',
  'segment',
  'since',
  'last_at',
  'event_count',
  'goodwill',
  'stay',
  'stay_low',
  'stay_high',
  'at_stake_minor',
  'open_failures',
  'double_deviation',
  'left_at',
  'scored_at',
]

/** The columns that a line is made of, of relationships under the name `r`. */
export const LIST_COLUMNS = COLUMNS.map((column) => `r.${column}`).join(', ')

/** A condition: relationships under the name `r` have a line that passes the filter and the segment of a parameter. */
export const inList = (filter: ListFilter, segment: string): string =>
  `r.root is null and r.last_at is not null${FILTERS[filter]} and (${segment}::text is null or r.segment = ${segment})`

/** The columns as they are read. */
export type StoredRow = {
  customer: string
  name: string | null
  segment: string | null
  since: Date | null
  last_at: Date
  event_count: number
  goodwill: number | null
  stay: number | null
  stay_low: number | null
  stay_high: number | null
  at_stake_minor: number | null
  open_failures: number | null
  double_deviation: boolean | null
  left_at: Date | null
  scored_at: Date | null
}

const timeOf = (at: Date | null): Instant | null => (at === null ? null : instant(at.getTime()))

/** A line from its columns. */
export const listRow = (row: StoredRow): ListRow => ({
  customer: row.customer,
  name: row.name,
  segment: row.segment,
  since: timeOf(row.since),
  lastAt: instant(row.last_at.getTime()),
  eventCount: row.event_count,
  goodwill: row.goodwill,
  stay: row.stay === null ? null : { value: row.stay, low: row.stay_low ?? 0, high: row.stay_high ?? 1 },
  atStakeMinor: row.at_stake_minor,
  openFailures: row.open_failures ?? 0,
  doubleDeviation: row.double_deviation ?? false,
  leftAt: timeOf(row.left_at),
  scoredAt: timeOf(row.scored_at) ?? instant(row.last_at.getTime()),
})

/** The statement that reads one part of a list, and one line more, which tells whether there is a next page; exported so that a test can ask PostgreSQL how it would run it. */
export function listStatement(
  question: ListQuestion,
  partNumber: number,
): Readonly<{ text: string; values: readonly unknown[] }> | null {
  const part = PARTS[question.sort][partNumber]
  if (part === undefined) return null
  const values: unknown[] = []
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`
  let where = `root is null and last_at is not null and ${part.where}${FILTERS[question.filter]}`
  if (question.segment !== null) where += ` and segment = ${bind(question.segment, 'text')}`
  const { by } = part
  if (question.after !== null && question.after.part === partNumber) {
    const { key, customer } = question.after
    where +=
      by === null
        ? ` and customer > ${bind(customer, 'text')}`
        : ` and (${by.column}, customer) ${by.down ? '<' : '>'} (${bind(key, by.type)}, ${bind(customer, 'text')})`
  }
  const way = by?.down ? ' desc' : ''
  const order = by === null ? 'customer' : `${by.column}${way}, customer${way}`
  const key = by === null ? 'null' : `${by.column}::text`
  return {
    text: `select ${LIST_COLUMNS}, ${key} as key from relationships r where ${where} order by ${order} limit ${question.limit + 1}`,
    values,
  }
}

// Where it begins, a list has nothing to fill in, and PostgreSQL keeps its plan. Further on it plans for each place.
const nameOf = ({ sort, filter, segment, after, limit }: ListQuestion, part: number): string | undefined =>
  segment === null && after === null ? nameWithLimit(`list-${sort}-${filter}-${part}`, limit) : undefined

// What pages ask for. Each other limit would be one more statement to keep.
const LIMITS_KEPT: ReadonlySet<number> = new Set([20, 50, 100, 200])

/** The name of a statement whose text holds its limit, or undefined where it is not worth to be kept. */
export const nameWithLimit = (name: string, limit: number): string | undefined =>
  LIMITS_KEPT.has(limit) ? `${name}-${limit}` : undefined

/** One page of customers in a stable order, and where to read on; `next` is null after the last page. */
export async function readList(
  tx: Tx,
  question: ListQuestion,
): Promise<Readonly<{ rows: readonly ListRow[]; next: ListPlace | null }>> {
  const rows: ListRow[] = []
  let last: ListPlace | null = null
  for (let part = question.after?.part ?? 0; ; part += 1) {
    const statement = listStatement(question, part)
    if (statement === null) return { rows, next: null }
    for (const row of await tx.query<StoredRow & { key: string | null }>(
      statement.text,
      statement.values,
      nameOf(question, part),
    )) {
      if (rows.length === question.limit) return { rows, next: last }
      rows.push(listRow(row))
      last = { part, key: row.key, customer: row.customer }
    }
  }
}

/** The lines of these customers that pass the filter, in no order; who was merged into somebody else has no line. */
export async function readListRows(
  tx: Tx,
  customers: readonly string[],
  { filter, segment }: Pick<ListQuestion, 'filter' | 'segment'>,
): Promise<ReadonlyMap<string, ListRow>> {
  const rows = await tx.query<StoredRow>(
    `select ${LIST_COLUMNS} from relationships r where customer = any($1) and ${inList(filter, '$2')}`,
    [customers, segment],
    `list-rows-${filter}`,
  )
  return new Map(rows.map((row) => [row.customer, listRow(row)]))
}
