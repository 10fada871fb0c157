import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { hiddenFields, leaveByPage, sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import { instant, rfc3339 } from '../../../core/time/instant.ts'
import { findExitByNumber } from '../../../store/exits.ts'
import { listMessages } from '../../../store/messages.ts'

const { db } = await freshDb()
let now = Date.UTC(2026, 10, 19, 9, 42)
const { ask, send, lines } = await testApi(db, { world: { now: () => instant(now) } })

const NONE = { state: null, before: null, limit: 10 } as const

type Told = Readonly<{ type: string; data?: Readonly<Record<string, unknown>> }>

async function tell(customer: string, ...events: readonly Told[]): Promise<void> {
  const at = rfc3339(instant(Date.UTC(2026, 0, 5)))
  const body = events.map((event, place) => ({ id: `${customer} ${place}`, customer, at, ...event }))
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
}

const profile = (email: string): Told => ({ type: 'customer.profiled', data: { email } })
const subscription = (name: string): Told => ({
  type: 'subscription.started',
  data: { subscription: name, monthlyValue: 2_500, currency: 'EUR' },
})

const typesOf = async (customer: string): Promise<readonly string[]> =>
  (
    await db.query<{ type: string }>(`select type from events where customer = $1 and source = 'amends' order by id`, [
      customer,
    ])
  ).map(({ type }) => type)

describe('a notice on the public page', () => {
  test('ends the contract of whoever holds it, and is confirmed by mail at once', async () => {
    await tell('C-1', profile('marieke@example.org'), subscription('AB-40 118'))
    const { second, done, file, number } = await leaveByPage(
      send,
      { reference: 'ab40118', email: 'Marieke@example.org', reason: 'Verhuizing' },
      'nl',
    )
    expect(second).toContain('uiterlijk 19 december 2026')
    expect(done).toContain('Ontvangen op donderdag 19 november 2026')
    expect(file).toContain(`Nummer ${number}`)
    expect(file).toContain('Opzegging, ab40118\nReden: Verhuizing')
    const stored = await findExitByNumber(db, number)
    expect(stored).toMatchObject({ customer: 'C-1', endRule: 'notice', exit: { confirmedAt: now, endedAt: null } })
    expect(rfc3339(stored?.exit.endsAt ?? instant(0))).toBe('2026-12-20T00:00:00.000Z')
    expect(await typesOf('C-1')).toEqual(['exit.confirmed', 'exit.requested'])
    const [mail] = await listMessages(db, { ...NONE, customer: 'C-1' })
    expect(mail).toMatchObject({ kind: 'exit.acknowledged', recipient: 'Marieke@example.org', language: 'nl' })
    expect(mail?.body).toContain(`Nummer: ${number}`)
    expect(mail?.body).toContain('Einddatum: 19 december 2026 om 23:59')
  })

  test('is taken although nobody is recognised: no address, another address, an unknown number', async () => {
    await tell('C-2', profile('two@example.org'), subscription('AB-2'))
    for (const typed of [
      { reference: 'AB-2' },
      { reference: 'AB-2', email: 'stranger@example.org' },
      { reference: 'what I bought in May', email: 'two@example.org' },
    ]) {
      const { number, done } = await leaveByPage(send, typed)
      expect(done).toContain('We have received your notice')
      const stored = await findExitByNumber(db, number)
      expect(stored).toMatchObject({ customer: `unmatched:${number}`, exit: { confirmedAt: null } })
      const mails = await listMessages(db, { ...NONE, customer: `unmatched:${number}` })
      expect(mails).toHaveLength(typed.email === undefined ? 0 : 1)
      expect(mails.every(({ body }) => body.includes(number) && !body.includes('Ends'))).toBe(true)
    }
    expect(await typesOf('C-2')).toEqual([])
  })

  test('is recognised by the number of an order too', async () => {
    await tell('C-3', profile('three@example.org'), {
      type: 'order.placed',
      data: { order: '88-214', value: 4_000, currency: 'EUR' },
    })
    const { number } = await leaveByPage(send, { kind: 'withdraw', reference: '88-214', email: 'three@example.org' })
    expect(await findExitByNumber(db, number)).toMatchObject({
      customer: 'C-3',
      endRule: 'at-once',
      exit: { endsAt: now },
    })
  })

  test('counts once, however often it is sent', async () => {
    await tell('C-4', profile('four@example.org'), subscription('AB-4'))
    const typed = { kind: 'cancel', reference: 'AB-4', email: 'four@example.org' }
    const { token = '' } = hiddenFields(await (await sendForm(send, '/leave', typed)).text())
    const sent = Array.from({ length: 8 }, () => sendForm(send, '/leave/confirm', { ...typed, token }))
    const places = (await Promise.all(sent)).map(({ headers }) => headers.get('location'))
    expect(new Set(places).size).toBe(1)
    expect(await typesOf('C-4')).toHaveLength(2)
    expect(await listMessages(db, { ...NONE, customer: 'C-4' })).toHaveLength(1)
  })

  test('is taken without a token, or with one that was changed or is over', async () => {
    const typed = { kind: 'cancel', reference: 'AB-5' }
    const { token = '' } = hiddenFields(await (await sendForm(send, '/leave', typed)).text())
    now += 8 * 86_400_000
    for (const each of ['', 'nonsense', `${token}x`, token]) {
      const answer = await sendForm(send, '/leave/confirm', { ...typed, token: each })
      expect([each, answer.status]).toEqual([each, 303])
    }
  })

  test('that lacks something comes back with what was typed, and says what is missing', async () => {
    const answer = await sendForm(send, '/leave?lang=en', { name: 'A <b>', email: 'no address' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Choose what you want.')
    expect(html).toContain('This is no e-mail address.')
    expect(html).toContain('value="A &lt;b&gt;"')
  })
})

test('the way out is the same to the letter for every customer, whatever the score, the value or the history', async () => {
  const failure = (name: string): readonly Told[] => [
    { type: 'failure.occurred', data: { failure: name, severity: 'critical', loss: 90_000, currency: 'EUR' } },
    { type: 'failure.reopened', data: { failure: name } },
  ]
  await tell('good', profile('aaaa@example.org'), subscription('S-1'), {
    type: 'post.published',
    data: { negative: false },
  })
  await tell('let-down', profile('bbbb@example.org'), subscription('S-1'), ...failure('one'), ...failure('two'))
  await tell('dear', profile('cccc@example.org'), subscription('S-1'), {
    type: 'order.placed',
    data: { order: 'O-1', value: 99_000_000, currency: 'EUR' },
  })
  await tell(
    'angry',
    profile('dddd@example.org'),
    subscription('S-1'),
    { type: 'dispute.opened', data: { kind: 'legal' } },
    {
      type: 'post.published',
      data: { negative: true, reach: 1_000_000 },
    },
  )
  const seen = new Map<string, string[]>()
  for (const email of [
    'aaaa@example.org',
    'bbbb@example.org',
    'cccc@example.org',
    'dddd@example.org',
    'eeee@example.org',
  ]) {
    const { second, done, file, number } = await leaveByPage(send, { reference: 'S-1', email })
    const { token = '' } = hiddenFields(await (await send('GET', '/withdraw?lang=en', { key: null })).text())
    const typed = { kind: 'withdraw', reference: 'S-1', email, token }
    const receipt = (await sendForm(send, '/withdraw?lang=en', typed)).headers.get('location') ?? ''
    const withdrawn = await (await send('GET', receipt, { key: null })).text()
    // What differs is what was typed, the number, and the signature over it.
    const same = (html: string) =>
      html
        .replaceAll(email, 'ADDRESS')
        .replaceAll(/E-\w{5}-\w{5}/g, 'NUMBER')
        .replaceAll(/[\w-]{40,}\.[\w-]{43}/g, 'TOKEN')
    expect(number).not.toBe('')
    seen.set(email, [second, done, file, withdrawn].map(same))
  }
  const [first, ...others] = [...seen.values()]
  for (const other of others) expect(other).toEqual(first)
  const steps = await db.query<{ customer: string; confirmed: boolean; after: number }>(
    `select customer, confirmed_at = requested_at as confirmed, extract(epoch from ends_at - requested_at)::int as after
       from exits where email = any($1) and customer not like 'unmatched:%' and kind = 'cancel'`,
    [[...seen.keys()]],
  )
  expect(steps).toHaveLength(4)
  expect(new Set(steps.map(({ confirmed, after }) => `${confirmed} ${after}`)).size).toBe(1)
})

describe('the two functions of the law', () => {
  const seventh = profile('seven@example.org')

  test('cancelling in German: one form, the words of § 312k BGB, confirmed with the end in text form', async () => {
    await tell('C-8', seventh, subscription('DE-8'))
    const form = await (await send('GET', '/cancel?lang=de', { key: null })).text()
    expect(form).toContain('<html lang="de">')
    expect(form).toMatch(/<button>jetzt kündigen<\/button>/)
    expect(form).not.toContain('value="withdraw"')
    expect(form).not.toMatch(/type="password"/)
    for (const field of ['kind', 'reason', 'name', 'reference', 'wishedOn', 'email'])
      expect(form).toContain(`name="${field}"`)
    const { token = '' } = hiddenFields(form)
    const typed = { kind: 'cancel', reference: 'DE-8', email: 'seven@example.org', name: 'Erika Muster', token }
    const sent = await Promise.all([1, 2].map(() => sendForm(send, '/cancel?lang=de', typed)))
    const [place, again] = sent.map(({ headers }) => headers.get('location') ?? '')
    expect(place).toBe(again)
    const done = await (await send('GET', place ?? '', { key: null })).text()
    expect(done).toContain('Eingegangen am')
    expect(done).toContain('Ordentliche Kündigung, DE-8')
    const [mail] = await listMessages(db, { ...NONE, customer: 'C-8' })
    expect(mail).toMatchObject({ language: 'de', subject: expect.stringContaining('Bestätigung Ihrer Erklärung E-') })
    expect(mail?.body).toContain('Erika Muster')
    expect(mail?.body).toMatch(/Letzter Tag: spätestens \d+\. \w+ \d{4}/)
    expect(mail?.body).toMatch(/Eingegangen: \d+\. \w+ \d{4} um \d\d:\d\d/)
    expect(mail?.body).toContain('Ende des Vertrags: ')
  })

  test('withdrawing asks for no reason and no day, and staff see until when it was possible', async () => {
    await tell('C-9', profile('nine@example.org'), {
      type: 'order.placed',
      data: { order: '9-214', value: 4_000, currency: 'EUR' },
    })
    const form = await (await send('GET', '/withdraw?lang=en', { key: null })).text()
    expect(form).toMatch(/<button>Confirm withdrawal<\/button>/)
    expect(form).not.toMatch(/name="(reason|wishedOn)"/)
    const { token = '', kind = '' } = hiddenFields(form)
    const typed = { kind, token, reference: '9-214', email: 'nine@example.org' }
    const receipt = (await sendForm(send, '/withdraw?lang=en', typed)).headers.get('location') ?? ''
    const number = /E-\w{5}-\w{5}/.exec(await (await send('GET', receipt, { key: null })).text())?.[0]
    expect((await ask('GET', `/v1/exits/${number}`)).json).toMatchObject({
      customer: 'C-9',
      kind: 'withdraw',
      withdrawUntil: '2026-01-20T00:00:00.000Z',
    })
  })

  test('are offered as the country says, unless the firm says otherwise; turned off they lead to the page for everything', async () => {
    const offered = async (body: object) => (await ask('PUT', '/v1/exit-settings', { body })).json.offered
    expect((await ask('GET', '/v1/exit-settings')).json).toMatchObject({ offered: { cancel: true, withdraw: true } })
    expect(await offered({ country: 'DE', cancel: null, withdraw: null })).toEqual({ cancel: true, withdraw: true })
    expect(await offered({ country: 'RU', cancel: null, withdraw: null })).toEqual({ cancel: true, withdraw: false })
    const away = await send('GET', '/withdraw?lang=nl', { key: null })
    expect([away.status, away.headers.get('location')]).toEqual([303, '/leave?lang=nl'])
    expect(await (await send('GET', '/leave', { key: null })).text()).not.toContain('value="withdraw"')
    expect((await sendForm(send, '/withdraw', { kind: 'withdraw', reference: 'what I bought' })).status).toBe(303)
    expect((await ask('PUT', '/v1/exit-settings', { body: { country: 'de', cancel: 1, withdraw: null } })).status).toBe(
      400,
    )
    await offered({ country: null, cancel: null, withdraw: null })
  })

  test('a language that nobody speaks here is no refusal', async () => {
    expect((await send('GET', '/cancel?lang=xx', { key: null })).status).toBe(200)
  })
})

describe('hostile input', () => {
  const hostile = [
    '<script>alert(1)</script>',
    `'; drop table exits; --`,
    '" onfocus="alert(1)" x="',
    '\0\ud800zero and half a pair',
    '{greeting} {link} $1 %s \u202e',
    'x\r\nBcc: everybody@example.org',
  ]
  test.each(hostile)('%j is shown as text and stored as such', async (text) => {
    const { done, second, number } = await leaveByPage(send, {
      reference: text,
      name: text,
      reason: text,
      email: 'six@example.org',
    })
    expect(number).not.toBe('')
    for (const html of [second, done]) {
      expect(html).not.toContain('<script')
      expect(html).not.toMatch(/<[^>]*onfocus="/)
    }
    const [mail] = await listMessages(db, { ...NONE, customer: `unmatched:${number}` })
    expect(mail?.html).not.toContain('<script')
    expect(mail?.recipient).toBe('six@example.org')
  })

  test('too much of it, or no form at all, is answered by a page', async () => {
    const answers = [
      await sendForm(send, '/leave', { kind: 'cancel', reference: 'x'.repeat(1_000) }),
      await sendForm(send, '/leave', { kind: 'cancel', reference: 'x'.repeat(100_000) }),
      await send('POST', '/leave', { key: null, body: '{"json": true}' }),
      await send('POST', '/leave/confirm', { key: null, body: new Uint8Array([0xff, 0xfe]) }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 400, 422, 400])
    for (const answer of answers) expect(await answer.text()).toContain('<h1>')
  })

  test.each(['nonsense', 'a.b', `${'A'.repeat(500)}.${'B'.repeat(43)}`])(
    'the link %s leads to a page that says what to do',
    async (token) => {
      const answer = await send('GET', `/leave/done/${token}`, { key: null })
      expect(answer.status).toBe(410)
      expect(await answer.text()).toContain('This link no longer works')
    },
  )

  test('a link of a confirmation expires', async () => {
    const { receipt } = await leaveByPage(send, { reference: 'AB-7' })
    now += 91 * 86_400_000
    expect((await send('GET', receipt, { key: null })).status).toBe(410)
  })
})

test('public pages set no cookie, run no script, ask nobody else, and tell nobody where they were', async () => {
  const answer = await send('GET', '/leave', { key: null })
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'self'; form-action 'self'/,
  )
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(await answer.text()).not.toMatch(/<script|style=|https?:/)
})

test('whoever asks too often is told to wait, on a page', async () => {
  const few = await testApi(db, { ratePerMinute: 2 })
  const statuses: number[] = []
  for (let each = 0; each < 4; each += 1) statuses.push((await few.send('GET', '/leave', { key: null })).status)
  expect(statuses).toEqual([200, 200, 429, 429])
})

test('nothing that was typed is in the log of the server', () => {
  expect(JSON.stringify(lines)).not.toMatch(/example\.org|AB-/)
})
