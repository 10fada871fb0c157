import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { leaveByPage } from '../../../../test/leave-by-page.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { readSaved } from '../../../store/relationships.ts'
import { endExit } from './take-exit-step.ts'

const { db } = await freshDb()
const begin = Date.UTC(2026, 10, 19, 9, 42)
let now = begin
const { ask, send, asRole, world } = await testApi(db, { world: { now: () => instant(now) } })

const settlement = { refundMinor: 740, currency: 'EUR', vouchers: 'kept' }

async function customer(key: string, ...subscriptions: readonly string[]): Promise<void> {
  const at = rfc3339(instant(Date.UTC(2026, 0, 5)))
  const body = [
    {
      id: 'profile',
      customer: key,
      type: 'customer.profiled',
      at,
      data: { email: `${key}@example.org`, locale: 'nl-NL' },
    },
    ...subscriptions.map((subscription) => ({
      id: subscription,
      customer: key,
      type: 'subscription.started',
      at,
      data: { subscription },
    })),
  ]
  expect((await ask('POST', '/v1/events', { body })).status).toBe(200)
}

const exitOf = async (key: string) => (await readSaved(db, [key])).get(key)?.state?.exit
const mailsTo = (key: string) => listMessages(db, { state: null, before: null, limit: 10, customer: key })

async function take(key: string, reference: string | undefined, kind = 'cancel'): Promise<string> {
  const { status, json } = await ask('POST', '/v1/exits', { body: { customer: key, kind, reference } })
  expect(status).toBe(201)
  return `${json.id}`
}

describe('a notice that somebody of the firm takes', () => {
  test('is confirmed in the language of the customer, goes its steps, and ends by itself on its day', async () => {
    await customer('A-1', 'S-1')
    const id = await take('A-1', 'S-1')
    const [mail] = await mailsTo('A-1')
    expect(mail).toMatchObject({ recipient: 'A-1@example.org', language: 'nl' })
    await endExit(world, id)
    expect(await exitOf('A-1')).toMatchObject({ requestedAt: now, leftAt: null })
    expect((await ask('POST', `/v1/exits/${id}/steps`, { body: { step: 'settle', settlement } })).json).toMatchObject({
      settlement,
    })
    expect((await ask('POST', `/v1/exits/${id}/steps`, { body: { step: 'settle', settlement } })).json).toMatchObject({
      code: 'not-in-this-state',
    })
    expect((await ask('POST', `/v1/exits/${id}/steps`, { body: { step: 'hand-over' } })).status).toBe(200)
    now = begin + 32 * DAY_MS
    await endExit(world, id)
    await endExit(world, id)
    expect(await exitOf('A-1')).toMatchObject({ leftAt: now, leftBy: 'customer', times: 1 })
    const { json } = await ask('GET', '/v1/exits?state=closed')
    expect(json).toMatchObject({
      exits: [{ id, endedAt: rfc3339(instant(now)) }],
      measures: { ended: 1, daysToEnd: 32, obstacles: 0 },
    })
    now = begin
  })

  test('two steps taken at the same time are both taken, and each once', async () => {
    await customer('A-0', 'S-1')
    const id = await take('A-0', 'S-1')
    const steps = [{ step: 'settle', settlement }, { step: 'hand-over' }, { step: 'hand-over' }]
    const taken = await Promise.all(steps.map((body) => ask('POST', `/v1/exits/${id}/steps`, { body })))
    expect(taken.map(({ status }) => status).sort()).toEqual([200, 200, 409])
    expect((await ask('GET', `/v1/exits/${id}`)).json).toMatchObject({
      settledAt: rfc3339(instant(now)),
      handedOverAt: rfc3339(instant(now)),
    })
  })

  test('ends the contract that it names and no other; who keeps one has not left', async () => {
    await customer('A-2', 'S-1', 'S-2')
    const id = await take('A-2', 's 2')
    now = begin + 32 * DAY_MS
    await endExit(world, id)
    const state = (await readSaved(db, ['A-2'])).get('A-2')?.state
    expect(state?.facts.subscriptions.map(({ subscription }) => subscription)).toEqual(['S-1'])
    expect(state?.exit.leftAt).toBeNull()
    now = begin
  })

  test('that names nothing ends everything', async () => {
    await customer('A-3', 'S-1', 'S-2')
    const id = await take('A-3', undefined, 'cause')
    await endExit(world, id)
    expect(await exitOf('A-3')).toMatchObject({ leftAt: now })
  })

  test('withdrawing from an order ends no subscription', async () => {
    await customer('A-4', 'S-1')
    const id = await take('A-4', 'order 12', 'withdraw')
    await endExit(world, id)
    expect(await exitOf('A-4')).toMatchObject({ requestedAt: now, leftAt: null })
  })

  test('for somebody whom no event has named is refused', async () => {
    expect((await ask('POST', '/v1/exits', { body: { customer: 'nobody', kind: 'cancel' } })).json).toMatchObject({
      code: 'customer-unknown',
    })
  })
})

describe('a notice in which nobody was recognised', () => {
  test('counts from the moment it came in, once a person has found whose it is, and is confirmed with its end', async () => {
    await customer('B-1', 'S-1')
    const { number } = await leaveByPage(send, { reference: 'my coffee', email: 'other@example.org' })
    expect((await ask('GET', '/v1/exits?state=unmatched')).json).toMatchObject({
      exits: [{ id: number, customer: null }],
    })
    expect((await ask('POST', `/v1/exits/${number}/steps`, { body: { step: 'hand-over' } })).json).toMatchObject({
      code: 'not-in-this-state',
    })
    now = begin + 3 * DAY_MS
    const both = await Promise.all(
      ['B-1', 'B-1'].map((key) => ask('POST', `/v1/exits/${number}/match`, { body: { customer: key } })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await exitOf('B-1')).toMatchObject({ requestedAt: begin })
    expect((await ask('GET', `/v1/exits/${number}`)).json).toMatchObject({
      customer: 'B-1',
      endsAt: '2026-12-20T00:00:00.000Z',
    })
    const [mail] = await mailsTo('B-1')
    expect(mail).toMatchObject({ recipient: 'other@example.org' })
    expect(mail?.body).toContain('Ends: 19 December 2026')
    now = begin
  })

  test('is erased with the customer to whom it was given, the first confirmation too', async () => {
    await customer('B-2', 'S-1')
    const { number } = await leaveByPage(send, {
      reference: 'my tea',
      email: 'tea@example.org',
      name: 'T. Ea',
      reason: 'Cold',
    })
    await ask('POST', `/v1/exits/${number}/match`, { body: { customer: 'B-2' } })
    expect((await ask('DELETE', '/v1/customers/B-2')).status).toBe(200)
    const held = await db.query(
      `select 1 from exits where id = $1 and concat(reference, name, email, reason) <> ''
        union all select 1 from messages where (customer = 'B-2' or customer = 'unmatched:' || $1) and concat(recipient, subject, body, html) <> ''`,
      [number],
    )
    expect(held).toEqual([])
  })
})

describe('vouchers that Amends keeps', () => {
  const issue = async (key: string, value: number) => {
    const body = { customer: key, value, currency: 'EUR', origin: 'paid' }
    return (await ask('POST', '/v1/vouchers', { body })).json as { voucher: { id: string }; code: string }
  }
  const payOut = { step: 'settle', settlement: { ...settlement, vouchers: 'paid-out' } }
  const leftOf = async (id: string) => (await ask('GET', `/v1/vouchers/${id}`)).json.voucher

  test('are paid out in the step that settles, once, by whoever may', async () => {
    await customer('V-1', 'S-1')
    const vouchers = [await issue('V-1', 1_250), await issue('V-1', 3_000)].map(({ voucher }) => voucher.id).sort()
    const steps = `/v1/exits/${await take('V-1', 'S-1')}/steps`
    expect((await ask('POST', steps, { ...(await asRole('lead')), body: payOut })).json).toMatchObject({
      code: 'permission-missing',
    })
    const both = await Promise.all([1, 2].map(() => ask('POST', steps, { body: payOut })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const paid = both.find(({ status }) => status === 200)?.json.settlement as {
      paidOut: { voucher: string; minor: number }[]
    }
    expect(paid.paidOut.map(({ voucher }) => voucher).sort()).toEqual(vouchers)
    expect(paid.paidOut.reduce((sum, { minor }) => sum + minor, 0)).toBe(4_250)
    for (const id of vouchers) expect(await leftOf(id)).toMatchObject({ state: 'paid-out', left: 0 })
  })

  test('stay valid where the settlement says so, and nothing of it happens while a checkout holds a part', async () => {
    await customer('V-2', 'S-1')
    const { voucher, code } = await issue('V-2', 2_000)
    const other = await issue('V-2', 500)
    const held = await ask('POST', '/v1/vouchers/reserve', {
      body: { code, value: 700, minutes: 15, movement: 'till' },
    })
    expect(held.status).toBe(200)
    const id = await take('V-2', 'S-1')
    expect((await ask('POST', `/v1/exits/${id}/steps`, { body: payOut })).json).toMatchObject({
      code: 'not-in-this-state',
    })
    expect(await leftOf(other.voucher.id)).toMatchObject({ state: 'open', left: 500 })
    expect((await ask('GET', `/v1/exits/${id}`)).json).toMatchObject({ settledAt: null })
    expect((await ask('POST', `/v1/exits/${id}/steps`, { body: { step: 'settle', settlement } })).status).toBe(200)
    expect(await leftOf(voucher.id)).toMatchObject({ state: 'open', left: 2_000 })
  })
})

test('an agent takes notices, a lead settles them, an auditor only looks', async () => {
  await customer('C-1', 'S-1')
  const body = { customer: 'C-1', kind: 'cancel' }
  const [agent, lead, auditor] = [await asRole('agent'), await asRole('lead'), await asRole('auditor')]
  const taken = await ask('POST', '/v1/exits', { ...agent, body })
  const steps = `/v1/exits/${taken.json.id}/steps`
  expect(taken.json).toMatchObject({ channel: 'agent' })
  expect((await ask('POST', steps, { ...agent, body: { step: 'hand-over' } })).status).toBe(403)
  expect((await ask('POST', steps, { ...lead, body: { step: 'hand-over' } })).status).toBe(200)
  expect((await ask('POST', '/v1/exits', { ...auditor, body })).status).toBe(403)
  expect((await ask('GET', '/v1/exits', auditor)).status).toBe(200)
})

test('exits are read page by page', async () => {
  const seen: unknown[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { json } = await ask('GET', `/v1/exits?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    const list = json as { exits: { id: string }[]; cursor: string | null }
    seen.push(...list.exits.map(({ id }) => id))
    cursor = list.cursor
  }
  const [all] = await db.query<{ count: number }>('select count(*) as count from exits')
  expect(new Set(seen).size).toBe(all?.count)
})
