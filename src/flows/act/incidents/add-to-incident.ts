import type { Accepted } from '../../../contract/ingest.ts'
import { teamFor } from '../../../core/cases/case-rules.ts'
import type { Incident } from '../../../core/cases/incident.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import type { CustomerEvent } from '../../../core/relationship/event.ts'
import type { Failure } from '../../../core/relationship/failure.ts'
import { failureAbout } from '../../../core/relationship/issue.ts'
import { lockCasesOf, readStake } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import type { ItemEnd, StepItem } from '../../../store/incident-steps.ts'
import { beginCase, entryId, type Keeping, keepEntry, newCaseName } from '../../begin-case.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'

type Added = Readonly<{ end: ItemEnd; events: readonly Accepted[] }>

/**
 * Adds one customer to an incident: a failure that is known of it, or of the order by which the customer was found, is
 * the one (trap T30), and its case comes under the incident; else a failure is told and a case opens. `by`: who asked.
 */
export async function addToIncident(
  world: World,
  tx: Tx,
  { item, incident, by }: Readonly<{ item: StepItem; incident: Incident; by: string }>,
): Promise<Added> {
  const person = await personOf(tx, item.customer)
  if (person === undefined) return skipped('customer-unknown')
  const standards = await readCaseStandards(tx)
  const stake = await readStake(tx, person.customer)
  const keeping = { standards, stake, now: world.now() }
  const known = knownFailure(person, item, incident)
  const cases = known === undefined ? [] : await lockCasesOf(tx, pairsOf(person, known))
  const was = cases.find((one) => one.round.closedAt === null) ?? cases[0]
  return was === undefined
    ? opened(world, tx, { person, known, item, incident, by }, keeping)
    : grouped(world, tx, was, { incident, by }, keeping)
}

const skipped = (reason: string, made: RecoveryCase | null = null): Added => ({
  end: { state: 'skipped', reason, made },
  events: [],
})

/** What a report of this incident would be about. */
function knownFailure({ customer, state }: KnownPerson, { order }: StepItem, incident: Incident): Failure | undefined {
  const { failures } = state.facts
  const base = { id: '', source: '', customer, at: incident.beganAt }
  const data = { failure: nameFor(incident), severity: incident.severity, incident: incident.id }
  const report: CustomerEvent = { ...base, type: 'failure.occurred', data }
  const found = failureAbout(report, failures)
  if (found !== undefined || order === null) return found
  return failureAbout({ ...base, type: 'order.delivered', data: { order } }, failures)
}

/** One incident is one failure of a customer, and so it has one name. */
const nameFor = ({ id }: Incident): string => `incident:${id}`

const pairsOf = ({ keys }: KnownPerson, { failure, also }: Failure) =>
  keys.flatMap((customer) => [failure, ...also].map((name) => ({ customer, failure: name })))

async function grouped(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  { incident, by }: Readonly<{ incident: Incident; by: string }>,
  keeping: Keeping,
): Promise<Added> {
  if (was.incident !== null) return skipped('in-already', was)
  const id = entryId(was.revision + 1)
  const entry = { id, at: keeping.now, by, kind: 'grouped', incident: incident.id } as const
  const { state, events } = await keepEntry(world, tx, was, entry, keeping)
  return { end: { state: 'done', reason: null, made: state }, events }
}

type Opening = Readonly<{
  person: KnownPerson
  known: Failure | undefined
  item: StepItem
  incident: Incident
  by: string
}>

async function opened(
  world: World,
  tx: Tx,
  { person, known, item, incident, by }: Opening,
  keeping: Keeping,
): Promise<Added> {
  const { category, severity, atFault, beganAt } = incident
  const facts = known ?? { failure: nameFor(incident), severity, category, atFault, lossMinor: null, currency: null }
  const begun = await beginCase(
    world,
    tx,
    {
      kind: 'opened',
      id: entryId(1),
      at: keeping.now,
      by,
      isReported: known !== undefined,
      case: newCaseName(),
      customer: person.customer,
      failure: facts.failure,
      openedBy: 'hand',
      severity: facts.severity,
      category: facts.category,
      lossMinor: facts.lossMinor,
      currency: facts.currency,
      atFault: facts.atFault,
      incident: incident.id,
      team: incident.team ?? teamFor(keeping.standards.rules, category),
      isDoubleDeviation: known !== undefined && known.failedRecovery !== null,
      failedAt: beganAt,
      ...(item.order === null ? {} : { about: { order: item.order } }),
    },
    keeping,
  )
  if (begun === undefined) return skipped('in-already')
  return { end: { state: 'done', reason: null, made: begun.state }, events: begun.events }
}
