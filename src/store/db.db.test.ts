import { expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { timeInUtc } from './db.ts'

const { db } = await freshDb()

const echo = (value: unknown, type: string) =>
  db.query<{ back: unknown }>(`select $1::${type} as back`, [value], `echo ${type}`).then(([row]) => row?.back)

test.each<[type: string, value: unknown, back: unknown]>([
  ['text', 'a "quoted" \\ text', 'a "quoted" \\ text'],
  ['text', null, null],
  ['int8', 9_007_199_254_740_991, 9_007_199_254_740_991],
  ['float8', 0.1, 0.1],
  ['boolean', true, true],
  ['bytea', Buffer.from([0, 255]), Buffer.from([0, 255])],
  ['jsonb', { a: ['b', null] }, { a: ['b', null] }],
  ['timestamptz', new Date(1_780_000_000_123), new Date(1_780_000_000_123)],
  ['text[]', ['', 'NULL', null, 'a,b', '{"}', '\\'], ['', 'NULL', null, 'a,b', '{"}', '\\']],
  ['bytea[]', [Buffer.from([1, 92])], [Buffer.from([1, 92])]],
  ['int8[]', [1, 2], ['1', '2']],
])('a named statement takes and gives %s %o', async (type, value, back) => {
  // Twice: the second time it is prepared, and its answer is not described again.
  expect(await echo(value, type)).toEqual(back)
  expect(await echo(value, type)).toEqual(back)
})

test('statements that are asked at once answer each its own, also when one of them is asked twice', async () => {
  const times = (factor: number) => (tx: typeof db | Parameters<Parameters<typeof db.together>[0]>[0], by: number) =>
    tx.query<{ result: number }>(
      `select $1::int * ${factor} as result from generate_series(1, ${factor})`,
      [by],
      `times ${factor}`,
    )
  for (let round = 0; round < 2; round += 1) {
    const answers = await db.together((tx) =>
      Promise.all([times(2)(tx, 1), times(3)(tx, 1), times(2)(tx, 5), tx.change('select', [], 'nothing')]),
    )
    expect(answers).toEqual([
      [{ result: 2 }, { result: 2 }],
      [{ result: 3 }, { result: 3 }, { result: 3 }],
      [{ result: 10 }, { result: 10 }],
      1,
    ])
  }
})

test('one that fails fails those that went with it, and the connection goes on', async () => {
  const one = (tx: typeof db | Parameters<Parameters<typeof db.together>[0]>[0], by: number) =>
    tx.query<{ share: number }>('select 6 / $1::int as share', [by], 'share')
  const both = db.together((tx) => Promise.allSettled([one(tx, 0), one(tx, 3)]))
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(db.together((tx) => one(tx, 0))).rejects.toThrow('division by zero')
  expect(await db.together((tx) => one(tx, 2))).toEqual([{ share: 3 }])
  await expect(db.transaction((tx) => one(tx, 0))).rejects.toThrow('division by zero')
  expect(await db.transaction((tx) => one(tx, 3))).toEqual([{ share: 2 }])
})

test('a name stands for one statement', async () => {
  await db.together(async (tx) => {
    expect(await tx.query('select 1 as one', [], 'twice')).toEqual([{ one: 1 }])
    await expect(tx.query('select 2 as two', [], 'twice')).rejects.toThrow('"twice" is the name of two statements')
    expect(await tx.query('select 1 as one', [], 'twice')).toEqual([{ one: 1 }])
  })
})

test('named and other statements of a transaction are sent in the order in which they were asked', async () => {
  const found = await db.transaction(async (tx) => {
    await tx.query('create temporary table seen (nth serial, who text) on commit drop')
    await Promise.all([
      tx.change('insert into seen (who) values ($1)', ['named'], 'see'),
      tx.copy('copy seen (who) from stdin', 'copied\n'),
      tx.change('insert into seen (who) values ($1)', ['named again'], 'see'),
      tx.change(`insert into seen (who) values ('plain')`),
    ])
    return tx.query('select who from seen order by nth')
  })
  expect(found).toEqual([{ who: 'named' }, { who: 'copied' }, { who: 'named again' }, { who: 'plain' }])
})

test('an instant is read like the driver reads it', () => {
  expect(timeInUtc('2026-06-01 12:00:00+00')).toEqual(new Date('2026-06-01T12:00:00Z'))
  expect(timeInUtc('2026-06-01 12:00:00.123999+00')).toEqual(new Date('2026-06-01T12:00:00.123Z'))
  expect(timeInUtc('0001-01-01 00:00:00.5+00')).toEqual(new Date('0001-01-01T00:00:00.500Z'))
  for (const other of ['infinity', '2026-06-01 12:00:00+02', '0044-03-15 12:00:00+00 BC', '20026-06-01 12:00:00+00'])
    expect(timeInUtc(other)).toBeUndefined()
})
