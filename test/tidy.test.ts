import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCode } from './read-code.ts'
import { MAY_CAST, tidy } from './tidy.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const text = /\.(?:ts|tsx|js|css|sql|md|json|ya?ml)$/
const skipped = new Set(['node_modules', 'dist', 'coverage', 'package-lock.json'])

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !skipped.has(name) && !name.startsWith('.'))
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

test('every exemption from the rule about casts still has its file', () => {
  const paths = new Set(repository.map(({ path }) => path))
  expect(Object.keys(MAY_CAST).filter((path) => !paths.has(path))).toEqual([])
})

test('nothing to look at is no tidy house', () => {
  expect(tidy([])).toHaveLength(1)
})

const dirt: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['arrows', 'src/core/a.ts', "import { append } from '../store/log.ts'"],
  ['arrows', 'src/stats/a.ts', "import type { Instant } from '../core/time/instant.ts'"],
  ['arrows', 'src/contract/a.ts', "import {\n  type Db,\n  connect,\n} from '../store/db.ts'"],
  ['arrows', 'src/store/a.ts', "import type { Outcome } from '../contract/ingest.ts'"],
  ['arrows', 'src/web/a.ts', "import { refit } from '../flows/predict/refit.ts'"],
  ['arrows', 'src/web/a.ts', "import { join } from 'node:path'"],
  ['arrows', 'src/web/pages/overview/a.tsx', "import { Timeline } from '../customer/timeline.tsx'"],
  ['arrows', 'src/flows/show/a.ts', "import { refit } from '../predict/refit.ts'"],
  ['arrows', 'src/flows/world.ts', "import { readConfig } from '../main/config.ts'"],
  ['arrows', 'src/main/a.ts', "const { gamma } = await import('../stats/gamma-function.ts')"],
  ['arrows', 'src/main/a.ts', "import { freshDb } from '../../test/fresh-db.ts'"],
  ['arrows', 'src/core/a.ts', "import pg from 'pg'"],
  ['arrows', 'src/stats/a.ts', "import 'node:fs'"],
  ['purity', 'src/core/a.ts', 'const at = Date.now()'],
  ['purity', 'src/core/a.ts', 'const at = new Date()'],
  ['purity', 'src/core/a.ts', 'const at = new Date(5)'],
  ['purity', 'src/core/a.ts', ['const text = `at $', '{Date.now()}`'].join('')],
  ['purity', 'src/stats/a.ts', 'const chance = Math.random()'],
  ['purity', 'src/stats/a.ts', 'const later = async () => 1'],
  ['purity', 'src/stats/a.ts', "console.log('here')"],
  ['purity', 'src/core/a.ts', 'const home = process.env.HOME'],
  ['fetch', 'src/web/pages/overview/a.tsx', "const answer = fetch('/v1/overview')"],
  ['names', 'src/core/utils.ts', ''],
  ['names', 'src/flows/show/helpers.test.ts', ''],
  ['names', 'src/core/openCase.ts', ''],
  ['names', 'src/web/pages/customer/parts/row.tsx', ''],
  ['length', 'src/core/a.ts', 'const a = 1\n'.repeat(401)],
  ['barrels', 'src/core/a.ts', "export { instant } from './instant.ts'"],
  ['barrels', 'src/web/a.ts', "export * from './api.ts'"],
  ['documented', 'src/core/a.ts', 'export const a = 1'],
  ['documented', 'src/store/a.ts', '// Not a doc comment.\nexport async function a() {}'],
  ['documented', 'src/main/a.ts', '/** Of b. */\nconst b = 1\nexport type A = string'],
  ['casts', 'src/core/a.ts', 'const a = b as string'],
  ['casts', 'src/web/a.tsx', 'const a = b() as unknown as Row'],
  ['casts', 'src/store/a.ts', 'const a = { ...row } as { b: string }'],
  ['finished', 'src/core/a.ts', ['// TO', 'DO: later'].join('')],
  ['finished', 'docs/a.md', ['FIX', 'ME'].join('')],
  ['machine', 'README.md', ['See /ho', 'me/me/notes.md.'].join('')],
  ['machine', 'scripts/a.ts', ["const data = '/wo", "rk/data'"].join('')],
]

test.each(dirt)('%s would have caught dirt in %s', (rule, path, text) => {
  expect(tidy([{ path, text }]).map((finding) => finding.rule)).toContain(rule)
})

const clean: readonly (readonly [path: string, text: string])[] = [
  [
    'src/core/a.ts',
    "import { gamma } from '../stats/gamma-function.ts'\nimport { fold as foldOne } from './relationship.ts'",
  ],
  ['src/flows/show/a.ts', "import type { World } from '../world.ts'\nimport { readLog } from '../../store/log.ts'"],
  ['src/core/a.test.ts', "import { test } from 'vitest'\ntest('waits', async () => { await Date.now() })"],
  ['src/core/a.ts', '// No Date.now, as said.\nconst a = "await new Date() as b" as const'],
  ['src/core/a.ts', "const quote = /['\"]/\nconst a = 1 / 2 // as one would\nconst b = ' as Row '"],
  ['src/core/a.ts', 'type Keyed<A> = { [Name in keyof A as Name extends string ? Name : never]: A[Name] }'],
  ['src/contract/a.ts', '/** A wish. */\nexport const wish = 1\nexport type Wish = Static<typeof wish>'],
  ['src/web/api.ts', "const answer = fetch('/v1/overview')"],
]

test.each(clean)('nothing is found where nothing is, in %s', (path, text) => {
  expect(tidy([{ path, text }])).toEqual([])
})

test('code is told from comments and quoted text, line by line', () => {
  const slot = ['$', '{c}'].join('')
  const text = `const a = 'x' // y\nconst b = /'/ /* z\n */ + \`t${slot}u\``
  expect(readCode(text)).toEqual({
    text,
    uncommented: `const a = 'x'     \nconst b = /'/     \n    + \`t${slot}u\``,
    bare: `const a = ' '     \nconst b = / /     \n    + \` ${slot} \``,
  })
})
