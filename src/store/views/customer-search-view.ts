import type { Tx } from '../db.ts'
import {
  inList,
  LIST_COLUMNS,
  type ListQuestion,
  type ListRow,
  listRow,
  nameWithLimit,
  type StoredRow,
} from './customer-list-view.ts'

/** The greatest text that begins with a prefix, by code points as collation "C" compares them. */
const endOf = (prefix: string): string => `${prefix}\u{10FFFF}`

/** Where a search stands: a customer, and by what it was found. */
export type FoundPlace = Readonly<{ customer: string; term: string }>

/** A customer found, by what, and its line: null where it has none or a filter leaves it out, undefined where it must be read. */
export type Found = FoundPlace & Readonly<{ row: ListRow | null | undefined }>

/** Whom a search leaves out. */
export type Sieve = Pick<ListQuestion, 'filter' | 'segment'>

type Joined = StoredRow & { fits: boolean }
const rowOf = (row: Joined): ListRow | null => (row.fits ? listRow(row) : null)

/**
 * To be asked together with a search, before it: PostgreSQL plans each search once for all texts. Its plan is the same
 * for every text, as the limits stand in the statements; made anew each time it took more than the search (2026-11-29,
 * a million customers: 636 in place of 262 microseconds).
 */
export async function planSearchesOnce(tx: Tx): Promise<void> {
  await tx.query(`select set_config('plan_cache_mode', 'force_generic_plan', true)`, [], 'plan-once')
}

/**
 * Customers whose key begins with a text, by key, after a key. A customer who was merged is answered as the one who
 * holds the state, unless that one is found in the same range by its own key.
 */
export async function findByKey(
  tx: Tx,
  question: Readonly<{ prefix: string; after: string | null; limit: number; sieve: Sieve }>,
): Promise<readonly Found[]> {
  const { prefix, after, limit, sieve } = question
  const rows = await tx.query<Joined & { root: string | null }>(
    `select ${LIST_COLUMNS}, r.root, (${inList(sieve.filter, '$4')}) is true as fits from relationships r
      where customer >= $1 and customer < $2 and customer > $3 and (root is null or root < $1 or root >= $2)
      order by customer limit ${limit}`,
    [prefix, endOf(prefix), after ?? '', sieve.segment],
    nameWithLimit(`find-by-key-${sieve.filter}`, limit),
  )
  return rows.map((row) => ({
    customer: row.root ?? row.customer,
    term: row.customer,
    row: row.root === null ? rowOf(row) : undefined,
  }))
}

/**
 * Customers with a search term that begins with a text, by term and key, after a place. Each is found once, by the
 * first of its terms that fits; those whom `notPrefixes` or `notKey` find as well are left out.
 */
export async function findByTerm(
  tx: Tx,
  question: Readonly<{
    prefix: string
    notPrefixes: readonly string[]
    notKey: string
    after: FoundPlace | null
    limit: number
    sieve: Sieve
  }>,
): Promise<readonly Found[]> {
  const { prefix, notPrefixes, notKey, after, limit, sieve } = question
  const isFirst = after === null || !after.term.startsWith(prefix)
  // Never both: PostgreSQL would begin at the row comparison, which without a place is the beginning of the index.
  const start = isFirst ? 's.term >= $1' : '(s.term, s.customer) > ($6, $7)'
  const place = isFirst ? [] : [after.term, after.customer]
  const others = notPrefixes.map((other) => [other, endOf(other)])
  const bound = 6 + place.length
  const rows = await tx.query<Joined & FoundPlace>(
    `select ${LIST_COLUMNS}, s.term, s.customer, (${inList(sieve.filter, '$5')}) is true as fits
       from search_terms s left join relationships r on r.customer = s.customer
      where ${start} and s.term < $2 and not (s.customer >= $3 and s.customer < $4)
        and not exists (select 1 from search_terms earlier
                         where earlier.customer = s.customer and earlier.term >= $1 and earlier.term < s.term)
        ${others.map((_, index) => notFoundBy(bound + 2 * index)).join('')}
      order by s.term, s.customer limit ${limit}`,
    [prefix, endOf(prefix), notKey, endOf(notKey), sieve.segment, ...place, ...others.flat()],
    nameWithLimit(`find-by-term-${isFirst}-${others.length}-${sieve.filter}`, limit),
  )
  return rows.map((row) => ({ customer: row.customer, term: row.term, row: rowOf(row) }))
}

const notFoundBy = (bound: number): string => `
        and not exists (select 1 from search_terms other
                         where other.customer = s.customer and other.term >= $${bound} and other.term < $${bound + 1})`
