import type { Accepted } from '../contract/ingest.ts'
import { entryHeard, openingOf } from '../core/cases/case-heard.ts'
import { openingBy, type Suspicion } from '../core/cases/case-opening.ts'
import type { Stake } from '../core/cases/case-queue.ts'
import { teamFor } from '../core/cases/case-rules.ts'
import type { Incident } from '../core/cases/incident.ts'
import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { UUID } from '../core/ids.ts'
import { failureIn } from '../core/relationship/concerns-cases.ts'
import { type CustomerEvent, compareEvents } from '../core/relationship/event.ts'
import { isNamed } from '../core/relationship/failure.ts'
import { failureAbout } from '../core/relationship/issue.ts'
import { aboutOf, type Lapse } from '../core/relationship/lapse.ts'
import { fold, inForce, type Relationship } from '../core/relationship/relationship.ts'
import { DAY_MS } from '../core/time/instant.ts'
import { lockCasesOf } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { findIncident } from '../store/incidents.ts'
import { readLog } from '../store/log.ts'
import { beginCase, entryId, type Keeping, keepEntry, newCaseName } from './begin-case.ts'
import { type CaseStandards, readCaseStandards } from './case-standards.ts'
import type { World } from './world.ts'

/** Whoever opens cases by rule is named so in their entries. */
const RULE = 'rule'

/** One customer whose events are being appended: as it was before them, and what is at stake after them. */
export type HeardOf = Readonly<{
  /** All keys of the person. */
  keys: readonly string[]
  before: Relationship
  stake: Stake
  /** Those that concern cases. */
  events: readonly CustomerEvent[]
}>

/**
 * Lets cases hear of events in the transaction that appends them: steps done by other systems move their case, and what
 * a rule is in force for opens one. Answers what the log must be told besides. Runs before the customers are saved, so
 * that cases are always locked before customers.
 */
export async function hearCases(world: World, tx: Tx, heard: readonly HeardOf[]): Promise<readonly Accepted[]> {
  if (heard.length === 0) return []
  const telling = heard.map((one) => ({ ...one, events: one.events.toSorted(compareEvents) }))
  const standards = await readCaseStandards(tx)
  const cases = await readCases(tx, telling)
  const told: Accepted[] = []
  for (const one of telling) told.push(...(await hearOne(world, tx, one, { standards, cases })))
  return told
}

/** All names under which a case of what an event tells may be kept. */
function namesOf(event: CustomerEvent, state: Relationship): readonly string[] {
  const failure = failureIn(event)
  if (failure === null) return []
  const { failures } = state.facts
  const known = failures.find((one) => isNamed(one, failure)) ?? failureAbout(event, failures)
  return known === undefined ? [failure] : [...new Set([failure, known.failure, ...known.also])]
}

type Known = { readonly standards: CaseStandards; readonly cases: Map<string, RecoveryCase> }

const nameOf = (customer: string, failure: string): string => `${customer}\u0000${failure}`

async function readCases(tx: Tx, telling: readonly HeardOf[]): Promise<Map<string, RecoveryCase>> {
  const pairs = telling.flatMap(({ keys, events, before }) =>
    events.flatMap((event) =>
      namesOf(event, before).flatMap((failure) => keys.map((customer) => ({ customer, failure }))),
    ),
  )
  const found = pairs.length === 0 ? [] : await lockCasesOf(tx, pairs)
  return new Map(found.map((one) => [nameOf(one.customer, one.failure), one]))
}

async function hearOne(world: World, tx: Tx, one: HeardOf, { standards, cases }: Known): Promise<readonly Accepted[]> {
  const keeping = { standards, stake: one.stake, now: world.now() }
  const told: Accepted[] = []
  let state = one.before
  for (const event of one.events) {
    const names = namesOf(event, state)
    const was = caseOf(cases, one.keys, names)
    const heard =
      was === undefined
        ? await openFor(world, tx, { event, state, keys: one.keys }, keeping)
        : await hear(world, tx, was, { event, state }, keeping)
    if (heard !== undefined) {
      cases.set(nameOf(heard.state.customer, heard.state.failure), heard.state)
      told.push(...heard.events)
    }
    // What is told now is open for the next event of the batch: one incident, one case.
    state = [event, ...(heard?.events ?? []).map((own) => own.event)].reduce(fold, state)
  }
  return told
}

type Heard = Readonly<{ state: RecoveryCase; events: readonly Accepted[] }>

async function hear(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { event, state }: Readonly<{ event: CustomerEvent; state: Relationship }>,
  keeping: Keeping,
): Promise<Heard | undefined> {
  const known = state.facts.failures.find((one) => isNamed(one, was.failure))
  const names = known === undefined ? [was.failure] : [was.failure, known.failure, ...known.also]
  const entry = entryHeard(event, names)
  if (entry === null) return undefined
  // Only what was inferred gives way to what is reported.
  const { severity } = was
  const kept = { severity, category: null, lossMinor: null, currency: null }
  const told = entry.kind === 'joined' && known?.isInferred !== true ? { ...entry, ...kept } : entry
  return keepEntry(world, tx, was, told, keeping)
}

type Asked = Readonly<{ event: CustomerEvent; state: Relationship; keys: readonly string[] }>

async function openFor(
  world: World,
  tx: Tx,
  { event, state, keys }: Asked,
  keeping: Keeping,
): Promise<Heard | undefined> {
  const { opening: how, severity } = keeping.standards.rules
  if (keeping.now - event.at > how.daysMax * DAY_MS) return undefined
  // The log holds the event and all before it by now.
  const promised =
    event.type === 'promise.broken' ? aboutOf(inForce(await readLog(tx, keys)), event.data.promise) : null
  const opening = openingBy(event, state, { rules: how.rules, severity }, promised?.about ?? null)
  if (opening.kind !== 'opens') return undefined
  return open(world, tx, { event, because: opening.because, links: promised?.links ?? linksOf(event) }, keeping)
}

const linksOf = ({ data }: CustomerEvent): Lapse['links'] =>
  'order' in data && typeof data.order === 'string' ? { order: data.order } : {}

function caseOf(
  cases: ReadonlyMap<string, RecoveryCase>,
  keys: readonly string[],
  names: readonly string[],
): RecoveryCase | undefined {
  return keys
    .flatMap((customer) => names.map((failure) => cases.get(nameOf(customer, failure))))
    .find((one) => one !== undefined)
}

async function open(
  world: World,
  tx: Tx,
  { event, because, links }: Readonly<{ event: CustomerEvent; because: Suspicion; links: Lapse['links'] }>,
  keeping: Keeping,
): ReturnType<typeof beginCase> {
  const { category, severity } = because
  const name = newCaseName()
  const incident = await incidentOf(tx, event)
  const team = incident?.team ?? teamFor(keeping.standards.rules, category)
  const place = { case: name, id: entryId(1), by: RULE, incident: incident?.id ?? null, team }
  if (event.type === 'failure.occurred') return beginCase(world, tx, openingOf(event, place), keeping)
  const { customer, at } = event
  const facts = { customer, failure: `case:${name}`, openedBy: RULE, severity, category, atFault: 'firm' } as const
  const unknown = { lossMinor: null, currency: null, isDoubleDeviation: false, isReported: false } as const
  return beginCase(
    world,
    tx,
    { kind: 'opened', at, ...place, ...facts, ...unknown, about: links, isInferred: true },
    keeping,
  )
}

/** The incident that a report names, where it was opened here. */
async function incidentOf(tx: Tx, { type, data }: CustomerEvent): Promise<Incident | undefined> {
  if (type !== 'failure.occurred' || !('incident' in data) || typeof data.incident !== 'string') return undefined
  return UUID.test(data.incident) ? findIncident(tx, data.incident) : undefined
}
