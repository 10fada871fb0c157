import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { testWorld } from '../../test/test-world.ts'
import { type Accepted, type Outcome, ownEvent, parseEvent } from '../contract/ingest.ts'
import { commandLine } from '../core/people/actor.ts'
import { compact, restored, type StoredState } from '../core/relationship/compact.ts'
import { readSaved } from '../store/relationships.ts'
import { appendDecided, appendEvents } from './append-events.ts'
import { forgetCustomer } from './forget-customer.ts'
import { verifyLog } from './ingest/verify-log.ts'

const { db } = await freshDb(10)
const world = testWorld(db)

type Wire = Readonly<{
  id: string
  customer: string
  type: string
  at: string
  data?: Readonly<Record<string, unknown>>
}>

function parsed(wire: Wire): Accepted {
  const item = parseEvent(wire, { now: world.now(), source: 'test', strict: true })
  if (item.kind === 'refused') throw new Error(`${wire.id}: ${item.pointer} ${item.detail}`)
  return item
}

const send = (...wires: readonly Wire[]): Promise<readonly Outcome[]> => appendEvents(world, wires.map(parsed))

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
const order = (customer: string, id: string, n: number, value = 1_000): Wire => ({
  id,
  customer,
  type: 'order.placed',
  at: day(n),
  data: { order: id, value, currency: 'EUR' },
})
const kinds = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind)

const stateOf = async (customer: string) => (await readSaved(db, [customer])).get(customer)

const noDifferences = async () => expect((await verifyLog(world)).differences).toEqual([])

describe('appending', () => {
  test('the same event twice counts once, in one batch or in two', async () => {
    expect(kinds(await send(order('twice', 'a', 1), order('twice', 'a', 1)))).toEqual(['accepted', 'repeated'])
    expect(kinds(await send(order('twice', 'b', 2), order('twice', 'a', 1)))).toEqual(['accepted', 'repeated'])
    expect((await stateOf('twice'))?.state?.eventCount).toBe(2)
  })

  test('an id with other content is refused, and nothing is overwritten', async () => {
    await send(order('reused', 'a', 1, 1_000))
    expect(kinds(await send(order('reused', 'a', 1, 2_000)))).toEqual(['refused'])
    expect(kinds(await send(order('reused', 'a', 5, 1_000), order('reused', 'b', 6)))).toEqual(['refused', 'accepted'])
    const [row] = await db.query<{ value: string }>(
      `select data->>'value' as value from events where customer = 'reused' and id = 'a'`,
    )
    expect(row?.value).toBe('1000')
  })

  test('free text is kept apart, and takes part in telling a repetition', async () => {
    const contact = (text: string): Wire => ({
      id: 'c',
      customer: 'prose',
      type: 'contact.opened',
      at: day(1),
      data: { contact: 'c', text },
    })
    expect(kinds(await send(contact('It arrived broken.')))).toEqual(['accepted'])
    expect(kinds(await send(contact('It arrived broken.'), contact('Something else.')))).toEqual([
      'repeated',
      'refused',
    ])
    const [row] = await db.query<{ data: Record<string, unknown> }>(`select data from events where customer = 'prose'`)
    expect(row?.data).toEqual({ contact: 'c' })
  })

  test('a late event folds as if it had come in time', async () => {
    await send(order('late', 'b', 20), order('late', 'c', 30))
    await send(order('late', 'a', 10))
    expect((await stateOf('late'))?.state?.eventCount).toBe(3)
    await noDifferences()
  })

  test('a retraction takes an event back, also when it comes first', async () => {
    const retraction = (id: string): Wire => ({
      id: `no-${id}`,
      customer: 'retract',
      type: 'event.retracted',
      at: day(40),
      data: { id },
    })
    await send(order('retract', 'a', 1), order('retract', 'b', 2))
    await send(retraction('a'), retraction('z'))
    await send(order('retract', 'z', 50))
    expect(kinds(await send(order('retract', 'z', 50), order('retract', 'a', 1)))).toEqual(['repeated', 'repeated'])
    await noDifferences()
  })
})

describe('merging people', () => {
  const merge = (customer: string, into: string, n: number): Wire => ({
    id: `merge-${customer}-${n}`,
    customer,
    type: 'customer.merged',
    at: day(n),
    data: { into },
  })
  const unmerge = (customer: string, n: number): Wire => ({
    id: `unmerge-${customer}-${n}`,
    customer,
    type: 'customer.unmerged',
    at: day(n),
  })

  test('one relationship holds the events of both, and later ones; unmerging gives each back his own', async () => {
    await send(order('m1', 'a', 1), order('m2', 'b', 2))
    await send(merge('m1', 'm2', 3))
    await send(order('m1', 'c', 4), order('m2', 'd', 5))
    expect((await stateOf('m1'))?.root).toBe('m2')
    expect((await stateOf('m2'))?.state?.eventCount).toBe(5)
    await noDifferences()
    await send(unmerge('m1', 6))
    expect((await stateOf('m1'))?.state?.eventCount).toBe(4)
    expect((await stateOf('m2'))?.state?.eventCount).toBe(2)
    await noDifferences()
  })

  test('a chain, a circle, an unknown target, and a retracted merge', async () => {
    await send(order('k1', 'a', 1), order('k2', 'b', 1), order('k3', 'c', 1))
    await send(merge('k1', 'k2', 2), merge('k2', 'k3', 3), merge('k3', 'k1', 4))
    expect((await stateOf('k3'))?.root).toBe('k1')
    await noDifferences()
    await send({ id: 'undo', customer: 'k3', type: 'event.retracted', at: day(9), data: { id: 'merge-k3-4' } })
    expect((await stateOf('k1'))?.root).toBe('k3')
    await send(merge('k3', 'nobody', 10))
    expect((await stateOf('k1'))?.root).toBe('nobody')
    await noDifferences()
  })

  test('what was taken back of a merge counts again with all who belong to it, whoever no row names any more', async () => {
    const takeBack = (customer: string, id: string, n = 9): Wire => ({
      id: `back-${id}`,
      customer,
      type: 'event.retracted',
      at: day(n),
      data: { id },
    })
    await send(order('t1', 'a', 1), order('t2', 'b', 1), order('t3', 'c', 1), order('t3', 'd', 2))
    await send(merge('t1', 't2', 2))
    await send(unmerge('t1', 3))
    expect((await stateOf('t1'))?.root).toBeNull()
    await send(takeBack('t1', 'unmerge-t1-3'))
    expect((await stateOf('t1'))?.root).toBe('t2')
    await noDifferences()
    await send(merge('t1', 't3', 1))
    await send(takeBack('t1', 'merge-t1-2'))
    expect(await stateOf('t1')).toMatchObject({ root: 't3' })
    expect((await stateOf('t3'))?.state?.eventCount).toBe(6)
    await noDifferences()
    await send(takeBack('t1', 'back-merge-t1-2', 10))
    expect((await stateOf('t1'))?.root).toBe('t2')
    await noDifferences()
  })
})

type Raw = Readonly<{ customer: string; n: number; kind: number; other: string; ref: number }>

test('a state that an earlier version stored counts, and the next event writes it anew', async () => {
  await send(order('early', 'a', 1))
  const at = Date.parse(day(1))
  const facts = { startedAt: at, firstEvent: 'a', orders: [[at, 1, 1_000, 'EUR']], lastOrder: { at, event: 'a' } }
  const last = { firstAt: at, lastAt: at, lastId: 'a', lastSource: 'test' }
  const named = JSON.stringify({ customer: 'early', eventCount: 1, ...last, facts, person: {}, exit: {} })
  await db.change(`update states set state = $1 where customer = 'early'`, [named])
  await noDifferences()
  expect(kinds(await send(order('early', 'b', 2)))).toEqual(['accepted'])
  const [row] = await db.query<{ state: unknown }>(`select state from states where customer = 'early'`)
  expect(Array.isArray(row?.state)).toBe(true)
  expect((await stateOf('early'))?.state?.eventCount).toBe(2)
  await noDifferences()
})

test('a damaged row is found by the replay', async () => {
  await send(order('damaged', 'a', 1), order('twin', 'a', 1))
  await send({ id: 'm', customer: 'twin', type: 'customer.merged', at: day(2), data: { into: 'damaged' } })
  const damage = async (change: string, undo: string, table = 'relationships') => {
    await db.change(`update ${table} set ${change} where customer = 'damaged'`)
    const found = (await verifyLog(world)).differences
    await db.change(`update ${table} set ${undo} where customer = 'damaged'`)
    return found.map(({ customer, what }) => `${customer} ${what}`)
  }
  const [was] = await db.query<{ state: unknown }>(`select state from states where customer = 'damaged'`)
  const stored = (value: unknown) => `'${JSON.stringify(value)}'::json`
  expect(await damage(`state = '{"eventCount": 7}'`, `state = ${stored(was?.state)}`, 'states')).toEqual([
    'damaged state',
  ])
  expect(await damage('goodwill = goodwill + 1e-6', 'goodwill = goodwill - 1e-6')).toEqual(['damaged ledger'])
  expect(await damage(`merged_into = 'x'`, 'merged_into = null')).toContain('damaged pointer')
  expect(await damage(`members = '{}'`, `members = '{twin}'`)).toContain('twin group')
  await noDifferences()
})

test('what differs from the replay is folded anew from the log, and nothing else is touched', async () => {
  const data = { failure: 'f', severity: 'major', order: 'a' }
  await send(order('old', 'a', 1), { id: 'f', customer: 'old', type: 'failure.occurred', at: day(2), data })
  await send(...['whole', 'lost', 'mate', 'pair'].map((customer) => order(customer, 'a', 1)))
  await send({ id: 'm', customer: 'mate', type: 'customer.merged', at: day(2), data: { into: 'pair' } })
  const rows = () =>
    db.query<{ revision: number; state: StoredState }>(
      `select customer, revision, state from states where customer = any('{old,whole,pair,lost}') order by customer`,
    )
  const [lost, old, ...others] = await rows()
  // As a version left it that knew nothing of what a failure is about.
  const known = restored(old?.state ?? [])
  const failures = known.facts.failures.map((failure) => ({ ...failure, links: [] }))
  const older = compact({ ...known, facts: { ...known.facts, failures } })
  await db.change(`update states set state = $1::json where customer = 'old'`, [JSON.stringify(older)])
  await db.change(`update relationships set members = '{}' where customer = 'pair'`)
  for (const table of ['relationships', 'states', 'search_terms'])
    await db.change(`delete from ${table} where customer = 'lost'`)
  const named = async (mend: boolean) => {
    const { mended, differences } = await verifyLog(world, { mend })
    return { mended, differences: [...new Set(differences.map(({ customer }) => customer))].sort() }
  }
  expect(await named(false)).toEqual({ mended: 0, differences: ['lost', 'mate', 'old', 'pair'] })
  expect(await named(true)).toEqual({ mended: expect.any(Number), differences: [] })
  expect(await named(true)).toEqual({ mended: 0, differences: [] })
  expect(await rows()).toEqual([
    { ...lost, revision: 1 },
    { ...old, revision: Number(old?.revision) + 1 },
    { ...others[0], revision: expect.any(Number) },
    others[1],
  ])
})

test('any order of arrival, in any batches, gives the same relationships', async () => {
  const customers = ['p', 'q', 'r'] as const
  const anyWire = fc.record({
    customer: fc.constantFrom(...customers),
    n: fc.nat(60),
    kind: fc.nat(5),
    other: fc.constantFrom(...customers),
    ref: fc.nat(12),
  })
  const wireOf = (run: number, place: number, { customer, n, kind, other, ref }: Raw): Wire => {
    const name = (who: string) => `${who}-${run}`
    const base = { id: `e${place}`, customer: name(customer), at: day(n) }
    if (kind === 0) return { ...base, type: 'customer.merged', data: { into: name(other) } }
    if (kind === 1) return { ...base, type: 'customer.unmerged' }
    if (kind === 2) return { ...base, type: 'event.retracted', data: { id: `e${ref}` } }
    if (kind === 3) return { ...base, type: 'failure.occurred', data: { failure: `f${place}`, severity: 'major' } }
    return { ...base, type: 'order.placed', data: { order: `o${place}`, value: 100 * n } }
  }
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyWire, { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 5 }),
      async (raw, rank, size) => {
        const results: unknown[] = []
        for (const shuffle of [false, true]) {
          run += 1
          const wires = raw.map((one, place) => wireOf(run, place, one))
          const ranks = wires.map(() => (shuffle ? (rank.next().value ?? 0) : 0))
          const order = wires.map((wire, place) => ({ wire, rank: ranks[place] ?? 0 })).sort((a, b) => a.rank - b.rank)
          for (let start = 0; start < order.length; start += size)
            await send(...order.slice(start, start + size).map(({ wire }) => wire))
          const rows = await db.query<Record<string, unknown>>(
            `select customer, merged_into, members, root, state, goodwill
               from relationships left join states using (customer) where customer like $1 order by customer`,
            [`%-${run}`],
          )
          results.push(JSON.parse(JSON.stringify(rows).replaceAll(`-${run}"`, '"')))
        }
        expect(results[1]).toEqual(results[0])
      },
    ),
    { numRuns: 100 },
  )
  await noDifferences()
})

test('forgetting takes out what is personal, and the replay still agrees', async () => {
  const profile: Wire = {
    id: 'p',
    customer: 'gone',
    type: 'customer.profiled',
    at: day(1),
    data: { name: 'Simulated Person', email: 'simulated@example.org', segment: 'web', startedAt: day(0) },
  }
  const contact: Wire = {
    id: 'c',
    customer: 'gone',
    type: 'contact.opened',
    at: day(2),
    data: { contact: 'c', text: 'It arrived broken.' },
  }
  await send(profile, contact, order('gone', 'o', 3), {
    id: 'm',
    customer: 'gone',
    type: 'moment.told',
    at: day(3),
    data: { kind: 'bereavement' },
  })
  expect(await forgetCustomer(world, 'gone', commandLine)).toMatchObject({ kind: 'forgotten', prose: 1, events: 2 })
  const stored = JSON.stringify(
    await db.query(
      `select e.*, p.body, r.* from relationships r join events e using (customer) left join prose p using (customer) where customer = 'gone'`,
    ),
  )
  expect(stored).not.toMatch(/Simulated Person|simulated@example|arrived broken|bereavement/)
  expect(await db.query(`select term from search_terms where customer = 'gone'`)).toEqual([])
  expect(await forgetCustomer(world, 'never heard of', commandLine)).toEqual({ kind: 'customer-unknown' })
  await noDifferences()
})

test('many writers at once lose nothing and double nothing', async () => {
  const wires = Array.from({ length: 120 }, (_, n) => order(`race-${n % 3}`, `r${n}`, n % 40))
  const outcomes = await Promise.all([...wires, ...wires].map((wire) => send(wire)))
  expect(outcomes.flat().filter(({ kind }) => kind === 'accepted')).toHaveLength(120)
  expect(outcomes.flat().filter(({ kind }) => kind === 'repeated')).toHaveLength(120)
  await noDifferences()
})

describe('events that follow from a decision', () => {
  const told = (id: string, order: string) =>
    ownEvent({
      id,
      customer: 'decided',
      type: 'order.returned',
      at: world.now(),
      data: { order, value: 1, currency: 'EUR' },
    })

  test('are stored with what was written beside them, or neither is', async () => {
    const write = (name: string, fails: boolean) =>
      appendDecided(world, async (tx) => {
        await tx.change(`insert into settings (name, value) values ($1, '1')`, [name])
        if (fails) throw new Error('changed my mind')
        return { events: [told(name, 'a')], answer: name }
      })
    await expect(write('kept', false)).resolves.toBe('kept')
    await expect(write('dropped', true)).rejects.toThrow('changed my mind')
    expect(await db.query(`select name from settings where name in ('kept', 'dropped')`)).toEqual([{ name: 'kept' }])
    expect(await db.query(`select id from events where customer = 'decided'`)).toEqual([{ id: 'kept' }])
  })

  test('cannot take the id of another', async () => {
    await appendDecided(world, async () => ({ events: [told('same', 'a')], answer: undefined }))
    const again = appendDecided(world, async () => ({ events: [told('same', 'b')], answer: undefined }))
    await expect(again).rejects.toThrow('an id of its own')
  })
})
