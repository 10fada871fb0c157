import { isDeepStrictEqual } from 'node:util'
import { ledger } from '../../core/goodwill/goodwill.ts'
import type { LeaveModel } from '../../core/goodwill/leave-model.ts'
import { customerKey } from '../../core/ids.ts'
import { compact, restored } from '../../core/relationship/compact.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { groupsOf, mergedInto } from '../../core/relationship/group.ts'
import { foldAll, inForce, type Relationship } from '../../core/relationship/relationship.ts'
import type { Tx } from '../../store/db.ts'
import { readLog } from '../../store/log.ts'
import { readModels } from '../../store/models.ts'
import { findLost, readStored, readStoredPage, type StoredRow } from '../../store/stored-rows.ts'
import { foldAnew } from '../append-events.ts'
import type { World } from '../world.ts'

const PAGE_CUSTOMERS = 500
/** What differs is read so often again before it is told. */
const LOOKS_MAX = 3
/** Sums of the same terms in another order. */
const BALANCE_TOLERANCE = 1e-9

/** Something stored that a replay of the log does not give. */
export type Difference = Readonly<{ customer: string; what: 'state' | 'ledger' | 'pointer' | 'group' | 'missing' }>

/** What was replayed, how many customers were folded anew, and every difference that is left; there must be none. */
export type Verification = Readonly<{
  customers: number
  events: number
  mended: number
  differences: readonly Difference[]
}>

/** Who hears about progress, and whether those who differ are folded anew from the log. */
export type VerifyOptions = Readonly<{ progress?: (done: number) => void; mend?: boolean }>

/**
 * Replays the whole log, page by page, and compares every stored state and merge with its fold, and every goodwill with
 * the balance of its ledger. Reads each page in one snapshot, so that it may run beside ingestion. With `mend` those
 * who differ are folded anew, page by page, and looked at again: what was mended stays so wherever it is broken off.
 */
export async function verifyLog(
  world: World,
  { progress = () => undefined, mend = false }: VerifyOptions = {},
): Promise<Verification> {
  const models = await readModels(world.db)
  const look = (customer: string) => lookAgain(world, customer, models)
  const differences: Difference[] = []
  const groups = groupBook()
  let [customers, events, mended] = [0, 0, 0]
  const settle = async (found: readonly Difference[], again: (customer: string) => Promise<readonly Difference[]>) => {
    const who = customersOf(found)
    if (!mend || who.length === 0) return void differences.push(...found)
    await foldAnew(world, who)
    const left = (await inTurn(who, again)).flat()
    mended += who.length - customersOf(left).length
    differences.push(...left)
  }
  let after = ''
  for (;;) {
    const page = await readReplay(world, (tx) => readStoredPage(tx, after, PAGE_CUSTOMERS))
    const differing = page.rows.filter((row) => differencesOf(row, page.byCustomer, models).length > 0)
    await settle((await inTurn(differing, ({ customer }) => look(customer))).flat(), look)
    customers += page.rows.length
    for (const row of page.rows) {
      events += page.byCustomer.get(row.customer)?.length ?? 0
      groups.note(row)
    }
    const last = page.rows.at(-1)
    if (last === undefined) break
    after = last.customer
    progress(customers)
  }
  for (let more = true; more; ) {
    const before = mended
    const lost = await findLost(world.db)
    await settle(
      lost.map((customer) => ({ customer, what: 'missing' })),
      look,
    )
    more = mended > before
  }
  const apart = groups.differences()
  if (mend && apart.length > 0) await foldAnew(world, customersOf(apart))
  const left = mend ? await readGroups(world, groups.people()) : apart
  const joined = customersOf(apart).length - customersOf(left).length
  return { customers, events, mended: mended + joined, differences: [...differences, ...left] }
}

const customersOf = (differences: readonly Difference[]): readonly string[] => [
  ...new Set(differences.map(({ customer }) => customer)),
]

/** What differs among the groups of these customers by now. */
async function readGroups(world: World, customers: readonly string[]): Promise<readonly Difference[]> {
  const groups = groupBook()
  for (const customer of customers) for (const row of await readStored(world.db, customer)) groups.note(row)
  return groups.differences()
}

/** Asks for each, one after the other. */
async function inTurn<One, Answer>(
  all: readonly One[],
  ask: (one: One) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const one of all) answers.push(await ask(one))
  return answers
}

type Replay = Readonly<{ rows: readonly StoredRow[]; byCustomer: ReadonlyMap<string, readonly CustomerEvent[]> }>

/** Some rows with the log of their people, in one snapshot. */
const readReplay = (world: World, read: (tx: Tx) => Promise<readonly StoredRow[]>): Promise<Replay> =>
  world.db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const rows = await read(tx)
    const log = await readLog(tx, [...new Set(rows.flatMap(({ customer, members }) => [customer, ...members]))])
    return { rows, byCustomer: Map.groupBy(log, (event) => event.customer as string) }
  })

/**
 * What still differs when one customer is read alone. The snapshots of the nodes of a cluster are not of one moment, so
 * beside ingestion a page may show a state without its newest event; what is really wrong stays wrong.
 */
async function lookAgain(
  world: World,
  customer: string,
  models: ReadonlyMap<number, LeaveModel>,
): Promise<readonly Difference[]> {
  let found: readonly Difference[] = []
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { rows, byCustomer } = await readReplay(world, (tx) => readStored(tx, customer))
    found = rows.flatMap((row) => differencesOf(row, byCustomer, models))
    if (found.length === 0) break
  }
  return found
}

/** Who says to belong to whom, against whom the roots list and whom the pointers of all lead to. Merged people are few. */
function groupBook() {
  const pointers: { customer: string; mergedInto: string | null }[] = []
  const listed = new Map<string, string>()
  const said = new Map<string, string>()
  return {
    note: ({ customer, root, members, mergedInto: into }: StoredRow): void => {
      if (root === null && members.length === 0) return
      pointers.push({ customer, mergedInto: into })
      if (root !== null) said.set(customer, root)
      for (const member of members) listed.set(member, customer)
    },
    people: (): readonly string[] => [
      ...new Set([...pointers.map(({ customer }) => customer), ...listed.keys(), ...said.values()]),
    ],
    differences: (): Difference[] => {
      const led = new Map(groupsOf(pointers).flatMap(({ root, members }) => members.map((member) => [member, root])))
      const everybody = new Set([...listed.keys(), ...said.keys(), ...led.keys()])
      const isTrue = (customer: string) =>
        listed.get(customer) === said.get(customer) && said.get(customer) === led.get(customer)
      return [...everybody].filter((one) => !isTrue(one)).map((customer) => ({ customer, what: 'group' }))
    },
  }
}

function differencesOf(
  row: StoredRow,
  byCustomer: ReadonlyMap<string, readonly CustomerEvent[]>,
  models: ReadonlyMap<number, LeaveModel>,
): Difference[] {
  const own = byCustomer.get(row.customer) ?? []
  const differences: Difference[] = []
  const differs = (what: Difference['what']) => differences.push({ customer: row.customer, what })
  if (mergedInto(inForce(own)) !== row.mergedInto) differs('pointer')
  if (row.root !== null) {
    if (row.state !== null) differs('state')
    return differences
  }
  const history = [row.customer, ...row.members].flatMap((customer) => byCustomer.get(customer) ?? [])
  const state = foldAll(customerKey(row.customer), history)
  if (state.lastAt === null) {
    if (row.state !== null) differs('state')
    return differences
  }
  // What was stored in an earlier form is the same state.
  const stored = row.state === null ? null : restored(row.state)
  if (!isDeepStrictEqual(stored, restored(asStored(compact(state))))) differs('state')
  if (!isBalance(row, state, models.get(row.modelVersion ?? -1))) differs('ledger')
  return differences
}

// The ledger is a road of its own, which the score never took: that both arrive at the same number proves both.
// Of who refuses to be profiled there must be neither.
function isBalance({ goodwill, scoredAt }: StoredRow, state: Relationship, model: LeaveModel | undefined): boolean {
  if (state.profilingRefusedAt !== null) return goodwill === null
  if (goodwill === null || scoredAt === null || model === undefined) return false
  return Math.abs(ledger(state, model, scoredAt).balance - goodwill) <= BALANCE_TOLERANCE
}

/** What a value is after it went through the database. */
const asStored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
