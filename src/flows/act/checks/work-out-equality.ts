import {
  compareGroups,
  type Evidence,
  type Grouping,
  type KeptEquality,
  kindOfCase,
  type Told,
} from '../../../core/equality/compare-groups.ts'
import { tellForetold, tellPlaces } from '../../../core/equality/foretold.ts'
import { type EqualityMeasure, equalityMeasures } from '../../../core/equality/measures.ts'
import { groupOfKeys, groupsOfTrait, languageGroup, type Trait } from '../../../core/equality/trait.ts'
import { equalityPeriod, mayBeCompared, type TreatmentRules, tellTreatment } from '../../../core/equality/treatment.ts'
import type { LeaveModel } from '../../../core/goodwill/leave-model.ts'
import { customerKey } from '../../../core/ids.ts'
import type { CustomerEvent } from '../../../core/relationship/event.ts'
import { inForce } from '../../../core/relationship/relationship.ts'
import { DAY_MS, type Instant, instant, rfc3339 } from '../../../core/time/instant.ts'
import { elapsed } from '../../../core/time/working-time.ts'
import { saveForecast } from '../../../store/forecasts.ts'
import { readLog } from '../../../store/log.ts'
import { readLiveModel } from '../../../store/models.ts'
import { readSettings } from '../../../store/settings.ts'
import {
  forgetCustomerTraits,
  type LiveTrait,
  listTraits,
  lockTrait,
  readCustomerTraits,
} from '../../../store/traits.ts'
import { sampleActiveCustomers } from '../../../store/views/active-view.ts'
import { readLetDownKeys, readValuedStates, type ValuedState } from '../../../store/views/checks-view.ts'
import {
  readCaseOrder,
  readComparedCases,
  readComparedGestures,
  readHolders,
} from '../../../store/views/equality-view.ts'
import { readCaseStandards } from '../../case-standards.ts'
import type { World } from '../../world.ts'

/** Let-downs, cases and gestures of so many at most, the newest; and so many open cases. */
const LOOKED_AT_MAX = 100_000
/** Scores are compared on a sample of so many customers who were heard of in a year. */
const SAMPLE_MAX = 20_000
const SAMPLE_DAYS = 365
const PAGE = 500

/**
 * Compares how groups of customers are treated by each trait that is turned on, and keeps what was found. Who refuses to
 * be profiled, and who was erased, is left out, and what is known of their groups is forgotten.
 */
export async function workOutEquality(
  world: World,
  { asOf, signal }: Readonly<{ asOf: Instant; signal: AbortSignal }>,
): Promise<KeptEquality | undefined> {
  const { db } = world
  const period = equalityPeriod(asOf)
  const live = await listTraits(db)
  const found = live.length === 0 ? { evidence: {}, groupings: [] } : await look(world, { live, asOf, period, signal })
  if (signal.aborted) return undefined
  const kept = {
    from: rfc3339(period.from),
    to: rfc3339(period.to),
    ...compareGroups(found.groupings, found.evidence),
  }
  await db.transaction(async (tx) => {
    // Somebody may have turned a trait off meanwhile: what was found of it goes with it.
    const still = new Set<Trait>()
    for (const { trait } of live) if ((await lockTrait(tx, trait)) !== undefined) still.add(trait)
    const body = { ...kept, traits: kept.traits.filter(({ trait }) => still.has(trait)) }
    await saveForecast(tx, 'equality', { asOf, madeAt: world.now(), body })
  })
  return kept
}

type ComparedPerson = Omit<ValuedState, 'customer'> & Readonly<{ person: string }>

type Look = Readonly<{
  live: readonly LiveTrait[]
  asOf: Instant
  period: ReturnType<typeof equalityPeriod>
  signal: AbortSignal
}>

async function look({ db }: World, { live, asOf, period, signal }: Look) {
  const read = {
    letDowns: await readLetDownKeys(db, { from: period.from, asOf: period.to }, LOOKED_AT_MAX),
    sample: await sampleActiveCustomers(db, instant(asOf - SAMPLE_DAYS * DAY_MS), SAMPLE_MAX),
    cases: await readComparedCases(db, period, LOOKED_AT_MAX),
    order: await readCaseOrder(db, LOOKED_AT_MAX),
    gestures: await readComparedGestures(db, period, LOOKED_AT_MAX),
  }
  const keys = [
    ...new Set([
      ...read.letDowns,
      ...read.sample,
      ...[...read.cases, ...read.order, ...read.gestures].map(({ customer }) => customer),
    ]),
  ].sort()
  const holders = new Map<string, string>()
  for (const page of pagesOf(keys)) for (const [key, holder] of await readHolders(db, page)) holders.set(key, holder)
  const sample = new Set(read.sample)
  const rules = await rulesOf(db, { asOf, ...period })
  const model = await readLiveModel(db)
  const known = knownOf(live)
  for (const page of pagesOf([...new Set(holders.values())].sort())) {
    if (signal.aborted) break
    const valued = await readValuedStates(db, page)
    const people = await takePeople(
      db,
      known,
      valued.map(({ customer: person, ...of }) => ({ person, ...of })),
    )
    known.add(tellTreatment(people, rules))
    const drawn = people.filter(({ person }) => sample.has(person))
    known.foretold.push(...drawn)
    known.add({ calibration: await foretellAnew(db, drawn, { model, asOf }) })
  }
  return { evidence: evidenceOf(known, read, holders), groupings: known.groupings }
}

const pagesOf = (keys: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(keys.length / PAGE) }, (_, page) => keys.slice(page * PAGE, (page + 1) * PAGE))

async function rulesOf(db: World['db'], of: Readonly<{ asOf: Instant; from: Instant; to: Instant }>) {
  const [{ policy }, { currency }] = [await readCaseStandards(db), await readSettings(db)]
  const minutes = (start: Instant, end: Instant): number => {
    const found = elapsed(policy.calendar, start, end)
    return found.kind === 'elapsed' ? found.minutes : 0
  }
  return { ...of, currency, minutes } satisfies TreatmentRules
}

/** What is known so far: of whom, in which groups, and what was done for them. */
function knownOf(live: readonly LiveTrait[]) {
  const groupOf = new Map<Trait, Map<string, string>>(live.map(({ trait }) => [trait, new Map()]))
  const told = new Map<EqualityMeasure, Told[]>()
  const groupings = live.map(
    ({ trait, groups }): Grouping => ({
      trait,
      groups: groupsOfTrait(trait, groups),
      groupOf: (person) => groupOf.get(trait)?.get(person) ?? null,
    }),
  )
  const add = (evidence: Evidence): void => {
    for (const measure of equalityMeasures) {
      const some = told.get(measure) ?? []
      for (const one of evidence[measure] ?? []) some.push(one)
      told.set(measure, some)
    }
  }
  const compared = new Set<string>()
  const foretold: Pick<ComparedPerson, 'person' | 'stay' | 'valueMinor'>[] = []
  return { live, groupOf, groupings, told, add, compared, foretold }
}

type Known = ReturnType<typeof knownOf>

/** Those who may be compared, with the group of each written down; what is known of the others is forgotten. */
async function takePeople(db: World['db'], known: Known, people: readonly ComparedPerson[]) {
  const keysOf = ({ person, members }: ComparedPerson) => [person, ...members]
  const out = people.filter(({ state }) => !mayBeCompared(state)).flatMap(keysOf)
  if (out.length > 0) await forgetCustomerTraits(db, out, null)
  const taken = people.filter(({ state }) => mayBeCompared(state))
  const rows = Map.groupBy(await readCustomerTraits(db, taken.flatMap(keysOf)), ({ trait }) => trait)
  for (const { trait, groups } of known.live) {
    const partOf = new Map((rows.get(trait) ?? []).map(({ customer, part }) => [customer, part]))
    for (const { person, members, state } of taken) {
      const group =
        trait === 'language'
          ? languageGroup(state.person.locale, groups)
          : groupOfKeys(
              partOf.get(person),
              members.map((key) => partOf.get(key)),
            )
      if (group !== null) known.groupOf.get(trait)?.set(person, group)
    }
  }
  for (const { person } of taken) known.compared.add(person)
  return taken
}

async function foretellAnew(
  db: World['db'],
  people: readonly ComparedPerson[],
  of: Readonly<{ model: LeaveModel; asOf: Instant }>,
): Promise<readonly Told[]> {
  if (people.length === 0 || of.model.buying !== undefined) return []
  const log = await readLog(
    db,
    people.flatMap(({ person, members }) => [person, ...members]),
  )
  const byCustomer = Map.groupBy(log, (event) => String(event.customer))
  return people.flatMap(({ person, members }) => {
    const events = inForce([person, ...members].flatMap((key): readonly CustomerEvent[] => byCustomer.get(key) ?? []))
    return tellForetold(customerKey(person), events, of)
  })
}

type Read = Readonly<{
  cases: Awaited<ReturnType<typeof readComparedCases>>
  order: Awaited<ReturnType<typeof readCaseOrder>>
  gestures: Awaited<ReturnType<typeof readComparedGestures>>
}>

/** All that is compared: what was done for let-downs and foretold, and what came of cases, the queue and gestures. */
function evidenceOf(known: Known, read: Read, holders: ReadonlyMap<string, string>): Evidence {
  const personOf = (customer: string): string => holders.get(customer) ?? customer
  const among = <One extends Readonly<{ customer: string }>>(all: readonly One[]) =>
    all.flatMap((one) => {
      const person = personOf(one.customer)
      return known.compared.has(person) ? [{ ...one, person }] : []
    })
  const cases = among(read.cases)
  known.add({
    beyondLimits: cases.map((one) => ({ person: one.person, kind: kindOfCase(one), value: one.asked ? 1 : 0 })),
    remedyRefused: cases.flatMap((one) =>
      one.refused === null ? [] : [{ person: one.person, kind: kindOfCase(one), value: one.refused ? 1 : 0 }],
    ),
    gestureRefused: among(read.gestures).map(({ person, rule, refused }) => ({
      person,
      kind: rule,
      value: refused ? 1 : 0,
    })),
    queuePlace: tellPlaces(among(read.order).map((one, by) => ({ person: one.person, kind: kindOfCase(one), by }))),
    valuePlace: tellPlaces(
      known.foretold.flatMap(({ person, valueMinor: by }) => (by === null ? [] : [{ person, kind: '', by }])),
    ),
    riskPlace: tellPlaces(
      known.foretold.flatMap(({ person, stay }) => (stay === null ? [] : [{ person, kind: '', by: -stay }])),
    ),
  })
  return Object.fromEntries(known.told)
}
