import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import { instant, rfc3339 } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'

const { db } = await freshDb()
const now = instant(Date.UTC(2026, 10, 19, 9, 42))
const { ask, asRole, send } = await testApi(db, { world: { now: () => now, publicUrl: 'https://service.example.org' } })

async function leaver(key: string, voucherMinor: number): Promise<string> {
  const at = rfc3339(instant(Date.UTC(2026, 0, 5)))
  const event = (id: string, type: string, data: object) => ({ id, customer: key, type, at, data })
  const body = [
    event('p', 'customer.profiled', { email: `${key}@example.org`, segment: 'fibre' }),
    event('s', 'subscription.started', { subscription: `S-${key}` }),
  ]
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
  if (voucherMinor > 0) {
    const voucher = { customer: key, value: voucherMinor, currency: 'EUR', origin: 'paid' }
    expect((await ask('POST', '/v1/vouchers', { body: voucher })).status).toBe(201)
  }
  // The notice names another address: what is left on vouchers goes to the one that is known.
  const wish = { customer: key, kind: 'cancel', email: 'stranger@example.org', language: 'de' }
  return `${(await ask('POST', '/v1/exits', { body: wish })).json.id}`
}
const mailOf = async (key: string, kind: string) =>
  (await listMessages(db, { state: null, before: null, limit: 10, customer: key })).find((one) => one.kind === kind)
const linkOf = async (key: string) =>
  /https:\/\/service\.example\.org(\/settle\/[^\s?]+)/.exec((await mailOf(key, 'exit.choice'))?.body ?? '')?.[1] ?? ''
const look = async (path: string, language = 'en') =>
  (await send('GET', `${path}?lang=${language}`, { key: null })).text()
const settle = (id: string, vouchers: string) => {
  const settlement = { refundMinor: 740, currency: 'EUR', vouchers }
  return ask('POST', `/v1/exits/${id}/steps`, { body: { step: 'settle', settlement } })
}
const supplier = (name: string) => ({ name, url: `https://${name.toLowerCase()}.example.org/` })
const referralTo = (names: readonly string[], on = true) =>
  ask('PUT', '/v1/exit-settings', {
    body: {
      ...{ country: null, cancel: null, withdraw: null },
      referral: { on, suppliers: names.map(supplier), comparison: null },
    },
  })

test('a choice about credit is made on a page, changed until it is settled, and the sheet is kept by mail', async () => {
  const id = await leaver('S-1', 2_550)
  expect(await mailOf('S-1', 'exit.choice')).toMatchObject({ recipient: 'S-1@example.org', language: 'de' })
  const path = await linkOf('S-1')
  const first = await look(path)
  expect(first).toContain('€25.50 is left on your vouchers.')
  expect(first).not.toContain('another supplier')
  for (const [vouchers, words] of [
    ['kept', 'You chose: they stay valid.'],
    ['paid-out', 'You chose: pay them out.'],
  ] as const)
    expect(await (await sendForm(send, `${path}?lang=en`, { vouchers })).text()).toContain(words)
  expect((await ask('GET', `/v1/exits/${id}`)).json).toMatchObject({ wishedVouchers: 'paid-out' })

  expect((await settle(id, 'paid-out')).status).toBe(200)
  const mail = await mailOf('S-1', 'exit.settled')
  expect(mail).toMatchObject({ recipient: 'S-1@example.org', language: 'de' })
  expect(mail?.body).toMatch(/Zurückgezahlt: 7,40\s€\nGutscheine: ausgezahlt\nAusgezahlt von Gutscheinen: 25,50\s€/)
  expect(await look(path, 'nl')).toMatch(/Dit is afgerekend[\s\S]*Uitbetaald van tegoedbonnen/)
  await sendForm(send, path, { vouchers: 'kept' })
  expect((await ask('GET', `/v1/exits/${id}`)).json).toMatchObject({ wishedVouchers: 'paid-out' })
})

test('where nothing is to choose no mail goes, and settling is told all the same', async () => {
  const id = await leaver('S-2', 0)
  expect(await mailOf('S-2', 'exit.choice')).toBeUndefined()
  await settle(id, 'none')
  expect((await mailOf('S-2', 'exit.settled'))?.body).toContain('Gutscheine: es gab keine')
})

test('others are shown only if the firm keeps a list of three, to whoever asks, and that is counted by group', async () => {
  expect((await referralTo(['Ada', 'Bob'])).json).toMatchObject({ code: 'parameter-malformed', pointer: '/referral' })
  expect((await referralTo(['Zed', 'Ada', 'Bob'])).status).toBe(200)
  for (const key of ['R-1', 'R-2', 'R-3', 'R-4', 'R-5']) await leaver(key, 0)
  const path = await linkOf('R-1')
  const before = await look(path)
  expect(before).toContain('We get nothing for showing you others')
  expect(before).not.toContain('ada.example.org')
  for (const _ of [1, 2]) {
    const html = await (await sendForm(send, `${path}?lang=en`, { do: 'refer' })).text()
    expect(html).toMatch(/rel="noreferrer nofollow">Ada<[\s\S]*>Bob<[\s\S]*>Zed</)
  }
  const told = await db.query(`select data from events where customer = 'R-1' and type = 'exit.referred'`)
  expect(told).toEqual([{ data: { exit: expect.any(String), to: 'list' } }])
  const { measures } = (await ask('GET', '/v1/exits')).json as { measures: { referred: object[] } }
  expect(measures.referred).toEqual([{ segment: 'fibre', exits: 7, referred: 1 }])
  expect((await referralTo([], false)).status).toBe(200)
  expect(await look(path)).not.toContain('ada.example.org')
})

test('the page is over with a link that was changed, and for who was erased', async () => {
  const path = await linkOf('S-1')
  const status = async (of: string) => (await send('GET', of, { key: null })).status
  expect([await status(path), await status(`${path}x`)]).toEqual([200, 410])
  expect((await ask('DELETE', '/v1/customers/S-1')).status).toBe(200)
  expect(await status(path)).toBe(410)
})

test('what cases and events tell of is listed, paid back with the exit, given in its case, and told on the sheet', async () => {
  const id = await leaver('O-1', 1_000)
  const at = rfc3339(instant(Date.UTC(2026, 10, 10)))
  const event = (name: string, type: string, data: object) => ({ id: name, customer: 'O-1', type, at, data })
  const told = [
    event('o', 'order.placed', { order: 'o-1', value: 3_000, currency: 'EUR' }),
    event('r', 'order.returned', { order: 'o-1', value: 3_000, currency: 'EUR' }),
    event('v', 'voucher.issued', { voucher: 'shop-9', value: 500, currency: 'EUR', origin: 'paid' }),
  ]
  expect((await ask('POST', '/v1/events', { body: told })).json).toMatchObject({ rejected: 0 })
  const opened = await ask('POST', '/v1/cases', {
    body: { customer: 'O-1', severity: 'minor', category: 'billing', lossMinor: 2_000, currency: 'EUR' },
  })
  const of = `${opened.json.id}`
  const lead = await asRole('lead')
  const remedy = { what: 'Money back', fixBy: null, valueMinor: 1_200, form: 'refund' }
  for (const body of [
    { kind: 'acknowledge' },
    { kind: 'own' },
    { kind: 'apologise', isSpecific: true },
    { kind: 'agree remedy', remedy, reason: 'A test.' },
  ])
    expect((await ask('POST', `/v1/cases/${of}/commands`, { ...lead, body })).status).toBe(200)

  const owed = (await ask('GET', `/v1/exits/${id}/owed`)).json
  expect(owed).toEqual({
    owed: [
      { is: 'remedy', about: of, minor: 1_200, currency: 'EUR', isSure: true },
      { is: 'returned', about: 'o-1', minor: 3_000, currency: 'EUR', isSure: false },
      { is: 'voucher', about: 'shop-9', minor: 500, currency: 'EUR', isSure: true },
    ],
    kept: [{ currency: 'EUR', minor: 1_000 }],
  })
  const seen = await look(await linkOf('O-1'))
  expect(seen).toContain('What we see that you get back')
  expect(seen).toContain(`€12.00: agreed, case ${of}</li>`)
  expect(seen).toContain('€30.00: sent back, order o-1 (we look whether it was paid already)</li>')
  const covers = [
    { is: 'remedy', about: of },
    { is: 'voucher', about: 'shop-9' },
    { is: 'voucher', about: 'never was' },
  ]
  const pay = (refundMinor: number) => {
    const settlement = { refundMinor, currency: 'EUR', vouchers: 'kept', covers }
    return ask('POST', `/v1/exits/${id}/steps`, { ...lead, body: { step: 'settle', settlement } })
  }
  expect((await pay(1_699)).json).toMatchObject({ code: 'parameter-malformed', pointer: '/settlement/refundMinor' })
  expect((await pay(1_700)).json).toMatchObject({
    settlement: {
      covers: [
        { is: 'remedy', minor: 1_200 },
        { is: 'voucher', about: 'shop-9', minor: 500 },
      ],
    },
  })
  expect((await ask('GET', `/v1/cases/${of}`, lead)).json).toMatchObject({ compensatedMinor: 1_200 })
  expect((await mailOf('O-1', 'exit.settled'))?.body).toMatch(
    new RegExp(`Davon: 12,00\\s€ \\(vereinbart, Fall ${of}\\), 5,00\\s€ \\(Gutschein shop-9\\)`),
  )
  const left = (await ask('GET', `/v1/exits/${id}/owed`)).json.owed as readonly Readonly<{ is: string }>[]
  expect(left.map(({ is }) => is)).not.toContain('remedy')
})
