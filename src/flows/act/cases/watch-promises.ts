import type { Accepted } from '../../../contract/ingest.ts'
import { suspectedOf } from '../../../core/cases/case-opening.ts'
import { teamFor } from '../../../core/cases/case-rules.ts'
import { isKnownLapse, type Lapse, lapsedAt } from '../../../core/relationship/lapse.ts'
import { fold } from '../../../core/relationship/relationship.ts'
import { readStake } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { readLog } from '../../../store/log.ts'
import { type PromiseAlarm, readRinging, takeAlarm } from '../../../store/promise-alarms.ts'
import { appendDecided } from '../../append-events.ts'
import { beginCase, entryId, newCaseName } from '../../begin-case.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'
import { heedDue } from './heed-due.ts'

/** Whoever opens cases when time passes is named so in their entries. */
const CLOCK = 'clock'

/**
 * Looks at promises and orders whose time has passed, and opens a case where the rules say so and no failure is known
 * that it belongs to. Whether something was kept or promised anew meanwhile, the log says. Each alarm is a transaction
 * of its own: any number of workers may do this at once, and one that dies leaves the alarm to the next. Answers how
 * many alarms were looked at.
 */
export function watchPromises(world: World, signal: AbortSignal): Promise<number> {
  return heedDue(
    (limit) => readRinging(world.db, world.now(), limit),
    (alarm) => appendDecided(world, async (tx) => ({ events: await heed(world, tx, alarm), answer: undefined })),
    signal,
  )
}

async function heed(world: World, tx: Tx, alarm: PromiseAlarm): Promise<readonly Accepted[]> {
  if (!(await takeAlarm(tx, alarm))) return []
  const person = await personOf(tx, alarm.customer)
  if (person === undefined) return []
  let { state } = person
  const told: Accepted[] = []
  for (const lapse of lapsedAt(await readLog(tx, person.keys), alarm.dueAt)) {
    const events = await openFor(world, tx, { ...person, state }, lapse)
    told.push(...events)
    // An order that is late and the promise about it are one lateness.
    state = events.map(({ event }) => event).reduce(fold, state)
  }
  return told
}

async function openFor(world: World, tx: Tx, person: KnownPerson, lapse: Lapse): Promise<readonly Accepted[]> {
  const standards = await readCaseStandards(tx)
  if (!standards.rules.opening.rules.includes(lapse.rule) || isKnownLapse(person.state, lapse)) return []
  const now = world.now()
  const name = newCaseName()
  const { category, severity } = suspectedOf(lapse.rule, standards.rules.severity)
  const stake = await readStake(tx, person.customer)
  const begun = await beginCase(
    world,
    tx,
    {
      kind: 'opened',
      id: entryId(1),
      at: lapse.at,
      by: CLOCK,
      isReported: false,
      case: name,
      customer: person.customer,
      failure: `case:${name}`,
      openedBy: 'rule',
      severity,
      category,
      lossMinor: null,
      currency: null,
      atFault: 'firm',
      incident: null,
      team: teamFor(standards.rules, category),
      isDoubleDeviation: false,
      about: lapse.links,
      isInferred: true,
    },
    { standards, stake, now },
  )
  return begun?.events ?? []
}
