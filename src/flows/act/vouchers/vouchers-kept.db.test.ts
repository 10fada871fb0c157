import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, type Instant, instant, rfc3339, SECOND_MS } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { remindVouchers } from './remind-vouchers.ts'

const { db } = await freshDb(8)
let now: Instant = instant(Date.UTC(2026, 4, 31, 12))
const { ask, send, asRole, world } = await testApi(db, {
  world: { now: () => now, publicUrl: 'https://service.example.org' },
})
const inDays = (days: number) => rfc3339(instant(now + days * DAY_MS))

async function customer(key: string, profile: object = {}): Promise<string> {
  const data = { email: `${key}@example.org`, locale: 'nl', ...profile }
  const body = { id: 'profile', customer: key, type: 'customer.profiled', at: rfc3339(now), data }
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
  return key
}

async function issue(key: string, over: object = {}): Promise<Readonly<{ id: string; code: string }>> {
  const body = { customer: key, value: 5_000, currency: 'EUR', origin: 'paid', expiresAt: inDays(90), ...over }
  const { status, json } = await ask('POST', '/v1/vouchers', { body })
  expect(status).toBe(201)
  return { id: (json.voucher as { id: string }).id, code: `${json.code}` }
}
const post = (path: string, body: object, as = {}) => ask('POST', `/v1/vouchers/${path}`, { body, ...as })
type Page = { voucher: { left: number; state: string }; movements: { kind: string; undoes: string | null }[] }
const read = async (id: string) => (await ask('GET', `/v1/vouchers/${id}`)).json as unknown as Page
const leftInLog = async (key: string, id: string) =>
  (await readSaved(db, [key])).get(key)?.state?.vouchers.find(({ voucher }) => voucher === id)

/** What the ledger says is owed on a voucher. */
const owed = async (id: string) => {
  const [row] = await db.query<{ minor: number }>(
    `select coalesce(sum(case when credit in ('liability', 'reserved') then minor else 0 end)
                   - sum(case when debit in ('liability', 'reserved') then minor else 0 end), 0)::bigint as minor
       from voucher_transfers where voucher = $1`,
    [id],
  )
  return row?.minor
}

describe('taking back', () => {
  test('gives the amount back by a movement against it, tells the log, and is done once', async () => {
    const key = await customer('back')
    const { id } = await issue(key)
    await post(`${id}/redeem`, { value: 1_200, movement: 'till-1' })
    const endpoint = { url: 'https://example.org/hook', events: ['voucher.undone'] }
    expect((await ask('POST', '/v1/webhooks', { body: endpoint })).status).toBe(201)
    const both = await Promise.all([1, 2].map(() => post(`${id}/undo`, { movement: 'till-1' })))
    const told = await db.query<{ body: string }>('select body from webhook_deliveries where customer = $1', [key])
    expect(told.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'voucher.undone', data: { voucher: id, movement: 'till-1', kind: 'redeemed', currency: 'EUR' } },
    ])
    expect(both.map(({ status, json }) => [status, json.value]).sort()).toEqual([
      [200, 1_200],
      [200, 1_200],
    ])
    const { voucher, movements } = await read(id)
    expect(voucher.left).toBe(5_000)
    expect(movements.map(({ kind, undoes }) => [kind, undoes])).toEqual([
      ['issued', null],
      ['redeemed', null],
      ['redeemed', 'till-1'],
    ])
    expect(await owed(id)).toBe(5_000)
    expect((await post(`${id}/redeem`, { value: 1_200, movement: 'till-1' })).json.code).toBe('not-in-this-state')
    const { json } = await ask('GET', '/v1/vouchers/roll-forward')
    expect(json.months).toMatchObject([{ issuedMinor: 5_000, redeemedMinor: 0, closingMinor: 5_000 }])
  })

  test.each(['cancel', 'pay-out', 'extend'])('of %s leaves the voucher as it was', async (step) => {
    const { id } = await issue(await customer(`back-${step}`))
    const before = await read(id)
    await post(`${id}/${step}`, { movement: 'm', ...(step === 'extend' ? { expiresAt: inDays(200) } : {}) })
    expect((await post(`${id}/undo`, { movement: 'm' })).status).toBe(200)
    expect((await read(id)).voucher).toEqual(before.voucher)
    expect(await owed(id)).toBe(5_000)
  })

  test('of an issue leaves nothing that could be used', async () => {
    const { id, code } = await issue(await customer('back-issue'), { movement: 'mine' })
    expect((await post(`${id}/undo`, { movement: 'mine' })).status).toBe(200)
    expect((await read(id)).voucher).toMatchObject({ left: 0, state: 'cancelled' })
    expect((await post('redeem', { code, value: 1 })).status).toBe(409)
    expect(await owed(id)).toBe(0)
  })

  test('is refused to others, later, and once something else moved the voucher', async () => {
    const { id } = await issue(await customer('back-refused'))
    await post(`${id}/redeem`, { value: 100, movement: 'a' })
    expect((await post(`${id}/undo`, { movement: 'a' }, await asRole('admin'))).json.code).toBe('not-in-this-state')
    await post(`${id}/redeem`, { value: 100, movement: 'b' })
    expect((await post(`${id}/undo`, { movement: 'a' })).status).toBe(409)
    now = instant(now + 30 * SECOND_MS)
    expect((await post(`${id}/undo`, { movement: 'b' })).status).toBe(409)
    expect((await read(id)).voucher.left).toBe(4_800)
  })
})

test('what others tell of a voucher that Amends keeps is refused, and the rest of their batch is taken', async () => {
  const key = await customer('outside')
  const { id } = await issue(key)
  const at = rfc3339(now)
  const event = (name: string, type: string, data: object, source = 'till') => ({
    id: name,
    customer: key,
    type,
    at,
    data,
    source,
  })
  const body = {
    events: [
      event('1', 'voucher.redeemed', { voucher: id, value: 4_000 }),
      event('2', 'voucher.redeemed', { voucher: 'of another system', value: 4_000 }),
      event('3', 'voucher.cancelled', { voucher: id }, 'amends'),
      event('4', 'event.retracted', { id: `${id}:whatever`, source: 'amends' }),
      event('5', 'order.placed', { order: 'o', value: 100, voucher: id }),
    ],
  }
  const { status, json } = await ask('POST', '/v1/events', { body })
  expect(status).toBe(207)
  const items = json.items as { status: string; code?: string }[]
  expect(items.map((one) => one.code ?? one.status)).toEqual([
    'voucher-kept',
    'accepted',
    'voucher-kept',
    'voucher-kept',
    'accepted',
  ])
  expect((await read(id)).voucher.left).toBe(5_000)
  expect(await owed(id)).toBe(5_000)
  expect(await leftInLog(key, id)).toMatchObject({ voucher: id })
})

describe('a reminder', () => {
  const mailsTo = (key: string) => listMessages(db, { state: null, before: null, limit: 9, customer: key })
  test('goes 30 and 7 days before the end, once each, says what is left, and is in the log', async () => {
    const key = await customer('soon')
    const { id } = await issue(key, { expiresAt: inDays(60) })
    await post(`${id}/redeem`, { value: 1_250 })
    expect(await remindVouchers(world)).toBe(0)
    now = instant(now + 31 * DAY_MS)
    await ask('PUT', '/v1/voucher-settings', { body: { reminders: false } })
    expect(await remindVouchers(world)).toBe(0)
    await ask('PUT', '/v1/voucher-settings', { body: { reminders: true } })
    expect(await Promise.all([remindVouchers(world), remindVouchers(world)])).toEqual(expect.arrayContaining([0, 1]))
    const [mail] = await mailsTo(key)
    expect(mail?.body).toMatch(/nog €\s37,50/)
    expect(mail?.body).toContain('https://service.example.org/voucher?lang=nl')
    now = instant(now + 23 * DAY_MS)
    expect(await remindVouchers(world)).toBe(1)
    expect(await remindVouchers(world)).toBe(0)
    expect(await mailsTo(key)).toHaveLength(2)
    const told = await db.query(`select id from events where customer = $1 and type = 'voucher.reminded'`, [key])
    expect(told).toHaveLength(2)
  })

  test('does not go for what is used up, just issued, of somebody without an address, or of the erased', async () => {
    const used = await issue(await customer('used-up'), { expiresAt: inDays(40) })
    await post(`${used.id}/redeem`, { value: 5_000 })
    const body = { id: 'order', customer: 'nowhere', type: 'order.placed', at: rfc3339(now), data: { order: 'o' } }
    await ask('POST', '/v1/events', { body })
    await issue('nowhere', { expiresAt: inDays(40) })
    await issue(await customer('gone'), { expiresAt: inDays(40) })
    expect((await ask('DELETE', '/v1/customers/gone')).status).toBe(200)
    now = instant(now + 15 * DAY_MS)
    await issue(await customer('fresh'), { expiresAt: inDays(20) })
    await remindVouchers(world)
    const told = await db.query<{ customer: string }>(`select customer from events where type = 'voucher.reminded'`)
    expect(told.map((one) => one.customer)).toContain('back')
    for (const key of ['used-up', 'fresh', 'nowhere', 'gone']) {
      expect(told.filter((one) => one.customer === key)).toEqual([])
      expect(await mailsTo(key)).toEqual([])
    }
  })
})

test('anybody with the code sees what is left, and nobody else learns anything', async () => {
  const { code, id } = await issue(await customer('balance'))
  await post(`${id}/redeem`, { value: 1_250 })
  const form = { code: code.toLowerCase().replaceAll('-', ' ') }
  const seen = await (await sendForm(send, '/voucher?lang=en', form)).text()
  expect(seen).toContain('€37.50 is left')
  expect(seen).not.toContain('balance')
  for (const wrong of [
    '',
    'x'.repeat(60),
    `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`,
    'ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ',
    '<script>',
  ]) {
    const page = await sendForm(send, '/voucher?lang=en', { code: wrong })
    expect([wrong, page.status]).toEqual([wrong, 404])
    expect(await page.text()).toContain('We know no voucher with this code.')
  }
})

test('the log replays to the same states', async () => {
  expect((await verifyLog(world)).differences).toEqual([])
})
