import { expect, test } from 'vitest'
import { connect } from '../store/db.ts'
import { readiness } from './readiness.ts'

test('a database that does not answer is one line of the log, however often somebody asks', async () => {
  const lines: string[] = []
  const note = (_: object, sentence: string) => lines.push(sentence)
  const db = connect({ connectionString: 'postgresql://nobody@127.0.0.1:1/none', connectionsMax: 1, name: 'test' })
  const isReady = readiness({ db, log: { info: note, error: note } })
  for (let asked = 0; asked < 5; asked += 1) expect(await isReady()).toBe(false)
  await db.close()
  expect(lines).toEqual(['the database does not answer'])
})
