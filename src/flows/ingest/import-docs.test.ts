import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { importInto, MemoryLog, scratch } from '../../../test/scratch-import.ts'
import { vocabulary } from '../../core/relationship/vocabulary.ts'
import { readMapping, readyMappings } from './mapping.ts'

const page = await readFile('docs/import.md', 'utf8')

test('the example of docs/import.md is the one of examples/import, and gives what the page says', async () => {
  expect(page).toContain(await readFile('examples/import/deliveries.csv', 'utf8'))
  expect(page).toContain(await readFile('examples/import/deliveries.sql', 'utf8'))
  await using place = await scratch()
  const log = new MemoryLog()
  const mapping = await readMapping('examples/import/deliveries.sql')
  const result = await importInto(log, place, { mapping, paths: ['examples/import/deliveries.csv'] })
  expect(result).toMatchObject({ kind: 'done', report: { accepted: 17, rejected: 3 } })
  expect(page).toContain('gives 17 accepted, 3 rejected')
  expect(log.wire().find(({ id }) => id === 'late:1002')?.data).toMatchObject({
    severity: 'major',
    text: expect.stringContaining('waited at home'),
  })
})

test('docs/import.md names every ready mapping, and every type with its fields', async () => {
  for (const { name } of await readyMappings()) expect(page).toContain(`| \`${name}\` |`)
  for (const [type, fields] of Object.entries(vocabulary)) {
    const line = page.split('\n').find((text) => text.startsWith(`| \`${type}\` | `)) ?? `no line for ${type}`
    for (const [name, { required }] of Object.entries(fields))
      expect(line).toContain(`\`${name}\`${required ? '*' : ''}`)
  }
})
