import { describe, expect, test } from 'vitest'
import { gestureFirm } from '../../../../test/gesture-firm.ts'
import { tell } from '../../../../test/tell.ts'
import type { GestureList } from '../../../contract/gestures.ts'
import { readHeld } from '../../../store/views/customer-export-view.ts'
import { watchGestures } from './watch-gestures.ts'

const { ask, world, asRole, db, on, pass, rules, person, moment, mailsTo, madeTo } = await gestureFirm()
const { signal } = new AbortController()
const lead = await asRole('lead')
const agent = await asRole('agent')

const list = async (query = '') =>
  ((await ask('GET', `/v1/gestures/list${query}`)).json as unknown as GestureList).gestures
describe('by hand', () => {
  const card = { gesture: 'card', costMinor: 500, reason: 'Opened a shop.' }
  const give = (customer: string, body: object, who = agent) =>
    ask('POST', `/v1/customers/${customer}/gestures`, { ...who, body })

  test('a person makes one, with a reason, and does the task; what was done can be taken back', async () => {
    await rules({ restMonths: 12 })
    await tell(world, person('anna'))
    const made = await give('anna', card)
    expect(made).toMatchObject({ status: 201, json: { state: 'to-do' } })
    const path = `/v1/customers/anna/gestures/${made.json.id}`
    const step = (state: string) => ask('PUT', path, { ...agent, body: { state } })
    expect(await list('?state=to-do&customer=anna')).toMatchObject([
      { reason: 'Opened a shop.', by: { name: 'Simulated agent' }, because: null },
    ])
    expect(await madeTo('anna')).toEqual([])
    await Promise.all([step('made'), step('made'), step('made')])
    expect(await madeTo('anna')).toHaveLength(1)
    expect((await step('not-done')).status).toBe(409)
    expect((await step('to-do')).status).toBe(200)
    const inForce = (await ask('GET', '/v1/customers/anna/timeline')).json
    expect(JSON.stringify(inForce)).toContain('event.retracted')
    await step('made')
    expect(await madeTo('anna')).toHaveLength(2)
    const audit = await db.query(`select action from audit_entries where action like 'gesture.%'`)
    expect(audit.length).toBeGreaterThanOrEqual(4)
  })

  test('a mail goes at once, in words that hold no condition, and once in the months of rest', async () => {
    await tell(world, person('boris', { locale: 'en' }))
    const wish = { gesture: 'mail', costMinor: 0, reason: 'New shop.' }
    for (const [text, because] of [
      ['Good luck. Use it with your next order.', 'condition'],
      ['Good luck. Enjoy a discount.', 'offer'],
      ['Good luck. Leave us a review.', 'review'],
    ])
      expect(await give('boris', { ...wish, text })).toMatchObject({ status: 409, json: { because } })
    expect(await give('boris', wish)).toMatchObject({ status: 409, json: { because: 'words-missing' } })
    const both = await Promise.all([1, 2].map(() => give('boris', { ...wish, text: 'Good luck with your shop.' })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(await mailsTo('boris')).toMatchObject([{ kind: 'gesture.hand' }])
    expect((await mailsTo('boris'))[0]?.body).toContain('Good luck with your shop.')
  })

  test('is seen before it goes: the mail as it comes, its code and links still to come, and nothing stored', async () => {
    await tell(world, person('bea', { name: 'Bea', locale: 'en' }))
    const wish = { gesture: 'voucher', costMinor: 1_000, text: 'Good luck with your shop.', reason: 'New shop.' }
    const see = (more: object) =>
      ask('POST', '/v1/customers/bea/gestures/preview', { ...agent, body: { ...wish, ...more } })
    const { status, json } = await see({})
    expect(status).toBe(200)
    const { mail } = json as unknown as { mail: { to: string; subject: string; body: string } }
    expect(mail).toMatchObject({ to: 'bea@example.org', language: 'en' })
    expect(mail.body).toContain('Good luck with your shop.')
    expect(mail.body).toMatch(/a voucher of €10.*Its code is …/s)
    expect(await see({ gesture: 'card' })).toMatchObject({ status: 200, json: { mail: null } })
    expect(await see({ text: 'Enjoy a discount.' })).toMatchObject({ status: 409, json: { because: 'offer' } })
    expect(await mailsTo('bea')).toEqual([])
    await give('bea', wish)
    const [sent] = await mailsTo('bea')
    const alike = (body = '') => body.replace(/····-\w+|…/, 'CODE').replace(/preferences\/[^?]+/, 'preferences/LINK')
    expect(alike(sent?.body)).toBe(alike(mail.body))
  })

  test('is refused beyond what one may cost, to a program, to roles that may not, and after a notice', async () => {
    await tell(world, person('cor'))
    expect(await give('cor', { ...card, costMinor: 2_600 })).toMatchObject({ json: { because: 'too-large' } })
    expect(await give('cor', { ...card, minimumSpendMinor: 5_000 })).toMatchObject({ status: 400 })
    expect((await ask('POST', '/v1/customers/cor/gestures', { body: card })).status).toBe(403)
    expect((await give('cor', card, await asRole('finance'))).status).toBe(403)
    expect((await give('nobody', card)).status).toBe(404)
    await tell(world, [{ customer: 'cor', type: 'exit.requested', at: on(0), data: {} }])
    expect(await give('cor', card, lead)).toMatchObject({ status: 409, json: { because: 'leaving' } })
  })

  test('shares its limits with remedies', async () => {
    const remedy = (await ask('GET', '/v1/policies/remedy')).json as { policy: { authority: { limits: object } } }
    const policy = structuredClone(remedy.policy)
    Object.assign(policy.authority.limits, { agent: { caseMinor: 800, dayMinor: 800, monthMinor: 800 } })
    const { key, headers } = await asRole('admin')
    const sent = { key, headers: { ...headers, 'if-match': '"0"' }, body: { policy, note: 'for a test' } }
    expect((await ask('PUT', '/v1/policies/remedy', sent)).status).toBe(200)
    pass(40)
    await tell(
      world,
      ['d1', 'd2'].flatMap((one) => person(one)),
    )
    const both = await Promise.all(['d1', 'd2'].map((one) => give(one, card)))
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(both.find(({ status }) => status === 409)?.json).toMatchObject({ because: 'limit' })
  })

  test('while something is open only about that', async () => {
    await tell(world, [
      ...person('eva'),
      { customer: 'eva', type: 'failure.occurred', at: on(-1), data: { failure: 'f', severity: 'minor' } },
    ])
    const cheap = { gesture: 'card', costMinor: 0, reason: 'The parcel was wet.' }
    expect(await give('eva', cheap)).toMatchObject({ json: { because: 'open-failure' } })
    expect(await give('eva', { ...cheap, about: 'g' })).toMatchObject({ json: { because: 'other-failure' } })
    expect(await give('eva', { ...cheap, about: 'f' })).toMatchObject({ status: 201 })
    expect(await list('?customer=eva')).toMatchObject([{ about: 'f', because: null }])
  })

  test('what has come between stands beside a task', async () => {
    const [task] = await list('?state=to-do&customer=d1')
    const customer = task === undefined ? 'd2' : 'd1'
    await tell(world, [{ customer, type: 'exit.requested', at: on(0), data: {} }])
    expect(await list(`?state=to-do&customer=${customer}`)).toMatchObject([{ because: 'leaving' }])
  })
})

describe('who is erased', () => {
  test('leaves costs and groups, and neither a moment nor a reason; a copy of the data holds all of it', async () => {
    const held = await readHeld(db, ['anna'])
    expect(held.gestures).toMatchObject([{ reason: 'Opened a shop.', gesture: 'card' }])
    await rules({ rules: { birthday: {} } })
    await tell(world, [moment('anna', 'birthday', 20)])
    expect((await ask('DELETE', '/v1/customers/anna')).status).toBe(200)
    expect((await readHeld(db, ['anna'])).gestures).toMatchObject([
      { reason: null, occasion: null, rule: 'erased', cost_minor: 500 },
    ])
    pass(30)
    await watchGestures(world, signal)
    expect((await readHeld(db, ['anna'])).gestures).toHaveLength(1)
  })
})
