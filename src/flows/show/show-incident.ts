import type { BulkStepView, IncidentList, IncidentPage, StepItems } from '../../contract/incidents.ts'
import { skippedSentence } from '../../contract/words/incidents.ts'
import type { Locale } from '../../contract/words.ts'
import { BULK_UNDO_MS, bulkSteps, type Incident } from '../../core/cases/incident.ts'
import { actorText } from '../../core/people/actor.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { countItems, findStep, listSteps, readItems, type StoredStep } from '../../store/incident-steps.ts'
import { findIncident, listIncidents } from '../../store/incidents.ts'
import { readSettings } from '../../store/settings.ts'
import { findTask } from '../../store/tasks.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import { type IncidentFigures, readFigures, readOwed } from '../../store/views/incident-view.ts'
import type { Caller } from '../caller.ts'
import { type Asker, mayUndo } from '../incident-asker.ts'
import type { World } from '../world.ts'
import { timeOf } from './case-row.ts'

const none: IncidentFigures = { affected: 0, putRight: 0, late: 0, stakeMinor: 0, givenMinor: 0 }

const factsOf = ({ beganAt, endedAt, openedAt, ...rest }: Incident) => ({
  ...rest,
  beganAt: rfc3339(beganAt),
  endedAt: timeOf(endedAt),
  openedAt: rfc3339(openedAt),
})

/** The newest incidents with how each stands. */
export async function showIncidents({ db, now }: World): Promise<IncidentList> {
  const incidents = await listIncidents(db)
  const figures = await readFigures(
    db,
    incidents.map(({ id }) => id),
    now(),
  )
  const { currency } = await readSettings(db)
  return {
    incidents: incidents.map((one) => ({ ...factsOf(one), ...(figures.get(one.id) ?? none) })),
    asOf: rfc3339(now()),
    currency,
  }
}

/** One incident: how it stands, what each step still lacks, and what was done for all; undefined when there is none. */
export async function showIncident(world: World, caller: Caller, id: string): Promise<IncidentPage | undefined> {
  const { db } = world
  const one = await findIncident(db, id)
  if (one === undefined) return undefined
  const now = world.now()
  const [figures, owed, { currency }] = await Promise.all([
    readFigures(db, [id], now),
    readOwed(db, id, now),
    readSettings(db),
  ])
  return {
    ...factsOf(one),
    ...(figures.get(id) ?? none),
    owed: [...owed],
    steps: await stepsOf(world, caller, id),
    asOf: rfc3339(now),
    currency,
  }
}

type Step = StoredStep<unknown, Asker>

async function stepsOf(world: World, caller: Caller, incident: string): Promise<BulkStepView[]> {
  const { db } = world
  const steps: readonly Step[] = await listSteps(db, incident)
  const counts = await countItems(
    db,
    steps.map(({ id }) => id),
  )
  const names = await readDeskNames(db, [...new Set(steps.flatMap(({ askedBy }) => askedBy.colleague?.id ?? []))])
  const undone = new Set(steps.map(({ undoes }) => undoes))
  const views: BulkStepView[] = []
  for (const step of steps) {
    const own = counts.get(step.id) ?? { waiting: 0, done: 0, skipped: 0 }
    const { id: asker } = step.askedBy.colleague ?? { id: null }
    const isMine = asker !== null && asker === caller.colleague?.id
    const isUndoable = own.done > 0 && !undone.has(step.id) && mayUndo(step, caller, world.now())
    views.push({
      id: step.id,
      kind: kindOf(step.kind),
      state: await stateOf(world, step, own.waiting),
      askedAt: rfc3339(step.askedAt),
      by: (asker === null ? undefined : names.get(asker)) ?? actorText(step.askedBy.actor),
      ...own,
      totalMinor: step.totalMinor,
      mayAnswer: step.state === 'asked' && !isMine && caller.permissions.has('remedies.approve'),
      undoUntil: isUndoable ? rfc3339(instant(step.askedAt + BULK_UNDO_MS)) : null,
    })
  }
  return views
}

const kindOf = (kind: string): BulkStepView['kind'] =>
  bulkSteps.find((one) => one === kind) ?? (kind === 'undo' ? 'undo' : 'add')

async function stateOf({ db }: World, { id, state }: Step, waiting: number): Promise<BulkStepView['state']> {
  if (state !== 'started') return state
  const task = await findTask(db, id)
  if (task === undefined || task.state === 'waiting' || task.state === 'running') return 'running'
  return waiting === 0 && task.state === 'done' ? 'done' : 'stopped'
}

/** What came of each customer or case of a step, in the order of their keys; undefined when there is no such step. */
export async function showStepItems(
  { db }: World,
  asked: Readonly<{
    incident: string
    step: string
    state: string | null
    after: string | null
    limit: number
    locale: Locale
  }>,
): Promise<StepItems | undefined> {
  const step: Step | undefined = await findStep(db, asked.step)
  if (step === undefined || step.incident !== asked.incident) return undefined
  const rows = await readItems(db, { ...asked, limit: asked.limit + 1 })
  const shown = rows.slice(0, asked.limit)
  return {
    items: shown.map(({ state, reason, ...row }) => ({
      ...row,
      state: state === 'done' || state === 'skipped' ? state : 'waiting',
      reason,
      sentence: reason === null ? null : skippedSentence(asked.locale, reason),
    })),
    cursor: rows.length > asked.limit ? (shown.at(-1)?.customer ?? null) : null,
  }
}
