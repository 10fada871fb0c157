import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { tidy } from './tidy.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const text = /\.(?:ts|tsx|js|css|sql|md|json|ya?ml)$/
const skipped = new Set(['node_modules', 'dist', '.git', '.amends', 'coverage', 'package-lock.json'])

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !skipped.has(name))
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return filesBelow(path)
      return text.test(name) ? [path] : []
    })
}

const repository = filesBelow(root).map((path) => ({
  path: relative(root, path).split(sep).join('/'),
  text: readFileSync(path, 'utf8'),
}))

test('the house is tidy', () => {
  expect(repository.length).toBeGreaterThan(200)
  expect(tidy(repository).map(({ path, line, rule, advice }) => `${path}:${line} ${rule}: ${advice}`)).toEqual([])
})
