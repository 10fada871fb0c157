import { isDeepStrictEqual } from 'node:util'
import type { Accepted, Outcome } from '../contract/ingest.ts'
import { type Appraisal, appraise } from '../core/goodwill/appraise.ts'
import type { LeaveModel } from '../core/goodwill/leave-model.ts'
import { type Scorer, scorerOf } from '../core/goodwill/scorer.ts'
import { customerKey } from '../core/ids.ts'
import { concernsCases } from '../core/relationship/concerns-cases.ts'
import { type CustomerEvent, compareEvents } from '../core/relationship/event.ts'
import { comesAfter, fold, foldAll, initial, type Relationship } from '../core/relationship/relationship.ts'
import { searchTerms } from '../core/relationship/search-terms.ts'
import { SIMULATED_SOURCE } from '../core/simulated-firm/life.ts'
import { sqlState, type Tx } from '../store/db.ts'
import { append, findStored, readLog, storedKey } from '../store/log.ts'
import { readLiveModel } from '../store/models.ts'
import { readSaved, type Save, type Saved, save, saveSearchTerms } from '../store/relationships.ts'
import { noteCurrencies, readSettled, type Settled } from '../store/settings.ts'
import { noteSimulated } from '../store/simulated.ts'
import { type HeardOf, hearCases } from './hear-cases.ts'
import { refuseKeptVouchers } from './kept-vouchers.ts'
import type { KnownCustomers } from './known-customers.ts'
import { noteIdeas } from './note-ideas.ts'
import { noteMoments } from './note-moments.ts'
import { noteOccasions } from './note-occasions.ts'
import { placeAnew, stakeAfter } from './place-anew.ts'
import { changesGroups, concernedBy, regroup } from './regroup.ts'
import { repetition, storedForm } from './repetition.ts'
import { setPromiseAlarms } from './set-promise-alarms.ts'
import type { World } from './world.ts'

/** Another transaction was faster with one of the customers: roll back and start again. */
class Outrun extends Error {}

const ACCEPTED: Outcome = { kind: 'accepted' }
const TRIES_MAX = 50
const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'
const SERIALIZATION_FAILURE = '40001'

/**
 * Appends events and folds them into the relationships of their customers, in one transaction: what is answered as
 * accepted is stored, folded, and scored, and nothing of it is when this throws. The same event twice is
 * 'repeated'; its id with other content is refused. The answers stand in the order of the events. Who is in `known` is
 * not read, and everybody who was saved is noted there.
 */
export async function appendEvents(
  world: World,
  items: readonly Accepted[],
  known?: KnownCustomers,
): Promise<readonly Outcome[]> {
  if (items.length === 0) return []
  let saved: Save[] = []
  const outcomes = await untilNotOutrun(world, (tx, lookup) => {
    saved = []
    // The first try believes what is remembered; where that was not so, the second reads.
    return appendFromOutside(world, tx, items, { lookup, known: lookup === 'late-events' ? known : undefined, saved })
  })
  known?.note(saved)
  return outcomes
}

/** What others say of vouchers that we keep is refused; everything else is appended. */
async function appendFromOutside(
  world: World,
  tx: Tx,
  items: readonly Accepted[],
  by: Try,
): Promise<readonly Outcome[]> {
  const refused = await refuseKeptVouchers(tx, items)
  if (refused.size === 0) return attempt(world, tx, items, by)
  const rest = items.filter((_, place) => !refused.has(place))
  const appended = rest.length === 0 ? [] : [...(await attempt(world, tx, rest, by))]
  return items.map((_, place) => refused.get(place) ?? appended.shift() ?? { kind: 'accepted' })
}

/** What a flow decides in its transaction: events of ours that follow from it, and the answer to its caller. */
export type Decided<Answer> = Readonly<{ events: readonly Accepted[]; answer: Answer }>

/**
 * Lets a flow read, decide and write, and appends the events that follow, all in one transaction: either everything is
 * stored or nothing. `decide` may run several times, of which one counts, so it must have no effect beside `tx`.
 * Throws when the log holds one of the events with other content: an id of ours was used twice.
 */
export async function appendDecided<Answer>(
  world: World,
  decide: (tx: Tx) => Promise<Decided<Answer>>,
): Promise<Answer> {
  return untilNotOutrun(world, async (tx, lookup) => {
    const { events, answer } = await decide(tx)
    const outcomes =
      events.length === 0 ? [] : await attempt(world, tx, events, { lookup, known: undefined, saved: [] })
    // Somebody who decided the same at the same time was faster: what was decided here was decided without knowing it.
    if (outcomes.some(({ kind }) => kind === 'refused')) throw new Outrun('an event of ours has an id of its own')
    return answer
  })
}

async function untilNotOutrun<T>(world: World, work: (tx: Tx, lookup: Lookup) => Promise<T>): Promise<T> {
  // Optimistic: first as if no id were in the log; a unique violation means that one is, then each is looked up.
  let lookup: Lookup = 'late-events'
  for (let tries = 1; ; tries += 1) {
    try {
      return await world.db.transaction((tx) => work(tx, lookup))
    } catch (error) {
      const state = sqlState(error)
      const again =
        error instanceof Outrun || state === UNIQUE_VIOLATION || state === DEADLOCK || state === SERIALIZATION_FAILURE
      if (!again || tries >= TRIES_MAX) throw error
      lookup = 'all-events'
    }
  }
}

/** Which events are looked up in the log before they are appended. */
type Lookup = 'late-events' | 'all-events'

/** What folding and scoring needs beside the events. */
type Standards = Readonly<{ model: LeaveModel; scorer: Scorer }>

async function readStandards(tx: Tx): Promise<Omit<Settled, 'settings'> & Readonly<{ standards: Standards }>> {
  const [{ settings, ...rest }, model] = await Promise.all([readSettled(tx), readLiveModel(tx)])
  return { standards: { model, scorer: scorerOf(model, settings) }, ...rest }
}

/**
 * Folds these customers anew from the log, with everybody who is one person with them, and saves what comes out of it:
 * for whom what is stored is not what the log gives.
 */
export async function foldAnew(world: World, customers: readonly string[]): Promise<void> {
  await untilNotOutrun(world, async (tx) => {
    const { standards } = await readStandards(tx)
    const saves = await regroup(tx, customers, (state) => asOfLast(state, standards))
    const keys = saves.map(({ customer }) => customer)
    await placeAnew(world, tx, { saves, saved: await readSaved(tx, keys), events: [] })
    if (!(await save(tx, saves))) throw new Outrun()
    const terms = saves.map(({ customer, of }) => [customer, of === null ? [] : searchTerms(of.state.person)] as const)
    await saveSearchTerms(tx, new Map(terms))
  })
}

/** How a try goes about it, and a list for what it saves. */
type Try = Readonly<{ lookup: Lookup; known: KnownCustomers | undefined; saved: Save[] }>

async function attempt(
  world: World,
  tx: Tx,
  items: readonly Accepted[],
  { lookup, known, saved: all }: Try,
): Promise<readonly Outcome[]> {
  const { outcomes, fresh: distinct } = dropRepeatsWithin(items)
  const saved = await readWithRoots(tx, [...new Set(distinct.map(({ item }) => item.event.customer))].sort(), known)
  const fresh = await dropStored(tx, distinct, saved, lookup, outcomes)
  if (fresh.length === 0) return outcomes
  const { standards, currencies, settled } = await readStandards(tx)
  await append(
    tx,
    fresh.map(({ item }) => item),
  )
  if (fresh.some(({ item }) => item.event.source === SIMULATED_SOURCE)) await noteSimulated(tx)
  const events = fresh.map(({ item }) => item.event)
  await setPromiseAlarms(world, tx, events)
  await noteOccasions(world, tx, events)
  await noteMoments(world, tx, events)
  await noteIdeas(tx, events)
  const named = currenciesOf(events)
  const unknown = named.filter((currency) => !currencies.includes(currency))
  if (unknown.length > 0) await noteCurrencies(tx, settled ? undefined : named[0], unknown)
  const saves = (await changesGroups(tx, events))
    ? await regroup(tx, concernedBy(events), (state) => asOfLast(state, standards))
    : await foldInto(tx, events, saved, standards)
  const told = await hearCases(world, tx, await heardOf(tx, events.filter(concernsCases), saved, saves))
  await placeAnew(world, tx, { saves, saved, events })
  const [isSaved] = await Promise.all([save(tx, saves), saveSearchTerms(tx, changedTerms(saves, saved))])
  if (!isSaved) throw new Outrun()
  all.push(...saves)
  // A case that opened by rule tells of its failure. What we tell ourselves opens no case, so this ends here.
  // What was saved a moment ago is not committed, and known to this transaction alone.
  if (told.length > 0) await attempt(world, tx, told, { lookup, known: undefined, saved: all })
  return outcomes
}

/** What cases may hear of: the events of each person, with the person as it was before them and is after them. */
async function heardOf(
  tx: Tx,
  events: readonly CustomerEvent[],
  saved: ReadonlyMap<string, Saved>,
  saves: readonly Save[],
): Promise<readonly HeardOf[]> {
  if (events.length === 0) return []
  const rootOfMember = new Map(saves.flatMap(({ customer, members }) => members.map((who) => [who, customer])))
  const after = new Map(saves.map((one) => [one.customer, one]))
  const byRoot = Map.groupBy(events, ({ customer }) => rootOfMember.get(customer) ?? String(customer))
  const heard: HeardOf[] = []
  for (const [root, list] of byRoot) {
    heard.push({
      keys: [root, ...(after.get(root)?.members ?? [])],
      before: saved.get(root)?.state ?? initial(customerKey(root)),
      stake: await stakeAfter(tx, after.get(root)),
      events: list,
    })
  }
  return heard
}

/** The currencies of these events, in the order in which they come first. */
function currenciesOf(events: readonly CustomerEvent[]): readonly string[] {
  const found = new Set<string>()
  for (const { data } of events) if ('currency' in data && typeof data.currency === 'string') found.add(data.currency)
  return [...found]
}

type Placed = Readonly<{ place: number; item: Accepted }>

/** Two items of one batch may carry the same key; the first counts. */
function dropRepeatsWithin(items: readonly Accepted[]): { outcomes: Outcome[]; fresh: Placed[] } {
  const firsts = new Map<string, Accepted>()
  const outcomes: Outcome[] = []
  const fresh: Placed[] = []
  for (const item of items) {
    const first = firstWithKey(firsts, item)
    if (first === undefined) fresh.push({ place: outcomes.length, item })
    outcomes.push(first === undefined ? ACCEPTED : repetition(item, storedForm(first)))
  }
  return { outcomes, fresh }
}

// An id alone is told from the others without putting the three parts of a key together; few ids come twice.
function firstWithKey(firsts: Map<string, Accepted>, item: Accepted): Accepted | undefined {
  const { customer, source, id } = item.event
  const namesake = firsts.get(id)
  const isSame = namesake?.event.customer === customer && namesake.event.source === source
  const key = namesake === undefined || isSame ? id : storedKey(customer, source, id)
  const first = firsts.get(key)
  if (first === undefined) firsts.set(key, item)
  return first
}

/** The rows of these customers, and of those who hold the state of merged ones. */
async function readWithRoots(
  tx: Tx,
  customers: readonly string[],
  known: KnownCustomers | undefined,
): Promise<ReadonlyMap<string, Saved>> {
  const saved = await readUnknown(tx, customers, known)
  const roots = [...saved.values()].flatMap(({ root }) => (root !== null && !saved.has(root) ? [root] : []))
  if (roots.length === 0) return saved
  return new Map([...saved, ...(await readUnknown(tx, [...new Set(roots)].sort(), known))])
}

async function readUnknown(
  tx: Tx,
  customers: readonly string[],
  known: KnownCustomers | undefined,
): Promise<ReadonlyMap<string, Saved>> {
  if (known === undefined) return readSaved(tx, customers)
  const found = new Map<string, Saved>()
  const unknown: string[] = []
  for (const customer of customers) {
    const row = known.find(customer)
    if (row === undefined) unknown.push(customer)
    else found.set(customer, row)
  }
  if (unknown.length > 0) for (const row of (await readSaved(tx, unknown)).values()) found.set(row.customer, row)
  return found
}

/** Looks up those that may be in the log already, writes their outcomes, and answers the others. */
async function dropStored(
  tx: Tx,
  placed: readonly Placed[],
  saved: ReadonlyMap<string, Saved>,
  lookup: Lookup,
  outcomes: Outcome[],
): Promise<readonly Placed[]> {
  const mayBeStored = ({ item: { event } }: Placed): boolean => {
    if (lookup === 'all-events') return true
    const row = saved.get(event.customer)
    if (row === undefined) return false
    const state = rootOf(row, saved).state
    // An event after the last one folded cannot be a repetition; if its id is in use, the primary key says so.
    return state === null || !comesAfter(state, event)
  }
  const suspects = placed.filter(mayBeStored)
  if (suspects.length === 0) return placed
  const stored = await findStored(
    tx,
    suspects.map(({ item }) => item.event),
  )
  return placed.filter(({ place, item }) => {
    const found = stored.get(storedKey(item.event.customer, item.event.source, item.event.id))
    if (found !== undefined) outcomes[place] = repetition(item, found)
    return found === undefined
  })
}

function rootOf(row: Saved, saved: ReadonlyMap<string, Saved>): Saved {
  return row.root === null ? row : (saved.get(row.root) ?? row)
}

/** Folds events that change no group. Who has a late event is folded anew from the log, which holds it by now. */
async function foldInto(
  tx: Tx,
  events: readonly CustomerEvent[],
  saved: ReadonlyMap<string, Saved>,
  standards: Standards,
): Promise<readonly Save[]> {
  const ofRoot = new Map<string, CustomerEvent[]>()
  for (const event of events) {
    const row = saved.get(event.customer)
    const root = row === undefined ? event.customer : rootOf(row, saved).customer
    const list = ofRoot.get(root)
    if (list === undefined) ofRoot.set(root, [event])
    else list.push(event)
  }
  const states = new Map<string, Relationship>()
  const late: string[] = []
  for (const [root, list] of ofRoot) {
    const was = saved.get(root)?.state ?? initial(customerKey(root))
    const next = foldInOrder(was, list)
    if (next === undefined) late.push(root)
    else states.set(root, next)
  }
  for (const [root, state] of await refold(tx, late, saved)) states.set(root, state)
  return [...states].sort(byKey).map(([root, state]) => {
    const was = saved.get(root)
    return {
      customer: root,
      was: was?.revision ?? 0,
      mergedInto: was?.mergedInto ?? null,
      members: was?.members ?? [],
      root: null,
      of: asOfLast(state, standards),
    }
  })
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** The next state, or undefined when one of the events does not come after all that was folded. */
function foldInOrder(was: Relationship, events: readonly CustomerEvent[]): Relationship | undefined {
  let state = was
  for (const event of [...events].sort(compareEvents)) {
    if (!comesAfter(state, event)) return undefined
    state = fold(state, event)
  }
  return state
}

/** Folds these roots from the log, with everybody who was merged into them. */
async function refold(
  tx: Tx,
  roots: readonly string[],
  saved: ReadonlyMap<string, Saved>,
): Promise<ReadonlyMap<string, Relationship>> {
  if (roots.length === 0) return new Map()
  const rootOfMember = new Map(
    roots.flatMap((root) => [root, ...(saved.get(root)?.members ?? [])].map((who) => [who, root])),
  )
  const log = await readLog(tx, [...rootOfMember.keys()])
  const byRoot = Map.groupBy(log, (event) => rootOfMember.get(event.customer) ?? event.customer)
  return new Map([...byRoot].map(([root, events]) => [root, foldAll(customerKey(root), events)]))
}

/** A state with what it adds up to as of its last event; nothing for a customer without events. */
const asOfLast = (state: Relationship, { model, scorer }: Standards): Appraisal | null =>
  state.lastAt === null ? null : appraise(state, model, scorer, state.lastAt)

function changedTerms(
  saves: readonly Save[],
  saved: ReadonlyMap<string, Saved>,
): ReadonlyMap<string, readonly string[]> {
  const changed = new Map<string, readonly string[]>()
  for (const { customer, of } of saves) {
    const was = saved.get(customer)?.state?.person
    const is = of?.state.person
    // Most events say nothing about the person, and the fold then keeps it as it was.
    if (was === is) continue
    const before = was === undefined ? [] : searchTerms(was)
    const after = is === undefined ? [] : searchTerms(is)
    if (!isDeepStrictEqual(before, after)) changed.set(customer, after)
  }
  return changed
}
