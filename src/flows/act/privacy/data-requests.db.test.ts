import { unzipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { leaveByPage, sendForm } from '../../../../test/leave-by-page.ts'
import { smtpSink } from '../../../../test/smtp-sink.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'
import { sendMessage } from '../messages/send-message.ts'
import { lookUpDataRequest } from './ask-about-data.ts'
import { forgetOverData, handOverData } from './hand-over-data.ts'

const { db } = await freshDb()
const sink = await smtpSink()
afterAll(() => sink.close())
const begin = Date.UTC(2026, 10, 19, 9, 42)
let now = begin
const { ask, send, asRole, world, lines } = await testApi(db, {
  world: {
    now: () => instant(now),
    mail: { smtpUrl: sink.url, from: 'Service <service@firm.example>' },
    publicUrl: 'https://service.example.org',
  },
})

async function customer(key: string, email = `${key}@example.org`): Promise<void> {
  const at = rfc3339(instant(Date.UTC(2026, 0, 5)))
  const told = [
    { type: 'customer.profiled', data: { email, locale: 'nl-NL', phone: '+31 6 1234 5678' } },
    { type: 'subscription.started', data: { subscription: 'S-1' } },
    {
      type: 'contact.opened',
      data: { contact: 'c1', channel: 'phone', text: `Reach me at 06 12345678, not at ${email} or jan@example.com` },
    },
  ]
  const body = told.map((event, place) => ({ id: `${key} ${place}`, customer: key, at, ...event }))
  expect(await ask('POST', '/v1/events', { body })).toMatchObject({ status: 200 })
}

/** Carries out the jobs of a kind that are queued, as a worker would, each once. */
async function work(): Promise<void> {
  const jobs = await db.query<{ name: string; data: { customer: string; id: string } }>(
    `delete from amends_jobs.job where name in ('data.look-up', 'data.pack', 'message.send') and state = 'created'
       returning name, data`,
  )
  for (const { name, data } of jobs) {
    if (name === 'data.look-up') await lookUpDataRequest(world, data.id)
    else if (name === 'data.pack') await handOverData(world, data)
    else await sendMessage(world, data)
  }
  if (jobs.length > 0) await work()
}

const asks = async (kind: string, email: string, words = '') => {
  const answer = await sendForm(send, '/data-request?lang=en', { kind, email, words })
  const html = await answer.text()
  await work()
  return { status: answer.status, html }
}
const linkIn = (text: string): string => /https:\/\/service\.example\.org(\/\S+)/.exec(text)?.[1] ?? ''
const mailsTo = (email: string) => sink.taken.filter(({ to }) => JSON.stringify(to).includes(email))
const lastMailTo = (email: string): string => mailsTo(email).at(-1)?.text ?? ''
const open = async () => (await ask('GET', '/v1/data-requests')).json.requests as { id: string; customer: string }[]
async function confirmed(kind: string, key: string): Promise<string> {
  await customer(key)
  await asks(kind, `${key}@example.org`)
  const link = linkIn(lastMailTo(`${key}@example.org`))
  expect(await (await send('GET', link, { key: null })).text()).toContain('Confirm your request')
  expect((await open()).some((one) => one.customer === key)).toBe(false)
  expect(await (await sendForm(send, link, {})).text()).toContain('We have your request')
  return (await open()).find((one) => one.customer === key)?.id ?? ''
}
const step = (id: string, body: object, as: object = {}) =>
  ask('POST', `/v1/data-requests/${id}/steps`, { ...as, body })

describe('who asks', () => {
  test('gets the same answer to the letter whether the address is known or not, and nothing is kept of a stranger', async () => {
    await customer('K-1')
    const [known, unknown] = [await asks('access', 'K-1@example.org'), await asks('access', 'nobody@example.org')]
    expect(unknown).toEqual(known)
    expect(mailsTo('K-1@example.org')).toHaveLength(1)
    expect(mailsTo('nobody@example.org')).toEqual([])
    expect(await db.query(`select 1 from data_requests where customer like 'asked:%'`)).toEqual([])
  })

  test('again and again fills no mailbox', async () => {
    await customer('K-2')
    for (const _ of [1, 2, 3, 4]) await asks('erasure', 'k-2@EXAMPLE.org')
    expect(mailsTo('K-2@example.org')).toHaveLength(2)
  })

  test('wrongly is told what is missing', async () => {
    const { status, html } = await asks('everything', 'no address', 'x'.repeat(1_001))
    expect(status).toBe(422)
    expect(html.match(/<li>/g)).toHaveLength(3)
  })

  test('with a link that was changed, is of another purpose, or is over, is told what to do', async () => {
    await customer('K-3')
    await asks('access', 'K-3@example.org')
    const link = linkIn(lastMailTo('K-3@example.org'))
    const { receipt } = await leaveByPage(send, { reference: 'x' })
    const other = `/data-request/confirm/${receipt.split('/').at(-1)?.split('?')[0]}`
    for (const path of [link.replace('?', 'x?'), other, link.replace('confirm', 'copy')])
      expect((await send('GET', path, { key: null })).status).toBe(410)
    now += 9 * DAY_MS
    expect((await send('GET', link, { key: null })).status).toBe(410)
    await forgetOverData(world)
    expect(await db.query(`select 1 from data_requests where customer = 'K-3'`)).toEqual([])
    now = begin
  })
})

describe('a request that was confirmed', () => {
  test('for a copy is due in a month, and answered by a link to a zip of tables without what names others', async () => {
    const id = await confirmed('access', 'A-1')
    expect((await ask('GET', '/v1/data-requests')).json).toMatchObject({
      requests: [{ id, kind: 'access', dueAt: '2026-12-20T00:00:00.000Z', end: null }],
      page: 'https://service.example.org/data-request',
    })
    expect((await step(id, { step: 'answer' })).json).toMatchObject({ end: null, decidedAt: rfc3339(instant(now)) })
    expect((await step(id, { step: 'refuse', why: 'no' })).json).toMatchObject({ code: 'not-in-this-state' })
    await work()
    const link = linkIn(lastMailTo('A-1@example.org'))
    expect(await (await send('GET', link, { key: null })).text()).toContain('Your data are ready')
    const file = await send('GET', link.replace('?', '/file?'), { key: null })
    expect(file.headers.get('content-type')).toBe('application/zip')
    const parts = unzipSync(new Uint8Array(await file.arrayBuffer()))
    const text = (name: string) => new TextDecoder().decode(parts[name])
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(['README.txt', 'data.json', 'events.csv', 'states.csv']))
    expect(JSON.parse(text('data.json'))).toMatchObject({ customer: 'A-1', people: ['A-1'] })
    expect(text('prose.csv')).toContain('Reach me at 06 12345678, not at A-1@example.org or […]')
    expect(text('data.json')).not.toContain('jan@example.com')
    expect((await ask('GET', '/v1/data-requests?state=ended')).json).toMatchObject({
      requests: [{ id, end: 'answered' }],
    })
    now += 15 * DAY_MS
    expect((await send('GET', link, { key: null })).status).toBe(410)
    await forgetOverData(world)
    expect(await db.query('select 1 from data_packs')).toEqual([])
    now = begin
  })

  test('is refused or extended with the reason, once', async () => {
    const id = await confirmed('correction', 'A-2')
    expect((await step(id, { step: 'extend', why: '' })).status).toBe(400)
    const both = await Promise.all([1, 2].map(() => step(id, { step: 'extend', why: 'Many ask.' })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await work()
    expect(lastMailTo('A-2@example.org')).toContain('until 19 February 2027 at the latest. The reason: Many ask.')
    expect((await step(id, { step: 'refuse', why: 'It is right as it is.' })).json).toMatchObject({ end: 'refused' })
    await work()
    expect(lastMailTo('A-2@example.org')).toContain('The reason: It is right as it is.')
  })

  test('for erasure takes whoever may erase, erases, and is told after it', async () => {
    const id = await confirmed('erasure', 'A-3')
    const [agent, lead, auditor] = [await asRole('agent'), await asRole('lead'), await asRole('auditor')]
    for (const [as, status] of [
      [agent, 403],
      [auditor, 403],
      [lead, 403],
    ] as const)
      expect((await step(id, { step: 'answer' }, as)).status).toBe(status)
    expect((await ask('GET', '/v1/data-requests', auditor)).status).toBe(200)
    expect((await ask('GET', '/v1/data-requests', agent)).status).toBe(403)
    expect((await step(id, { step: 'answer' })).json).toMatchObject({ end: 'answered', email: null })
    await work()
    expect(lastMailTo('A-3@example.org')).toContain('We have erased what we held about you')
    const state = (await readSaved(db, ['A-3'])).get('A-3')?.state
    expect(state?.person).toMatchObject({ erased: true })
    expect(await db.query(`select 1 from data_requests where customer = 'A-3' and email is not null`)).toEqual([])
    expect((await step(id, { step: 'answer' })).json).toMatchObject({ code: 'not-in-this-state' })
  })

  test('is erased with the customer, and so is the copy', async () => {
    const id = await confirmed('access', 'A-4')
    await step(id, { step: 'answer' })
    await work()
    const link = linkIn(lastMailTo('A-4@example.org'))
    expect((await ask('DELETE', '/v1/customers/A-4')).status).toBe(200)
    expect((await send('GET', link, { key: null })).status).toBe(410)
    expect(await db.query(`select 1 from data_requests where customer = 'A-4' and email is not null`)).toEqual([])
  })
})

test('who leaves and is recognised gets the copy at once, and the exit says that it was handed over', async () => {
  await customer('E-1')
  const { number } = await leaveByPage(send, { reference: 'S-1', email: 'E-1@example.org' }, 'nl')
  await work()
  expect(mailsTo('E-1@example.org').map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Bevestiging van uw opzegging'),
    'Een kopie van uw gegevens',
  ])
  expect((await ask('GET', `/v1/exits/${number}`)).json).toMatchObject({ handedOverAt: rfc3339(instant(now)) })
  await handOverData(world, { customer: 'E-1', id: number })
  await work()
  expect(mailsTo('E-1@example.org')).toHaveLength(2)
  const told = await db.query(`select 1 from events where customer = 'E-1' and type = 'exit.data_handed_over'`)
  expect(told).toHaveLength(1)
})

test('where no link can be mailed the page says what counts as well, and takes nothing', async () => {
  const { send: without } = await testApi(db, {})
  const html = await (await without('GET', '/data-request?lang=en', { key: null })).text()
  expect(html).toContain('Call or write to us')
  expect(html).not.toContain('<button')
})

test('nothing that was typed is in the log of the server, and every mail was sent once', async () => {
  expect(JSON.stringify(lines)).not.toMatch(/example\.org/)
  const messages = await listMessages(db, { state: null, before: null, limit: 200, customer: null })
  expect(messages.filter(({ state }) => state !== 'sent' && state !== 'cancelled')).toEqual([])
})
