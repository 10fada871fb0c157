import { describe, expect, inject, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { fillCustomers, fillEvents } from '../../../test/many-customers.ts'
import { DAY_MS, instant } from '../../core/time/instant.ts'
import type { Tx } from '../db.ts'
import { readNewest } from './as-of-view.ts'
import { countReopened, readLetDownKeys } from './checks-view.ts'
import { type ListFilter, type ListPlace, type ListSort, listStatement, readList } from './customer-list-view.ts'
import { findByKey, findByTerm } from './customer-search-view.ts'
import { readFixesDue, readPromisesDue } from './due-view.ts'
import { readGiven } from './given-view.ts'
import {
  readCauses,
  readDetection,
  readDoubleDeviations,
  readFirstFailureAt,
  readLetDownCustomers,
} from './let-downs-view.ts'
import { countActive, countLeft, readMostAtStake, sumAtStake } from './overview-view.ts'
import { readSegments } from './segments-view.ts'

// Enough rows that PostgreSQL would rather not read them all.
const CUSTOMERS = 50_000
// A cluster shows the plans of its nodes in a form of its own; what it answers is tested beside the flows.
const { isCluster } = inject('testEngine')
const { db } = await freshDb()
await fillCustomers(db, CUSTOMERS)
await fillEvents(db, 1_000)

const sieve = { filter: 'all', segment: null } as const
const asOf = instant(Date.UTC(2026, 5, 1))
const period = { from: instant(asOf - 7 * DAY_MS), asOf }

/** The plans of the statements that a read sends, without running them further than to plan. */
async function plansOf(read: (tx: Tx) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  const explaining: Tx = {
    ...db,
    query: async (text, values, name) => {
      const plan = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
      plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'))
      return db.query(text, values, name)
    },
  }
  await read(explaining)
  expect(plans).not.toHaveLength(0)
  return plans.join('\n')
}

const READS_ALL = /Seq Scan on (relationships|states|events|search_terms)/

describe.skipIf(isCluster)('PostgreSQL finds by index', () => {
  test.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['the newest event', readNewest],
    ['the segments', readSegments],
    ['customers by key', (tx) => findByKey(tx, { prefix: 'c12', after: null, limit: 50, sieve })],
    ['customers by key, further on', (tx) => findByKey(tx, { prefix: 'c12', after: 'c123', limit: 50, sieve })],
    [
      'customers by a word',
      (tx) => findByTerm(tx, { prefix: 'an', notPrefixes: [], notKey: 'an', after: null, limit: 50, sieve }),
    ],
    [
      'customers by a word, further on',
      (tx) =>
        findByTerm(tx, {
          prefix: '31',
          notPrefixes: ['31'],
          notKey: '31',
          after: { term: '31a', customer: 'c7' },
          limit: 50,
          sieve,
        }),
    ],
    ['the causes', (tx) => readCauses(tx, { asOf, weekCount: 26, causesMax: 6 })],
    ['the customers let down', (tx) => readLetDownCustomers(tx, { asOf, days: 28, weekCount: 26 })],
    ['who noticed', (tx) => readDetection(tx, period)],
    ['the first failure', readFirstFailureAt],
    ['recoveries that failed', (tx) => readDoubleDeviations(tx, { asOf, weekCount: 26 })],
    ['whom checks look at', (tx) => readLetDownKeys(tx, period, 20_000)],
    ['fixes that re-opened', (tx) => countReopened(tx, { ...period, days: 14 })],
    ['promises due', (tx) => readPromisesDue(tx, period)],
    ['fixes due', (tx) => readFixesDue(tx, { ...period, weekCount: 26 })],
    ['what was given', (tx) => readGiven(tx, period)],
    ['active customers', (tx) => countActive(tx, period.from)],
    ['customers who left', (tx) => countLeft(tx, { ...period, days: 90 })],
    ['the amount at stake', sumAtStake],
    ['the most at stake', (tx) => readMostAtStake(tx, 100)],
  ])('%s', async (_, read) => {
    expect(await plansOf(read)).not.toMatch(READS_ALL)
  })
})

describe.skipIf(isCluster)('the overview fetches no event: it is read from indexes alone', () => {
  const counted: readonly [string, (tx: Tx) => Promise<unknown>][] = [
    ['the causes', (tx) => readCauses(tx, { asOf, weekCount: 26, causesMax: 6 })],
    ['the customers let down', (tx) => readLetDownCustomers(tx, { asOf, days: 28, weekCount: 26 })],
    ['who noticed', (tx) => readDetection(tx, period)],
    ['recoveries that failed', (tx) => readDoubleDeviations(tx, { asOf, weekCount: 26 })],
    ['promises due', (tx) => readPromisesDue(tx, period)],
    ['fixes due', (tx) => readFixesDue(tx, { ...period, weekCount: 26 })],
  ]
  test.each(counted)('%s', async (_, read) => {
    expect(await plansOf(read)).not.toMatch(/Heap Scan on events|Index Scan using events/)
  })
})

/** Blocks of 8 KiB that the statements of a read touch. */
async function blocksOf(read: (tx: Tx) => Promise<unknown>): Promise<number> {
  let blocks = 0
  const counting: Tx = {
    ...db,
    query: async (text, values) => {
      const plan = await db.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${text}`, values)
      const top = plan.map((line) => line['QUERY PLAN']).find((line) => line.includes('Buffers:')) ?? ''
      for (const [, count] of top.matchAll(/(?:hit|read)=(\d+)/g)) blocks += Number(count)
      return db.query(text, values)
    },
  }
  await read(counting)
  expect(blocks).toBeGreaterThan(0)
  return blocks
}

describe.skipIf(isCluster)('a search starts where its prefix stands', () => {
  const question = { prefix: 'wout', notPrefixes: [], notKey: 'wout', limit: 10, sieve }
  // Two or three for each of ten places and as many for their lines.
  const BLOCKS = 80

  test('on the first page', async () => {
    expect(await blocksOf((tx) => findByTerm(tx, { ...question, after: null }))).toBeLessThan(BLOCKS)
  })

  test('and on a later one', async () => {
    const after = { term: 'wout 8', customer: 'c1' }
    expect(await blocksOf((tx) => findByTerm(tx, { ...question, after }))).toBeLessThan(BLOCKS)
  })
})

test.skipIf(isCluster).each(['at-stake', 'chance', 'recent', 'name'] as const)(
  'a later page by %s starts where the one before ended',
  async (sort) => {
    let after: ListPlace | null = null
    for (let page = 0; page < 4; page += 1) {
      const { next } = await readList(db, { sort, filter: 'all', segment: null, after, limit: 500 })
      after = next
    }
    const blocks = await blocksOf((tx) => readList(tx, { sort, filter: 'all', segment: null, after, limit: 10 }))
    expect(blocks).toBeLessThan(60)
  },
)

describe.skipIf(isCluster)('a page of the list, in every order and with every filter', () => {
  const sorts: readonly ListSort[] = ['at-stake', 'chance', 'recent', 'name']
  const filters: readonly ListFilter[] = ['all', 'let-down', 'at-stake', 'double-deviation', 'left']
  const questions = sorts.flatMap((sort) =>
    filters.flatMap((filter) => ['segment 2', 'no such segment', null].map((segment) => ({ sort, filter, segment }))),
  )

  test.each(questions)('$sort, $filter, $segment', async (question) => {
    for (const part of [0, 1]) {
      const statement = listStatement({ ...question, after: null, limit: 51 }, part)
      if (statement === null) continue
      const plan = await plansOf((tx) => tx.query(statement.text, statement.values))
      expect(plan).not.toMatch(READS_ALL)
    }
  })

  test.each(sorts)('by %s without a filter needs no sorting', async (sort) => {
    const statement = listStatement({ sort, filter: 'all', segment: null, after: null, limit: 51 }, 0)
    if (statement === null) throw new Error('every order has a first part')
    expect(await plansOf((tx) => tx.query(statement.text, statement.values))).not.toMatch(/Sort Key/)
  })
})
