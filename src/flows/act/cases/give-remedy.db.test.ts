import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import { type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'

const { db } = await freshDb(8)
let now: Instant = instantOf('2026-06-15T08:00:00Z')
const { ask, asRole } = await testApi(db, { world: { now: () => now } })
const [agent, lead, admin] = [await asRole('agent'), await asRole('lead'), await asRole('admin')]

const command = (id: string, body: object) => {
  now = instant(now + 1_000)
  return ask('POST', `/v1/cases/${id}/commands`, { ...agent, body })
}
const page = async (id: string) => (await ask('GET', `/v1/cases/${id}`, agent)).json
const remedy = (valueMinor: number, reason: string) => ({
  kind: 'agree remedy',
  remedy: { what: 'The money back', fixBy: null, valueMinor, form: 'refund' },
  reason,
})

/** A case of which an agent has asked for more than she may give. */
async function askedFor(customer: string): Promise<Readonly<{ id: string; path: string }>> {
  const data = { failure: 'm', severity: 'major', loss: 4_000, currency: 'EUR' }
  const event = { id: customer, source: 'shop', customer, type: 'failure.occurred', at: rfc3339(now), data }
  expect((await ask('POST', '/v1/events', { body: event })).json).toMatchObject({ rejected: 0 })
  const found = await ask('GET', `/v1/cases?search=${customer}`, agent)
  const [{ id = '' } = {}] = found.json.cases as readonly { id?: string }[]
  for (const step of [{ kind: 'acknowledge' }, { kind: 'own' }, { kind: 'apologise', isSpecific: true }])
    expect((await command(id, step)).status).toBe(200)
  const asked = await command(id, remedy(9_000, 'Twice the loss, by phone.'))
  expect(asked.status).toBe(202)
  return { id, path: `/v1/cases/${id}/approvals/${asked.json.approval}` }
}

test('is answered by one of two who answer at once; a no needs a reason, and whoever asked reads it', async () => {
  const one = await askedFor('two-eyes')
  const waiting = (await ask('GET', '/v1/approvals', lead)).json
  expect(waiting).toMatchObject({ count: 1, waiting: [{ case: { id: one.id }, passed: ['case'] }] })
  expect((await ask('GET', '/v1/approvals', agent)).status).toBe(403)
  const answers = await Promise.all(
    [lead, admin, lead, admin].map((who) => ask('POST', one.path, { ...who, body: { agrees: true } })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  expect(await page(one.id)).toMatchObject({ remedy: { valueMinor: 9_000 }, approvals: [{ state: 'approved' }] })
  const two = await askedFor('no-eyes')
  const refuse = (body: object) => ask('POST', two.path, { ...lead, body })
  expect((await refuse({ agrees: false, reason: ' ' })).json.because).toBe('why-missing')
  expect((await refuse({ agrees: false, reason: 'Ask the carrier first.' })).status).toBe(200)
  expect(await page(two.id)).toMatchObject({
    remedy: null,
    approvals: [{ state: 'refused', answer: 'Ask the carrier first.', answeredBy: { name: 'Simulated lead' } }],
  })
})

test('that waits is overtaken by what is done in the case, and who looked before that is told', async () => {
  const { id, path } = await askedFor('overtaken')
  const before = await ask('GET', `/v1/cases/${id}`, lead)
  expect(before.json).toMatchObject({
    approvals: [
      { weighed: { role: 'agent', refusal: null, authority: { limits: { caseMinor: 5_000 } } }, state: 'asked' },
    ],
  })
  const changes = await ask('GET', `/v1/cases/changes?cursor=${now - 500}`, lead)
  expect(JSON.stringify(changes.json)).toContain(id)
  expect((await command(id, { kind: 'wait', for: 'information' })).status).toBe(200)
  const stale = { ...lead.headers, 'if-match': String(before.headers.get('etag')) }
  expect((await ask('POST', path, { ...lead, headers: stale, body: { agrees: true } })).status).toBe(412)
  expect((await command(id, remedy(0, 'A new part is enough.'))).status).toBe(200)
  expect((await ask('POST', path, { ...lead, body: { agrees: true } })).json.because).toBe('asked-no-more')
  expect((await ask('GET', '/v1/approvals', lead)).json.count).toBe(0)
})
