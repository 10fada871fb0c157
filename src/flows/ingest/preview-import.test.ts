import { expect, test } from 'vitest'
import { MemoryLog, scratch } from '../../../test/scratch-import.ts'
import { parseMapping } from './mapping.ts'
import { previewImport } from './preview-import.ts'

async function preview(files: Readonly<Record<string, string>>, sql?: string) {
  await using place = await scratch(files)
  return await previewImport({
    paths: [place.folder],
    workFolder: place.work,
    check: new MemoryLog().accept,
    ...(sql === undefined ? {} : { mapping: parseMapping('mine', sql) }),
  })
}

const cdnow = 'customer_id,date,cds,amount_usd\n00001,1997-01-01,1,11.77\n00001,1997-01-02,1,much\ntorn\n'

test('shows tables, the mapping that fits, its events, and what is wrong with which line', async () => {
  const shown = await preview({ 'cdnow_master.csv': cdnow })
  expect(shown.suggested).toBe('cdnow')
  expect(shown.files).toEqual([
    {
      view: 'cdnow_master',
      columns: ['customer_id', 'date', 'cds', 'amount_usd'].map((name) => ({ name, type: 'VARCHAR' })),
      rows: [
        ['00001', '1997-01-01', '1', '11.77'],
        ['00001', '1997-01-02', '1', 'much'],
      ],
    },
  ])
  expect([shown.customers, shown.total, shown.events.length]).toEqual([1, 2, 2])
  expect(shown.events[0]).toMatchObject({ customer: '00001', source: 'import:cdnow', data: { value: 1177 } })
  expect(shown.problems.map(({ code, detail, pointer }) => [code, detail, pointer])).toEqual([
    ['event-malformed', 'cdnow_master.csv, line 3: The field "value" must be integer.', '/data/value'],
    ['import-note', 'cdnow_master.csv: 1 lines could not be read.', undefined],
    [
      'import-line-malformed',
      'cdnow_master.csv, line 4: The line cannot be read: the line has 1 fields where the header has 4.',
      undefined,
    ],
  ])
})

test('a mapping that cannot be run leaves the tables and gives its sentence', async () => {
  const shown = await preview({ 'a.csv': 'x\n1\n' }, 'select y from a')
  expect(shown.files).toHaveLength(1)
  expect(shown.problems.map(({ code }) => code)).toEqual(['import-column-missing'])
  expect(shown.suggested).toBeNull()
})

test('events as they are fit the mapping events', async () => {
  expect((await preview({ 'a.csv': 'customer,type,at,id\nc,reward.granted,2024-01-01,1\n' })).suggested).toBe('events')
})

test('files that cannot be opened give one problem', async () => {
  const shown = await preview({ 'a.csv': '' })
  expect(shown).toMatchObject({
    files: [],
    events: [],
    total: null,
    problems: [{ code: 'import-file-empty', status: 422 }],
  })
})
