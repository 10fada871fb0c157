import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { webFiles } from './web-files.ts'

const folder = await mkdtemp(join(tmpdir(), 'amends-files-'))
afterAll(() => rm(folder, { recursive: true }))
const script = '/main-ABCDEFGH.js'
const written = Buffer.from('export const words = "many words and many words"\n'.repeat(100))
await writeFile(join(folder, script), written)
await writeFile(join(folder, `${script}.br`), brotliCompressSync(written))
await writeFile(join(folder, `${script}.gz`), gzipSync(written))
await writeFile(join(folder, 'index.html'), '<!doctype html>')
const app = await webFiles(folder)

/** The script as a browser gets it that takes `encodings`. */
async function fetched(encodings: string | undefined) {
  const answer = await app.request(script, encodings === undefined ? {} : { headers: { 'accept-encoding': encodings } })
  return { head: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

const plain = await fetched(undefined)

test('whoever names no encoding gets the file as it is', () => {
  expect(plain.head.get('content-encoding')).toBeNull()
  expect(plain.head.get('vary')).toBe('accept-encoding')
  expect(plain.body).toEqual(written)
})

test('a browser gets the smallest form that it takes', async () => {
  const small = await fetched('gzip, deflate, br, zstd')
  expect(small.head.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(small.body)).toEqual(plain.body)
  const older = await fetched('gzip, deflate')
  expect(older.head.get('content-encoding')).toBe('gzip')
  expect(older.head.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(gunzipSync(older.body)).toEqual(plain.body)
})

test.each(['identity', 'br;q=0, gzip;q=0.0', 'brotli', ''])('%j is no encoding of ours', async (encodings) => {
  const { head, body } = await fetched(encodings)
  expect(head.get('content-encoding')).toBeNull()
  expect(body).toEqual(plain.body)
})

test('an address that is no file is a page of the app, which has one form', async () => {
  const answer = await app.request('/customers/c-1', { headers: { 'accept-encoding': 'br' } })
  expect(await answer.text()).toBe('<!doctype html>')
  expect(answer.headers.get('content-encoding')).toBeNull()
})
