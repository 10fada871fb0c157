import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { fillCustomers } from '../../../test/many-customers.ts'
import { tell } from '../../../test/tell.ts'
import { testWorld } from '../../../test/test-world.ts'
import type { CustomerRow } from '../../contract/show.ts'
import type { ListFilter, ListSort } from '../../store/views/customer-list-view.ts'
import { type ListOptions, listCustomers } from './list-customers.ts'

const CUSTOMERS = 600
const many = await freshDb()
await fillCustomers(many.db, CUSTOMERS)
const few = await freshDb()
const world = testWorld(few.db)

const plain: ListOptions = { search: '', sort: 'recent', filter: 'all', segment: null, cursor: null, limit: 50 }

async function readAll(db: typeof many.db, options: Partial<ListOptions>): Promise<CustomerRow[]> {
  const rows: CustomerRow[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await listCustomers(db, { ...plain, ...options, cursor })
    rows.push(...page.customers)
    if (page.cursor === null) return rows
    cursor = page.cursor
  }
}

const keys = (rows: readonly CustomerRow[]) => rows.map(({ customer }) => customer)

const ordered: Readonly<Record<ListSort, (a: CustomerRow, b: CustomerRow) => boolean>> = {
  'at-stake': (a, b) => (a.atStake ?? 0) >= (b.atStake ?? 0),
  chance: (a, b) => (a.stay?.value ?? 1) <= (b.stay?.value ?? 0),
  recent: (a, b) => a.lastAt >= b.lastAt,
  name: (a, b) => b.name === null || (a.name !== null && a.name <= b.name),
}

const fits: Readonly<Record<ListFilter, (row: CustomerRow) => boolean>> = {
  all: () => true,
  'let-down': ({ openFailures }) => openFailures > 0,
  'at-stake': ({ atStake }) => (atStake ?? 0) > 0,
  'double-deviation': ({ doubleDeviation }) => doubleDeviation,
  left: ({ left }) => left,
}

describe('the list', () => {
  test.each(['at-stake', 'chance', 'recent', 'name'] as const)(
    'by %s shows everybody once, in order, whatever the page',
    async (sort) => {
      const rows = await readAll(many.db, { sort, limit: 37 })
      expect(new Set(keys(rows)).size).toBe(CUSTOMERS)
      expect(rows).toHaveLength(CUSTOMERS)
      for (const [index, row] of rows.slice(1).entries()) {
        const before = rows[index]
        expect(before !== undefined && ordered[sort](before, row)).toBe(true)
      }
      expect(keys(await readAll(many.db, { sort, limit: 200 }))).toEqual(keys(rows))
    },
  )

  test.each(['let-down', 'at-stake', 'double-deviation', 'left'] as const)(
    'with the filter %s shows those and nobody else',
    async (filter) => {
      const all = await readAll(many.db, { limit: 200 })
      const expected = keys(all.filter(fits[filter])).sort()
      expect(expected.length).toBeGreaterThan(0)
      for (const sort of ['at-stake', 'chance', 'recent', 'name'] as const) {
        expect(keys(await readAll(many.db, { sort, filter, limit: 7 })).sort()).toEqual(expected)
      }
    },
  )

  test('of one segment shows that segment, and names all segments', async () => {
    const page = await listCustomers(many.db, { ...plain, segment: 'segment 2' })
    expect(new Set(page.customers.map(({ segment }) => segment))).toEqual(new Set(['segment 2']))
    expect(page.segments).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => `segment ${number}`))
  })

  test('a full last page has no cursor', async () => {
    expect((await listCustomers(many.db, { ...plain, limit: CUSTOMERS })).cursor).toBeNull()
    expect((await listCustomers(many.db, { ...plain, limit: CUSTOMERS - 1 })).cursor).not.toBeNull()
  })

  const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
  test.each([
    'nonsense',
    forged({}),
    forged({ sort: 'name', part: 0, key: 'a', customer: 'a' }),
    forged({ sort: 'recent', part: 0, key: "now'; drop table events", customer: 'a' }),
    forged({ sort: 'recent', part: 1, key: null, customer: 'a' }),
    forged({ sort: 'recent', part: 7, key: null, customer: 'a' }),
    forged({ sort: 'recent', part: 0, key: '2026-01-01 00:00:00+00', customer: 'a\u0000' }),
  ])('refuses the cursor %s', async (cursor) => {
    await expect(listCustomers(many.db, { ...plain, cursor })).rejects.toMatchObject({ code: 'parameter-malformed' })
  })
})

describe('the search', async () => {
  const profile = (customer: string, data: Readonly<Record<string, string>>, at = '2026-05-01T10:00:00Z') => ({
    customer,
    type: 'customer.profiled',
    at,
    data,
  })
  await tell(world, [
    profile('k-1', { name: 'Zoë Anna van Dijk', email: 'Zoe@example.org', phone: '+31 6 1234 5678', segment: 'home' }),
    profile('k-2', { name: 'anna anders', segment: 'office' }),
    profile('k-20', { name: 'Ольга Орлова' }),
    profile('annabel/9 %😀', { name: 'Bo' }),
    profile('old-key', { name: 'Bo' }, '2026-04-01T10:00:00Z'),
    { customer: 'old-key', type: 'customer.merged', at: '2026-05-02T10:00:00Z', data: { into: 'k-20' } },
  ])
  const found = async (search: string, options: Partial<ListOptions> = {}) =>
    keys(await readAll(few.db, { ...options, search }))

  test.each([
    ['k-2', ['k-2', 'k-20']],
    ['anna', ['annabel/9 %😀', 'k-2', 'k-1']],
    ['ANNA ', ['k-2', 'k-1']],
    ['an', ['annabel/9 %😀', 'k-2', 'k-1']],
    ['zoe anna', ['k-1']],
    ['Dijk', ['k-1']],
    ['zoe@ex', ['k-1']],
    ['+31 6 12', ['k-1']],
    ['316-1234', ['k-1']],
    ['ОРЛ', ['k-20']],
    ['annabel/9 %😀', ['annabel/9 %😀']],
    ['old-', ['k-20']],
    ['%', []],
    ["' or 1=1 --", []],
    ['ijk', []],
  ])('finds by "%s"', async (search, expected) => {
    expect(await found(search)).toEqual(expected)
  })

  test('shows nobody twice and forgets nobody, one by one', async () => {
    expect(await found('an', { limit: 1 })).toEqual(await found('an'))
  })

  test('passes a filter and a segment', async () => {
    expect(await found('an', { segment: 'office' })).toEqual(['k-2'])
    expect(await found('an', { filter: 'left' })).toEqual([])
  })

  test('refuses the cursor of another search', async () => {
    const { cursor } = await listCustomers(few.db, { ...plain, search: 'an', limit: 1 })
    await expect(listCustomers(few.db, { ...plain, search: 'bo', cursor })).rejects.toMatchObject({
      code: 'parameter-malformed',
    })
  })
})
