import { afterAll, describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { smtpSink } from '../../../../test/smtp-sink.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, instant, rfc3339, SECOND_MS } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'
import { sendMessage } from '../messages/send-message.ts'

const { db } = await freshDb()
const sink = await smtpSink()
afterAll(() => sink.close())
let now = Date.UTC(2026, 10, 19, 9, 42)
const { ask, send, world } = await testApi(db, {
  world: {
    now: () => instant(now),
    mail: { smtpUrl: sink.url, from: 'Service <service@firm.example>' },
    publicUrl: 'https://service.example.org',
  },
})

// Nobody is held out: who is asked here is asked.
const live = (await ask('GET', '/v1/policies/contact')).json as { policy: object; version: number }
const changed = { policy: { ...live.policy, neverAskedShare: 0 }, note: 'for a test' }
const put = await ask('PUT', '/v1/policies/contact', { headers: { 'if-match': `"${live.version}"` }, body: changed })
expect(put.status).toBe(200)

/** Invites a customer to a survey, sends the mail, and answers its headers and the path of its one click. */
async function mailTo(key: string) {
  const at = rfc3339(instant(Date.UTC(2026, 0, 5)))
  const told = [
    { type: 'customer.profiled', data: { email: `${key}@example.org` } },
    { type: 'consent.changed', data: { channel: 'email', purpose: 'all', granted: true } },
    { type: 'subscription.started', data: { subscription: 'S-1' } },
  ]
  const body = told.map((event, place) => ({ id: `${key} ${place}`, customer: key, at, ...event }))
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
  const { json } = await ask('POST', '/v1/surveys/invitations', { body: { customer: key, kind: 'csat' } })
  expect(json).toMatchObject({ invited: true, mailed: true })
  const [message] = await listMessages(db, { state: null, before: null, limit: 1, customer: key })
  await sendMessage(world, { customer: key, id: message?.id ?? '' })
  const mail = sink.taken.find(({ to }) => JSON.stringify(to).includes(`${key}@example.org`))
  const lines = Object.fromEntries((mail?.headerLines ?? []).map((one) => [one.key, one.line]))
  const path = /<https:\/\/service\.example\.org(\/preferences\/[^>\s]+)>/.exec(lines['list-unsubscribe'] ?? '')?.[1]
  return { lines, path: path ?? '', text: mail?.text ?? '' }
}

const saidBy = async (key: string) =>
  (await readSaved(db, [key]))
    .get(key)
    ?.state?.consents.map(({ channel, purpose, granted }) => `${channel} ${purpose} ${granted ? 'yes' : 'no'}`)
    .sort()

const mayBeAsked = async (customer: string) =>
  (await ask('POST', '/v1/decisions/contact', { body: { customer, purpose: 'survey', channel: 'email' } })).json

describe('a mail that nobody is owed', () => {
  test('can be refused with one click by RFC 8058, which says no to its purpose and to nothing else', async () => {
    const { lines, path, text } = await mailTo('P-1')
    expect(lines['list-unsubscribe-post']).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(text).toContain('https://service.example.org/preferences/')
    for (const _ of [1, 2]) {
      const answer = await sendForm(send, path, { 'List-Unsubscribe': 'One-Click' })
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
      expect(await answer.text()).toContain('You get no more of these mails')
    }
    expect(await saidBy('P-1')).toEqual(['email all yes', 'email survey no'])
    expect(await mayBeAsked('P-1')).toMatchObject({ allowed: false })
    const told = await db.query(
      `select 1 from events where customer = 'P-1' and type = 'consent.changed' and source = 'amends'`,
    )
    expect(told).toHaveLength(1)
  })

  test('only to look at the page changes nothing', async () => {
    const { path } = await mailTo('P-2')
    expect(await (await send('GET', `${path}?lang=nl`, { key: null })).text()).toContain('Wat mogen wij u sturen?')
    expect(await saidBy('P-2')).toEqual(['email all yes'])
  })
})

test('what is owed carries no such header', async () => {
  const body = { customer: 'P-1', kind: 'cancel', email: 'P-1@example.org' }
  expect((await ask('POST', '/v1/exits', { body })).status).toBe(201)
  const [message] = await listMessages(db, { state: null, before: null, limit: 1, customer: 'P-1' })
  expect(message?.kind).toBe('exit.acknowledged')
  await sendMessage(world, { customer: 'P-1', id: message?.id ?? '' })
  expect(sink.taken.at(-1)?.headers.get('list')).toBeUndefined()
})

describe('the page', () => {
  test('keeps what is left open, tells what was changed once, and takes a no to everything', async () => {
    const { path } = await mailTo('P-3')
    for (const _ of [1, 2])
      await sendForm(send, path, { 'phone-marketing': 'no', 'email-survey': 'yes', 'sms-survey': '?' })
    expect(await saidBy('P-3')).toEqual(['email all yes', 'phone marketing no'])
    // What is said at the same instant has no order but that of its ids.
    now += SECOND_MS
    const html = await (await sendForm(send, path, { none: '1' })).text()
    expect(html.match(/value="no" checked/g)).toHaveLength(10)
    expect((await saidBy('P-3'))?.filter((one) => one.endsWith('yes'))).toEqual(['email all yes'])
    now += SECOND_MS
    await sendForm(send, path, { 'email-marketing': 'yes' })
    expect(await saidBy('P-3')).toEqual(expect.arrayContaining(['email marketing yes', 'email survey no']))
  })

  test('takes an objection to profiling, says so, and takes it back', async () => {
    const { path } = await mailTo('P-8')
    const scored = async () => (await db.query("select stay from relationships where customer = 'P-8'"))[0]?.stay
    expect(await scored()).toBeGreaterThan(0)
    const html = await (await sendForm(send, `${path}?lang=nl`, { profiling: 'refuse' })).text()
    expect(html).toContain('U hebt bezwaar gemaakt.')
    expect([await scored(), await saidBy('P-8')]).toEqual([null, ['email all yes']])
    now += SECOND_MS
    await sendForm(send, path, { profiling: 'allow' })
    expect(await scored()).toBeGreaterThan(0)
  })

  test('is over for who was erased, with a link that was changed, and after a year', async () => {
    const { path } = await mailTo('P-4')
    expect((await send('GET', `${path}x`, { key: null })).status).toBe(410)
    const other = path.replace('/preferences/', '/survey/')
    expect((await send('GET', other, { key: null })).status).toBe(410)
    expect((await ask('DELETE', '/v1/customers/P-4')).status).toBe(200)
    expect((await sendForm(send, path, { none: '1' })).status).toBe(410)
    const { path: later } = await mailTo('P-5')
    now += 366 * DAY_MS
    expect((await send('GET', later, { key: null })).status).toBe(410)
  })

  test('is the same to the letter for every customer of whom the same was said', async () => {
    const seen: string[] = []
    for (const key of ['P-6', 'P-7']) {
      const { path } = await mailTo(key)
      if (key === 'P-7') {
        const failure = { failure: 'f', severity: 'critical', loss: 90_000, currency: 'EUR' }
        const at = rfc3339(instant(Date.UTC(2026, 1, 5)))
        const body = [{ id: 'f', customer: key, type: 'failure.occurred', at, data: failure }]
        expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
      }
      seen.push(
        (await (await send('GET', `${path}?lang=en`, { key: null })).text())
          .replaceAll(path, 'PATH')
          .replace(/\/your-data\/[^?]+/, 'HELD'),
      )
    }
    expect(seen[0]).toBe(seen[1])
  })
})
