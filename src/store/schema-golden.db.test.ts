import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { schemaText } from '../../scripts/schema-text.ts'
import { freshDb } from '../../test/fresh-db.ts'

const { db } = await freshDb()
const golden = await readFile(new URL('./schema.golden.sql', import.meta.url), 'utf8')

test('the migrations build the schema that was written down (else: node scripts/write-golden-schema.ts)', async () => {
  expect(await schemaText(db)).toBe(golden)
})

test('a change of the schema would be seen', async () => {
  await db.transaction(async (tx) => {
    await tx.query('alter table settings add note text')
    await tx.query('create index settings_note on settings (note)')
    expect(await schemaText({ ...db, ...tx })).not.toBe(golden)
    await tx.query('drop index settings_note')
    await tx.query('alter table settings drop note')
  })
})

test('nothing stands in the way of spreading it by customer: no trigger, sequence, function or foreign key', () => {
  expect(golden).not.toMatch(/^-- (?:trigger|sequence|function|view) |foreign key/im)
  const big = ['events', 'prose', 'relationships', 'search_terms']
  for (const table of big) {
    expect(golden).toMatch(new RegExp(`create table ${table} \\(\n  customer [^;]*primary key \\(customer[,)]`, 'i'))
  }
})
