import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)

test('a name of a prepared statement belongs to one statement', () => {
  const files = globSync('src/store/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'))
  const names = files.flatMap((path) =>
    [...readFileSync(new URL(path, root), 'utf8').matchAll(/\],\s*'([a-z0-9-]+)',?\s*\)/g)].map(([, name]) => name),
  )
  expect(names.length).toBeGreaterThan(20)
  // A connection on which the other one was prepared refuses it, so it fails now and then.
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
