import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { pinnedNode, projectRoot } from './started-app.ts'

const document = readFileSync(join(projectRoot, 'docs', 'stats.md'), 'utf8')
const examples = [...document.matchAll(/^## (.*)$[\s\S]*?^```ts\n([\s\S]*?)^```\n\n^```text\n([\s\S]*?)^```$/gm)].map(
  ([, title = '', code = '', output = '']) => ({ title, code, output }),
)
const folder = mkdtempSync(join(tmpdir(), 'amends-stats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every section has an example', () => {
  expect(examples.length).toBe(document.split('\n').filter((line) => line.startsWith('## ')).length)
  expect(examples.length).toBeGreaterThan(5)
})

test.each(examples)('$title: the example prints what stands under it', ({ title, code, output }) => {
  const file = join(folder, `${title.replaceAll(/\W+/g, '-')}.ts`)
  writeFileSync(file, code.replaceAll("'./src/", `'${pathToFileURL(join(projectRoot, 'src'))}/`))
  expect(execFileSync(pinnedNode, [file], { encoding: 'utf8' })).toBe(output)
})
