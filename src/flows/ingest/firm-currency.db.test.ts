import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { parseEvent } from '../../contract/ingest.ts'
import { readSettings, saveSettings, settingsAtFirst } from '../../store/settings.ts'
import { appendEvents } from '../append-events.ts'

const { db } = await freshDb(2)
const world = testWorld(db)

const send = async (id: string, type: string, data: Readonly<Record<string, unknown>>) => {
  const wire = { id, customer: 'c-1', type, at: '2026-01-05T10:00:00Z', data }
  const item = parseEvent(wire, { now: world.now(), source: 'test', strict: true })
  if (item.kind === 'refused') throw new Error(item.detail)
  await appendEvents(world, [item])
}

const currency = async () => (await readSettings(db)).currency

test("the firm's currency is that of its first amount, until somebody sets another", async () => {
  await send('survey', 'survey.answered', { survey: 's', kind: 'nps', score: 7 })
  expect(await currency()).toBe('EUR')
  await send('first', 'order.placed', { order: '1', value: 6_466, currency: 'BRL' })
  expect(await currency()).toBe('BRL')
  await send('second', 'order.placed', { order: '2', value: 100, currency: 'USD' })
  expect(await currency()).toBe('BRL')
  await saveSettings(db, { ...settingsAtFirst, currency: 'GBP' })
  await send('third', 'order.placed', { order: '3', value: 100, currency: 'USD' })
  expect(await currency()).toBe('GBP')
})
