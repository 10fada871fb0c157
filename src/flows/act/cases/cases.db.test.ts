import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { watchClocks } from './watch-clocks.ts'

const { db } = await freshDb(12)
// A Monday morning.
let now: Instant = instantOf('2026-06-15T08:00:00Z')
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const agent = await asRole('agent')
const lead = await asRole('lead')

type Row = Readonly<{ id: string; customer: string; revision: number; reason: string; nextStep: string }>
type Page = Row &
  Readonly<{
    steps: readonly Readonly<{ step: string; standing: string; refusal: { because: string } | null }>[]
    story: readonly Readonly<{ kind: string; sentence: string; from: string; by: unknown }>[]
    assignee: { name: string } | null
    failedRounds: number
  }>

type Staked = Readonly<{ atStake: Readonly<{ amount: Readonly<{ value: number }> }> }>

const hours = (count: number) => {
  now = instant(now + count * 3_600_000)
}
let told = 0
const tell = async (customer: string, type: string, data: object, at: Instant = now) => {
  told += 1
  const body = { id: `e${told}`, source: 'shop', customer, type, at: rfc3339(at), data }
  expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
}
const queue = async (query = ''): Promise<readonly Row[]> =>
  (await ask('GET', `/v1/cases${query}`, agent)).json.cases as readonly Row[]
const caseOf = async (customer: string): Promise<Row> => {
  const found = (await queue()).find((one) => one.customer === customer)
  if (found === undefined) throw new Error(`${customer} has no case`)
  return found
}
const page = async (id: string): Promise<Page> => (await ask('GET', `/v1/cases/${id}`, agent)).json as unknown as Page
/** People take a second for each step. */
const command = (id: string, body: object, sent: object = agent) => {
  now = instant(now + 1_000)
  return ask('POST', `/v1/cases/${id}/commands`, { ...sent, body })
}

describe('a case opens', () => {
  test('for a failure that an event reports, once', async () => {
    await tell('late', 'failure.occurred', { failure: 'f1', severity: 'major', category: 'late delivery', loss: 900 })
    await tell('late', 'failure.occurred', { failure: 'f1', severity: 'minor' })
    const rows = (await queue()).filter(({ customer }) => customer === 'late')
    expect(rows).toMatchObject([{ reason: 'at stake', nextStep: 'acknowledge', lossMinor: 900, currency: null }])
  })

  test('with what its own failure puts at stake, opened by rule or by hand', async () => {
    for (const customer of ['staked', 'by-hand']) {
      const order = { order: `o-${customer}`, value: 8_900, currency: 'EUR' }
      await tell(customer, 'order.placed', order, instant(now - 8 * DAY_MS))
    }
    const promisedAt = rfc3339(instant(now - DAY_MS))
    await tell('staked', 'order.delivered', { order: 'o-staked', promisedAt, deliveredAt: rfc3339(now) })
    await ask('POST', '/v1/cases', { ...agent, body: { customer: 'by-hand', severity: 'minor', reason: 'Told so.' } })
    for (const customer of ['staked', 'by-hand']) {
      const known = (await ask('GET', `/v1/customers/${customer}`)).json as Staked
      expect(known.atStake.amount.value).toBeGreaterThan(0)
      expect(await caseOf(customer)).toMatchObject({ stakeMinor: known.atStake.amount.value })
    }
  })

  test('for a late delivery, whose failure is then told; what follows from it joins', async () => {
    const promisedAt = rfc3339(instant(now - DAY_MS))
    await tell('rule', 'order.delivered', { order: 'o', promisedAt, deliveredAt: rfc3339(now) })
    await tell('rule', 'survey.answered', { survey: 's', kind: 'nps', score: 2 })
    const rows = (await queue()).filter(({ customer }) => customer === 'rule')
    expect(rows).toMatchObject([{ severity: 'minor' }])
    const { json } = await ask('GET', '/v1/customers/rule', {})
    expect(json).toMatchObject({ facts: { openFailures: 1 } })
  })

  test('for two triggers of one batch once', async () => {
    const batch = [
      { type: 'dispute.opened', data: { kind: 'chargeback' } },
      { type: 'post.published', data: { negative: true } },
    ].map((event, nth) => ({ ...event, id: `b${nth}`, customer: 'batch', at: rfc3339(instant(now + nth)) }))
    expect((await ask('POST', '/v1/events', { body: batch })).json).toMatchObject({ accepted: 2 })
    expect((await queue()).filter(({ customer }) => customer === 'batch')).toHaveLength(1)
  })

  test('for nothing that is history when it is received', async () => {
    await tell('old', 'failure.occurred', { failure: 'f', severity: 'critical' }, instant(now - 4 * DAY_MS))
    expect((await queue()).filter(({ customer }) => customer === 'old')).toEqual([])
  })

  test('by hand, for a new failure and for one that is known; not for somebody unknown', async () => {
    await tell('hand', 'order.placed', { order: 'o', value: 5_000 })
    const body = { customer: 'hand', severity: 'minor', category: 'billing', note: 'Called in.' }
    const opened = await ask('POST', '/v1/cases', { ...agent, body })
    expect(opened.status).toBe(201)
    expect((await page(String(opened.json.id))).story).toMatchObject([
      { kind: 'failure.occurred' },
      { kind: 'note', sentence: 'Called in.' },
    ])
    const known = await caseOf('late')
    const again = await ask('POST', '/v1/cases', {
      ...agent,
      body: { customer: 'late', failure: 'f1', severity: 'minor' },
    })
    expect(again).toMatchObject({ status: 200, json: { id: known.id } })
    const nobody = await ask('POST', '/v1/cases', { ...agent, body: { customer: 'nobody', severity: 'minor' } })
    expect(nobody.json.code).toBe('customer-unknown')
  })
})

test('a severity that the rule does not propose takes a reason, which stays with the case', async () => {
  await tell('worse', 'order.placed', { order: 'o7', value: 5_000 })
  const body = { customer: 'worse', severity: 'critical', category: 'billing', order: 'o7' }
  const open = (more: object) => ask('POST', '/v1/cases', { ...agent, body: { ...body, ...more } })
  expect((await open({})).json).toMatchObject({ pointer: '/reason', detail: expect.stringContaining('minor') })
  expect((await open({ failedAt: rfc3339(instant(now + DAY_MS)) })).json.pointer).toBe('/failedAt')
  const opened = await open({ reason: 'She is ill.', failedAt: rfc3339(instant(now - DAY_MS)) })
  expect(opened.status).toBe(201)
  expect((await page(String(opened.json.id))).story).toMatchObject([
    { kind: 'failure.occurred' },
    { kind: 'order.placed' },
    { kind: 'note' },
  ])
  // What is told of the same order again is the same failure, unless somebody says that it is another.
  expect(await open({ severity: 'minor' })).toMatchObject({ status: 200, json: { id: opened.json.id } })
  const { json } = await ask('GET', '/v1/customers/worse/failures', agent)
  expect(json.failures).toMatchObject([{ isOpen: true, links: ['order:o7'], case: opened.json.id }])
  expect((await open({ severity: 'minor', another: true })).status).toBe(201)
})

describe('a case is worked on', () => {
  test('step by step in the order of the protocol, and the log is told of each', async () => {
    await tell('whole', 'failure.occurred', { failure: 'w', severity: 'major', category: 'late delivery' })
    const { id } = await caseOf('whole')
    const first = await command(id, { kind: 'fix', how: null })
    expect(first).toMatchObject({ status: 409, json: { code: 'case-refused', because: 'step-first' } })
    expect(first.json.detail).toBe('Another step comes first: Acknowledge.')
    const remedy = { what: 'A new parcel', fixBy: rfc3339(instant(now + DAY_MS)), valueMinor: 500, form: 'refund' }
    const steps = [
      { kind: 'acknowledge' },
      { kind: 'own' },
      { kind: 'apologise', isSpecific: true },
      { kind: 'agree remedy', remedy },
      { kind: 'fix', how: 'sent again' },
      { kind: 'compensate', valueMinor: 500, form: 'refund' },
      { kind: 'confirm', satisfied: true },
      { kind: 'close', rootCause: 'carrier late' },
    ]
    for (const step of steps) expect([step.kind, (await command(id, step)).status]).toEqual([step.kind, 200])
    const closed = await page(id)
    expect(closed.steps.map(({ standing }) => standing)).toEqual([...Array(8).fill('done'), 'next'])
    expect(closed.story.map(({ kind }) => kind)).toEqual([
      'failure.occurred',
      'failure.acknowledged',
      'failure.owned',
      'failure.apologised',
      'promise.made',
      'failure.fixed',
      'promise.kept',
      'failure.compensated',
      'failure.confirmed',
      'failure.closed',
    ])
    const [reported, ...worked] = closed.story
    expect(reported).toMatchObject({ from: 'customer', by: null })
    for (const line of worked) expect(line).toMatchObject({ from: 'case', by: { name: 'Simulated agent' } })
    expect((await queue('?filter=closed')).map((one) => one.id)).toContain(id)
  })

  test('by other systems too: their events are heard, and a bad answer re-opens it for a senior', async () => {
    await tell('other', 'failure.occurred', { failure: 'o', severity: 'minor' })
    const { id } = await caseOf('other')
    await tell('other', 'failure.acknowledged', { failure: 'o' })
    await tell('other', 'failure.fixed', { failure: 'o' })
    await tell('other', 'survey.answered', { survey: 's', kind: 'recovery', score: 1, failure: 'o' })
    expect(await page(id)).toMatchObject({ failedRounds: 1, reason: 'double deviation', nextStep: 'acknowledge' })
    expect((await queue())[0]?.id).toBe(id)
    expect((await queue('?customer=other')).map((one) => one.id)).toEqual([id])
    expect(await queue('?customer=othe')).toEqual([])
    expect((await command(id, { kind: 'acknowledge' })).status).toBe(200)
    expect((await command(id, { kind: 'own' })).json.because).toBe('senior-only')
    expect((await command(id, { kind: 'own' }, lead)).status).toBe(200)
  })

  test('by two agents at once: one wins, the other is told, and may take the last step back within ten seconds', async () => {
    await tell('race', 'failure.occurred', { failure: 'r', severity: 'minor' })
    const { id, revision } = await caseOf('race')
    const asked = { ...lead, headers: { ...lead.headers, 'if-match': `"${revision}"` } }
    const answers = await Promise.all(Array.from({ length: 8 }, () => command(id, { kind: 'acknowledge' }, asked)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)])
    expect((await command(id, { kind: 'undo' })).json.because).toBe('not-yours-to-undo')
    expect((await command(id, { kind: 'undo' }, lead)).status).toBe(200)
    expect((await page(id)).nextStep).toBe('acknowledge')
  })

  test('is assigned by a lead; an agent takes it herself', async () => {
    const { id } = await caseOf('race')
    const me = (await ask('GET', '/v1/session', agent)).json.id
    const boss = (await ask('GET', '/v1/session', lead)).json.id
    expect((await command(id, { kind: 'assign', to: boss })).status).toBe(403)
    expect((await command(id, { kind: 'assign', to: me })).status).toBe(200)
    expect((await page(id)).assignee?.name).toBe('Simulated agent')
    expect((await queue('?filter=mine')).map((one) => one.id)).toContain(id)
  })

  test('stands in the queue by category and by the reason for its place', async () => {
    await tell('sorted', 'failure.occurred', { failure: 'x', severity: 'major', category: 'wrong colour' })
    const { id } = await caseOf('sorted')
    const { categories } = (await ask('GET', '/v1/cases')).json
    expect(categories).toContainEqual({ category: 'wrong colour', count: 1 })
    expect(await queue('?category=wrong%20colour')).toMatchObject([{ id, reason: 'at stake' }])
    expect((await queue('?floor=at%20stake')).map((one) => one.id)).toContain(id)
    expect(await queue('?category=wrong%20colour&floor=asleep')).toEqual([])
    expect((await ask('GET', '/v1/cases?floor=first')).status).toBe(400)
  })
})

describe('a remedy', () => {
  const remedy = (valueMinor: number) => ({
    kind: 'agree remedy',
    remedy: { what: 'The money back', fixBy: null, valueMinor, form: 'refund' },
  })
  const toAgree = async (customer: string): Promise<string> => {
    await tell(customer, 'failure.occurred', { failure: 'm', severity: 'major', loss: 4_000, currency: 'EUR' })
    const { id } = await caseOf(customer)
    for (const step of [{ kind: 'acknowledge' }, { kind: 'own' }, { kind: 'apologise', isSpecific: true }])
      expect((await command(id, step)).status).toBe(200)
    return id
  }

  test('within the range and the limits is agreed; outside of the range it takes a reason', async () => {
    const id = await toAgree('money')
    expect((await command(id, remedy(100))).json).toMatchObject({ because: 'reason-missing' })
    expect((await command(id, remedy(4_500))).status).toBe(200)
    expect(await page(id)).toMatchObject({
      proposal: { range: { lowMinor: 4_000, highMinor: 4_800 } },
      authority: { limits: { caseMinor: 5_000 }, spent: { caseMinor: 4_500 } },
    })
  })

  test('beyond the limits waits for a second person in a higher role, who is somebody else', async () => {
    const id = await toAgree('dear')
    const asked = await command(id, { ...remedy(9_000), reason: 'Twice the loss, by phone.' })
    expect(asked).toMatchObject({ status: 202, json: { passed: ['case'], roles: ['lead', 'admin'] } })
    const answer = (sent: object, agrees: boolean) =>
      ask('POST', `/v1/cases/${id}/approvals/${asked.json.approval}`, { ...sent, body: { agrees } })
    expect((await answer(agent, true)).status).toBe(403)
    expect((await answer(lead, true)).status).toBe(200)
    expect((await answer(lead, true)).json).toMatchObject({ code: 'case-refused', because: 'answered-already' })
    expect(await page(id)).toMatchObject({ remedy: { valueMinor: 9_000 }, approvals: [{ state: 'approved' }] })
  })

  test('is counted once for a day, also when many are agreed at the same time', async () => {
    const ids: string[] = []
    for (let nth = 0; nth < 6; nth += 1) ids.push(await toAgree(`many${nth}`))
    const answers = await Promise.all(ids.map((id) => command(id, remedy(4_000))))
    // 20,000 a day, of which 4,500 and 9,000 were agreed before.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202, 202, 202, 202, 202])
  })
})

test('the rules are versioned data, and refused where they are wrong', async () => {
  const { json, headers } = await ask('GET', '/v1/policies/remedy')
  const finance = await asRole('finance')
  const put = (policy: object, etag: string) =>
    ask('PUT', '/v1/policies/remedy', {
      ...finance,
      headers: { ...finance.headers, 'if-match': etag },
      body: { policy, note: '' },
    })
  const policy = json.policy as { authority: object }
  const limits = { agent: { caseMinor: 10, dayMinor: 5, monthMinor: 20 } }
  const bad = await put({ ...policy, authority: { limits, teamMonthMinor: {} } }, '"0"')
  expect(bad.json).toMatchObject({ code: 'policy-refused', pointer: '/policy/authority/limits/agent' })
  expect((await put(policy, String(headers.get('etag')))).json).toMatchObject({ version: 1 })
  expect((await put(policy, '"0"')).status).toBe(412)
  const rules = await ask('GET', '/v1/policies/case')
  const wished = { ...(rules.json.policy as object), opening: { rules: ['dispute'], daysMax: 1 } }
  const saved = await ask('PUT', '/v1/policies/case', {
    ...lead,
    headers: { ...lead.headers, 'if-match': '"0"' },
    body: { policy: wished, note: 'calm' },
  })
  expect(saved).toMatchObject({ status: 200, json: { version: 1, versions: [{ note: 'calm' }] } })
  expect(await ask('GET', '/v1/policies/case/versions/1')).toMatchObject({ json: { policy: wished } })
  expect(await ask('GET', '/v1/policies/case/versions/0')).toMatchObject({ json: { policy: rules.json.policy } })
  expect((await ask('GET', '/v1/policies/case/versions/2')).status).toBe(404)
  const check = (policy: object) => ask('POST', '/v1/policies/case/check', { body: { policy } })
  expect((await check(wished)).status).toBe(204)
  expect(await check({ ...wished, closeOfBusiness: 'late' })).toMatchObject({
    json: { code: 'policy-refused', pointer: '/policy/closeOfBusiness' },
  })
  expect((await check({})).status).toBeGreaterThanOrEqual(400)
  await tell('calm', 'failure.occurred', { failure: 'c', severity: 'minor' })
  expect((await queue()).filter(({ customer }) => customer === 'calm')).toEqual([])
  await ask('PUT', '/v1/policies/case', {
    ...lead,
    headers: { ...lead.headers, 'if-match': '"1"' },
    body: { policy: rules.json.policy, note: '' },
  })
  expect(((await ask('GET', '/v1/regimes')).json.packs as unknown[]).length).toBeGreaterThan(5)
})

test('a regime that does not exist, begins otherwise, or cannot run without a country is refused', async () => {
  await tell('abroad', 'failure.occurred', { failure: 'abroad', severity: 'minor' })
  const { id } = await caseOf('abroad')
  const apply = (pack: string, event: string) =>
    command(id, { kind: 'apply regime', pack, event, since: rfc3339(now) }, lead)
  const about = (pointer: string) => ({ status: 400, json: { code: 'parameter-malformed', pointer } })
  expect(await apply('of nowhere', 'request.received')).toMatchObject(about('/pack'))
  expect(await apply('gdpr', 'request.lost')).toMatchObject(about('/event'))
  expect(await apply('gdpr', 'request.received')).toMatchObject({ status: 409, json: { code: 'not-in-this-state' } })
  const { policy } = (await ask('GET', '/v1/policies/case')).json as { policy: object }
  const { version } = (await ask('GET', '/v1/policies/case')).json
  const sent = { ...lead, headers: { ...lead.headers, 'if-match': `"${version}"` } }
  expect(
    (await ask('PUT', '/v1/policies/case', { ...sent, body: { policy: { ...policy, region: 'NL' }, note: '' } }))
      .status,
  ).toBe(200)
  expect((await apply('gdpr', 'request.received')).status).toBe(200)
  const { legal } = (await ask('GET', `/v1/cases/${id}`, agent)).json as unknown as { legal: object[] }
  expect(legal).toMatchObject([{ pack: 'gdpr' }])
})

test('rules on cases are tried on what happened, beside those in force; rules of before a setting have what was usual', async () => {
  type Rules = { opening: object; severity: { veryLateDays: number; categories: object[] } }
  const policy = (await ask('GET', '/v1/policies/case')).json.policy as Rules
  const attempt = async (changed: object) =>
    (await ask('POST', '/v1/policies/case/try', { ...lead, body: { policy: changed } })).json
  const promisedAt = rfc3339(instant(now - 5 * DAY_MS))
  await tell('tried', 'order.delivered', { order: 't', promisedAt, deliveredAt: rfc3339(instant(now - DAY_MS)) })
  const same = await attempt(policy)
  expect(same).toMatchObject({ opened: 0, missing: 0, otherwise: 0, differing: [] })
  expect(same.live).toBe(same.changed)
  const without = await attempt({ ...policy, opening: { rules: ['failure reported'], daysMax: 3 } })
  expect(without).toMatchObject({ opened: 0, otherwise: 0 })
  const gone = without.differing as { customer: string }[]
  expect(gone.find(({ customer }) => customer === 'tried')).toMatchObject({
    rule: 'order late',
    live: 'major',
    changed: null,
  })
  const calm = { ...policy, severity: { ...policy.severity, veryLateDays: 10 } }
  expect(await attempt(calm)).toMatchObject({
    opened: 0,
    missing: 0,
    differing: [{ customer: 'tried', changed: 'minor' }],
  })
  expect(await attempt({ ...policy, severity: { ...policy.severity, criticalLossMinor: 1 } })).toMatchObject({
    code: 'policy-refused',
    pointer: '/policy/severity/majorLossMinor',
  })
  expect((await ask('POST', '/v1/policies/case/try', { ...agent, body: { policy } })).status).toBe(403)
  await db.query(`update policies set body = body - 'severity' where kind = 'case' and version = 1`)
  expect(await ask('GET', '/v1/policies/case/versions/1')).toMatchObject({
    json: { policy: { severity: policy.severity } },
  })
})

test('what people wrote goes when the customer is forgotten; what was done stays', async () => {
  const { id } = await caseOf('dear')
  expect((await command(id, { kind: 'note', text: 'Lives above the shop.' })).status).toBe(200)
  expect((await ask('DELETE', '/v1/customers/dear', {})).status).toBeLessThan(300)
  const evidence = await ask('GET', `/v1/cases/${id}/evidence`, agent)
  expect(JSON.stringify(evidence.json)).not.toMatch(/above the shop|The money back/)
  expect((evidence.json.entries as { kind: string }[]).map(({ kind }) => kind)).toEqual([
    'opened',
    'acknowledged',
    'owned',
    'apologised',
    'remedy agreed',
  ])
})

describe('the clocks', () => {
  test('put late cases first, tell the next person once, also when several workers look at once', async () => {
    await tell('slow', 'failure.occurred', { failure: 's', severity: 'critical' })
    const { id } = await caseOf('slow')
    hours(4)
    const signal = new AbortController().signal
    await Promise.all([1, 2, 3, 4].map(() => watchClocks(world, signal)))
    const late = await page(id)
    expect(late.reason).toBe('overdue')
    // Acknowledging within one hour and owning within two are both late by now.
    expect(late.story.filter(({ kind }) => kind === 'escalated')).toHaveLength(2)
    expect(await watchClocks(world, signal)).toBe(0)
  })
})

test('the log and what is folded from it agree', async () => {
  expect((await verifyLog(world)).differences).toEqual([])
})
