import { describe, expect, test } from 'vitest'
import { dyingWorld } from '../../../../test/dying-world.ts'
import { freshDb } from '../../../../test/fresh-db.ts'
import { type Told, tell } from '../../../../test/tell.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { AskingTrial, OccasionCounts } from '../../../contract/asking-rules.ts'
import { contactPolicyAtFirst } from '../../../core/contact/contact-policy.ts'
import { type AskingOccasion, type AskingRule, askingRulesAtFirst } from '../../../core/listening/asking-rules.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { savePolicy } from '../../../store/policies.ts'
import { planSubscriptions } from '../messages/plan-subscriptions.ts'
import { watchOccasions } from './watch-occasions.ts'

const { db } = await freshDb(12)
let now: Instant = instantOf('2026-06-15T10:00:00Z')
const mail = { smtpUrl: 'smtp://localhost:1', from: 'service@firm.example' }
const { ask, world } = await testApi(db, { world: { now: () => now, mail, publicUrl: 'https://firm.example' } })
const { signal } = new AbortController()
await savePolicy(db, 'contact', {
  was: 0,
  body: { ...contactPolicyAtFirst, neverAskedShare: 0 },
  note: '',
  author: 'test',
})

const on = (days: number): string => rfc3339(instant(now + days * DAY_MS))
const pass = (days: number): void => {
  now = instant(now + days * DAY_MS)
}

let version = 0
async function rules(changed: Partial<Record<AskingOccasion, Partial<AskingRule>>>, everyMonths = 6): Promise<void> {
  const policy = structuredClone(askingRulesAtFirst) as { rules: Record<string, object>; everyMonths: number }
  for (const [of, more] of Object.entries(changed)) Object.assign(policy.rules[of] ?? {}, { on: true, ...more })
  policy.everyMonths = everyMonths
  const headers = { 'if-match': `"${version}"` }
  const saved = await ask('PUT', '/v1/policies/asking', { headers, body: { policy, note: 'for a test' } })
  expect(saved).toMatchObject({ status: 200, json: { version: version + 1, policy } })
  version += 1
}

const person = (customer: string): readonly Told[] => [
  { customer, type: 'customer.profiled', at: on(-9), data: { email: `${customer}@example.org`, locale: 'ru' } },
  { customer, type: 'consent.changed', at: on(-9), data: { channel: 'email', purpose: 'survey', granted: true } },
]
const delivered = (customer: string, more: Partial<Told> = {}): Told => ({
  ...{ customer, type: 'order.delivered', at: on(0), data: { order: 'o' } },
  ...more,
})
const mailsTo = async (customer: string) => listMessages(db, { state: null, before: null, limit: 9, customer })
const askedOf = (customer: string) =>
  db.query<{ data: { kind: string } }>(`select data from events where customer = $1 and type = 'survey.invited'`, [
    customer,
  ])
const cameOf = async (customer: string) =>
  (
    await db.query<{ came: string }>(
      `select rule || ': ' || coalesce(because, outcome) as came from survey_occasions where customer = $1 order by occasion`,
      [customer],
    )
  ).map(({ came }) => came)

describe('somebody is asked by itself', () => {
  test('when the time after a delivery has come, once, however many workers look', async () => {
    await rules({ 'order delivered': { restDays: 0 } })
    await tell(world, [...person('one'), delivered('one')])
    expect(await watchOccasions(world, signal)).toBe(0)
    await tell(world, [delivered('one', { id: 'told again' })])
    pass(3)
    await Promise.all([1, 2, 3, 4].map(() => watchOccasions(world, signal)))
    expect((await askedOf('one')).map(({ data }) => data.kind)).toEqual(['csat'])
    expect(await mailsTo('one')).toMatchObject([{ kind: 'survey.invitation', language: 'ru' }])
    await tell(world, [delivered('one', { id: 'told a third time' })])
    pass(40)
    expect(await watchOccasions(world, signal)).toBe(0)
  })

  test('by the next worker, when one is killed before or after it was written down', async () => {
    await tell(world, [...person('killed'), delivered('killed')])
    pass(3)
    await expect(watchOccasions(dyingWorld(world, 'before'), signal)).rejects.toThrow('killed before')
    expect(await askedOf('killed')).toEqual([])
    await expect(watchOccasions(dyingWorld(world, 'after'), signal)).rejects.toThrow('killed after')
    await watchOccasions(world, signal)
    expect(await askedOf('killed')).toHaveLength(1)
    expect(await mailsTo('killed')).toHaveLength(1)
  })

  test('in every month that the firm chose, for as long as the subscription runs', async () => {
    await rules({ 'subscription month': { restDays: 0 } }, 2)
    const started = { customer: 'monthly', type: 'subscription.started', at: on(0), data: { subscription: 's' } }
    await tell(world, [...person('monthly'), started])
    for (const days of [62, 62]) {
      pass(days)
      await watchOccasions(world, signal)
    }
    expect((await askedOf('monthly')).map(({ data }) => data.kind)).toEqual(['nps', 'nps'])
    const ended = {
      customer: 'monthly',
      type: 'subscription.ended',
      at: on(0),
      data: { subscription: 's', by: 'customer' },
    }
    await tell(world, [ended])
    pass(62)
    await watchOccasions(world, signal)
    expect(await askedOf('monthly')).toHaveLength(2)
    expect((await cameOf('monthly')).filter((came) => !came.endsWith('asked'))).toEqual(['subscription month: not-so'])
  })

  test('also on subscriptions that ran before the firm began to ask, unless they are invented', async () => {
    await rules({})
    const started = (customer: string, source: string): Told => ({
      ...{ customer, source, type: 'subscription.started', at: on(-70), data: { subscription: 's' } },
    })
    await tell(world, [...person('ran'), started('ran', 'shop'), ...person('demo'), started('demo', 'simulated')])
    await rules({ 'subscription month': {} }, 3)
    await planSubscriptions(world, { after: '' })
    pass(30)
    await watchOccasions(world, signal)
    expect(
      [await cameOf('ran'), await cameOf('demo')].map((came) => came.filter((one) => /asked|not-so/.test(one))),
    ).toEqual([['subscription month: asked'], ['subscription month: not-so']])
  })

  test('about the failure that was put right, after the two questions of its case', async () => {
    await rules({ 'case closed': {} })
    const failure = { failure: 'f', severity: 'minor' }
    await tell(world, [
      ...person('right'),
      { customer: 'right', type: 'failure.occurred', at: on(-1), data: failure },
      { customer: 'right', type: 'failure.closed', at: on(0), data: { failure: 'f', fixed: true } },
    ])
    pass(15.9)
    expect(await watchOccasions(world, signal)).toBe(0)
    pass(0.2)
    await watchOccasions(world, signal)
    expect((await askedOf('right')).map(({ data }) => data.kind)).toEqual(['recovery'])
  })
})

describe('nobody is asked', () => {
  test('whom the contact policy spares, who has no way, whose rule rests or is off, or for whom it was taken back', async () => {
    await rules({ 'order delivered': {} })
    const email = { channel: 'email', purpose: 'survey', granted: false }
    await tell(world, [
      ...person('objects'),
      { customer: 'objects', type: 'consent.changed', at: on(-1), data: email },
      delivered('objects'),
      { customer: 'nameless', type: 'order.placed', at: on(-1), data: { order: 'o' } },
      delivered('nameless'),
      ...person('retracted'),
      delivered('retracted', { id: 'd' }),
      { customer: 'retracted', type: 'event.retracted', at: on(0), data: { id: 'd' } },
      ...person('rests'),
      delivered('rests'),
      delivered('rests', { data: { order: 'p' }, id: 'p' }),
      { ...delivered('invented'), source: 'simulated' },
      delivered('history', { at: on(-40) }),
    ])
    pass(3)
    await watchOccasions(world, signal)
    expect(await cameOf('objects')).toEqual(['order delivered: objection'])
    expect(await cameOf('nameless')).toEqual(['order delivered: no-way'])
    expect(await cameOf('retracted')).toEqual(['order delivered: not-so'])
    expect((await cameOf('rests')).sort()).toEqual(['order delivered: asked', 'order delivered: rule-rest'])
    expect([await cameOf('invented'), await cameOf('history')]).toEqual([[], []])
    await tell(world, [...person('off'), delivered('off')])
    await rules({})
    pass(3)
    await watchOccasions(world, signal)
    expect(await cameOf('off')).toEqual(['order delivered: rule-off'])
    const { json } = await ask('GET', '/v1/surveys/occasions')
    const counts = json as unknown as OccasionCounts
    expect(counts.came).toContainEqual({ rule: 'order delivered', outcome: 'refused', because: 'objection', count: 1 })
  })

  test('by text message before a tool of the firm listens for the invitation', async () => {
    await rules({ 'order delivered': { channel: 'sms', restDays: 0, waitHours: 0 } })
    const sms = { channel: 'sms', purpose: 'survey', granted: true }
    const buyer = (customer: string): readonly Told[] => [
      { customer, type: 'consent.changed', at: on(-9), data: sms },
      delivered(customer),
    ]
    await tell(world, buyer('unheard'))
    await watchOccasions(world, signal)
    expect(await cameOf('unheard')).toEqual(['order delivered: no-way'])
    const endpoint = { url: 'https://tools.firm.example/hook', events: ['survey.invited'] }
    expect((await ask('POST', '/v1/webhooks', { body: endpoint })).status).toBe(201)
    await tell(world, buyer('heard'))
    await watchOccasions(world, signal)
    const [delivery] = await db.query<{ body: string }>(`select body from webhook_deliveries where customer = 'heard'`)
    expect(JSON.parse(delivery?.body ?? '{}')).toMatchObject({
      type: 'survey.invited',
      data: { customer: 'heard', kind: 'csat', channel: 'sms', path: expect.stringMatching(/^\/survey\//) },
    })
    expect(await mailsTo('heard')).toEqual([])
  })
})

test('rules are tried on what happened, and nobody is asked by that', async () => {
  await rules({})
  await tell(world, [
    ...person('tried'),
    delivered('tried', { at: on(-10) }),
    delivered('tried', { at: on(-9), data: { order: 'p' } }),
  ])
  const { rules: all } = askingRulesAtFirst
  const policy = {
    ...askingRulesAtFirst,
    rules: { ...all, 'order delivered': { ...all['order delivered'], on: true } },
  }
  const { json } = await ask('POST', '/v1/policies/asking/try', { body: { policy } })
  const trial = json as unknown as AskingTrial
  const [of] = trial.byRule
  expect(trial.byRule).toHaveLength(1)
  expect(of?.refused).toContainEqual({ because: 'rule-rest', count: expect.any(Number) })
  expect(trial.wouldAsk).toContainEqual({ customer: 'tried', rule: 'order delivered', kind: 'csat', at: on(-7) })
  expect(await askedOf('tried')).toEqual([])
  const wrong = { ...policy, everyMonths: 99 }
  expect((await ask('POST', '/v1/policies/asking/try', { body: { policy: wrong } })).json).toMatchObject({
    code: 'policy-refused',
    pointer: '/policy/everyMonths',
  })
})
