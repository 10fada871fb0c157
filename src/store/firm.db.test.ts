import { afterAll, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { tell } from '../../test/tell.ts'
import { testWorld } from '../../test/test-world.ts'
import { priorModel } from '../core/goodwill/leave-model.ts'
import { instant } from '../core/time/instant.ts'
import { connect } from './db.ts'
import { saveModel } from './models.ts'
import { noteCurrencies, saveSettings, settingsAtFirst } from './settings.ts'
import { findCustomer } from './views/customer-view.ts'

const { db, connectionString } = await freshDb()
// Another process, which remembers nothing of what the first one knows.
const other = connect({ connectionString, connectionsMax: 2, name: 'other' })
afterAll(other.close)
await tell(testWorld(db), [
  {
    customer: 'c',
    type: 'order.placed',
    at: '2026-05-01T10:00:00Z',
    data: { order: 'o', value: 100, currency: 'EUR' },
  },
])

const read = async () => {
  const found = await findCustomer(db, 'c')
  if (found === undefined) throw new Error('the customer is there')
  const { settings, model, modelDataTo, liveKinds } = found
  return { settings, version: model.version, modelDataTo, liveKinds }
}

test('what scores a customer is remembered, and known anew as soon as another process has changed it', async () => {
  const before = await read()
  expect(before).toMatchObject({ settings: { currency: 'EUR', firm: null }, version: 0, liveKinds: [] })
  expect(await read()).toEqual(before)

  await other.transaction((tx) => saveSettings(tx, { ...settingsAtFirst, firm: 'Firm', marginShare: 0.5 }))
  expect((await read()).settings).toMatchObject({ firm: 'Firm', marginShare: 0.5 })

  const dataTo = instant(1_000)
  const model = (version: number) => ({ ...priorModel, version })
  await other.transaction((tx) =>
    saveModel(tx, { kind: 'leave', model, report: null, live: true, reason: 'not-worse', dataTo }),
  )
  expect(await read()).toMatchObject({ version: 1, modelDataTo: dataTo, liveKinds: ['leave'] })
})

test('what is written and not yet committed is not remembered', async () => {
  await other.transaction(async (tx) => {
    await saveSettings(tx, { ...settingsAtFirst, firm: 'Later' })
    expect((await read()).settings.firm).toBe('Firm')
  })
  expect((await read()).settings.firm).toBe('Later')
})

test('a currency that was merely seen changes nothing that others would have to read again', async () => {
  const mark = () => db.query(`select value from settings where name = 'changed'`)
  const before = await mark()
  await noteCurrencies(db, 'USD', ['USD', 'CHF'])
  expect(await mark()).toEqual(before)
})
