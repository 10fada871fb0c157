import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
const description = JSON.parse(read('package.json')) as Record<string, Record<string, string>>

/** The cells of a table's rows, without its head. */
const rowsOf = (document: string): readonly (readonly string[])[] =>
  document
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1))

test('there are documents to look at', () => {
  expect(documents.length).toBeGreaterThan(15)
})

test.each(documents)('%s points only to what is there', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '')
  expect(links.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([])
})

test.each(documents)('%s names only files of the repository that are there', (path) => {
  const named = [...read(path).matchAll(/`((?:src|test|scripts|bench|bin|docs)\/[\w./-]+)`/g)].map(
    ([, file]) => file ?? '',
  )
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test.each(documents)('%s names only scripts that npm knows', (path) => {
  const named = [...read(path).matchAll(/npm run (\w+)|`npm (start|test)`/g)].map((found) => found[1] ?? found[2] ?? '')
  expect(named.filter((script) => description.scripts?.[script] === undefined)).toEqual([])
})

test('the environment is documented, both ways', () => {
  const inCode = read('src/main/config.ts').matchAll(
    /\b(?:environment|process\.env)\.([A-Z_]+)|whole\('([A-Z_]+)'|\b(AMENDS_CHILD):/g,
  )
  const inTable = rowsOf(read('docs/configuration.md')).flatMap(([name]) => /^`([A-Z_]+)`$/.exec(name ?? '')?.[1] ?? [])
  expect(inTable.sort()).toEqual([...new Set([...inCode].map((found) => found[1] ?? found[2] ?? found[3]))].sort())
})

test('every dependency is decided on, and no other', () => {
  const installed = Object.keys({ ...description.dependencies, ...description.devDependencies })
  const decided = rowsOf(read('docs/decisions/0002-stack.md')).flatMap(([names]) =>
    [...(names ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
  )
  expect(decided.sort()).toEqual(installed.sort())
})

test('decisions are numbered without a double', () => {
  const numbers = globSync('docs/decisions/*.md', { cwd: root }).map((path) => Number(/(\d{4})-/.exec(path)?.[1]))
  expect(new Set(numbers).size).toBe(numbers.length)
})

describe('the screen uses the words of the glossary', () => {
  const spoken = (language: string): string =>
    globSync([`src/web/words/${language}.ts`, `src/web/words/${language}/*.ts`, `src/contract/words/${language}.ts`], {
      cwd: root,
    })
      .map(read)
      .join('\n')
      .toLowerCase()
  const said = { nl: spoken('nl'), ru: spoken('ru') }

  /** The first word of a cell in whatever form: endings change with the sentence. */
  const inAnyForm = (cell: string): RegExp => {
    const [first = ''] = cell.split(/ ?[(,]/)
    const stems = first
      .toLowerCase()
      .split(' ')
      .map((word) => word.slice(0, Math.max(3, word.length - 2)))
    return new RegExp(`(?<!\\p{L})${stems.map((stem) => `${stem}\\p{L}*`).join('\\s+')}`, 'u')
  }
  const keyTerms = rowsOf(read('docs/glossary.md')).filter(([english]) => english?.startsWith('**'))

  test('there are key terms', () => {
    expect(keyTerms.length).toBeGreaterThanOrEqual(12)
  })
  test.each(keyTerms)('%s', (_english, dutch = '', russian = '') => {
    expect(said.nl).toMatch(inAnyForm(dutch))
    expect(said.ru).toMatch(inAnyForm(russian))
  })
})
