import { readdirSync, readFileSync } from 'node:fs'
import { loadModule, parseSync } from 'libpg-query'
import { beforeAll, expect, test } from 'vitest'
import { checkStatements } from '../../test/citus/check-statement.ts'
import { homeOf } from '../../test/citus/layout.ts'
import { statementsOf } from './migrate.ts'

beforeAll(() => loadModule())

const folder = new URL('./migrations/', import.meta.url)
const migrations = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

test.each(migrations)('%s is cut where PostgreSQL cuts it', (_, text) => {
  const statements = statementsOf(text)
  expect(statements).toHaveLength(parseSync(text).stmts?.length ?? 0)
  for (const one of statements) expect(parseSync(one).stmts).toHaveLength(1)
})

// When these were written no database had been spread yet.
const BEFORE_CLUSTERS = ['0001-first.sql', '0005-models.sql', '0007-states.sql']
const layout = { home: homeOf, mutable: new Set<string>(), volatile: new Set<string>() }

test.each(migrations.filter(([name]) => !BEFORE_CLUSTERS.includes(name)))(
  '%s changes of spread tables only what Citus changes on all nodes',
  (_, text) => {
    const checked = statementsOf(text).flatMap((statement) => checkStatements(statement, layout))
    expect(checked.flatMap(({ problems }) => problems)).toEqual([])
  },
)
