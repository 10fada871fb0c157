import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ru } from '../src/web/words/ru.ts'
import { type BuiltWeb, buildWeb } from './build-web.ts'

let built: BuiltWeb
beforeAll(async () => {
  built = await buildWeb(await mkdtemp(join(tmpdir(), 'amends-web-')))
})
afterAll(() => rm(built.folder, { recursive: true, force: true }))

const read = (pattern: RegExp) =>
  readFile(join(built.folder, built.files.find((file) => pattern.test(file)) ?? ''), 'utf8')

test('the page loads only files that were built, and holds no inline script or style', async () => {
  const page = await read(/^index\.html$/)
  const loaded = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1])
  expect(loaded.length).toBeGreaterThanOrEqual(4)
  for (const file of loaded) expect(built.files).toContain(file)
  expect(page).not.toMatch(/<style|<script(?![^>]*src=)|style=|https?:/)
})

test('the styles ask for nothing from elsewhere, and bring Latin and Cyrillic letters', async () => {
  const css = await read(/^all-.*\.css$/)
  for (const [, address] of css.matchAll(/url\("?([^")]+)"?\)/g)) expect(address).toMatch(/^\/inter-(latin|cyrillic)/)
  expect(built.files.filter((file) => file.endsWith('.woff2')).map((file) => file.split('-').slice(1, 2)[0])).toEqual(
    expect.arrayContaining(['latin', 'cyrillic']),
  )
})

test('names change with the content, and the maps lie beside without being asked for', async () => {
  const script = await read(/^main-[A-Z0-9]{8}\.js$/)
  expect(script).not.toContain('sourceMappingURL')
  expect(built.files.some((file) => /^main-.*\.js\.map$/.test(file))).toBe(true)
})

test('a language is a file of its own, in its own letters, and everything written is there in small as well', async () => {
  const russian = built.files.filter((file) => /^ru-[A-Z0-9]{8}\.js$/.test(file))
  expect(russian).toHaveLength(1)
  expect(await read(/^ru-.*\.js$/)).toContain(ru.state.notFoundText)
  expect(await read(/^main-.*\.js$/)).not.toContain(ru.state.notFoundText)
  for (const file of built.files.filter((name) => /\.(js|css)$/.test(name))) {
    const body = await readFile(join(built.folder, file))
    expect(brotliDecompressSync(await readFile(join(built.folder, `${file}.br`)))).toEqual(body)
    expect(gunzipSync(await readFile(join(built.folder, `${file}.gz`)))).toEqual(body)
  }
})
