import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { CustomerList, CustomerRow } from '../../contract/show.ts'
import { searchForm } from '../../core/relationship/search-terms.ts'
import { type Instant, rfc3339 } from '../../core/time/instant.ts'
import type { Db, Tx } from '../../store/db.ts'
import {
  type ListFilter,
  type ListRow,
  type ListSort,
  readList,
  readListRows,
} from '../../store/views/customer-list-view.ts'
import {
  type Found,
  type FoundPlace,
  findByKey,
  findByTerm,
  planSearchesOnce,
  type Sieve,
} from '../../store/views/customer-search-view.ts'
import { readSegments } from '../../store/views/segments-view.ts'
import { cursorOf, placeOf } from '../cursor.ts'

/** A search looks at this many candidates for one page; a filter that few pass makes a page short, never slow. */
const CANDIDATES_MAX = 1_000
const FILTERED_STEP = 100

/** Which customers, in which order, and from where on. */
export type ListOptions = Readonly<{
  /** Found by the beginning of a key, a word of the name, an e-mail address, a phone number, or an identity. */
  search: string
  sort: ListSort
  filter: ListFilter
  segment: string | null
  cursor: string | null
  limit: number
}>

/**
 * One page of customers. Without a search they come in the order asked for, from its index. With a search they come
 * in the order found: by key, then by the word that fits; a page may then hold fewer than `limit` and still have a
 * cursor to read on.
 */
export async function listCustomers(db: Db, options: ListOptions): Promise<CustomerList> {
  const search = options.search.trim()
  const [, page, segments] = await db.together((tx) =>
    Promise.all(
      search === ''
        ? [undefined, listPage(tx, options), readSegments(tx)]
        : [planSearchesOnce(tx), searchPage(tx, options, search), readSegments(tx)],
    ),
  )
  return { ...page, segments: [...segments] }
}

type Page = Pick<CustomerList, 'customers' | 'cursor'>

const listPlace = Type.Object({
  sort: Type.String(),
  part: Type.Integer({ minimum: 0, maximum: 1 }),
  key: Type.Union([Type.Null(), Type.String()]),
  customer: Type.String(),
})
const listPlaceCheck = Compile(listPlace)
type ListCursor = Static<typeof listPlace>

async function listPage(tx: Tx, { sort, filter, segment, cursor, limit }: ListOptions): Promise<Page> {
  const after = placeOf(
    cursor,
    (value): value is ListCursor =>
      listPlaceCheck.Check(value) && value.sort === sort && isStorable(value.customer) && isKeyOf(sort, value),
  )
  const { rows, next } = await readList(tx, { sort, filter, segment, after, limit })
  return { customers: rows.map(customerRow), cursor: next === null ? null : cursorOf({ sort, ...next }) }
}

const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

// A key goes into the statement as a value of its column's type: what PostgreSQL could not read is refused here.
function isKeyOf(sort: ListSort, { part, key }: Readonly<{ part: number; key: string | null }>): boolean {
  if (part === 1) return key === null && (sort === 'at-stake' || sort === 'name')
  if (key === null) return false
  if (sort === 'at-stake') return /^\d{1,18}$/.test(key)
  if (sort === 'chance') return /^\d(\.\d{1,12})?(e-\d{1,2})?$/.test(key)
  if (sort === 'recent') return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(key)
  return isStorable(key)
}

const searchPlace = Type.Object({
  search: Type.String(),
  phase: Type.Integer({ minimum: 0, maximum: 2 }),
  customer: Type.String(),
  term: Type.String(),
})
const searchPlaceCheck = Compile(searchPlace)
type SearchPlace = Static<typeof searchPlace>

async function searchPage(tx: Tx, options: ListOptions, search: string): Promise<Page> {
  const { filter, segment, cursor, limit } = options
  const start = placeOf(
    cursor,
    (value): value is SearchPlace =>
      searchPlaceCheck.Check(value) && value.search === search && isStorable(value.customer + value.term),
  )
  const rows = new Map<string, ListRow>()
  let looked = 0
  // Whom a filter may leave out is looked for in larger steps.
  const step = filter === 'all' && segment === null ? limit : Math.max(limit, FILTERED_STEP)
  for await (const { phase, found } of candidates(tx, { search, sieve: { filter, segment }, limit: step }, start)) {
    const lines = await linesOf(tx, found, { filter, segment })
    for (const [index, { customer, term }] of found.entries()) {
      looked += 1
      const row = lines[index]
      if (row) rows.set(customer, row)
      if (rows.size < limit && looked < CANDIDATES_MAX) continue
      const place = cursorOf({ search, phase, customer, term } satisfies SearchPlace)
      return { customers: [...rows.values()].map(customerRow), cursor: place }
    }
  }
  return { customers: [...rows.values()].map(customerRow), cursor: null }
}

/** The lines of who was found. Somebody who was merged was found by the own key: the line is the other one's. */
async function linesOf(tx: Tx, found: readonly Found[], sieve: Sieve): Promise<readonly (ListRow | null)[]> {
  const elsewhere = found.flatMap(({ customer, row }) => (row === undefined ? [customer] : []))
  if (elsewhere.length === 0) return found.map(({ row }) => row ?? null)
  const others = await readListRows(tx, elsewhere, sieve)
  return found.map(({ customer, row }) => (row === undefined ? others.get(customer) : row) ?? null)
}

type Candidates = Readonly<{ phase: number; found: readonly Found[] }>

type Sought = Readonly<{ search: string; sieve: Sieve; limit: number }>

/** Whoever is found, some at a time, phase by phase, from a place on. */
async function* candidates(tx: Tx, sought: Sought, start: SearchPlace | null): AsyncGenerator<Candidates> {
  const { search, limit } = sought
  const prefixes = termPrefixes(search)
  const first = start?.phase ?? 0
  const look = (phase: number, after: FoundPlace | null) => findIn(tx, sought, { prefixes, phase, after })
  const phases = Array.from({ length: prefixes.length + 1 - first }, (_, index) => first + index)
  // Most phases find nobody, so asking all of them at once is sooner than one after another.
  const begun = await Promise.all(phases.map((phase) => look(phase, start !== null && phase === first ? start : null)))
  for (const [index, phase] of phases.entries()) {
    let found = begun[index] ?? []
    while (found.length > 0) {
      yield { phase, found }
      found = found.length < limit ? [] : await look(phase, found.at(-1) ?? null)
    }
  }
}

/** A phone number is kept as its digits: what looks like one is searched as such, and as it was typed. */
function termPrefixes(search: string): readonly string[] {
  const typed = searchForm(search)
  const digits = /^[+\d\s().\-/]+$/.test(search) ? search.replace(/\D/g, '') : ''
  return [...new Set([typed, digits])].filter((prefix) => prefix !== '')
}

// Phase 0 looks through the keys, each later one through the search terms with one prefix.
function findIn(
  tx: Tx,
  { search, sieve, limit }: Sought,
  { prefixes, phase, after }: Readonly<{ prefixes: readonly string[]; phase: number; after: FoundPlace | null }>,
): Promise<readonly Found[]> {
  if (phase === 0) return findByKey(tx, { prefix: search, after: after?.term ?? null, limit, sieve })
  const prefix = prefixes[phase - 1] ?? ''
  return findByTerm(tx, { prefix, notPrefixes: prefixes.slice(0, phase - 1), notKey: search, after, limit, sieve })
}

const timeOf = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

const customerRow = (row: ListRow): CustomerRow => ({
  customer: row.customer,
  name: row.name,
  segment: row.segment,
  since: timeOf(row.since),
  lastAt: rfc3339(row.lastAt),
  eventCount: row.eventCount,
  goodwill: row.goodwill,
  stay: row.stay,
  atStake: row.atStakeMinor,
  openFailures: row.openFailures,
  doubleDeviation: row.doubleDeviation,
  left: row.leftAt !== null,
  scoredAt: rfc3339(row.scoredAt),
})
