import { expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testApi } from '../../../test/test-api.ts'
import { instant, instantOf, rfc3339 } from '../../core/time/instant.ts'
import { verifyLog } from '../ingest/verify-log.ts'

const { db } = await freshDb(12)
let now = instantOf('2026-06-15T08:00:00Z')
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const agent = await asRole('agent')
const analyst = await asRole('analyst')
const later = () => {
  now = instant(now + 60_000)
}

let told = 0
const tell = async (customer: string, type: string, data: object) => {
  told += 1
  later()
  const body = { id: `e${told}`, source: 'shop', customer, type, at: rfc3339(now), data }
  expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
}
const note = async (customer: string, body: object, sent: object = agent) => {
  later()
  return ask('POST', `/v1/customers/${customer}/events`, { ...sent, body })
}
const takeBack = async (customer: string, event: unknown) => {
  later()
  return ask('DELETE', `/v1/customers/${customer}/events/${event}`, agent)
}
const factsOf = async (customer: string) =>
  (await ask('GET', `/v1/customers/${customer}`, agent)).json.facts as Record<string, unknown>
type Line = Readonly<{ type: string; sentence: string; text: string | null; retracted: boolean; source: string }>
const timeline = async (customer: string) =>
  (await ask('GET', `/v1/customers/${customer}/timeline`, agent)).json.items as readonly Line[]
const cases = () => db.query<{ id: string; failure: string }>('select id, failure from cases order by id')

await tell('mia', 'order.placed', { order: '1', value: 4_000, currency: 'EUR' })

test('what an agent writes down is an event like any other, and can be taken back once', async () => {
  const noted = await note('mia', {
    type: 'contact.opened',
    data: { channel: 'phone', direction: 'in', text: 'Hallo.' },
  })
  expect(noted).toMatchObject({ status: 201, json: { customer: 'mia', source: 'hand', type: 'contact.opened' } })
  expect((await timeline('mia'))[0]).toMatchObject({ source: 'hand', text: 'Hallo.', retracted: false })
  expect(await takeBack('mia', noted.json.event)).toMatchObject({ status: 200, json: { event: noted.json.event } })
  expect((await timeline('mia'))[1]).toMatchObject({ text: 'Hallo.', retracted: true })
  expect(await takeBack('mia', noted.json.event)).toMatchObject({ status: 404, json: { code: 'not-found' } })
  const [entry] = (await ask('GET', '/v1/audit?action=customer.event-noted')).json.entries as readonly object[]
  expect(entry).toMatchObject({ subject: 'mia', details: { type: 'contact.opened', event: noted.json.event } })
})

test('what is written down is checked as what is sent, and only those who may write it', async () => {
  const wish = { type: 'promise.made', data: { what: 'call' } }
  expect(await note('mia', wish)).toMatchObject({
    status: 422,
    json: { code: 'event-malformed', pointer: '/data/due' },
  })
  expect(await note('mia', { type: 'exit.ended', data: {} })).toMatchObject({
    status: 400,
    json: { code: 'parameter-malformed' },
  })
  const ahead = { type: 'note.written', at: rfc3339(instant(now + 3_600_000)), data: { text: 'x' } }
  expect((await note('mia', ahead)).json.code).toBe('event-in-future')
  expect((await note('nobody', { type: 'note.written', data: { text: 'x' } })).json.code).toBe('customer-unknown')
  expect((await note('mia', { type: 'note.written', data: { text: 'x' } }, analyst)).status).toBe(403)
  expect(await takeBack('mia', 'e1')).toMatchObject({ status: 404 })
})

test('a let-down written down opens its case; taken back, the case goes too, unless somebody worked on it', async () => {
  const letDown = { type: 'failure.occurred', data: { category: 'outage', severity: 'minor' } }
  const first = await note('mia', letDown)
  const [opened] = await cases()
  expect(opened?.failure).toBe(first.json.event)
  // How bad it is, the rule says.
  expect((await ask('GET', `/v1/cases/${opened?.id}`, agent)).json.severity).toBe('major')
  expect(await factsOf('mia')).toMatchObject({ openFailures: 1 })
  expect((await takeBack('mia', first.json.event)).status).toBe(200)
  expect(await cases()).toEqual([])
  expect(await factsOf('mia')).toMatchObject({ openFailures: 0 })

  const second = await note('mia', letDown)
  const [worked] = await cases()
  const path = `/v1/cases/${worked?.id}/commands`
  expect((await ask('POST', path, { ...agent, body: { kind: 'acknowledge' } })).status).toBe(200)
  expect(await takeBack('mia', second.json.event)).toMatchObject({
    status: 409,
    json: { code: 'not-in-this-state', because: 'worked-on' },
  })
  expect(await cases()).toHaveLength(1)
})

test('a case that a rule inferred from what was written down goes with it', async () => {
  await tell('tom', 'order.placed', { order: '2', value: 4_000, currency: 'EUR' })
  const dispute = await note('tom', { type: 'dispute.opened', data: { kind: 'chargeback' } })
  const ofTom = () => db.query(`select id from cases where customer = 'tom'`)
  expect(await ofTom()).toHaveLength(1)
  expect(await factsOf('tom')).toMatchObject({ openFailures: 1 })
  expect((await takeBack('tom', dispute.json.event)).status).toBe(200)
  expect(await ofTom()).toEqual([])
  expect(await factsOf('tom')).toMatchObject({ openFailures: 0 })
  expect((await verifyLog(world)).differences).toEqual([])
})

test('how colleagues were treated moves no figure, and its words can be erased alone', async () => {
  const before = (await ask('GET', '/v1/customers/tom', agent)).json
  const words = { kind: 'threat', seenBy: 'Team Parcels', text: 'Said he would come by.' }
  const noted = await note('tom', { type: 'conduct.noted', data: words })
  const after = (await ask('GET', '/v1/customers/tom', agent)).json
  expect(after.entries).toEqual(before.entries)
  expect(after.facts).toMatchObject({ conductNotedAt: noted.json.at })

  const path = `/v1/customers/tom/sources/hand/events/${noted.json.event}/text`
  expect((await ask('DELETE', path, agent)).status).toBe(403)
  expect((await ask('DELETE', path, await asRole('admin'))).status).toBe(204)
  expect((await timeline('tom'))[0]).toMatchObject({ type: 'conduct.noted', text: null, retracted: false })
  expect(await db.query('select body from prose where id = $1', [noted.json.event])).toEqual([])

  expect((await takeBack('tom', noted.json.event)).status).toBe(200)
  expect(await factsOf('tom')).toMatchObject({ conductNotedAt: null })
})

test('erasing a customer leaves nothing of how colleagues were treated but that something was noted', async () => {
  await note('tom', { type: 'conduct.noted', data: { kind: 'insult', seenBy: 'Counter' } })
  expect((await ask('DELETE', '/v1/customers/tom')).status).toBe(200)
  const rows = await db.query(`select data from events where customer = 'tom' and type = 'conduct.noted'`)
  for (const { data } of rows) expect(data).toEqual({ kind: 'other', seenBy: '' })
  expect((await note('tom', { type: 'note.written', data: { text: 'x' } })).json.code).toBe('customer-unknown')
  expect((await verifyLog(world)).differences).toEqual([])
})
