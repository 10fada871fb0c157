import { describe, expect, test } from 'vitest'
import { dyingWorld } from '../../../../test/dying-world.ts'
import { gestureFirm, gesturePolicy } from '../../../../test/gesture-firm.ts'
import { type Told, tell } from '../../../../test/tell.ts'
import type { GestureTrial } from '../../../contract/gesture-rules.ts'
import type { GestureList, GestureOverview } from '../../../contract/gestures.ts'
import { watchGestures } from './watch-gestures.ts'

const { ask, world, asRole, keyFor, db, on, pass, save, rules, person, moment, mailsTo, madeTo } = await gestureFirm()
const { signal } = new AbortController()
const agent = await asRole('agent')

const cameOf = async (customer: string) =>
  (
    await db.query<{ came: string }>(
      `select rule || ': ' || coalesce(because, state) as came from gestures where customer = $1 order by at, occasion`,
      [customer],
    )
  ).map(({ came }) => came)
const overview = async () => (await ask('GET', '/v1/gestures')).json as unknown as GestureOverview
const list = async (query = '') =>
  ((await ask('GET', `/v1/gestures/list${query}`)).json as unknown as GestureList).gestures
/** Tells of so many persons, and answers their keys. */
async function several(name: string, many: number, told: (customer: string) => readonly Told[]): Promise<string[]> {
  const names = Array.from({ length: many }, (_, nth) => `${name}-${nth}`)
  await tell(world, names.flatMap(told))
  return names
}

describe('a gesture by rule', () => {
  test('is mailed when its moment has come, once, however many workers look, and next year again', async () => {
    await rules({ rules: { birthday: {} }, restMonths: 6 })
    await tell(world, [...person('one'), moment('one', 'birthday', 5), moment('one', 'birthday', 5, { id: 'again' })])
    expect(await watchGestures(world, signal)).toBe(0)
    pass(5)
    await Promise.all([1, 2, 3, 4].map(() => watchGestures(world, signal)))
    expect(await mailsTo('one')).toMatchObject([{ kind: 'gesture.birthday', language: 'nl' }])
    expect((await madeTo('one')).map(({ data }) => data)).toMatchObject([{ kind: 'mail', cost: 0 }])
    expect(await cameOf('one')).toEqual(['birthday: waiting', 'birthday: made'])
    pass(365)
    await watchGestures(world, signal)
    expect(await mailsTo('one')).toHaveLength(2)
  })

  test('comes by the next worker, when one is killed before or after it was written down', async () => {
    await rules({ rules: { move: { gesture: 'voucher', costMinor: 1_000, afterDays: 0 } } })
    await tell(world, [...person('killed'), moment('killed', 'move', 0, { at: on(0) })])
    await expect(watchGestures(dyingWorld(world, 'before'), signal)).rejects.toThrow('killed before')
    expect(await madeTo('killed')).toEqual([])
    await expect(watchGestures(dyingWorld(world, 'after'), signal)).rejects.toThrow('killed after')
    await watchGestures(world, signal)
    expect(await madeTo('killed')).toHaveLength(1)
    expect(await mailsTo('killed')).toHaveLength(1)
    expect(await db.query(`select origin, value_minor from vouchers where customer = 'killed'`)).toMatchObject([
      { origin: 'goodwill' },
    ])
  })

  test('as a voucher tells the code to the customer alone, lasts two years and is of goodwill', async () => {
    const [message] = await mailsTo('killed')
    expect(message?.body).toContain('····-')
    const [voucher] = await db.query<{ expires_at: Date; value_minor: number }>(
      `select expires_at, value_minor::int from vouchers where customer = 'killed'`,
    )
    expect(voucher).toMatchObject({ value_minor: 1_000 })
    expect(voucher?.expires_at.toISOString().slice(0, 7)).toBe('2029-06')
    const [listed] = await list('?customer=killed')
    expect(listed).toMatchObject({ state: 'made', costMinor: 1_000, rule: 'move', by: null })
    expect(listed?.voucher).not.toBeNull()
  })

  test('is not made to whom something keeps it from, each for its reason', async () => {
    await rules({ rules: { move: { gesture: 'mail', costMinor: 0, afterDays: 1 } } })
    const cases: Readonly<Record<string, readonly Told[]>> = {
      'open-failure': [
        { customer: 'open-failure', type: 'failure.occurred', at: on(-1), data: { failure: 'f', severity: 'minor' } },
      ],
      leaving: [{ customer: 'leaving', type: 'exit.requested', at: on(0), data: {} }],
      bereavement: [{ customer: 'bereavement', type: 'moment.told', at: on(0), data: { kind: 'bereavement' } }],
      objection: [
        {
          customer: 'objection',
          type: 'consent.changed',
          at: on(0),
          data: { channel: 'email', purpose: 'marketing', granted: false },
        },
      ],
      profiling: [
        {
          customer: 'profiling',
          type: 'consent.changed',
          at: on(0),
          data: { channel: 'web', purpose: 'profiling', granted: false },
        },
      ],
      'no-way': [{ customer: 'no-way', type: 'customer.profiled', at: on(0), data: {} }],
    }
    for (const [customer, told] of Object.entries(cases)) {
      const known = customer === 'no-way' ? person(customer).slice(1) : person(customer)
      await tell(world, [...known, ...told, moment(customer, 'move', 0)])
    }
    pass(2)
    await watchGestures(world, signal)
    for (const customer of Object.keys(cases)) {
      expect(await cameOf(customer)).toEqual([`move: ${customer}`])
      expect(await mailsTo(customer)).toEqual([])
    }
  })

  test('is made for nothing that was guessed, simulated, or taken back; what was taken back leaves no trace', async () => {
    const guessed = {
      customer: 'guess',
      type: 'moment.told',
      id: 'g',
      at: on(0),
      data: { kind: 'move', inferred: true },
    }
    expect((await ask('POST', '/v1/events', { body: { ...guessed, source: 'crm' } })).json).toMatchObject({
      pointer: '/data/inferred',
    })
    await tell(world, [...person('sim'), moment('sim', 'move', 0, { source: 'simulated' })])
    await tell(world, [...person('sorry'), moment('sorry', 'move', 0), moment('sorry', 'wedding', 0, { id: 'w' })])
    expect((await ask('DELETE', '/v1/customers/sorry/moments/move')).status).toBe(200)
    expect(await cameOf('sorry')).toEqual([])
    await tell(world, [...person('later'), moment('later', 'move', 0, { id: 'm', source: 'crm' })])
    await tell(world, [{ customer: 'later', type: 'event.retracted', at: on(0), source: 'crm', data: { id: 'm' } }])
    pass(2)
    await watchGestures(world, signal)
    for (const customer of ['sim', 'sorry', 'later']) expect(await cameOf(customer)).toEqual([])
  })

  test('comes once in the months of rest, also to one person under two keys', async () => {
    await tell(world, [...person('twin'), ...person('twin-too')])
    await tell(world, [{ customer: 'twin-too', type: 'customer.merged', at: on(0), data: { into: 'twin' } }])
    await tell(world, [moment('twin', 'move', 0), moment('twin-too', 'move', 0)])
    pass(1)
    await Promise.all([1, 2, 3].map(() => watchGestures(world, signal)))
    const came = [...(await cameOf('twin')), ...(await cameOf('twin-too'))].toSorted()
    expect(came).toEqual(['move: made', 'move: rest'])
    expect([...(await madeTo('twin')), ...(await madeTo('twin-too'))]).toHaveLength(1)
  })

  test('comes up for what was told before the rule was on, at the time of the rule as it is now', async () => {
    await rules({})
    await tell(world, [...person('before'), moment('before', 'anniversary', 10)])
    expect(await cameOf('before')).toEqual([])
    await rules({ rules: { anniversary: { afterDays: 3 } } })
    await rules({ rules: { anniversary: { afterDays: -2 } } })
    expect(await cameOf('before')).toEqual(['anniversary: waiting'])
    pass(8)
    await watchGestures(world, signal)
    expect(await cameOf('before')).toEqual(['anniversary: waiting', 'anniversary: made'])
  })
})

describe('the budget', () => {
  test('of the month is never passed, however many workers and people spend of it at once', async () => {
    const { spentMinor } = (await overview()).budget
    await rules({
      rules: { move: { gesture: 'voucher', costMinor: 1_000, afterDays: 0 } },
      firmMonthMinor: spentMinor + 5_500,
    })
    const names = await several('rich', 12, (one) => [...person(one), moment(one, 'move', 0)])
    const hands = Array.from({ length: 4 }, (_, nth) => `hand-${nth}`)
    await tell(
      world,
      hands.flatMap((one) => person(one)),
    )
    const wish = { gesture: 'card', costMinor: 1_000, reason: 'for a test' }
    await Promise.all([
      ...[1, 2, 3, 4].map(() => watchGestures(world, signal)),
      ...hands.map((one) => ask('POST', `/v1/customers/${one}/gestures`, { ...agent, body: wish })),
    ])
    await watchGestures(world, signal)
    const { budget } = await overview()
    expect(budget.spentMinor - spentMinor).toBe(5_000)
    const came = (await Promise.all(names.map(cameOf))).flat()
    expect(came).toContain('move: budget')
  })

  test('of a team is held to as well', async () => {
    const team = `${(await ask('POST', '/v1/teams', { ...(await asRole('admin')), body: { name: 'Desk' } })).json.id}`
    await rules({
      rules: { move: { gesture: 'card', costMinor: 600, afterDays: 0, team } },
      firmMonthMinor: 1_000_000,
      teamMonthMinor: { [team]: 1_000 },
    })
    const names = await several('team', 3, (one) => [...person(one), moment(one, 'move', 0)])
    await Promise.all([1, 2].map(() => watchGestures(world, signal)))
    const came = (await Promise.all(names.map(cameOf))).flat().toSorted()
    expect(came.filter((one) => one === 'move: to-do').length).toBeLessThanOrEqual(1)
    expect(came.filter((one) => one === 'move: team-budget').length).toBeGreaterThanOrEqual(1)
    expect((await overview()).budget.teams).toMatchObject([{ id: team, name: 'Desk', monthMinor: 1_000 }])
  })
})

describe('the lot', () => {
  test('holds out its share once and for all, and says how likely that was', async () => {
    await rules({ rules: { birth: { gesture: 'mail', costMinor: 0, afterDays: 0 } }, holdOutShare: 0.3, restMonths: 1 })
    const names = Array.from({ length: 200 }, (_, nth) => `lot-${nth}`)
    await tell(
      world,
      names.flatMap((one) => [...person(one), moment(one, 'birth', 0)]),
    )
    await Promise.all([1, 2, 3].map(() => watchGestures(world, signal)))
    const rows = () =>
      db.query<{ customer: string; state: string; probability: number }>(
        `select customer, state, probability from gestures where customer like 'lot-%' and probability > 0 order by at`,
      )
    const first = await rows()
    const held = first.filter(({ state }) => state === 'held-out').map(({ customer }) => customer)
    expect(first).toHaveLength(200)
    expect(first.every(({ probability }) => probability === 0.3)).toBe(true)
    expect(held.length).toBeGreaterThan(40)
    expect(held.length).toBeLessThan(82)
    for (const customer of held.slice(0, 5)) expect(await mailsTo(customer)).toEqual([])
    // Another share later changes nothing for whom it was asked about already.
    pass(40)
    await rules({
      rules: { wedding: { gesture: 'mail', costMinor: 0, afterDays: 0 } },
      holdOutShare: 0.05,
      restMonths: 1,
    })
    const some = [...held.slice(0, 10), ...names.filter((one) => !held.includes(one)).slice(0, 10)]
    await tell(
      world,
      some.map((one) => moment(one, 'wedding', 0)),
    )
    await watchGestures(world, signal)
    const second = (await rows()).slice(200)
    expect(
      second
        .filter(({ state }) => state === 'held-out')
        .map(({ customer }) => customer)
        .toSorted(),
    ).toEqual(held.slice(0, 10).toSorted())
    expect(second.every(({ probability }) => probability === 0.3)).toBe(true)
  })

  test('tells of both groups, and makes no claim where they are too few', async () => {
    const { holdOut } = await overview()
    expect(holdOut.heldOut.drawn).toBeGreaterThan(40)
    expect(holdOut).toMatchObject({ left: null, bought: null, days: 180 })
    pass(200)
    const later = (await overview()).holdOut
    expect(later.heldOut.followed).toBe(later.heldOut.drawn)
  })
})

describe('rules', () => {
  test('are refused with a condition, without a hold-out, and for a moment that is none', async () => {
    const policy = gesturePolicy({ rules: { move: {} } })
    expect((await save({ ...policy, holdOutShare: 0 })).json).toMatchObject({ pointer: '/policy/holdOutShare' })
    const rule = { ...policy.rules.move, minimumSpendMinor: 5_000 }
    expect((await save({ ...policy, rules: { ...policy.rules, move: rule } })).status).toBe(400)
    expect((await save({ ...policy, rules: { ...policy.rules, bereavement: policy.rules.move } })).status).toBe(400)
    const scoped = await keyFor('read')
    expect(
      (
        await ask('PUT', '/v1/policies/gesture', {
          key: scoped,
          headers: { 'if-match': '"0"' },
          body: { policy, note: '' },
        })
      ).status,
    ).toBe(403)
  })

  test('are tried on what happened: what they would have given, cost, and held out', async () => {
    const policy = gesturePolicy({
      rules: { birth: { gesture: 'card', costMinor: 500 } },
      holdOutShare: 0.3,
      firmMonthMinor: 50_000,
    })
    const trial = (await ask('POST', '/v1/policies/gesture/try', { body: { policy, days: 365 } }))
      .json as unknown as GestureTrial
    const [birth] = trial.byRule
    expect(birth).toMatchObject({ rule: 'birth', given: 100, costMinor: 50_000 })
    expect(birth?.heldOut).toBeGreaterThan(0)
    expect(birth?.refused).toContainEqual({ because: 'budget', count: expect.any(Number) })
    expect(trial.wouldGive).toHaveLength(50)
  })

  test('of words: a wording of the firm that holds a condition is not kept', async () => {
    const body = { subject: 'Gefeliciteerd', body: '{greeting}\n\nBij besteding vanaf €50 krijgt u {gift}.\n\n{firm}' }
    const kept = await ask('PUT', '/v1/mail/wordings/gesture.birthday/nl', { body, ...(await asRole('admin')) })
    expect(kept).toMatchObject({ status: 400, json: { pointer: '/body' } })
    expect(kept.json.detail).toContain('Bij besteding')
  })
})
