import { expect, test } from 'vitest'
import { scratch } from '../../../test/scratch-import.ts'
import { openDuck } from './duck.ts'
import { readStaged, type StagedRow } from './read-staged.ts'

const plain: StagedRow = {
  customer: 'c1',
  type: 'order.placed',
  at: '2026-01-01T10:00:00.000Z',
  id: 'o1',
  source: 'shop',
  data: '{"total":100}',
  line: 2,
  file: 'orders.csv',
}

const SEPARATOR = '\u001F'
const MARK = '\u001E'

const rows: readonly StagedRow[] = [
  plain,
  { customer: null, type: null, at: null, id: null, source: null, data: null, line: null, file: null },
  { ...plain, customer: '', at: '', id: '', data: '' },
  { ...plain, customer: `a${SEPARATOR}b`, id: SEPARATOR },
  { ...plain, customer: MARK, id: null, data: `{"note":"${SEPARATOR}"}`, line: null },
  { ...plain, customer: `${MARK}${MARK}[]`, data: MARK },
  { ...plain, customer: 'Zoë "the \\ slash"\n\t\u{1F600}', source: "it's", line: 2_000_000_000 },
]

async function staged(given: readonly StagedRow[], from = 0): Promise<readonly StagedRow[]> {
  await using place = await scratch()
  const duck = await openDuck(place.work, 1)
  try {
    await duck.run(
      `create table staged (customer varchar, type varchar, moment varchar, id varchar, source varchar, data varchar,
         line integer, file varchar)`,
    )
    for (const { customer, type, at, id, source, data, line, file } of given) {
      await duck.connection.run('insert into staged values ($1, $2, $3, $4, $5, $6, $7, $8)', [
        customer,
        type,
        at,
        id,
        source,
        data,
        line,
        file,
      ])
    }
    const read: StagedRow[] = []
    for await (const some of readStaged(duck, from)) read.push(...some)
    return read
  } finally {
    duck.close()
  }
}

test('rows come out as they were staged, whatever their texts hold', async () => {
  expect(await staged(rows)).toEqual(rows)
})

test('an import that goes on begins at its place', async () => {
  expect(await staged(rows, 3)).toEqual(rows.slice(3))
})

test('an empty type, source, or file is none', async () => {
  expect(await staged([{ ...plain, type: '', source: '', file: '' }])).toEqual([
    { ...plain, type: null, source: null, file: null },
  ])
})
