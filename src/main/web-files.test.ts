import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { webFiles } from './web-files.ts'

const app = await webFiles()
const page = await (await app.request('/')).text()
const [, script = ''] = /src="(\/main-[^"]+\.js)"/.exec(page) ?? []

/** The script of the page as a browser gets it that takes `encodings`. */
async function fetched(encodings: string | undefined) {
  const answer = await app.request(script, encodings === undefined ? {} : { headers: { 'accept-encoding': encodings } })
  return { head: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

const plain = await fetched(undefined)

test('whoever names no encoding gets the file as it is', () => {
  expect(plain.head.get('content-encoding')).toBeNull()
  expect(plain.head.get('vary')).toBe('accept-encoding')
  expect(plain.body.length).toBeGreaterThan(100_000)
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
