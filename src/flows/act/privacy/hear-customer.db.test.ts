import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import { instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { verifyLog } from '../../ingest/verify-log.ts'
import { readHistories } from '../../predict/read-histories.ts'
import { scoreAll } from '../../predict/score-all.ts'
import { scoreCustomer } from '../../predict/score-customer.ts'
import { exportFirm } from '../../show/export-firm.ts'

const { db } = await freshDb(12)
let now = instantOf('2026-06-15T08:00:00Z')
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const agent = await asRole('agent')
const analyst = await asRole('analyst')

let told = 0
const tell = async (customer: string, type: string, data: object) => {
  told += 1
  now = instant(now + 60_000)
  const body = { id: `e${told}`, source: 'shop', customer, type, at: rfc3339(now), data }
  expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
}
const letDown = async (customer: string) => {
  await tell(customer, 'subscription.started', { subscription: customer, monthlyValue: 4_000, currency: 'EUR' })
  await tell(customer, 'failure.occurred', { failure: customer, severity: 'major', category: 'outage' })
}
const refuse = (customer: string, refused: boolean) =>
  ask('PUT', `/v1/customers/${customer}/profiling`, { ...agent, body: { refused } })
const FIGURES = 'goodwill, stay, stay_low, stay_high, value_minor, at_stake_minor'
const stored = async (customer: string) =>
  (await db.query(`select ${FIGURES} from relationships where customer = $1`, [customer]))[0]
const nothing = Object.fromEntries(FIGURES.split(', ').map((name) => [name, null]))
const places = () => db.query('select customer, stake_minor, rank from cases order by customer')
const learnedFrom = async () => {
  const found: string[] = []
  for await (const page of readHistories(world, undefined)) found.push(...page.map(({ customer }) => customer))
  return found
}

await letDown('mia')
await letDown('tom')

test('an objection deletes what was foretold at once, keeps it away from everything, and can be taken back', async () => {
  now = instant(now + 60_000)
  const before = await stored('mia')
  const [placed] = await places()
  expect(placed).toMatchObject({ customer: 'mia', stake_minor: expect.any(Number) })
  expect((await ask('PUT', '/v1/customers/mia/profiling', { ...analyst, body: { refused: true } })).status).toBe(403)

  const answer = await refuse('mia', true)
  expect(answer.json).toMatchObject({ customer: 'mia', profilingRefusedAt: rfc3339(now) })
  expect(await stored('mia')).toEqual(nothing)
  // The case stands where those with what is usual stand: only tom's is known.
  const [own, other] = await places()
  expect(own).toEqual({ customer: 'mia', stake_minor: null, rank: other?.rank })
  await scoreAll(world)
  expect(await stored('mia')).toEqual(nothing)
  expect(await learnedFrom()).toEqual(['tom'])
  expect(await scoreCustomer(world, 'mia')).toMatchObject({ kind: 'profiling-refused' })
  expect((await verifyLog(world)).differences).toEqual([])

  const page = (await ask('GET', '/v1/customers/mia', agent)).json
  expect(page).toMatchObject({ profilingRefusedAt: rfc3339(now), facts: { openFailures: 1 } })
  for (const name of ['stay', 'value', 'atStake', 'entries', 'future', 'foreseen'])
    expect(page).not.toHaveProperty(name)
  expect((await ask('GET', '/v1/customers/mia/goodwill', agent)).json).toMatchObject({ points: [], letDowns: [] })
  const list = (await ask('GET', '/v1/customers?sort=at-stake', agent)).json.customers
  expect(list).toMatchObject([{ customer: 'tom' }, { customer: 'mia', stay: null, atStake: null, goodwill: null }])
  expect((await ask('GET', '/v1/customers?sort=chance', agent)).json.customers).toMatchObject([{ customer: 'tom' }])
  expect((await ask('GET', '/v1/overview', agent)).json).toMatchObject({ people: [{ customer: 'tom' }] })

  // Whatever happens later is served, and foretells nothing.
  await tell('mia', 'contact.opened', { contact: 'k', channel: 'phone', direction: 'in' })
  expect(await stored('mia')).toEqual(nothing)
  const [mine] = (await ask('GET', '/v1/cases', agent)).json.cases as readonly Readonly<{
    id: string
    customer: string
  }>[]
  expect(mine).toMatchObject({ customer: 'mia', stakeMinor: null, perMinuteMinor: null, nextStep: 'acknowledge' })
  const one = (await ask('GET', `/v1/cases/${mine?.id}`, agent)).json
  expect(one).toMatchObject({ proposal: { options: [], range: { lowMinor: 500, highMinor: 1_500 } } })
  expect((one.steps as readonly Readonly<{ costs: unknown[] }>[]).flatMap(({ costs }) => costs)).toEqual([])

  expect((await refuse('mia', false)).json).toMatchObject({ profilingRefusedAt: null })
  expect((await stored('mia'))?.at_stake_minor).toBeGreaterThan(0)
  expect((await stored('mia'))?.value_minor).toBeCloseTo(Number(before?.value_minor), -2)
  expect((await places())[0]?.stake_minor).toBe((await stored('mia'))?.at_stake_minor)
  expect(await learnedFrom()).toEqual(['mia', 'tom'])
  expect((await verifyLog(world)).differences).toEqual([])
})

test('an objection that comes as an event counts as well, and is in no export', async () => {
  await tell('tom', 'consent.changed', { channel: 'phone', purpose: 'profiling', granted: false })
  expect(await stored('tom')).toEqual(nothing)
  const folder = join(await mkdtemp(join(tmpdir(), 'amends-export-')), 'out')
  await exportFirm(world, { folder, form: 'csv', withPersonalData: false, onTable: () => undefined })
  const ledger = await readFile(join(folder, 'ledger.csv'), 'utf8')
  await rm(join(folder, '..'), { recursive: true })
  expect([ledger.includes('"mia"'), ledger.includes('"tom"')]).toEqual([true, false])
  await refuse('tom', false)
})

test('a moment is written down and taken back, and while it stands nothing is sold', async () => {
  const mayContact = async (purpose: string) =>
    (await ask('POST', '/v1/decisions/contact', { ...agent, body: { customer: 'mia', purpose, channel: 'email' } }))
      .json
  const moments = '/v1/customers/mia/moments'
  expect((await ask('POST', moments, { ...agent, body: { kind: 'bereavement' } })).json).toMatchObject({
    moments: [{ kind: 'bereavement' }],
  })
  expect((await mayContact('upsell')).spoke).toContainEqual(expect.objectContaining({ rule: 'bereavement' }))
  expect(await mayContact('service')).toMatchObject({ allowed: true })
  now = instant(now + 60_000)
  expect((await ask('DELETE', `${moments}/bereavement`, agent)).json).toMatchObject({ moments: [] })
  expect((await mayContact('upsell')).spoke).not.toContainEqual(expect.objectContaining({ rule: 'bereavement' }))
  expect((await verifyLog(world)).differences).toEqual([])
  expect((await ask('POST', '/v1/customers/nobody/moments', { ...agent, body: { kind: 'move' } })).status).toBe(404)
})
