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
  return tx.query<Found>(
    `select s.customer, s.term from search_terms s
      where s.term >= $1 and s.term < $2 and (s.term, s.customer) > ($3, $4)
        and not (s.customer >= $5 and s.customer < $6)
        and not exists (select from search_terms earlier
                         where earlier.customer = s.customer and earlier.term >= $1 and earlier.term < s.term)
        and not exists (select from search_terms other join unnest($7::text[], $8::text[]) as p (low, high)
                            on other.term >= p.low and other.term < p.high
                         where other.customer = s.customer)
      order by s.term, s.customer limit $9`,
    [
      prefix,
      endOf(prefix),
      after?.term ?? '',
      after?.customer ?? '',
      notKey,
      endOf(notKey),
      notPrefixes,
      notPrefixes.map(endOf),
      limit,
    ],
    'find-by-term',
  )
}
