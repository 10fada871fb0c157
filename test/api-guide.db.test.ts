import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { freshDb } from './fresh-db.ts'
import { testApi } from './test-api.ts'

const { db } = await freshDb()
const { ask, all, lines } = await testApi(db)
const guide = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8')

type Block = Readonly<{ kind: string; text: string }>
const blocks: readonly Block[] = [...guide.matchAll(/^```(\S*)(?: (\d+))?\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', status = '', text = '']) => ({ kind: kind + status, text }),
)
const file = blocks.find(({ kind }) => kind === 'ndjson')?.text ?? ''

/** The words of a command as a shell reads them: quotes, variables, and lines that go on. */
function wordsOf(command: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const filled = (text: string) => text.replace(/\$([A-Z]+)/g, (_, name: string) => variables[name] ?? '')
  const parts = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)
  return [...parts].map(([, single, double, bare]) => single ?? filled(double ?? bare ?? ''))
}

type Call = { method: string; path: string; headers: Record<string, string>; body: string | Uint8Array | undefined }

/** What `curl` makes of each of its options; everything else is the address. */
const options: Readonly<Record<string, (call: Call, word: string) => void>> = {
  '-X': (call, word) => {
    call.method = word
  },
  '-H': (call, word) => {
    const [name = '', value = ''] = word.split(': ')
    call.headers[name.toLowerCase()] = value
  },
  '-d': (call, word) => {
    call.body = word
  },
  '--data-binary': (call, word) => {
    call.body = word === '@-' ? gzipSync(file) : file
  },
}

function callOf(command: string, variables: Readonly<Record<string, string>>): Call {
  const [, piped = '', curl = ''] = /^(?:(.*) \| )?curl ([\s\S]*)$/.exec(command) ?? []
  const call: Call = { method: 'GET', path: '', headers: {}, body: undefined }
  const words = [...wordsOf(curl, variables)]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const option = options[word]
    if (option === undefined) call.path = word
    else option(call, words.shift() ?? '')
  }
  expect(piped).toBe(call.body instanceof Uint8Array ? 'gzip -c events.ndjson' : '')
  return call
}

const commands = blocks.flatMap(({ kind, text }, index) => (kind === 'sh' ? [{ text, answer: blocks[index + 1] }] : []))

describe('docs/api.md', () => {
  let cursor = ''

  test('has commands, each with its answer', () => {
    expect(commands.length).toBeGreaterThan(10)
    for (const { answer } of commands) expect(answer?.kind).toMatch(/^json\d{3}$/)
  })

  test.each(commands.map((one) => [one.text.split('\n')[0] ?? '', one] as const))('%s', async (_, { text, answer }) => {
    const { method, path, headers, body } = callOf(text, { AMENDS: '', KEY: all, CURSOR: encodeURIComponent(cursor) })
    const { authorization, ...others } = headers
    const got = await ask(method, path, {
      key: authorization === undefined ? null : authorization.replace('Bearer ', ''),
      headers: others,
      body,
    })
    expect(`json${got.status}`).toBe(answer?.kind)
    expect(got.json).toMatchObject(JSON.parse(answer?.text ?? ''))
    if (typeof got.json.cursor === 'string') cursor = got.json.cursor
  })

  test('links to files that are there', () => {
    for (const [, name] of guide.matchAll(/\]\(([a-z-]+\.md)\)/g)) {
      expect(readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8').length).toBeGreaterThan(0)
    }
  })

  test('broke nothing on the way', () => {
    expect(lines).toEqual([])
  })
})
