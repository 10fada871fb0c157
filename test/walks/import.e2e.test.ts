import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rng } from '../../src/stats/rng.ts'
import { amends, freshDirectory, projectRoot, removeDirectory, type StartedApp, startApp } from '../started-app.ts'

const data = join(projectRoot, '..', 'shared', 'data')
const isHere = existsSync(data)
if (!isHere) console.warn(`The data sets are not at ${data}: their imports are skipped.`)

let app: StartedApp
beforeAll(async () => {
  if (isHere) app = await startApp({ directory: await freshDirectory() })
})
afterAll(async () => {
  if (!isHere) return
  await app.stop()
  await removeDirectory(app.directory)
})

/** Records of a CSV text; a record may hold line breaks between quotes. */
function recordsOf(text: string): readonly string[] {
  const records: string[] = []
  let open = ''
  for (const line of text.split('\n')) {
    open = open === '' ? line : `${open}\n${line}`
    if (((open.match(/"/g) ?? []).length & 1) === 0) {
      if (open !== '') records.push(open)
      open = ''
    }
  }
  return records
}

/** The same files with their rows in another order, unpacked, in a folder of their own. */
async function shuffled(from: string, name: string): Promise<string> {
  const folder = join(app.directory, `shuffled-${name}`)
  await mkdir(folder)
  const random = rng(name)
  for (const file of (await readdir(from)).filter((one) => /\.csv(\.gz)?$/.test(one))) {
    const bytes = await readFile(join(from, file))
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    const [header = '', ...rows] = recordsOf(text)
    for (let last = rows.length - 1; last > 0; last -= 1) {
      const other = random.int(last + 1)
      const row = rows[last] ?? ''
      rows[last] = rows[other] ?? ''
      rows[other] = row
    }
    await writeFile(join(folder, file.replace(/\.gz$/, '')), [header, ...rows, ''].join('\n'))
  }
  return folder
}

const answerOf = async (words: readonly string[]) => {
  const ran = await amends(app.directory, words)
  expect(ran.stderr).toBe('')
  return JSON.parse(ran.stdout)
}

const sets = [
  { mapping: 'cdnow', folder: 'cdnow' },
  { mapping: 'telco', folder: 'telco_churn' },
  { mapping: 'olist', folder: 'olist' },
  { mapping: 'complete-journey', folder: 'completejourney' },
]

describe.skipIf(!isHere)('the data sets', () => {
  test.each(sets)(
    '$mapping: all is taken, and the same rows in another order are all repeated',
    async ({ mapping, folder }) => {
      const path = join(data, folder)
      const first = await answerOf(['import', path, '--mapping', mapping, '--json'])
      expect(first).toMatchObject({ repeated: expect.any(Number), rejected: 0, seconds: expect.any(Number) })
      expect(first.accepted).toBeGreaterThan(1_000)
      const again = await answerOf(['import', await shuffled(path, mapping), '--mapping', mapping, '--json'])
      expect(again).toMatchObject({ accepted: 0, repeated: first.accepted + first.repeated, rejected: 0 })
    },
  )

  test('every state is still the fold of the log', async () => {
    const found = await answerOf(['verify', '--json'])
    expect(found.differences).toBe(0)
    expect(found.events).toBeGreaterThan(10_000)
  })
})
