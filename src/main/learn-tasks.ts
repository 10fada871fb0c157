import { randomUUID } from 'node:crypto'
import { assert } from '../core/assert.ts'
import { planChecks } from '../flows/act/checks/run-checks.ts'
import type { TaskEnd, TaskReport } from '../flows/ingest/run-task.ts'
import { fittedKinds, type Kept } from '../flows/predict/fit-models.ts'
import type { FitOptions } from '../flows/predict/fit-outcome.ts'
import { planForecast } from '../flows/predict/forecast-liability.ts'
import { refit } from '../flows/predict/refit.ts'
import type { World } from '../flows/world.ts'
import { addTaskOnce, type Progress, progressAtFirst, type StoredTask } from '../store/tasks.ts'
import type { Learning } from './learning.ts'

/** What a task may reach: the world, and threads that learn. */
export type Working = Readonly<{ world: World; learning: Learning }>

/** Does what one kind of task asks for. */
export type Run = (working: Working, task: StoredTask, report: TaskReport, signal: AbortSignal) => Promise<TaskEnd>

type RunInWorld = (world: World, task: StoredTask, report: TaskReport, signal: AbortSignal) => Promise<TaskEnd>

/** Why a signal stops a task that somebody cancelled; any other is the end of the worker. */
export const CANCELLED = 'cancelled'

/**
 * After new data the leave model learns, and everybody is scored anew. A worker that is stopped meanwhile leaves that to
 * the next one as a task of its own, because the data are in.
 */
export const thenRefit =
  (run: RunInWorld): Run =>
  async (working, task, report, signal) => {
    const { world } = working
    const end = await run(world, task, report, signal)
    if (end.kind !== 'done') return end
    await refitReporting(working, report, signal, end.progress)
    if (!signal.aborted) {
      await planForecast(world)
      await planChecks(world)
    } else if (signal.reason !== CANCELLED) await planLearning(world)
    return end
  }

/** Leaves it to the next worker that is free to learn every kind of model, unless that is planned already. */
export async function planLearning({ db }: World): Promise<void> {
  await addTaskOnce(db, { id: randomUUID(), kind: 'rescore', title: 'Nightly', input: {} })
}

/**
 * Every night all kinds learn; where one is refused, for want of events as a rule, what was live stays so. One that
 * breaks down keeps none of the others from learning, and the task fails at its end with which it was and why.
 */
export const learnAll: Run = async (working, _task, report, signal) => {
  const { world, learning } = working
  const problems: string[] = []
  for (const kind of ['leave', ...fittedKinds.filter((one) => one !== 'leave')] as const) {
    try {
      if (kind === 'leave') await refitReporting(working, report, signal, progressAtFirst)
      else await learning.fit(kind, reporting(report, signal, progressAtFirst))
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error('unknown')
      world.log.error({ kind: name, model: kind }, 'a fit broke down')
      problems.push(`${kind}: ${message}`)
    }
  }
  if (signal.aborted) return { kind: 'stopped', progress: progressAtFirst, problem: null }
  await planForecast(world)
  await planChecks(world)
  if (problems.length > 0) return { kind: 'failed', progress: progressAtFirst, problem: problems.join('; ') }
  return { kind: 'done', progress: progressAtFirst, problem: null }
}

async function refitReporting(
  { world, learning }: Working,
  report: TaskReport,
  signal: AbortSignal,
  before: Progress,
): Promise<void> {
  const kept = await refit(world, reporting(report, signal, before), learning.fit)
  if (kept.kind === 'refused') world.log.info({ because: kept.because }, 'the leave model learned nothing')
  if (kept.kind === 'fitted') tellKept(world, 'leave', kept)
}

const reporting = (report: TaskReport, signal: AbortSignal, before: Progress): FitOptions => ({
  signal,
  progress: ({ doing, done, total }) => report({ ...before, doing, done, total, perSecond: null, secondsLeft: null }),
})

function tellKept({ log }: World, model: string, { version, live, reason }: Extract<Kept, { kind: 'fitted' }>): void {
  log.info({ model, version, live, reason }, 'a model was fitted')
}

/** One kind of model learns. A refusal ends the task with its word, which the screen says in the reader's language. */
export const learnOne: Run = async ({ world, learning }, task, report, signal) => {
  const kind = fittedKinds.find((one) => one === task.input.model)
  assert(kind !== undefined, 'a fit is of a model that there is')
  let latest = progressAtFirst
  const options: FitOptions = {
    signal,
    progress: (progress) => {
      latest = { ...progressAtFirst, ...progress }
      report(latest)
    },
  }
  const kept = kind === 'leave' ? await refit(world, options, learning.fit) : await learning.fit(kind, options)
  if (kept.kind === 'stopped') return { kind: 'stopped', progress: latest, problem: null }
  if (kept.kind === 'refused') {
    return { kind: 'failed', progress: { ...latest, because: kept.because }, problem: kept.say }
  }
  tellKept(world, kind, kept)
  return { kind: 'done', progress: latest, problem: null }
}

/** What the vouchers of everybody will cost is foretold and kept. */
export const forecastVouchers: Run = async ({ learning }, _task, report, signal) => {
  const made = await learning.forecast({
    signal,
    progress: (done) => report({ ...progressAtFirst, doing: 'collecting', done }),
  })
  if (made.kind === 'stopped') return { kind: 'stopped', progress: progressAtFirst, problem: null }
  const problem = made.kind === 'refused' ? made.say : null
  return { kind: problem === null ? 'done' : 'failed', progress: progressAtFirst, problem }
}
