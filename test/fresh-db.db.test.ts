import { describe, expect, test } from 'vitest'
import { freshDb } from './fresh-db.ts'

const { db } = await freshDb()
const other = await freshDb()

describe('a fresh database', () => {
  test('has the whole schema', async () => {
    const [row] = await db.query<{ count: number }>('select count(*) from migrations')
    expect(row?.count).toBeGreaterThan(0)
  })

  test('shares nothing with another one', async () => {
    await db.change(`insert into settings (name, value) values ('seen', '1')`)
    expect(await db.query('select 1 from settings')).toHaveLength(1)
    expect(await other.db.query('select 1 from settings')).toHaveLength(0)
  })

  test('is found by its address as well', () => {
    expect(other.connectionString).not.toContain('undefined')
    expect(other.connectionString).toMatch(/amends_test_/)
  })
})
