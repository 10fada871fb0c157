import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  amends,
  freshDirectory,
  pinnedNode,
  projectRoot,
  type Ran,
  type RunOptions,
  removeDirectory,
} from '../started-app.ts'

let directory: string
beforeAll(async () => {
  directory = await freshDirectory()
})
afterAll(() => removeDirectory(directory))

const run = (words: readonly string[], options?: RunOptions) => amends(directory, words, options)

/** The one JSON object on stdout; stderr holds nothing or one log entry a line. */
function onlyJson({ code, stdout, stderr }: Ran): Record<string, unknown> {
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout.trim().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

const examples = 'examples/import/deliveries.csv'
const mapping = 'examples/import/deliveries.sql'

describe('the contract for scripts', () => {
  test('import answers accepted, repeated, rejected, seconds; a second time all is repeated', async () => {
    const dry = onlyJson(await run(['import', examples, '--mapping', mapping, '--dry-run', '--json']))
    const first = onlyJson(await run(['import', examples, '--mapping', mapping, '--json']))
    expect(first).toMatchObject({
      accepted: dry.accepted,
      repeated: 0,
      rejected: expect.any(Number),
      seconds: expect.any(Number),
    })
    expect(first.accepted).toBeGreaterThan(0)
    const second = onlyJson(await run(['import', examples, '--mapping', mapping, '--json']))
    expect(second).toMatchObject({ accepted: 0, repeated: first.accepted, rejected: first.rejected })
  })

  test('simulate answers customers, events, truth, into the database and to a file', async () => {
    const words = ['simulate', '--customers', '40', '--months', '6', '--seed', '3', '--kind', 'shop', '--json']
    const stored = onlyJson(await run(words))
    expect(stored).toMatchObject({ customers: 40, events: expect.any(Number), truth: expect.any(String) })
    expect(JSON.parse(await readFile(String(stored.truth), 'utf8'))).toMatchObject({ customers: 40, seed: 3 })

    const out = join(directory, 'firm.ndjson')
    const written = onlyJson(await run([...words, '--out', out, '--end-at', '2026-06-01T00:00:00Z']))
    const lines = (await readFile(out, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(Number(written.events))
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ source: 'simulated', customer: expect.any(String) })
    expect((await stat(String(written.truth))).size).toBeGreaterThan(0)
  })

  test('fit answers what was learned, refuses in words when that is too little, and report tells what is live', async () => {
    const fit = ['fit', '--model', 'leave', '--json']
    const refused = await run(fit)
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toEqual({
      model: 'leave',
      refused: 'too-few',
      detail: expect.stringMatching(/exits in \d+ months at risk|learns from \d+ on/),
    })
    onlyJson(
      await run(['simulate', '--customers', '250', '--months', '18', '--seed', '5', '--kind', 'contract', '--json']),
    )
    const answer = onlyJson(await run(fit))
    expect(answer).toMatchObject({
      model: 'leave',
      exits: expect.any(Number),
      live: true,
      iterations: expect.any(Number),
    })
    expect(Object.keys(answer).slice(0, 8)).toEqual([
      'model',
      'version',
      'exits',
      'logLikelihood',
      'gradientNorm',
      'iterations',
      'calibration',
      'live',
    ])
    const report = onlyJson(await run(['report', '--json']))
    expect(report).toMatchObject({ models: expect.arrayContaining([expect.objectContaining({ kind: 'leave' })]) })
    expect((await run(['fit', '--model', 'leave'])).stdout).toMatch(/^leave, version \d+\. Live: /)
  }, 120_000)

  test('verify answers customers, events, differences', async () => {
    const found = onlyJson(await run(['verify', '--json']))
    expect(found).toMatchObject({ customers: expect.any(Number), events: expect.any(Number), differences: 0 })
    expect(found.events).toBeGreaterThan(0)
  })

  test('key create answers the key, list shows it without its secret, revoke ends it', async () => {
    const { key, ...rest } = onlyJson(
      await run(['key', 'create', '--name', 'till', '--scopes', 'ingest,read', '--json']),
    )
    expect(rest).toEqual({})
    expect(key).toMatch(/^amends_[0-9a-f]+_\S+$/)
    const [, prefix = '', secret = ''] = String(key).split(/^amends_([0-9a-f]+)_/)
    const listed = await run(['key', 'list', '--json'])
    expect(onlyJson(listed)).toMatchObject({ keys: [{ name: 'till', prefix, scopes: ['ingest', 'read'] }] })
    expect(listed.stdout).not.toContain(secret)
    expect(onlyJson(await run(['key', 'revoke', prefix, '--json']))).toEqual({ revoked: prefix })
  })

  test('doctor, user add, and forget answer one object as well', async () => {
    expect(onlyJson(await run(['doctor', '--json']))).toMatchObject({ postgres: expect.any(String), spread: 'plain' })
    const password = { input: 'a long password\n' }
    const user = ['user', 'add', '--email', 'Lead@example.org', '--name', 'Lead', '--json']
    expect(onlyJson(await run(user, password))).toEqual({ email: 'lead@example.org', role: 'admin' })
    const [line = ''] = (await readFile(join(directory, 'firm.ndjson'), 'utf8')).split('\n')
    const { customer } = JSON.parse(line)
    expect(onlyJson(await run(['forget', customer, '--json']))).toMatchObject({ customers: [customer] })
  })

  test('npx finds the command from the folder of the project', async () => {
    const env = { ...process.env, AMENDS_DATA_DIR: directory, PATH: `${join(pinnedNode, '..')}:${process.env.PATH}` }
    const ran = await promisify(execFile)('npx', ['amends', 'verify', '--json'], { cwd: projectRoot, env })
    expect(JSON.parse(ran.stdout)).toMatchObject({ differences: 0 })
  })
})

describe('wrong use is one sentence and exit code 2', () => {
  test.concurrent.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['nonsense'], /unknown command 'nonsense'/],
    ['an unknown option', ['verify', '--nonsense'], /unknown option '--nonsense'/],
    ['a missing option', ['import', examples], /'--mapping <name>' not specified/],
    ['a missing argument', ['import', '--mapping', 'olist'], /missing required argument 'path'/],
    ['a missing value', ['key', 'create', '--scopes', 'read', '--name'], /'--name <name>' argument missing/],
    ['a bad number', ['simulate', '--customers', 'many'], /argument 'many' is invalid\. It must be a whole number/],
    ['a number too big', ['simulate', '--customers', '100000001', '--out', 'x.ndjson'], /1 to .* customers/],
    ['too many months', ['simulate', '--months', '361', '--out', 'x.ndjson'], /1 to 360 months/],
    ['a bad time', ['simulate', '--end-at', 'soon', '--out', 'x.ndjson'], /--end-at soon is no time/],
    ['a bad choice', ['simulate', '--kind', 'bank'], /Allowed choices are contract, shop/],
    ['a missing file', ['import', 'nowhere.csv', '--mapping', 'olist'], /There is no file nowhere\.csv/],
    ['an unknown mapping', ['import', examples, '--mapping', 'nonsense'], /There is no mapping nonsense: give one of/],
    ['a mapping that is not there', ['import', examples, '--mapping', 'no.sql'], /There is no mapping no\.sql/],
    ['an unknown scope', ['key', 'create', '--name', 'a', '--scopes', 'all'], /"all" is no scope\. There are ingest/],
    ['a short password', ['user', 'add', '--email', 'a@example.org', '--name', 'A'], /at least 10 characters/],
    ['no Citus', ['db', 'distribute'], /has no Citus extension\. Set DATABASE_URL/],
    ['an unknown part', ['start', '--only', 'half'], /Allowed choices are server, worker/],
  ])('%s', async (_what, words, sentence) => {
    const { code, stdout, stderr } = await run(words)
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
    expect(stderr).not.toMatch(/^\s+at |node:internal/m)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test.concurrent.each<[string, readonly string[], RegExp]>([
    ['a key that is not there', ['key', 'revoke', 'abc'], /There is no key abc/],
    ['a customer whom nobody has named', ['forget', 'nobody'], /No event has named the customer nobody/],
    ['a folder that is not there', ['simulate', '--out', join('nowhere', 'x.ndjson')], /nowhere/],
  ])('what was asked well and cannot be is exit code 1: %s', async (_what, words, sentence) => {
    const { code, stdout, stderr } = await run(words)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect([stdout, code]).toEqual(['', 1])
  })
})

test('help comes on stdout, with an example', async () => {
  const { code, stdout, stderr } = await run(['key', 'create', '--help'])
  expect(stdout).toMatch(/Examples?:\n {2}.*amends /)
  expect([stderr, code]).toEqual(['', 0])
})
