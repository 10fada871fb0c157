import type { AffectedWish, BulkWish } from '../../../contract/incidents.ts'
import { BULK_UNDO_MS, type Incident } from '../../../core/cases/incident.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { actorText } from '../../../core/people/actor.ts'
import { instantOf } from '../../../core/time/instant.ts'
import { lockCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import {
  addCustomers,
  countItems,
  endItem,
  findStep,
  type ItemEnd,
  readWaiting,
  type StepItem,
  type StoredStep,
  takeItem,
} from '../../../store/incident-steps.ts'
import { findIncident } from '../../../store/incidents.ts'
import { findAffected } from '../../../store/views/incident-view.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { readCaseStandards } from '../../case-standards.ts'
import { type Asker, callerFrom } from '../../incident-asker.ts'
import type { World } from '../../world.ts'
import { note, type Worked, workOn } from '../cases/work-on-case.ts'
import { addToIncident } from './add-to-incident.ts'

const AT_ONCE = 50
/** Customers that one question may find. */
const FOUND_MAX = 200_000

/** A step as the flows of incidents keep it. */
export type IncidentStep = StoredStep<BulkWish | AffectedWish | Readonly<{ kind: 'keys' | 'undo' }>, Asker>

/** How far a step is. */
export type StepProgress = Readonly<{ doing: 'finding' | 'working'; waiting: number; done: number; skipped: number }>

type Options = Readonly<{ signal: AbortSignal; progress: (progress: StepProgress) => void }>

/**
 * Carries out a step for many, one by one: what is decided about a case, its events and its place on the list are one
 * transaction, so that a worker that dies does nothing twice and the next goes on where it stopped.
 */
export async function runIncidentStep(
  world: World,
  id: string,
  { signal, progress }: Options,
): Promise<Readonly<{ kind: 'done' | 'stopped' }>> {
  const step: IncidentStep | undefined = await findStep(world.db, id)
  const incident = step === undefined ? undefined : await findIncident(world.db, step.incident)
  if (step === undefined || incident === undefined || step.state !== 'started') return { kind: 'done' }
  await findFirst(world, step)
  for (;;) {
    const items = await readWaiting(world.db, id, AT_ONCE)
    for (const item of items) {
      if (signal.aborted) return { kind: 'stopped' }
      await appendDecided(world, (tx) => workItem(world, tx, { item, step, incident }))
    }
    const counts = (await countItems(world.db, [id])).get(id) ?? { waiting: 0, done: 0, skipped: 0 }
    progress({ doing: 'working', ...counts })
    if (items.length === 0) return { kind: 'done' }
  }
}

// Asked again after a crash it puts the same customers on the list, where they are already.
async function findFirst({ db }: World, { id, wish }: IncidentStep): Promise<void> {
  if (!('from' in wish)) return
  const { kind, from, to, category = null } = wish
  const question = { kind, from: instantOf(from), to: instantOf(to), category: category === '' ? null : category }
  await addCustomers(db, id, await findAffected(db, question, FOUND_MAX))
}

type Work = Readonly<{ item: StepItem; step: IncidentStep; incident: Incident }>

async function workItem(world: World, tx: Tx, { item, step, incident }: Work): Promise<Decided<void>> {
  if (!(await takeItem(tx, step.id, item))) return { events: [], answer: undefined }
  const { end, events } =
    step.kind === 'add'
      ? await addToIncident(world, tx, { item, incident, by: actorId(step) })
      : await workCase(world, tx, item, step)
  await endItem(tx, step.id, item, end)
  return { events, answer: undefined }
}

const actorId = ({ askedBy: { actor, colleague } }: IncidentStep): string => colleague?.id ?? actorText(actor)

type Done = Readonly<{ end: ItemEnd; events: Decided<unknown>['events'] }>
const skip = (reason: string): Done => ({ end: { state: 'skipped', reason, made: null }, events: [] })

async function workCase(world: World, tx: Tx, item: StepItem, step: IncidentStep): Promise<Done> {
  const standards = await readCaseStandards(tx)
  const was = await lockCase(tx, { customer: item.customer, id: item.caseId })
  if (was === undefined) return skip('gone')
  // What somebody did since is hers.
  if (step.kind === 'undo' && was.last?.entry !== item.entry) return skip('changed-meanwhile')
  const wish = commandFor(was, step)
  const caller = callerFrom(step.askedBy)
  const { answer, events } = await workOn(world, tx, was, {
    caller,
    wish,
    revision: null,
    standards,
    ...(step.kind === 'undo' ? { undoWithinMs: world.now() - step.askedAt + BULK_UNDO_MS } : {}),
    isApproved: step.answeredBy !== null,
  })
  if (answer.kind !== 'done') return { ...skip(reasonOf(answer)), events }
  if ('text' in step.wish) await note(world, tx, was, { caller, text: step.wish.text })
  return { end: { state: 'done', reason: null, made: answer.state }, events }
}

function reasonOf(worked: Exclude<Worked, { kind: 'done' }>): string {
  switch (worked.kind) {
    case 'four eyes':
      return 'four-eyes'
    case 'case-unknown':
      return 'gone'
    default:
      return worked.because
  }
}

function commandFor({ round }: RecoveryCase, { wish }: IncidentStep): Parameters<typeof workOn>[3]['wish'] {
  switch (wish.kind) {
    case 'acknowledge':
    case 'own':
    case 'undo':
      return { kind: wish.kind }
    case 'apologise':
      return { kind: 'apologise', isSpecific: true }
    case 'compensate': {
      // To each what was agreed with her and not given yet; nothing is refused by the protocol.
      const valueMinor = Math.max(0, (round.remedy?.valueMinor ?? 0) - round.compensatedMinor)
      return { kind: 'compensate', valueMinor, form: wish.form }
    }
    case 'confirm':
      return { kind: 'confirm', satisfied: true }
    case 'agree remedy':
    case 'fix':
    case 'try to reach':
    case 'close':
      return wish
    default:
      throw new Error('customers are added, not worked on')
  }
}
