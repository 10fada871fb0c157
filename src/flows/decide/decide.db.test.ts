import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../test/fresh-db.ts'
import { testApi } from '../../../test/test-api.ts'
import { contactPolicyAtFirst } from '../../core/contact/contact-policy.ts'
import { DAY_MS, instant, rfc3339 } from '../../core/time/instant.ts'

const { db } = await freshDb(12)
// A Wednesday in June, noon in UTC.
const now = instant(Date.UTC(2026, 5, 3, 12))
const { ask, send, keyFor } = await testApi(db, { world: { now: () => now } })

const before = (days: number) => rfc3339(instant(now - days * DAY_MS))
const tell = async (...events: readonly (readonly [customer: string, days: number, type: string, data: object])[]) => {
  const body = events.map(([customer, days, type, data], nth) => ({
    id: `${customer}-${type}-${days}-${nth}`,
    customer,
    type,
    at: before(days),
    data,
  }))
  expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
}
const question = (customer: string, over: object = {}) => ({
  body: { customer, purpose: 'upsell', channel: 'email', category: 'insurance', ...over },
})
const mayContact = async (customer: string, over: object = {}) =>
  (await ask('POST', '/v1/decisions/contact', question(customer, over))).json
const bought = (customer: string) => [customer, 200, 'order.placed', { order: 'o', value: 100 }] as const

describe('one question', () => {
  test('is answered with every reason in the language asked for', async () => {
    await tell(bought('let-down'), [
      'let-down',
      2,
      'failure.occurred',
      { failure: 'f', severity: 'major', category: 'delivery' },
    ])
    const asked = question('let-down')
    const answer = await ask('POST', '/v1/decisions/contact?lang=nl', asked)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      known: true,
      allowed: false,
      nextAllowedAt: null,
      policyVersion: 0,
      reservation: null,
    })
    expect(answer.json.spoke).toMatchObject([
      { rule: 'open-failure', effect: 'blocks', reason: expect.stringMatching(/^Werd op 1 jun 2026 teleurgesteld/) },
    ])
    expect(await mayContact('let-down', { purpose: 'service' })).toMatchObject({ allowed: true, spoke: [] })
  })

  test('tells dates of the firm, not of UTC', async () => {
    const settings = { firm: null, currency: 'EUR', marginShare: 0.3, discountMonthly: 0.008 }
    expect((await ask('PUT', '/v1/settings', { body: { ...settings, timeZone: 'Pacific/Auckland' } })).status).toBe(200)
    const { spoke } = await mayContact('let-down')
    expect(spoke).toMatchObject([{ reason: expect.stringMatching(/^Was let down on 2 Jun 2026/) }])
    await ask('PUT', '/v1/settings', { body: { ...settings, timeZone: 'UTC' } })
  })

  test('about somebody unknown is answered by the rules', async () => {
    expect(await mayContact('nobody')).toMatchObject({ known: false, allowed: false, spoke: [{ rule: 'no-consent' }] })
  })

  test('about a merged customer is answered for the whole person', async () => {
    await tell(
      bought('whole'),
      bought('part'),
      ['whole', 2, 'failure.occurred', { failure: 'f', severity: 'minor' }],
      ['part', 1, 'customer.merged', { into: 'whole' }],
    )
    expect(await mayContact('part')).toMatchObject({ allowed: false, spoke: [{ rule: 'open-failure' }] })
  })

  test.each([
    [{ purpose: 'spam' }, '/purpose'],
    [{ at: '1999-01-01T00:00:00Z' }, '/at'],
    [{ reserve: { minutes: 0 } }, '/reserve/minutes'],
  ])('with %j is refused', async (over, pointer) => {
    const answer = await ask('POST', '/v1/decisions/contact', question('let-down', over))
    expect([answer.status < 500, answer.json.pointer]).toEqual([true, pointer])
  })
})

describe('slots', () => {
  test('two racing senders never exceed a cap, however many they are', async () => {
    await tell(bought('raced'))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => mayContact('raced', { reserve: { minutes: 30, id: `mail-${nth}` } })),
    )
    // One a day by all channels together.
    expect(answers.filter(({ allowed }) => allowed === true)).toHaveLength(1)
    expect(answers.filter(({ reservation }) => reservation !== null)).toHaveLength(1)
  })

  test('are free again when given back, and count once when reported', async () => {
    await tell(bought('slot'))
    expect(await mayContact('slot', { reserve: { minutes: 30, id: 'a' } })).toMatchObject({ reservation: { id: 'a' } })
    expect(await mayContact('slot')).toMatchObject({ allowed: false, spoke: [{ rule: 'cap' }] })
    expect((await send('DELETE', '/v1/customers/slot/slots/a')).status).toBe(204)
    expect(await mayContact('slot', { reserve: { minutes: 30, id: 'b' } })).toMatchObject({ allowed: true })
    await tell(['slot', 0, 'offer.sent', { offer: 'b', channel: 'email', category: 'insurance' }])
    expect(await mayContact('slot', { at: rfc3339(instant(now + DAY_MS)) })).toMatchObject({ allowed: true })
  })
})

test('many questions at once are answered in their order', async () => {
  const body = { customers: ['nobody', 'let-down', 'slot'], purpose: 'service', channel: 'email' }
  const { json } = await ask('POST', '/v1/decisions/contacts', { body })
  expect(json.decisions).toMatchObject([
    { customer: 'nobody', allowed: true },
    { customer: 'let-down', allowed: true },
    { customer: 'slot', allowed: true },
  ])
})

test('the suppression list names everybody who may not be sent this, every key of a person, and nobody else', async () => {
  await tell(
    bought('=calm'),
    bought('quiet'),
    ['quiet', 3, 'exit.requested', { exit: 'x' }],
    ['=calm', 3, 'exit.requested', { exit: 'x' }],
  )
  const text = await (await send('GET', '/v1/suppression?purpose=reward&channel=web')).text()
  const lines = text.trim().split('\r\n')
  expect(lines[0]).toBe('customer,rule,next_allowed_at')
  expect(lines).toContain("'=calm,exit,")
  expect(lines).toContain('quiet,exit,')
  expect(lines).toContain('part,open-failure,')
  expect(lines.some((line) => line.startsWith('nobody'))).toBe(false)
  expect((await ask('GET', '/v1/suppression?purpose=reward')).json.pointer).toBe('/channel')
})

describe('the rules', () => {
  const put = (policy: object, was: string, key?: string) =>
    ask('PUT', '/v1/policies/contact', {
      ...(key === undefined ? {} : { key }),
      headers: { 'if-match': was },
      body: { policy, note: 'calmer' },
    })

  test('change in versions, and the first of two who change the same one wins', async () => {
    const first = await ask('GET', '/v1/policies/contact')
    expect([first.headers.get('etag'), first.json.version]).toEqual(['"0"', 0])
    const [a, b] = await Promise.all([
      put({ ...contactPolicyAtFirst, surveyRestDays: 60 }, '"0"'),
      put({ ...contactPolicyAtFirst, surveyRestDays: 90 }, '"0"'),
    ])
    expect([a.status, b.status].sort()).toEqual([200, 412])
    const { json } = await ask('GET', '/v1/policies/contact')
    expect(json).toMatchObject({ version: 1, versions: [{ version: 1, live: true, note: 'calmer' }] })
    expect((await put(contactPolicyAtFirst, '"1"')).status).toBe(200)
  })

  test('can be read as they were in each version, the rules at first among them', async () => {
    const read = async (version: string) => ask('GET', `/v1/policies/contact/versions/${version}`)
    expect((await read('0')).json).toEqual({ version: 0, policy: contactPolicyAtFirst })
    const { surveyRestDays } = ((await read('1')).json as { policy: { surveyRestDays: number } }).policy
    expect([60, 90]).toContain(surveyRestDays)
    expect((await read('2')).json).toEqual({ version: 2, policy: contactPolicyAtFirst })
    for (const nothing of ['3', '-1', 'x', '9999999']) {
      const { status, json } = await read(nothing)
      expect([status, json.code]).toEqual([404, 'not-found'])
    }
  })

  test('are refused when they would hold back what is owed, and from those who may not change them', async () => {
    const bad = { ...contactPolicyAtFirst, holdOuts: [{ experiment: 'x', purposes: ['legal'], share: 0.1 }] }
    expect((await put(bad, '"2"')).json).toMatchObject({
      code: 'policy-refused',
      pointer: '/policy/holdOuts/0/purposes',
    })
    expect((await put(contactPolicyAtFirst, '"2"', await keyFor('read'))).status).toBe(403)
  })

  test('can be tried on what was sent', async () => {
    const sent = Array.from(
      { length: 4 },
      (_, nth) =>
        ['tried', 20 - nth * 3, 'offer.sent', { offer: `o${nth}`, channel: 'email', purpose: 'upsell' }] as const,
    )
    await tell(bought('tried'), ...sent)
    const policy = { ...contactPolicyAtFirst, caps: [{ channel: 'email', per: 'month', max: 0 }] }
    const { json } = await ask('POST', '/v1/policies/contact/try', { body: { policy, days: 30 } })
    expect(json).toMatchObject({
      customers: 1,
      sampled: 1,
      messages: 4,
      newlyBlocked: 4,
      newlyAllowed: 0,
      byRule: [{ rule: 'cap', messages: 4 }],
      blocked: ['o0', 'o1', 'o2', 'o3'].map((offer) => ({ customer: 'tried', offer, rules: ['cap'] })),
    })
  })
})
