import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, HOUR_MS, instant, rfc3339, SECOND_MS } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { lookUpDataRequest } from '../privacy/ask-about-data.ts'

const { db } = await freshDb()
let now = Date.UTC(2026, 10, 19, 9, 42)
const { ask, send, world } = await testApi(db, {
  world: {
    now: () => instant(now),
    mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Service <service@firm.example>' },
    publicUrl: 'https://service.example.org',
  },
})

const told = (customer: string, ...events: readonly Readonly<{ type: string; data: object }>[]) =>
  ask('POST', '/v1/events', {
    body: events.map((event, place) => ({
      id: `${customer} ${place}`,
      source: 'shop',
      customer,
      at: rfc3339(instant(now - (3 - place) * HOUR_MS)),
      ...event,
    })),
  })
await told(
  'H-1',
  { type: 'customer.profiled', data: { name: 'Simulated Person', email: 'h1@example.org' } },
  { type: 'subscription.started', data: { subscription: 's', monthlyValue: 4_000, currency: 'EUR' } },
  { type: 'failure.occurred', data: { failure: 'f', severity: 'critical' } },
)
const linkTo = async (customer: string) => {
  const { status, json } = await ask('POST', `/v1/customers/${customer}/privacy-link`)
  return { status, path: String(json.path), url: String(json.url) }
}
const look = async (path: string, language = 'en') =>
  (await send('GET', `${path}?lang=${language}`, { key: null })).text()
const does = async (path: string, fields: Readonly<Record<string, string>>) => {
  now += SECOND_MS
  return (await sendForm(send, `${path}?lang=en`, fields)).text()
}

test('the page tells what is held, on which ground, and what weighs most, and no figure', async () => {
  const { path } = await linkTo('H-1')
  const html = await look(path)
  for (const words of [
    'Orders, contracts and payments',
    '1, on 19 November 2026',
    'Our work on what went wrong',
    'shop',
    'our interest in keeping customers content',
    'We let you down: <b>speaks for leaving</b>',
    'Object to this',
  ])
    expect(html).toContain(words)
  expect(html).not.toMatch(/\d\s?%|Simulated Person|h1@example\.org|<script/)
  const settings = {
    basis: { service: 'contract', profiling: 'consent', offers: 'consent' },
    keptMonths: 84,
    wordsMonths: 12,
    contact: 'privacy@firm.example',
  }
  expect((await ask('PUT', '/v1/privacy-settings', { body: settings })).json).toEqual(settings)
  const dutch = await look(path, 'nl')
  expect(dutch).toContain('Alles wordt gewist als er 84 maanden niets tussen ons is gebeurd')
  expect(dutch).toContain('verdwijnt 12 maanden nadat de zaak gesloten is')
  expect(dutch).toContain('privacy@firm.example')
})

test('each button does what it says, at once or as a request that needs no more confirmation', async () => {
  const { path } = await linkTo('H-1')
  expect(await does(path, { do: 'refuse' })).toContain('No. You objected on 19 November 2026.')
  expect(await db.query("select 1 from relationships where customer = 'H-1' and stay is null")).toHaveLength(1)
  expect(await does(path, { do: 'allow' })).toContain('Your objection is taken back.')
  await does(path, { do: 'no-offers' })
  expect(await does(path, { do: 'death' })).toContain('You told us of a death.')
  const wish = { customer: 'H-1', purpose: 'upsell', channel: 'phone' }
  const spoke = async () => {
    const { json } = await ask('POST', '/v1/decisions/contact', { body: wish })
    return (json.spoke as readonly Readonly<{ rule: string }>[]).map(({ rule }) => rule)
  }
  expect((await spoke()).slice(0, 3)).toEqual(['objection', 'no-consent', 'bereavement'])
  expect(await does(path, { do: 'death-back' })).toContain('It is taken back.')
  expect(await spoke()).not.toContain('bereavement')

  expect(await does(path, { do: 'correction' })).toContain('Nothing was changed.')
  expect(await does(path, { do: 'correction', words: 'My name is wrong.' })).toContain('We have your request.')
  expect(await does(path, { do: 'access' })).toContain('We have your request.')
  expect(await does(path, { do: 'access' })).toContain('We have this request of yours already.')
  // Both are due on one day.
  const requests = (await ask('GET', '/v1/data-requests')).json.requests as readonly Readonly<{ kind: string }>[]
  expect(requests.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
    { customer: 'H-1', kind: 'access', confirmedAt: expect.any(String) },
    { customer: 'H-1', kind: 'correction', words: 'My name is wrong.', email: 'h1@example.org' },
  ])
})

test('who has no link gets one by mail at the address that is known, and nobody has to answer', async () => {
  const fields = { kind: 'look', email: 'H1@example.org', words: '' }
  expect((await sendForm(send, '/data-request?lang=en', fields)).status).toBe(200)
  const [row] = await db.query<{ id: string }>("select id from data_requests where customer like 'asked:%'")
  await lookUpDataRequest(world, row?.id ?? '')
  const [message] = await listMessages(db, { state: null, before: null, limit: 1, customer: 'H-1' })
  expect(message?.kind).toBe('data.page')
  const path = /https:\/\/service\.example\.org(\/your-data\/[^\s?]+)/.exec(message?.body ?? '')?.[1] ?? ''
  expect(await look(path)).toContain('What we hold about you, and why')
  const requests = (await ask('GET', '/v1/data-requests')).json.requests as readonly { kind: string }[]
  expect(requests.map(({ kind }) => kind)).not.toContain('look')
})

test('is over with a link that was changed, after two weeks, and for who was erased', async () => {
  const { path } = await linkTo('H-1')
  const status = async (of: string) => (await send('GET', of, { key: null })).status
  expect([await status(path), await status(`${path}x`)]).toEqual([200, 410])
  expect(await status(path.replace('/your-data/', '/preferences/'))).toBe(410)
  now += 15 * DAY_MS
  expect(await status(path)).toBe(410)
  const { path: fresh } = await linkTo('H-1')
  expect((await ask('DELETE', '/v1/customers/H-1')).status).toBe(200)
  expect(await status(fresh)).toBe(410)
  expect((await linkTo('H-1')).status).toBe(404)
})

test('groups in which somebody is, for comparing how groups are treated, are named', async () => {
  await told('H-3', { type: 'order.placed', data: { order: 'o' } })
  const { path } = await linkTo('H-3')
  expect(await look(path)).not.toContain('treated alike')
  const wish = { groups: ['up & north', 'south'], basis: 'consent', reason: 'To see that nobody waits longer.' }
  expect((await ask('PUT', '/v1/equality/traits/region', { body: wish })).status).toBe(204)
  const own = { ...wish, groups: ['yes', 'no'], name: 'Wheelchair' }
  expect((await ask('PUT', '/v1/equality/traits/own', { body: own })).status).toBe(204)
  const upload = (trait: string, group: string) =>
    ask('POST', `/v1/equality/traits/${trait}/groups`, { body: `customer,group\nH-3,${group}` })
  expect((await upload('region', 'up & north')).json).toMatchObject({ taken: 1 })
  expect((await upload('own', 'yes')).json).toMatchObject({ taken: 1 })
  expect(await look(path)).toMatch(/treated alike[\s\S]*<li>Wheelchair: yes<\/li><li>Region: up &amp; north<\/li>/)
  expect(await look(path, 'ru')).toContain('Регион: up &amp; north')
})
