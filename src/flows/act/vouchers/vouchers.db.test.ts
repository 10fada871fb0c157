import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { expireVouchers } from './expire-vouchers.ts'

const { db } = await freshDb(12)
const start = instant(Date.UTC(2026, 4, 31, 12))
let now: Instant = start
const { ask, send, keyFor, world } = await testApi(db, { world: { now: () => now } })
const inDays = (days: number) => rfc3339(instant(now + days * DAY_MS))

const known = async (customer: string) => {
  const body = {
    id: `known-${customer}`,
    customer,
    type: 'order.placed',
    at: rfc3339(start),
    data: { order: 'o', value: 1 },
  }
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
  return customer
}
type Voucher = Readonly<{ id: string; left: number; free: number; used: number; state: string; customer: string }>
const issue = async (customer: string, over: object = {}) => {
  const body = { customer, value: 5_000, currency: 'EUR', origin: 'paid', expiresAt: inDays(30), ...over }
  const { status, json } = await ask('POST', '/v1/vouchers', { body })
  return { status, json, voucher: json.voucher as Voucher, code: json.code as string }
}
const fresh = async (customer: string, over: object = {}) => issue(await known(customer), over)
const post = (path: string, body: object) => ask('POST', `/v1/vouchers/${path}`, { body })
const read = async (id: string) =>
  (await ask('GET', `/v1/vouchers/${id}`)).json as { voucher: Voucher; movements: object[] }
const eventsOf = async (customer: string) =>
  db.query<{ type: string; value: number | null }>(
    `select type, (data ->> 'value')::bigint as value from events where customer = $1 and type like 'voucher.%' order by at, id`,
    [customer],
  )

describe('a voucher', () => {
  test('is issued with a code that is told once and kept nowhere', async () => {
    const { status, voucher, code } = await fresh('C-issue', { movement: 'case-1' })
    expect([status, voucher.left]).toEqual([201, 5_000])
    expect(code).toMatch(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
    const again = await issue('C-issue', { movement: 'case-1' })
    expect([again.status, again.code, again.voucher.id]).toEqual([200, null, voucher.id])
    expect((await issue('C-issue', { movement: 'case-1', value: 1 })).json.code).toBe('id-reused')
    const stored = JSON.stringify([
      await db.query('select to_jsonb(v) as row from vouchers v where customer = $1', ['C-issue']),
      await db.query('select handle from voucher_handles'),
    ])
    expect(stored).not.toContain(code.replaceAll('-', ''))
    expect(stored).not.toContain(code)
  })

  test('is issued once for one Idempotency-Key, and its code is in no stored answer', async () => {
    await known('C-key')
    const sent = {
      body: { customer: 'C-key', value: 100, currency: 'EUR', origin: 'goodwill' },
      headers: { 'idempotency-key': 'issue-17' },
    }
    const [one, two] = [await ask('POST', '/v1/vouchers', sent), await ask('POST', '/v1/vouchers', sent)]
    expect([one.status, two.status, two.json.code]).toEqual([201, 200, null])
    const kept = await db.query<{ response: string | null }>('select response from idempotency_keys')
    expect(kept.filter(({ response }) => response?.includes(String(one.json.code)) === true)).toEqual([])
  })

  test('is not issued to somebody of whom no event has told', async () => {
    expect((await issue('C-nobody')).json.code).toBe('customer-unknown')
  })

  test('is redeemed by code in parts, and the relationship, the log and the ledger agree', async () => {
    const { voucher, code } = await fresh('C-parts')
    const till = await keyFor('redeem')
    const first = await ask('POST', '/v1/vouchers/redeem', {
      key: till,
      body: { code: code.toLowerCase(), value: 3_000, movement: 'r-1' },
    })
    expect([first.status, first.json.repeated, (first.json.voucher as Voucher).left]).toEqual([200, false, 2_000])
    const again = await post('redeem', { code, value: 3_000, movement: 'r-1' })
    expect([again.json.repeated, (again.json.voucher as Voucher).left]).toEqual([true, 2_000])
    expect((await post('redeem', { code, value: 2_999, movement: 'r-1' })).json.code).toBe('id-reused')
    expect((await post('redeem', { code, value: 2_001, movement: 'r-2' })).json.code).toBe('voucher-short')
    expect((await post('redeem', { code, value: 1, currency: 'USD' })).json.code).toBe('not-in-this-state')
    await post(`${voucher.id}/redeem`, { value: 2_000, movement: 'r-3' })
    expect((await read(voucher.id)).voucher).toMatchObject({ state: 'used', left: 0, used: 5_000 })
    expect(await eventsOf('C-parts')).toEqual([
      { type: 'voucher.issued', value: 5_000 },
      { type: 'voucher.redeemed', value: 3_000 },
      { type: 'voucher.redeemed', value: 2_000 },
    ])
  })

  test('that a checkout reserved a part of is used with the reservation', async () => {
    const { voucher, code } = await fresh('C-hold')
    expect((await post('reserve', { code, value: 4_000, minutes: 15, movement: 'basket' })).json).toMatchObject({
      voucher: { free: 1_000, left: 5_000 },
    })
    expect((await post(`${voucher.id}/redeem`, { value: 2_000 })).json.code).toBe('voucher-short')
    expect((await post(`${voucher.id}/redeem`, { value: 3_900, hold: 'basket' })).json).toMatchObject({
      value: 3_900,
      voucher: { free: 1_100, holds: [] },
    })
  })

  test('is refunded, extended, cancelled and paid out, each told in the log', async () => {
    const { voucher } = await fresh('C-all')
    await post(`${voucher.id}/redeem`, { value: 5_000 })
    expect((await post(`${voucher.id}/refund`, { value: 1_000 })).json).toMatchObject({ voucher: { state: 'open' } })
    expect((await post(`${voucher.id}/extend`, { expiresAt: inDays(90) })).status).toBe(200)
    expect((await post(`${voucher.id}/extend`, { expiresAt: inDays(2) })).json.code).toBe('not-in-this-state')
    expect((await post(`${voucher.id}/pay-out`, {})).json).toMatchObject({
      value: 1_000,
      voucher: { state: 'paid-out' },
    })
    const second = await issue('C-all', { origin: 'goodwill' })
    expect((await post(`${second.voucher.id}/cancel`, {})).json).toMatchObject({ voucher: { state: 'cancelled' } })
    expect((await post(`${second.voucher.id}/redeem`, { value: 1 })).json.code).toBe('not-in-this-state')
    const page = await ask('GET', '/v1/customers/C-all')
    expect(page.status).toBe(200)
    const audited = await db.query(`select action from audit_entries where subject = $1 order by position`, [
      voucher.id,
    ])
    expect(audited.map(({ action }) => action)).toEqual([
      'voucher.issued',
      'voucher.refunded',
      'voucher.extended',
      'voucher.paid-out',
    ])
  })
})

test('a thousand redemptions of one voucher at once pay exactly its balance', async () => {
  const { voucher, code } = await fresh('C-race')
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, nth) => post('redeem', { code, value: 10, movement: `till-${nth}` })),
  )
  const paid = answers.filter(({ status }) => status === 200)
  expect(paid).toHaveLength(500)
  expect(answers.filter(({ json }) => json.code === 'voucher-short')).toHaveLength(500)
  const { voucher: after, movements } = await read(voucher.id)
  expect(after).toMatchObject({ state: 'used', left: 0, used: 5_000 })
  expect(movements).toHaveLength(501)
  const told = (await eventsOf('C-race')).filter(({ type }) => type === 'voucher.redeemed')
  expect(told.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(5_000)
}, 180_000)

test('one movement that many send at once is carried out once', async () => {
  const { voucher } = await fresh('C-same')
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => post(`${voucher.id}/redeem`, { value: 700, movement: 'receipt' })),
  )
  expect(answers.filter(({ json }) => json.repeated === false)).toHaveLength(1)
  expect((await read(voucher.id)).voucher.left).toBe(4_300)
  const issued = await Promise.all(Array.from({ length: 20 }, () => issue('C-same', { movement: 'one-issue' })))
  expect(new Set(issued.map((one) => one.voucher.id)).size).toBe(1)
  expect(issued.filter(({ code }) => code !== null)).toHaveLength(1)
})

test('a mistyped code is told apart from an unknown one, and guessing has an end', async () => {
  const till = await keyFor('redeem')
  const check = (code: string) => ask('POST', '/v1/vouchers/check', { key: till, body: { code } })
  expect((await check('7K2QX-9MZ0T-4B6CD-E1F8J')).json.code).toBe('voucher-code-malformed')
  const codes: unknown[] = []
  for (let guess = 0; guess < 25; guess += 1) codes.push((await check('00000-00000-00000-00000')).json.code)
  expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'voucher-unknown'))
  expect(codes.at(-1)).toBe('rate-limited')
})

test('the roll-forward and the ledger as files tie to the vouchers, to the cent', async () => {
  const months = (await ask('GET', '/v1/vouchers/roll-forward')).json.months as readonly {
    month: string
    closingMinor: number
  }[]
  const month = rfc3339(now).slice(0, 7)
  const closing = months.filter((one) => one.month === month).reduce((sum, one) => sum + one.closingMinor, 0)
  const rows = await db.query<{ free: number; holds: readonly Readonly<{ minor: number }>[] }>(
    'select free_minor as free, holds from vouchers',
  )
  const left = rows.reduce((sum, { free, holds }) => sum + free + holds.reduce((held, { minor }) => held + minor, 0), 0)
  expect(closing).toBe(left)
  const lines = (await (await send('GET', '/v1/voucher-ledger.csv')).text()).trim().split('\r\n').slice(1)
  const sums = new Map<string, number>()
  for (const line of lines) {
    const [, , , , , account = '', minor] = line.split(',')
    sums.set(account, (sums.get(account) ?? 0) + Number(minor))
  }
  expect([...sums.values()].reduce((all, one) => all + one, 0)).toBe(0)
  expect(-(sums.get('liability') ?? 0) - (sums.get('reserved') ?? 0)).toBe(left)
  const csv = await (await send('GET', '/v1/voucher-roll-forward.csv')).text()
  expect(csv.split('\r\n')[0]).toBe(
    'month,origin,currency,opening,issued,refunded,redeemed,expired,cancelled,paid_out,closing',
  )
  expect(csv.trim().split('\r\n')).toHaveLength(months.length + 1)
})

test('vouchers are found by customer and by the end of the code, and listed page by page', async () => {
  const { voucher, code } = await fresh('C-list')
  await issue('C-list')
  const list = async (query: string) =>
    (await ask('GET', `/v1/vouchers?${query}`)).json as { vouchers: Voucher[]; cursor: string }
  expect((await list(`customer=C-list&end=${code.slice(-4)}`)).vouchers.map(({ id }) => id)).toContain(voucher.id)
  const first = await list('limit=1&customer=C-list')
  const second = await list(`limit=1&customer=C-list&cursor=${first.cursor}`)
  expect(new Set([...first.vouchers, ...second.vouchers].map(({ id }) => id)).size).toBe(2)
  expect(second.cursor).toBeNull()
})

test('a voucher expires by itself in the month in which its time was over, and only once', async () => {
  const { voucher, code } = await fresh('C-expire', { expiresAt: inDays(1), origin: 'earned' })
  const was = now
  // The clock goes on for good: everything before this test is about the day of the start.
  now = instant(was + 40 * DAY_MS)
  expect((await post('redeem', { code, value: 1 })).json.code).toBe('not-in-this-state')
  expect(await expireVouchers(world)).toBeGreaterThan(0)
  expect(await expireVouchers(world)).toBe(0)
  expect((await read(voucher.id)).movements.at(-1)).toMatchObject({
    at: rfc3339(instant(was + DAY_MS)),
    kind: 'expired',
    debit: 'liability',
    credit: 'breakage',
    value: 5_000,
  })
})
