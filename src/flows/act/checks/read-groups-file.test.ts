import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type GroupsFile, readGroupsFile } from './read-groups-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'amends-groups-'))
afterAll(() => rm(folder, { recursive: true }))
// Who is in which group lies nowhere once the file was read, or could not be.
afterEach(async () => expect(await readdir(folder)).toEqual([]))

const line = (customer: string, group: string) => ({ customer, group })
const read = (...lines: ReturnType<typeof line>[]): GroupsFile => ({ kind: 'read', lines })
const unreadable = (at: number): GroupsFile => ({ kind: 'unreadable', line: at })

test.each<[what: string, text: string, found: GroupsFile]>([
  [
    'lines that end in two ways',
    'customer,group\nanna,old\r\nbob,young\n',
    read(line('anna', 'old'), line('bob', 'young')),
  ],
  ['lines that end as once on Macs', 'customer,group\ranna,old\r', read(line('anna', 'old'))],
  [
    'what Dutch and Russian spreadsheets write',
    '\uFEFFGroup;Customer\r\n"65; and over";anna\r\n',
    read(line('anna', '65; and over')),
  ],
  [
    'tabs, quotes in quotes, other columns',
    'customer\tgroup\tname\nanna\t"say ""old"""\tx\n\n',
    read(line('anna', 'say "old"')),
  ],
  [
    'a line within a cell',
    'customer,group\n"an\nna",old\nbob,young',
    read(line('an\nna', 'old'), line('bob', 'young')),
  ],
  [
    'a customer twice, and one to forget',
    'customer,group\nanna,\nanna,old\nbob,\nC,""',
    read(line('anna', 'old'), line('bob', ''), line('C', '')),
  ],
  ['keys of figures', 'customer,group\n007,1\n1e5,2', read(line('007', '1'), line('1e5', '2'))],
  [
    'words that stand for nothing elsewhere',
    'customer,group\nnull,NULL\nNA,nan',
    read(line('null', 'NULL'), line('NA', 'nan')),
  ],
  ['space around names and cells', ' Customer , GROUP \n anna , old \n', read(line('anna', 'old'))],
  ['a quote within a cell', 'customer,group\nan"na,old', read(line('an"na', 'old'))],
  ['what looks like a comment', 'customer,group\n#anna,old', read(line('#anna', 'old'))],
  ['a name in quotes', "customer,group,it's\nanna,old,x", read(line('anna', 'old'))],
  ['no line but the first', 'customer,group\n', read()],
  ['nothing', '', unreadable(1)],
  ['other columns', 'key,group\nanna,old', unreadable(1)],
  ['a cell too few', 'customer,group\nanna,old\nbob', unreadable(3)],
  ['a cell too many', 'customer,group\nanna,old,x', unreadable(2)],
  ['nobody', 'customer,group\n,old', unreadable(2)],
  ['words after a quote', 'customer,group\n"anna"x,old', unreadable(2)],
  ['a quote without end', 'customer,group\nanna,old\n"bob,young\n', unreadable(3)],
  ['a quote without end before much', `customer,group\nanna,old\n"${'x'.repeat(5_000_000)}`, unreadable(3)],
])('%s', async (_, text, found) => {
  expect(await readGroupsFile(text, folder)).toEqual(found)
})

test('a hundred thousand lines', async () => {
  const lines = Array.from({ length: 100_000 }, (_, place) => `C-${place};"group ${place % 5}"`)
  const found = await readGroupsFile(`customer;group\r\n${lines.join('\r\n')}`, folder)
  expect(found.kind === 'read' && [found.lines.length, found.lines.at(-1)]).toEqual([
    100_000,
    line('C-99999', 'group 4'),
  ])
})
