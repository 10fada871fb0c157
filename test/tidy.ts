import { basename, dirname, join } from 'node:path'
import { type Code, readCode } from './read-code.ts'

/** A file of the repository: its path from the root, with slashes, and its text. */
export type RepositoryFile = Readonly<{ path: string; text: string }>

/** Where a file breaks a rule of the house, and what to do about it. */
export type Finding = Readonly<{ path: string; line: number; rule: string; advice: string }>

/** Which room may import which. Arrows run only downward. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  stats: [],
  core: ['stats'],
  contract: ['core'],
  store: ['core'],
  web: ['core', 'contract'],
  flows: ['stats', 'core', 'contract', 'store'],
  main: ['core', 'contract', 'store', 'flows'],
}

const PURE = new Set(['stats', 'core'])
const BANNED_NAMES = new Set(['utils', 'helpers', 'common', 'shared', 'misc', 'manager', 'types', 'index'])
const LINES_MAX = 400
/** Below `src`. */
const FOLDERS_MAX = 3

/** Files that may say `as`, beside tests and all of `src/contract`, each with the reason. */
export const MAY_CAST: Readonly<Record<string, string>> = {
  'src/core/ids.ts': 'the one cast from text to an id',
  'src/core/time/instant.ts': 'the one cast from a number to an instant',
  'src/core/relationship/compact.ts':
    'leaves defaults out and puts them back, which no type can follow; a property test proves it',
  'src/core/relationship/vocabulary.ts': 'Object.keys does not know that a table of ours has no other keys',
  'src/store/db.ts': 'whoever sends a statement knows what its rows are',
  'src/store/log.ts': 'rows of the log were validated before they were appended',
  'src/store/views/timeline-view.ts': 'rows of the log were validated before they were appended',
  'src/flows/ingest/run-task.ts': 'inputs and checkpoints of tasks come from the database, where only we write',
  'src/flows/ingest/import-routes.ts': 'the stream of a request has one type in Node and another in the browser',
  'src/flows/ingest/task-routes.ts': 'the stream of a file has one type in Node and another in the browser',
  'src/flows/regroup.ts': 'a customer key becomes the plain text that is the key of a map',
  'src/flows/ingest/verify-log.ts': 'a customer key becomes the plain text that is the key of a map',
  'src/flows/respond.ts': 'Hono wants statuses as literals; ours come from the table of error codes',
  'src/main/idempotency.ts': 'Hono wants statuses as literals; this one was an answer of ours',
  'src/main/cli.ts': 'our own package.json',
}

const isCode = (path: string): boolean => /\.(?:ts|tsx|js)$/.test(path)
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('test/')
const roomOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1]

type Rule = (path: string, code: Code) => readonly Omit<Finding, 'path'>[]

/** All places where these files break a rule. An empty list of files is a finding by itself. */
export function tidy(files: readonly RepositoryFile[]): readonly Finding[] {
  if (files.length === 0) return [{ path: '.', line: 0, rule: 'files', advice: 'there is nothing to look at' }]
  return files.flatMap(({ path, text }) => {
    const code = isCode(path) ? readCode(text) : { text, uncommented: text, bare: text }
    const rules = isCode(path) ? [...everywhere, ...inCode] : everywhere
    return rules.flatMap((rule) => rule(path, code).map((finding) => ({ path, ...finding })))
  })
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Every match of a pattern is a finding. */
const matches = (text: string, pattern: RegExp, rule: string, advice: (found: string) => string) =>
  [...text.matchAll(pattern)].map((found) => ({
    line: lineOf(text, found.index),
    rule,
    advice: advice(found[0].trim()),
  }))

const importPattern =
  /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]|(?<!\.)\bimport\s*\(?\s*['"]([^'"]+)['"]/g

const importsOf = (code: Code) =>
  [...code.uncommented.matchAll(importPattern)].map((found) => ({
    target: found[1] ?? found[2] ?? '',
    line: lineOf(code.uncommented, found.index),
  }))

const arrows: Rule = (path, code) => {
  const room = roomOf(path)
  if (room === undefined || isTest(path)) return []
  return importsOf(code).flatMap(({ target, line }) => {
    const advice = whyNot(path, room, target)
    return advice === undefined ? [] : [{ line, rule: 'arrows', advice }]
  })
}

function whyNot(path: string, room: string, target: string): string | undefined {
  if (!target.startsWith('.')) {
    if (PURE.has(room)) return `${room} stands on no package, and this imports ${target}`
    return room === 'web' && target.startsWith('node:') ? `there is no ${target} in a browser` : undefined
  }
  const full = join(dirname(path), target)
  const other = roomOf(full)
  if (other === undefined) return `${full} is outside of src`
  if (other !== room) {
    return MAY_IMPORT[room]?.includes(other) === true ? undefined : `${room} may not import ${other}`
  }
  for (const [what, folders] of [
    ['verb', /^src\/flows\/([^/]+)\//],
    ['page', /^src\/web\/pages\/([^/]+)\//],
  ] as const) {
    const [here, there] = [folders.exec(path)?.[1], folders.exec(full)?.[1]]
    if (here !== undefined && there !== undefined && here !== there) {
      return `the ${what} ${here} may not import the ${what} ${there}`
    }
  }
  return undefined
}

const purity: Rule = (path, { bare }) => {
  const room = roomOf(path)
  if (room === undefined || !PURE.has(room) || isTest(path)) return []
  return [
    ...matches(
      bare,
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\basync\b|\bawait\b|\bprocess\b\.|\bconsole\b\.|\bfetch\(/g,
      'purity',
      (found) => `${room} knows no ${found}: time, chance, and the world are arguments`,
    ),
    ...(path === 'src/core/time/instant.ts'
      ? []
      : matches(
          bare,
          /\bnew Date\((?!\))/g,
          'purity',
          () => 'only src/core/time/instant.ts turns a number into a date',
        )),
  ]
}

const onlyApiFetches: Rule = (path, { bare }) =>
  roomOf(path) !== 'web' || path === 'src/web/api.ts' || isTest(path)
    ? []
    : matches(
        bare,
        /\bfetch\(|\bXMLHttpRequest\b|\bEventSource\b/g,
        'fetch',
        () => 'only src/web/api.ts asks the server',
      )

const kebab = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?:db|e2e|golden))?(?:\.test)?\.[a-z0-9]+$/

const names: Rule = (path) => {
  if (!/^(?:src|test|scripts|bench|bin)\//.test(path)) return []
  const name = basename(path)
  const found: string[] = []
  if (!kebab.test(name)) found.push(`${name} is not in kebab-case`)
  if (BANNED_NAMES.has(name.replace(/\..*$/, ''))) found.push(`${name} says nothing: name it after the one thing in it`)
  const folders = path.startsWith('src/') ? path.split('/').length - 2 : 0
  if (folders > FOLDERS_MAX) found.push(`${folders} folders deep, and ${FOLDERS_MAX} are allowed`)
  return found.map((advice) => ({ line: 1, rule: 'names', advice }))
}

const length: Rule = (path, { text }) => {
  const lines = text.split('\n').length - 1
  return isCode(path) && lines > LINES_MAX
    ? [{ line: LINES_MAX, rule: 'length', advice: `${lines} lines, and ${LINES_MAX} are allowed` }]
    : []
}

const noBarrels: Rule = (path, { uncommented }) =>
  path.startsWith('src/')
    ? matches(uncommented, /^export\s[^'"`;()=]*?\bfrom\s*['"]/gm, 'barrels', () => 'import from where it is defined')
    : []

const exportPattern = /^export (?:async )?(?:function\*?|const|let|type|class|interface) +(\w+)(?! = Static<typeof)\b/gm

/**
 * A doc comment is owed by every export that a reader meets without its pixels: everywhere but on the screen. The
 * type of a schema is explained with the schema.
 */
const documented: Rule = (path, { text }) => {
  const room = roomOf(path)
  if (room === undefined || room === 'web' || isTest(path)) return []
  return [...text.matchAll(exportPattern)]
    .filter(({ index }) => !/\*\/\s*(?:\/\/ biome-ignore[^\n]*\s*)*$/.test(text.slice(0, index)))
    .map((found) => ({
      line: lineOf(text, found.index),
      rule: 'documented',
      advice: `${found[1]} is exported without a doc comment`,
    }))
}

const casts: Rule = (path, { bare }) => {
  if (!path.startsWith('src/') || isTest(path) || roomOf(path) === 'contract' || path in MAY_CAST) return []
  // In imports and in the keys of mapped types, "as" renames.
  const renaming = /^(?:import|export)\b[^'"`;()=]*?\bfrom(?= *['"`])|\bin keyof \w+ as\b/gm
  const outsideOfImports = bare.replace(renaming, (found) => found.replace(/[^\n]/g, ' '))
  return matches(
    outsideOfImports,
    /(?<=[\w)\]}'"`>] *)\bas (?!const\b)[\w{([]+/g,
    'casts',
    (found) => `"${found}": narrow or parse it, or put the file into MAY_CAST with the reason`,
  )
}

// Written in two parts, so that this file does not find itself.
const unfinished = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME|${'XX'}X)\\b`, 'g')
const machine = new RegExp(`(?<![\\w.:/-])/(?:${'wo'}rk|${'ro'}ot|${'ho'}me/\\w+|${'Us'}ers/\\w+)/`, 'g')

const finished: Rule = (_path, { text }) => [
  ...matches(text, unfinished, 'finished', (found) => `${found}: finish it, or open an issue`),
  ...matches(text, machine, 'machine', (found) => `${found} exists on one machine only`),
]

const everywhere: readonly Rule[] = [names, finished]
const inCode: readonly Rule[] = [arrows, purity, onlyApiFetches, length, noBarrels, documented, casts]
