import type { Tx } from '../db.ts'

/** The greatest text that begins with a prefix, by code points as collation "C" compares them. */
const endOf = (prefix: string): string => `${prefix}\u{10FFFF}`

/** A customer found, and by what. */
export type Found = Readonly<{ customer: string; term: string }>

/**
 * Customers whose key begins with a text, by key, after a key. A customer who was merged is answered as the one who
 * holds the state, unless that one is found in the same range by its own key.
 */
export async function findByKey(
  tx: Tx,
  { prefix, after, limit }: Readonly<{ prefix: string; after: string | null; limit: number }>,
): Promise<readonly Found[]> {
  const rows = await tx.query<{ customer: string; root: string | null }>(
    `select customer, root from relationships
      where customer >= $1 and customer < $2 and customer > $3 and (root is null or root < $1 or root >= $2)
      order by customer limit $4`,
    [prefix, endOf(prefix), after ?? '', limit],
    'find-by-key',
  )
  return rows.map(({ customer, root }) => ({ customer: root ?? customer, term: customer }))
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
    after: Found | null
    limit: number
  }>,
): Promise<readonly Found[]> {
  const { prefix, notPrefixes, notKey, after, limit } = question
  const isFirst = after === null || !after.term.startsWith(prefix)
  // Never both: PostgreSQL would begin at the row comparison, which without a place is the beginning of the index.
  const start = isFirst ? 's.term >= $1' : '(s.term, s.customer) > ($6, $7)'
  const place = isFirst ? [] : [after.term, after.customer]
  const others = notPrefixes.map((other) => [other, endOf(other)])
  const bound = 6 + place.length
  return tx.query<Found>(
    `select s.customer, s.term from search_terms s
      where ${start} and s.term < $2 and not (s.customer >= $3 and s.customer < $4)
        and not exists (select 1 from search_terms earlier
                         where earlier.customer = s.customer and earlier.term >= $1 and earlier.term < s.term)
        ${others.map((_, index) => notFoundBy(bound + 2 * index)).join('')}
      order by s.term, s.customer limit $5`,
    [prefix, endOf(prefix), notKey, endOf(notKey), limit, ...place, ...others.flat()],
    `find-by-term-${isFirst}-${others.length}`,
  )
}

const notFoundBy = (bound: number): string => `
        and not exists (select 1 from search_terms other
                         where other.customer = s.customer and other.term >= $${bound} and other.term < $${bound + 1})`
