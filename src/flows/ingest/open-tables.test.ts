import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { scratch } from '../../../test/scratch-import.ts'
import type { BadLine } from './clean-lines.ts'
import { openTables, viewName } from './open-tables.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

async function read(files: Files, sql = 'from file order by _line') {
  await using place = await scratch(files)
  const bad: BadLine[] = []
  const tables = await openTables({
    paths: [place.folder],
    workFolder: place.work,
    onBad: (line) => bad.push(line),
    drain: async () => undefined,
  })
  try {
    const rows = await tables.duck.rows(sql)
    return { rows, bad: bad.map(({ line, reason }) => [line, reason]), tables: tables.tables }
  } finally {
    await tables.close()
  }
}

const refusal = (files: Files) =>
  read(files).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )

describe('CSV', () => {
  test('the header is line 1, columns are text, empty is NULL', async () => {
    const { rows, tables } = await read({ 'a.csv': 'x,y\n01,2.50\n,""\n' })
    expect(rows).toEqual([
      ['01', '2.50', '2', 'a.csv'],
      [null, null, '3', 'a.csv'],
    ])
    expect(tables[0]?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['x VARCHAR', 'y VARCHAR'])
  })

  test.each([
    ['semicolons', 'x;y\n1,5;2\n', ['1,5', '2']],
    ['tabs', 'x\ty\n1\t2\n', ['1', '2']],
    ['bars', 'x|y\n1|2\n', ['1', '2']],
    ['a sep= line', 'sep=;\nx;y\n1;2\n', ['1', '2']],
    ['a byte order mark', '\uFEFFx,y\n1,2\n', ['1', '2']],
    ['Windows line ends', 'x,y\r\n1,2\r\n', ['1', '2']],
    ['old Mac line ends', 'x,y\r1,2\r', ['1', '2']],
    ['no last line end', 'x,y\n1,2', ['1', '2']],
    ['quotes, separators and doubled quotes', 'x,y\n"a,b","say ""hi"""\n', ['a,b', 'say "hi"']],
    ['a quote inside a field', 'x,y\n5" screen,2\n', ['5" screen', '2']],
    ['UTF-16', Buffer.from('\uFEFFx,y\né,2\n', 'utf16le'), ['é', '2']],
    ['gzip', gzipSync('x,y\n1,2\n'), ['1', '2']],
  ])('%s', async (_, content, expected) => {
    const { rows, bad } = await read({ 'a.csv': content })
    expect(rows.map((row) => row.slice(0, 2))).toEqual([expected])
    expect(bad).toEqual([])
  })

  test('Latin-1 lines are read, and a note says so', async () => {
    const { rows, tables } = await read({ 'a.csv': Buffer.from('x\ncafé\nplain\n', 'latin1') })
    expect(rows.map(([x]) => x)).toEqual(['café', 'plain'])
    expect(tables[0]?.notes).toEqual(['a.csv: 1 lines were not UTF-8 and were read as Windows-1252 (Latin-1).'])
  })

  test('bad lines are named by their true number, also after line ends inside quotes', async () => {
    const lines = ['x,y', '1,"two', 'lines"', '3', '4,"torn"x', '5,5,5', '', '6,6', 'zero\u0000,1', '7,"open', '8,8']
    const { rows, bad } = await read({ 'a.csv': lines.join('\n') })
    expect(rows.map(([x, y, line]) => [x, y, line])).toEqual([
      ['1', 'two\nlines', '2'],
      ['6', '6', '8'],
      ['8', '8', '11'],
    ])
    expect(bad).toEqual([
      [4, 'The line cannot be read: the line has 1 fields where the header has 2.'],
      [5, 'The line cannot be read: text follows a closing quote before the next separator.'],
      [6, 'The line cannot be read: the line has 3 fields where the header has 2.'],
      [9, 'The line cannot be read: the line holds a zero byte.'],
      [10, 'The line cannot be read: a quote opens here and never closes, or the line is longer than 1 MiB.'],
    ])
  })

  test('numbers of lines hold over many windows of the file', async () => {
    const long = 'x'.repeat(997)
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      index % 1_000 === 999 ? `${index}` : `${index},"${long}\n"`,
    )
    const { rows, bad } = await read(
      { 'a.csv': `n,t\n${lines.join('\n')}\n` },
      'select count(*)::integer, max(_line)::integer from file',
    )
    expect(rows).toEqual([[4_995, 9_994]])
    expect(bad.map(([line]) => line)).toEqual([2_000, 3_999, 5_998, 7_997, 9_996])
  })

  test('doubled, empty and reserved column names get names of their own', async () => {
    const { tables } = await read({ 'a.csv': 'A,a,,_line\n1,2,3,4\n' })
    expect(tables[0]?.columns.map(({ name }) => name)).toEqual(['A', 'a_2', 'column3', '_line_2'])
  })

  test('a header alone is a table without rows', async () => {
    const { rows, tables } = await read({ 'a.csv': 'x,y\n' })
    expect(rows).toEqual([])
    expect(tables[0]?.notes).toEqual(['a.csv: a header and no line that can be read.'])
  })
})

describe('other files', () => {
  test('lines of JSON: keys are columns, inner objects stay JSON, bad lines are named', async () => {
    const { rows, bad } = await read({
      'a.ndjson': '{"a":12345678901234567890,"d":{"k":1}}\n\n{oops}\n[1]\n{"b":true}\n',
    })
    expect(rows).toEqual([
      ['12345678901234567890', '{"k":1}', null, '1', 'a.ndjson'],
      [null, null, 'true', '5', 'a.ndjson'],
    ])
    expect(bad).toEqual([
      [3, 'The line is no JSON object.'],
      [4, 'The line is no JSON object.'],
    ])
  })

  test.each([
    ['an array', '[\n {"a": "x", "d": {"k": 1}},\n {"a": "y"}\n]'],
    ['lines', '{"a":"x","d":{"k":1}}\n{"a":"y"}\n'],
    ['packed', gzipSync('[{"a":"x","d":{"k":1}},{"a":"y"}]')],
  ])('a .json file of %s', async (_, content) => {
    const { rows } = await read({ 'a.json': content }, 'select a, d, _line::integer from file order by _line')
    expect(rows).toEqual([
      ['x', '{"k":1}', 1],
      ['y', null, 2],
    ])
  })

  test('Parquet keeps its types', async () => {
    await using place = await scratch()
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(
      `copy (select 7 as n, timestamp '2020-01-01' as t) to '${place.path('a.parquet')}' (format parquet)`,
    )
    connection.closeSync()
    const tables = await openTables({
      paths: [place.path('*.parquet')],
      workFolder: place.work,
      onBad: () => undefined,
      drain: async () => undefined,
    })
    expect(tables.tables[0]?.columns).toEqual([
      { name: 'n', type: 'INTEGER' },
      { name: 't', type: 'TIMESTAMP' },
    ])
    expect(await tables.duck.rows('select n, _line::integer, _file from file')).toEqual([[7, 1, 'a.parquet']])
    await tables.close()
  })

  test('several files are tables of their own and together `files`', async () => {
    const files = { 'Orders 2024.csv': 'id,x\n1,a\n', 'orders-2025.csv': 'x,id\nb,2\n' }
    const { rows } = await read(
      files,
      `select id, x, _file from files where id in (select id from orders_2024 union from (select id from orders_2025)) order by id`,
    )
    expect(rows).toEqual([
      ['1', 'a', 'Orders 2024.csv'],
      ['2', 'b', 'orders-2025.csv'],
    ])
  })

  test.each([
    ['Orders 2024.CSV.gz', 'orders_2024'],
    ['WA_Fn-UseC_-Telco.csv', 'wa_fn_usec_telco'],
    ['2024.json', 't_2024'],
  ])('%s is the table %s', (file, view) => {
    expect(viewName(`/some/where/${file}`)).toBe(view)
  })
})

describe('files that cannot be opened say what to do', () => {
  test.each<[string, Files, RegExp]>([
    ['empty', { 'a.csv': '' }, /^The file a\.csv is empty: it must begin with a line of column names\.$/],
    ['a file of blank lines', { 'a.csv': '\n\n' }, /^The file a\.csv is empty/],
    ['no readable file', { 'a.txt.bak': 'x' }, /holds no file that can be read/],
    ['same table name', { 'a.csv': 'x\n', 'a.json': '{}' }, /^The files a\.csv and a\.json would both be the table a/],
    [
      'a broken gzip',
      { 'a.csv.gz': gzipSync('x,y\n1,2\n'.repeat(1_000)).subarray(0, 40) },
      /^The packed file a\.csv\.gz is damaged or breaks off/,
    ],
    ['broken JSON', { 'a.json': '[{"a":1},' }, /^The file a\.json cannot be read as JSON/],
    ['no Parquet', { 'a.parquet': 'x' }, /^The file a\.parquet cannot be read as Parquet/],
    ['Excel without its extension', { 'a.xlsx': 'x' }, /Excel/],
  ])('%s', async (_, files, sentence) => {
    expect(await refusal(files)).toMatch(sentence)
  })

  test('no such file', async () => {
    await using place = await scratch()
    const opened = openTables({
      paths: [place.path('none.csv')],
      workFolder: place.work,
      onBad: () => undefined,
      drain: async () => undefined,
    })
    await expect(opened).rejects.toThrow(/^There is no file .*none\.csv: check the path\.$/)
  })
})
