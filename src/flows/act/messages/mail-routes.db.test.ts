import { afterAll, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { smtpSink } from '../../../../test/smtp-sink.ts'
import { testApi } from '../../../../test/test-api.ts'
import { findMessage } from '../../../store/messages.ts'
import { queueMessage } from '../../queue-message.ts'
import { sendMessage } from './send-message.ts'

const { db } = await freshDb()
const sink = await smtpSink()
afterAll(() => sink.close())
const { ask, send, world } = await testApi(db, { world: { mail: { smtpUrl: sink.url, from: 'service@firm.example' } } })
const off = await testApi(db)

const queue = async (customer: string, cause = 'one', to = `${customer}@Example.ORG`) => {
  const values = { what: 'de levering', link: 'https://example.org/s?a=1&b=2', name: 'A <b>' }
  const wanted = { customer, to, kind: 'survey.invitation', language: 'nl', values, timeZone: 'UTC', cause } as const
  const queued = await db.transaction((tx) => queueMessage(world, tx, wanted))
  if (queued.kind !== 'queued') throw new Error(`not queued: ${queued.kind}`)
  return { customer, id: queued.id, path: `/v1/messages/${customer}/${queued.id}` }
}

test('the outbox is read page by page, newest first, and counts what was not sent', async () => {
  for (let each = 1; each <= 5; each += 1) await queue('pages', `cause ${each}`)
  const seen: unknown[] = []
  let cursor = ''
  for (;;) {
    const page = await ask('GET', `/v1/messages?customer=pages&limit=2${cursor}`)
    const { messages, cursor: next } = page.json as { messages: { id: string; to: string }[]; cursor: string | null }
    seen.push(...messages.map(({ id }) => id))
    expect(messages.every(({ to }) => to === 'pages@example.org')).toBe(true)
    if (next === null) break
    cursor = `&cursor=${next}`
  }
  expect(seen).toHaveLength(5)
  expect(new Set(seen).size).toBe(5)
  expect((await ask('GET', '/v1/messages')).json).toMatchObject({ sending: true, counts: { queued: 5 } })
  expect((await ask('GET', '/v1/messages?state=lost')).status).toBe(400)
  expect((await ask('GET', '/v1/messages?cursor=bm9uc2Vuc2U')).status).toBe(400)
})

test('a message is shown as it looks, without a way to act in our pages', async () => {
  const { path } = await queue('looks')
  const response = await send('GET', `${path}/html`)
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  const html = await response.text()
  expect(html).toContain('Geachte A &lt;b&gt;,')
  expect(html).toContain('<a href="https://example.org/s?a=1&amp;b=2">Antwoord op de pagina</a>')
})

test('a message that was held back is not sent, until somebody says so', async () => {
  const key = await queue('held')
  expect((await ask('POST', `${key.path}/cancel`)).json).toMatchObject({ state: 'cancelled' })
  await sendMessage(world, key)
  expect(sink.taken).toHaveLength(0)
  expect((await ask('POST', `${key.path}/send`)).json).toMatchObject({ state: 'queued' })
  await sendMessage(world, key)
  expect(sink.taken).toHaveLength(1)
  expect((await ask('POST', `${key.path}/send`)).json).toMatchObject({ code: 'not-in-this-state' })
  expect((await ask('POST', `${key.path}/cancel`)).json).toMatchObject({ code: 'not-in-this-state' })
})

test('a bounce that comes later marks the message and stops the address, once; sending again lets it in', async () => {
  const key = await queue('later')
  await sendMessage(world, key)
  const report = { outcome: 'bounced', address: 'later@EXAMPLE.org', reason: '550 5.1.1 unknown' }
  expect((await ask('POST', '/v1/mail/bounces', { body: report })).json).toEqual({ messages: 1 })
  expect((await ask('POST', '/v1/mail/bounces', { body: report })).json).toEqual({ messages: 0 })
  expect(await findMessage(db, key.customer, key.id)).toMatchObject({ state: 'bounced', problem: '550 5.1.1 unknown' })
  const other = await queue('later', 'another')
  await sendMessage(world, other)
  expect(await findMessage(db, other.customer, other.id)).toMatchObject({ state: 'bounced' })
  expect((await ask('GET', '/v1/mail/bounces')).json).toMatchObject([{ address: 'later@example.org' }])
  expect((await ask('POST', `${other.path}/send`)).json).toMatchObject({ state: 'queued' })
  await sendMessage(world, other)
  expect(await findMessage(db, other.customer, other.id)).toMatchObject({ state: 'sent' })
  expect((await ask('POST', '/v1/mail/bounces', { body: { outcome: 'bounced' } })).status).toBe(400)
})

test('an address is let in again on its own', async () => {
  await db.change(`insert into bounced_addresses (customer, address, reason) values ('x', 'x@example.org', 'full')`)
  expect((await send('DELETE', '/v1/mail/bounces/x%40example.org')).status).toBe(204)
  expect((await send('DELETE', '/v1/mail/bounces/x%40example.org')).status).toBe(404)
})

test('the firm words a message itself; what the customer needs must stay, and ours comes back', async () => {
  const path = '/v1/mail/wordings/survey.invitation/nl'
  const own = { subject: 'Vraag over {what}', body: '{greeting}\n\nKlik: {link} over {what}' }
  expect((await ask('PUT', path, { body: own })).json).toMatchObject({ version: 1, subject: own.subject })
  const key = await queue('worded')
  expect(await findMessage(db, key.customer, key.id)).toMatchObject({
    subject: 'Vraag over de levering',
    body: 'Geachte A <b>,\n\nKlik: https://example.org/s?a=1&b=2 over de levering\n',
  })
  const without = { ...own, body: '{greeting} {what}' }
  expect((await ask('PUT', path, { body: without })).json).toMatchObject({ pointer: '/body' })
  expect((await ask('PUT', path, { body: { ...own, subject: '{secret}' } })).json).toMatchObject({
    pointer: '/subject',
  })
  expect((await ask('PUT', path, { body: { subject: '', body: '' } })).json).toMatchObject({ version: 0 })
})

test('a test message goes out at once, and answers go where the firm says', async () => {
  await ask('PUT', '/v1/mail', { body: { replyTo: 'answers@firm.example' } })
  const before = sink.taken.length
  expect((await ask('POST', '/v1/mail/test', { body: { to: 'me@example.org' } })).json).toEqual({
    outcome: 'taken',
    problem: null,
  })
  expect(sink.taken[before]?.replyTo?.value).toMatchObject([{ address: 'answers@firm.example' }])
  expect((await off.ask('POST', '/v1/mail/test', { body: { to: 'me@example.org' } })).json).toMatchObject({
    code: 'mail-unconfigured',
  })
})

test('erasing a customer takes what messages said, and stops what had not left', async () => {
  const at = '2026-01-02T00:00:00Z'
  await ask('POST', '/v1/events', {
    body: { id: 'o', customer: 'gone', type: 'order.placed', at, data: { order: '1', value: 1, currency: 'EUR' } },
  })
  const key = await queue('gone')
  expect((await ask('GET', '/v1/customers/gone/export')).json).toMatchObject({ messages: [{ id: key.id }] })
  expect((await ask('DELETE', '/v1/customers/gone')).status).toBe(200)
  const left = await findMessage(db, 'gone', key.id)
  expect(left).toMatchObject({ state: 'cancelled', recipient: null, subject: '', body: '', html: '' })
  expect((await ask('POST', `${key.path}/send`)).json).toMatchObject({ code: 'not-in-this-state' })
})

test('a message is looked at before it is written, and what is missing is named', async () => {
  const wish = { kind: 'exit.acknowledged', language: 'ru', values: { reference: 'E-1', content: 'x' } }
  expect((await ask('POST', '/v1/messages/preview', { body: wish })).json).toMatchObject({
    pointer: '/values/received',
  })
  const whole = { ...wish, timeZone: 'Europe/Moscow', values: { ...wish.values, received: '2026-03-06T21:30:00Z' } }
  const { json } = await ask('POST', '/v1/messages/preview', { body: whole })
  expect(json.body).toContain('Получено: 7 марта 2026 г. в 00:30')
  expect(json.body).not.toContain('Прекращается')
})
