import { describe, expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { sendForm } from '../../../../test/leave-by-page.ts'
import { type Told, tell } from '../../../../test/tell.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { IdeaList, InputOverview, MemberList } from '../../../contract/input.ts'
import { contactPolicyAtFirst } from '../../../core/contact/contact-policy.ts'
import type { InputQuota } from '../../../core/listening/input-round.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { listMessages } from '../../../store/messages.ts'
import { savePolicy } from '../../../store/policies.ts'
import { inviteToRound } from './invite-to-round.ts'

const { db } = await freshDb(8)
let now: Instant = instantOf('2026-06-15T10:00:00Z')
const mail = { smtpUrl: 'smtp://localhost:1', from: 'service@firm.example' }
const { ask, send, world } = await testApi(db, { world: { now: () => now, mail, publicUrl: 'https://firm.example' } })
const { signal } = new AbortController()
const body = { ...contactPolicyAtFirst, neverAskedShare: 0 }
await savePolicy(db, 'contact', { was: 0, body, note: '', author: 'test' })

const on = (days: number): string => rfc3339(instant(now + days * DAY_MS))
const person = (customer: string, segment = 'home'): readonly Told[] => [
  {
    customer,
    type: 'customer.profiled',
    at: on(-99),
    data: { email: `${customer}@example.org`, locale: 'nl', segment },
  },
  { customer, type: 'consent.changed', at: on(-99), data: { channel: 'email', purpose: 'survey', granted: true } },
]
const letDown = (customer: string): readonly Told[] => [
  { customer, type: 'failure.occurred', at: on(-40), data: { failure: 'f', severity: 'minor' } },
  { customer, type: 'failure.closed', at: on(-39), data: { failure: 'f', fixed: true } },
]
const silent = (customer: string): Told => ({
  ...{ customer, type: 'survey.invited', at: on(-60), data: { survey: 's', kind: 'nps' } },
})
const content = (customer: string): Told => ({
  ...{ customer, type: 'survey.answered', at: on(-60), data: { survey: 's', kind: 'csat', score: 5 } },
})
const names = (what: string, many: number) => Array.from({ length: many }, (_, nth) => `${what}-${nth}`)
await tell(world, [
  ...names('down', 6).flatMap((one) => [...person(one), ...letDown(one)]),
  ...names('silent', 6).flatMap((one) => [...person(one), silent(one)]),
  ...names('fan', 6).flatMap((one) => [...person(one), content(one)]),
  ...names('office', 6).flatMap((one) => [...person(one, 'office'), ...letDown(one), silent(one)]),
  ...person('objects'),
  ...letDown('objects'),
  {
    customer: 'objects',
    type: 'consent.changed',
    at: on(-1),
    data: { channel: 'email', purpose: 'survey', granted: false },
  },
])

const wish = { kind: 'panel', title: 'Leveringen', about: 'Een uur.\n\nOnline.' } as const
const quota: InputQuota = { 'let-down': 3, silent: 2, content: 2, other: 1 }
async function opened(more: object = {}): Promise<string> {
  const { status, json } = await ask('POST', '/v1/input/rounds', { body: { ...wish, quota, ...more } })
  expect(status).toBe(201)
  return `${json.id}`
}
const overview = async () => (await ask('GET', '/v1/input')).json as unknown as InputOverview
const membersOf = async (round: string) =>
  ((await ask('GET', `/v1/input/rounds/${round}/members`)).json as unknown as MemberList).members
const mailsTo = async (customer: string) => listMessages(db, { state: null, before: null, limit: 9, customer })
const eventsOf = async (customer: string) =>
  (
    await db.query<{ type: string }>(
      `select type from events where customer = $1 and type like 'input.%' order by at, id`,
      [customer],
    )
  ).map(({ type }) => type)
const pageOf = async (customer: string) =>
  /https:\/\/firm\.example(\/input\/\S+)/.exec((await mailsTo(customer))[0]?.body ?? '')?.[1] ?? ''
const shown = async (path: string) => (await send('GET', path, { key: null })).text()

describe('a round', () => {
  test('invites by lot from each group to its quota, once, also when its worker is killed on the way', async () => {
    const round = await opened({ segment: 'home' })
    let left = 3
    const dying = {
      ...world,
      db: {
        ...db,
        transaction: (work: Parameters<typeof db.transaction>[0]) =>
          left-- > 0 ? db.transaction(work) : Promise.reject(new Error('killed')),
      },
    } as typeof world
    await expect(inviteToRound(dying, round, signal)).rejects.toThrow('killed')
    expect((await overview()).rounds[0]).toMatchObject({ state: 'inviting' })
    await inviteToRound(world, round, signal)
    await inviteToRound(world, round, signal)
    const members = await membersOf(round)
    const counted = (group: string) => members.filter((one) => one.group === group).length
    expect(['let-down', 'silent', 'content', 'other'].map(counted)).toEqual([3, 2, 2, 0])
    expect(members.filter(({ customer }) => /office|objects/.test(customer))).toEqual([])
    for (const { customer } of members) {
      expect(await mailsTo(customer)).toMatchObject([{ kind: 'input.invitation', language: 'nl' }])
      expect(await eventsOf(customer)).toEqual(['input.invited'])
    }
    expect((await overview()).rounds[0]).toMatchObject({
      state: 'open',
      groups: [{ group: 'let-down', invited: 3 }, {}, {}, {}],
    })
    const again = await opened({ segment: 'home' })
    await inviteToRound(world, again, signal)
    const both = new Set([...members, ...(await membersOf(again))].map(({ customer }) => customer))
    expect(both.size).toBe(members.length + (await membersOf(again)).length)
  })

  test('is refused when it asks only those who are content, and before mail can go', async () => {
    for (const wrong of [
      { ...quota, silent: 0 },
      { ...quota, content: 7 },
      { ...quota, other: 600 },
    ])
      expect((await ask('POST', '/v1/input/rounds', { body: { ...wish, quota: wrong } })).status).toBe(400)
    const without = await testApi(db)
    expect((await without.ask('POST', '/v1/input/rounds', { body: { ...wish, quota } })).json).toMatchObject({
      code: 'mail-unconfigured',
    })
  })

  test('takes in whoever says yes on the page, tells the log, and lets go by the same link', async () => {
    const round = await opened({ segment: 'office', quota: { ...quota, content: 0 } })
    await inviteToRound(world, round, signal)
    const [one, other, third] = (await membersOf(round)).map(({ customer }) => customer)
    const [path, otherPath, thirdPath] = [await pageOf(one ?? ''), await pageOf(other ?? ''), await pageOf(third ?? '')]
    expect(await shown(path)).toContain('Ja, ik doe mee')
    expect(await eventsOf(one ?? '')).toEqual(['input.invited'])
    expect((await sendForm(send, path, { text: 'Too early.' })).status).toBe(422)
    expect(await (await sendForm(send, path, { step: 'join' })).text()).toContain('U doet mee')
    expect(await (await sendForm(send, otherPath, { step: 'decline' })).text()).toContain('U doet niet mee')
    const given = { body: { state: 'given' } }
    expect((await ask('PUT', `/v1/input/rounds/${round}/members/${other}`, given)).status).toBe(409)
    expect((await ask('PUT', `/v1/input/rounds/${round}/members/${one}`, given)).status).toBe(204)
    await Promise.all([1, 2].map(() => sendForm(send, path, { step: 'leave' })))
    expect((await eventsOf(one ?? '')).toSorted()).toEqual([
      'input.given',
      'input.invited',
      'input.joined',
      'input.left',
    ])
    expect((await ask('POST', `/v1/input/rounds/${round}/close`)).status).toBe(204)
    expect(await (await sendForm(send, thirdPath, { step: 'join' })).text()).toContain('Meedoen kan niet meer')
    expect((await membersOf(round)).map(({ state }) => state).toSorted()).toEqual(['declined', 'invited', 'left'])
    // Taken back, or opened again later: the same links work, and nobody is invited twice.
    for (const _ of [1, 2]) expect((await ask('POST', `/v1/input/rounds/${round}/reopen`)).status).toBe(204)
    await inviteToRound(world, round, new AbortController().signal)
    expect(await (await sendForm(send, thirdPath, { step: 'join' })).text()).toContain('U doet mee')
    expect((await membersOf(round)).map(({ state }) => state).toSorted()).toEqual(['declined', 'joined', 'left'])
    expect((await eventsOf(third ?? '')).toSorted()).toEqual(['input.invited', 'input.joined'])
    expect((await send('GET', path.replace('/input/', '/input/x'), { key: null })).status).toBe(410)
  })
})

describe('an idea', () => {
  const ideas = async (query = '') => ((await ask('GET', `/v1/ideas${query}`)).json as unknown as IdeaList).ideas

  test('is kept from the page, from an event and by hand, and what came of it is told back once', async () => {
    const round = await opened({ segment: 'home', quota })
    now = instant(now + 200 * DAY_MS)
    await tell(
      world,
      names('down', 3).flatMap((one) => [
        { customer: one, type: 'order.placed', at: on(-1), data: { order: 'o' } },
        ...letDown(one).map((event) => ({ ...event, data: { ...event.data, failure: 'g' } })),
      ]),
    )
    await inviteToRound(world, round, signal)
    const [member] = await membersOf(round)
    const customer = member?.customer ?? ''
    const path = await pageOf(customer)
    await sendForm(send, path, { step: 'join' })
    expect(await (await sendForm(send, path, { text: 'Zeg het uur.' })).text()).toContain('Wij hebben uw idee.')
    await tell(world, [
      { customer: 'fan-1', type: 'input.given', at: on(0), data: { kind: 'idea', text: 'Open later.' } },
    ])
    expect((await ask('POST', '/v1/ideas', { body: { customer: 'fan-2', text: 'Call back.' } })).status).toBe(204)
    expect((await ask('POST', '/v1/ideas', { body: { customer: 'nobody', text: 'x' } })).status).toBe(404)
    const found = await ideas('?state=new')
    expect(found.map(({ text }) => text).toSorted()).toEqual(['Call back.', 'Open later.', 'Zeg het uur.'])
    const idea = found.find(({ text }) => text === 'Zeg het uur.')
    expect(idea).toMatchObject({ customer, round, state: 'new', toldAt: null })
    const at = `/v1/customers/${customer}/ideas/${idea?.id}`
    expect((await ask('PUT', at, { body: { state: 'done', tell: true } })).status).toBe(400)
    const done = { state: 'done', answer: 'Sinds mei sturen wij het uur.', tell: true }
    expect((await ask('PUT', at, { body: done })).json).toEqual({ told: true })
    const [told] = await mailsTo(customer)
    expect(told).toMatchObject({ kind: 'input.told', subject: 'Wat er van uw idee kwam' })
    expect(told?.body).toContain('Zeg het uur.\n\nWat ervan kwam:\n\nSinds mei sturen wij het uur.')
    expect(await eventsOf(customer)).toContain('input.told')
    expect((await ideas('?state=done'))[0]).toMatchObject({ id: idea?.id, answer: done.answer, toldAt: rfc3339(now) })
    expect((await overview()).ideas).toContainEqual({ state: 'done', count: 1, told: 1 })
  })

  test('loses its words when the customer is forgotten, and is in the copy of her data before', async () => {
    const [idea] = await ideas('?state=done')
    const customer = idea?.customer ?? ''
    const copy = (await ask('GET', `/v1/customers/${customer}/export`)).json as Record<string, readonly unknown[]>
    expect([copy.ideas?.length, copy.inputMembers?.length]).toEqual([1, expect.any(Number)])
    expect((await ask('DELETE', `/v1/customers/${customer}`)).status).toBe(200)
    expect((await ideas('?state=done'))[0]).toMatchObject({ text: null, answer: null, state: 'done' })
    expect(
      (
        await ask('PUT', `/v1/customers/${customer}/ideas/${idea?.id}`, {
          body: { state: 'done', answer: 'x', tell: true },
        })
      ).json,
    ).toMatchObject({ code: 'not-in-this-state' })
  })
})
