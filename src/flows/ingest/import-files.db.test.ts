import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importInto, MemoryLog, type Scratch, scratch } from '../../../test/scratch-import.ts'
import type { Checkpoint, ImportProgress, ImportReport, ImportResult } from './import-files.ts'

const header = 'customer,day,amount'
const orders = (count: number, from = 0): string => {
  const rows = Array.from(
    { length: count },
    (_, index) => `c${(from + index) % 700},2024-02-03 10:00,${from + index}.50`,
  )
  return `${header}\n${rows.join('\n')}\n`
}
const sql = `select customer, 'order.placed' as type, utc(day, 'Europe/Amsterdam') as "at", 'order:' || amount as id,
  {'order': amount, 'value': minor(amount), 'currency': 'EUR', 'voucher': null} as data, _line, _file from orders`

function reportOf(result: ImportResult): ImportReport {
  if (result.kind === 'done') return result.report
  throw new Error(`the import ended as ${JSON.stringify(result)}`)
}

const sentence = async (files: Readonly<Record<string, string>>, text: string): Promise<string> => {
  await using place = await scratch(files)
  const result = await importInto(new MemoryLog(), place, { sql: text })
  return result.kind === 'refused' ? `${result.code}: ${result.detail}` : result.kind
}

describe('an import', () => {
  test('gives each event its time in UTC, money in minor units, its source, and leaves NULL out', async () => {
    await using place = await scratch({ 'orders.csv': `${header}\nann,2024-07-01 10:00,12.5\n` })
    const log = new MemoryLog()
    const report = reportOf(await importInto(log, place, { sql }))
    expect(report).toMatchObject({ total: 1, customers: 1, accepted: 1, repeated: 0, rejected: 0, rejects: null })
    expect(log.wire()).toEqual([
      {
        id: 'order:12.5',
        source: 'import:test',
        customer: 'ann',
        type: 'order.placed',
        at: '2024-07-01T08:00:00.000Z',
        data: { order: '12.5', value: 1250, currency: 'EUR' },
      },
    ])
  })

  test('a second import, of the lines in another order, repeats everything and adds nothing', async () => {
    await using place = await scratch({ 'orders.csv': orders(3_000) })
    const log = new MemoryLog()
    await importInto(log, place, { sql })
    const lines = orders(3_000).trim().split('\n').slice(1).reverse()
    await using other = await scratch({ 'orders.csv': `${header}\n${lines.join('\n')}\n` })
    expect(reportOf(await importInto(log, other, { sql }))).toMatchObject({ accepted: 0, repeated: 3_000, rejected: 0 })
  })

  test('the events of a customer arrive together and in order of time', async () => {
    await using place = await scratch({ 'orders.csv': orders(9_000) })
    const log = new MemoryLog()
    const sizes: number[] = []
    await importInto(log, place, {
      sql,
      accept: (raw) => {
        sizes.push(raw.length)
        return log.accept(raw)
      },
    })
    const customers = log.wire().map(({ customer }) => customer)
    expect(customers.filter((customer, index) => customer !== customers[index - 1])).toHaveLength(700)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9_000)
    expect(Math.max(...sizes)).toBeLessThan(2_020)
  })

  test('rejected rows are written with file, line, code, pointer and reason; the rest is taken', async () => {
    const lines = [
      header,
      'ann,2024-07-01 10:00,12.5',
      'bob,soon,1',
      'torn',
      ',2024-07-01,3',
      'cor,2024-07-01,"a',
      'b"',
      'dan,2024-07-01,-4',
    ]
    await using place = await scratch({ 'orders.csv': lines.join('\n') })
    const report = reportOf(await importInto(new MemoryLog(), place, { sql }))
    expect(report).toMatchObject({ total: 6, accepted: 1, rejected: 5, rejects: join(place.work, 'rejects.csv') })
    const rejects = await readFile(join(place.work, 'rejects.csv'), 'utf8')
    expect(rejects.split('\n')[0]).toBe('file,line,code,pointer,reason,event')
    const places = report.problems.map(({ file, line, code, pointer }) => [file, line, code, pointer])
    expect(places).toEqual([
      ['orders.csv', 4, 'import-line-malformed', ''],
      ['orders.csv', 3, 'event-malformed', '/at'],
      ['orders.csv', 6, 'event-malformed', '/data/value'],
      ['orders.csv', 8, 'event-malformed', '/data/value'],
      ['orders.csv', 5, 'event-malformed', '/customer'],
    ])
    for (const { line, reason } of report.problems) {
      expect(rejects).toContain(`orders.csv,${line},`)
      expect(reason).toMatch(/\.$/)
    }
  })

  test('SELECTs of a union may differ in the type of their columns', async () => {
    await using place = await scratch({ 'orders.csv': `${header}\nann,2024-07-01,7\n` })
    const log = new MemoryLog()
    const part = (id: string, at: string, data: string) =>
      `select customer, 'reward.granted' as type, ${at} as "at", '${id}' as id, ${data} as data from orders`
    const parts = [
      part('1', "utc(day, 'Europe/Amsterdam')", "to_json({'value': minor(amount)})"),
      part('2', 'try_cast(day as timestamp)', "{'value': try_cast(amount as integer), 'currency': 'EUR'}"),
      part('3', 'try_cast(day as date)', "{'value': amount}"),
    ]
    expect(reportOf(await importInto(log, place, { sql: parts.join(' union all by name ') }))).toMatchObject({
      rejected: 0,
    })
    const all = log
      .wire()
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ at, data }) => [at, data])
    expect(all).toEqual([
      ['2024-06-30T22:00:00.000Z', { value: 700 }],
      ['2024-07-01T00:00:00Z', { value: 7, currency: 'EUR' }],
      ['2024-07-01T00:00:00Z', { value: 7 }],
    ])
  })

  test('what a killed import left in its folder is no hindrance', async () => {
    await using place = await scratch({ 'orders.csv': orders(2) })
    const log = new MemoryLog()
    await importInto(log, place, { sql })
    await writeFile(join(place.work, 'import.duckdb'), 'half a database')
    expect(reportOf(await importInto(log, place, { sql }))).toMatchObject({ repeated: 2 })
  })

  test('a cell that a spreadsheet would run is made harmless in the rejects file', async () => {
    await using place = await scratch({ '=cmd.csv': `${header}\nann,no time,1\n` })
    reportOf(await importInto(new MemoryLog(), place, { sql: sql.replace('from orders', 'from file') }))
    expect(await readFile(join(place.work, 'rejects.csv'), 'utf8')).toContain("\n'=cmd.csv,2,")
  })

  test('progress ends at the total', async () => {
    await using place = await scratch({ 'orders.csv': orders(5_000) })
    const seen: ImportProgress[] = []
    await importInto(new MemoryLog(), place, { sql, onProgress: (progress) => seen.push(progress) })
    expect([...new Set(seen.map(({ doing }) => doing))]).toEqual(['reading', 'sorting', 'appending'])
    expect(seen.at(-1)).toMatchObject({ done: 5_000, total: 5_000, accepted: 5_000 })
  })

  test('a dry run says which ids are doubled and which types are unknown, and saves no checkpoint', async () => {
    await using place = await scratch({
      'orders.csv': `${header}\nann,2024-07-01,1\nann,2024-07-02,1\nbob,2024-07-01,2\nbob,2024-07-01,2\n`,
    })
    const doubled = sql.replace('order.placed', 'order.plaecd')
    const report = reportOf(
      await importInto(new MemoryLog(), place, {
        sql: doubled,
        dryRun: true,
        saveCheckpoint: () => Promise.reject(new Error('a dry run saves nothing')),
      }),
    )
    expect(report.notes).toEqual([
      'Types that are not in the vocabulary are kept as custom events and change no score: order.plaecd (4).',
      'Some ids stand for more than one event of a customer, which will be refused: order:1 (2 times).',
    ])
  })

  test.each([
    ['a header alone', `${header}\n`],
    ['a header and blank lines', `${header}\n\n\n`],
  ])('%s imports nothing, and says so', async (_, content) => {
    await using place = await scratch({ 'orders.csv': content })
    const report = reportOf(await importInto(new MemoryLog(), place, { sql }))
    expect(report).toMatchObject({
      total: 0,
      accepted: 0,
      notes: ['orders.csv: a header and no line that can be read.'],
    })
  })
})

describe('an interrupted import', () => {
  async function interruptAfter(place: Scratch, log: MemoryLog, batches: number, keep: (saved: Checkpoint) => void) {
    const abort = new AbortController()
    let seen = 0
    return importInto(log, place, {
      sql,
      signal: abort.signal,
      saveCheckpoint: async (checkpoint) => {
        seen += 1
        keep(checkpoint)
        if (seen === batches) abort.abort()
      },
    })
  }

  const spoiled = orders(9_000)
    .replace('c3,2024-02-03 10:00,3.50', 'torn line')
    .replace('c20,2024-02-03 10:00,20.50', 'c20,never,20.50')

  test('goes on from its checkpoint to exact totals, and the rejects file holds each row once', async () => {
    await using place = await scratch({ 'orders.csv': spoiled })
    const log = new MemoryLog()
    let saved: Checkpoint | undefined
    const first = await interruptAfter(place, log, 2, (checkpoint) => {
      saved = JSON.parse(JSON.stringify(checkpoint))
    })
    expect(first.kind).toBe('interrupted')
    expect(saved?.done).toBeLessThan(9_000)
    const report = reportOf(await importInto(log, place, saved === undefined ? { sql } : { sql, resumeFrom: saved }))
    expect(report).toMatchObject({ total: 9_000, accepted: 8_998, repeated: 0, rejected: 2 })
    expect(log.events.size).toBe(8_998)
    const rejects = await readFile(join(place.work, 'rejects.csv'), 'utf8')
    expect(rejects.trim().split('\n')).toHaveLength(3)
  })

  test('goes on from an older checkpoint: what was stored since counts as repeated', async () => {
    await using place = await scratch({ 'orders.csv': spoiled })
    const log = new MemoryLog()
    const saved: Checkpoint[] = []
    await interruptAfter(place, log, 3, (checkpoint) => saved.push(checkpoint))
    const [first] = saved
    const report = reportOf(await importInto(log, place, first === undefined ? { sql } : { sql, resumeFrom: first }))
    expect(report.accepted + report.repeated + report.rejected).toBe(9_000)
    expect(report.repeated).toBeGreaterThan(3_000)
    expect(log.events.size).toBe(8_998)
    expect((await readFile(join(place.work, 'rejects.csv'), 'utf8')).trim().split('\n')).toHaveLength(3)
  })

  test('does not go on when the files changed', async () => {
    await using place = await scratch({ 'orders.csv': orders(5_000) })
    let saved: Checkpoint | undefined
    await interruptAfter(place, new MemoryLog(), 1, (checkpoint) => {
      saved = checkpoint
    })
    await using other = await scratch({ 'orders.csv': orders(5_001) })
    const result = await importInto(new MemoryLog(), other, saved === undefined ? { sql } : { sql, resumeFrom: saved })
    expect(result).toMatchObject({ kind: 'refused', code: 'import-changed' })
  })
})

describe('a mapping that cannot be run is refused in a sentence', () => {
  const files = { 'orders.csv': orders(3) }
  const give = (columns: string) => `select ${columns} from orders`
  const whole = `customer, 'order.placed' as type, day as "at", amount as id, '{}' as data`

  test.each([
    [
      'a missing table',
      'select * from clients',
      /^import-table-missing: The mapping reads a table "clients" that no file gives/,
    ],
    ['a missing column', give('name'), /^import-column-missing: The mapping names a column "name" .*customer/],
    [
      'a column of an alias',
      'select o.name from orders o',
      /^import-column-missing: The mapping names a column "name"/,
    ],
    ['too few columns', give('customer, day as "at"'), /^import-column-missing: The mapping gives no column type, id:/],
    [
      'a slip',
      'selec 1',
      /^import-sql-invalid: The SQL of the mapping cannot be read: syntax error at or near "selec"/,
    ],
    ['at without quotes', give('at, customer'), /must stand in double quotes\.$/],
    [
      'a bad cast',
      give(`day::integer as customer, ${whole.slice(10)}`),
      /^import-sql-value: The mapping met a value .*2024-02-03/,
    ],
    [
      'several statements',
      `${give(whole)}; ${give(whole)}`,
      /^import-sql-forbidden: A mapping is one SELECT; this SQL has 2/,
    ],
    ['nothing', '-- only a comment', /^import-sql-forbidden: A mapping is one SELECT; this SQL has none/],
    [
      'an unmet need',
      '-- needs: visits or calls\nselect 1',
      /^import-table-missing: The mapping test needs a table visits or calls .*give orders\.$/,
    ],
    [
      'a column of its header',
      '-- table: orders(customer, price)\nselect 1',
      /^import-column-missing: The file orders\.csv lacks price, which/,
    ],
    ['a bad header', '-- table: orders customer\nselect 1', /^import-mapping-header: The header line/],
  ])('%s', async (name, text, pattern) => {
    const said =
      name === 'a bad header'
        ? await sentence(files, text).catch((error) => `${error.code}: ${error.message}`)
        : await sentence(files, text)
    expect(said).toMatch(pattern)
  })

  test('absent tables and optional columns that the header names are empty', async () => {
    await using place = await scratch(files)
    const log = new MemoryLog()
    const text = `-- needs: orders\n-- table: orders(customer, channel?)\n-- table: visits(customer, day)\n
      select o.customer, 'order.placed' as type, o.day as "at", o.amount as id, {'order': o.amount, 'channel': o.channel, 'seen': v.day} as data
      from orders o left join visits v on v.customer = o.customer;`
    expect(reportOf(await importInto(log, place, { sql: text }))).toMatchObject({ accepted: 3 })
    expect(log.wire()[0]?.data).toEqual({ order: '0.50' })
  })
})

describe('hostile SQL', () => {
  const files = { 'orders.csv': orders(2) }

  test.each([
    ["select * from read_text('/etc/passwd')"],
    ["select * from '/etc/passwd'"],
    ["select * from read_csv('/etc/passwd')"],
    ["select * from glob('/*')"],
    ["select * from read_parquet('https://example.com/x.parquet')"],
    ["select * from read_text('../../package.json')"],
    ["copy orders to '/tmp/amends-hostile.csv'"],
    ["attach '/tmp/amends-hostile.db' as x"],
    ['install httpfs'],
    ['load httpfs'],
    ['set enable_external_access = true'],
    ["set memory_limit = '100GB'"],
    ['drop table raw.orders'],
    ['create table x as select 1'],
    ["select 1; copy (select 1) to '/tmp/amends-hostile.csv'"],
    ["select getenv('HOME')"],
    ['pragma database_list'],
  ])('%s', async (text) => {
    expect(await sentence(files, text)).toMatch(
      /^import-(sql-forbidden|sql-invalid|table-missing|column-missing): [^\n]+$/,
    )
  })

  test('a query without end is stopped by the signal', async () => {
    await using place = await scratch(files)
    const abort = new AbortController()
    const endless = `select count(*)::varchar as customer, '' as type, '' as "at", '' as id from range(10000000000) a, range(1000) b`
    const result = await importInto(new MemoryLog(), place, {
      sql: endless,
      signal: abort.signal,
      onProgress: ({ doing }) => {
        if (doing === 'sorting') setImmediate(() => setTimeout(() => abort.abort(), 50))
      },
    })
    expect(result).toEqual({ kind: 'interrupted', report: null, checkpoint: null })
  })
})
