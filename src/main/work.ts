import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { checkNames } from '../core/checks/checks.ts'
import { DAY_MS } from '../core/time/instant.ts'
import { endOffer } from '../flows/act/cases/choose-remedy.ts'
import { watchClocks } from '../flows/act/cases/watch-clocks.ts'
import { watchPromises } from '../flows/act/cases/watch-promises.ts'
import { checksDue, planChecks, runChecks } from '../flows/act/checks/run-checks.ts'
import { workOutTeams } from '../flows/act/checks/work-out-teams.ts'
import { endExit } from '../flows/act/exits/take-exit-step.ts'
import { planGestures } from '../flows/act/gestures/plan-gestures.ts'
import { watchGestures } from '../flows/act/gestures/watch-gestures.ts'
import { runIncidentStep } from '../flows/act/incidents/run-incident-step.ts'
import { inviteToRound } from '../flows/act/listening/invite-to-round.ts'
import { watchOccasions } from '../flows/act/listening/watch-occasions.ts'
import { deliverWebhook } from '../flows/act/messages/deliver-webhook.ts'
import { planSubscriptions } from '../flows/act/messages/plan-subscriptions.ts'
import { sendMessage } from '../flows/act/messages/send-message.ts'
import { lookUpDataRequest } from '../flows/act/privacy/ask-about-data.ts'
import { forgetSilent, planForgetting } from '../flows/act/privacy/forget-silent.ts'
import { forgetOverData, handOverData } from '../flows/act/privacy/hand-over-data.ts'
import { removeWords } from '../flows/act/privacy/remove-words.ts'
import { expireVouchers } from '../flows/act/vouchers/expire-vouchers.ts'
import { remindVouchers } from '../flows/act/vouchers/remind-vouchers.ts'
import { folderOf, runImport, runSimulation, type TaskEnd, type TaskReport } from '../flows/ingest/run-task.ts'
import { scoreAll } from '../flows/predict/score-all.ts'
import { workOutTerms } from '../flows/predict/work-out-terms.ts'
import type { World } from '../flows/world.ts'
import { isConnectionLost } from '../store/db.ts'
import { forgetOldClaims } from '../store/idempotency.ts'
import { runJobs } from '../store/jobs.ts'
import { isModelOlderThan } from '../store/models.ts'
import { countStates } from '../store/states.ts'
import {
  endTask,
  isTaskOlderThan,
  type Progress,
  progressAtFirst,
  releaseTask,
  reportTask,
  type StoredTask,
  type TaskLane,
  takeTask,
  taskLanes,
} from '../store/tasks.ts'
import {
  CANCELLED,
  forecastVouchers,
  learnAll,
  learnOne,
  planLearning,
  type Run,
  thenRefit,
  type Working,
} from './learn-tasks.ts'
import type { Learning } from './learning.ts'

const IDLE_MS = 500
const HOUSE_LOOK_MS = 600_000
const NIGHTLY_HOURS = 24
const BROKEN_MS = 2_000
const CLOCKS_MS = 2_000
const REPORT_MS = 1_000
const UPLOAD_DAYS = 7
const REJECT_DAYS = 30

/**
 * Takes jobs and tasks until told to stop: short jobs (mail, webhooks) several at a time, long tasks one by one in each
 * lane. What is at hand when the signal comes is ended (jobs) or left for the next worker (tasks).
 */
export async function work(world: World, learning: Learning, signal: AbortSignal): Promise<void> {
  const jobs = await runJobs(
    world.db,
    {
      'message.send': (message) => sendMessage(world, message),
      'webhook.deliver': (delivery) => deliverWebhook(world, delivery),
      'exit.end': ({ id }) => endExit(world, id),
      'data.look-up': ({ id }) => lookUpDataRequest(world, id),
      'data.pack': (pack) => handOverData(world, pack),
      'offer.end': (offer) => endOffer(world, offer),
      'asking.plan': (page) => planSubscriptions(world, page),
      'gestures.plan': (page) => planGestures(world, page),
      'input.invite': ({ round }, aborted) => inviteToRound(world, round, aborted),
    },
    (error) => world.log.error({ kind: error.name }, 'the job queue was interrupted'),
  )
  try {
    const lanes = taskLanes.map((lane) => workOnTasks({ world, learning }, lane, signal))
    await Promise.all([...lanes, workOnClocks(world, signal), keepHouse(world, signal)])
  } finally {
    await jobs.stop()
  }
}

/**
 * Takes the tasks of one lane, one after the other, until told to stop. A task whose worker was killed is taken over,
 * and goes on from its last checkpoint. Stopped by the signal, the task at hand is left for the next worker.
 */
async function workOnTasks(working: Working, lane: TaskLane, signal: AbortSignal): Promise<void> {
  const { world } = working
  while (!signal.aborted) {
    try {
      const task = await takeTask(world.db, lane)
      if (task === undefined) await after(IDLE_MS, undefined, { signal }).catch(() => undefined)
      else await carryOut(working, task, signal)
    } catch (error) {
      world.log.error({ kind: error instanceof Error ? error.name : 'unknown', lane }, 'the worker was interrupted')
      await after(BROKEN_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Every ten minutes: has the night's learning been done, and what has expired meanwhile? */
async function keepHouse(world: World, signal: AbortSignal): Promise<void> {
  await tidy(world).catch(() => undefined)
  while (!signal.aborted) {
    let pause = HOUSE_LOOK_MS
    try {
      await planNightly(world)
      await expireVouchers(world)
      await forgetOverData(world)
      await remindVouchers(world)
      await planChecks(world)
      await planForgetting(world)
    } catch (error) {
      world.log.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'the housekeeping was interrupted')
      pause = BROKEN_MS
    }
    await after(pause, undefined, { signal }).catch(() => undefined)
  }
}

/** Looks every two seconds at promises whose time has passed, clocks of cases, occasions to ask and moments, beside whatever task is at hand. */
async function workOnClocks(world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await watchPromises(world, signal)
      await watchClocks(world, signal)
      await watchOccasions(world, signal)
      await watchGestures(world, signal)
    } catch (error) {
      world.log.error({ kind: error instanceof Error ? error.name : 'unknown' }, 'the clocks were interrupted')
    }
    await after(CLOCKS_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Once a day every model is fitted and everybody is scored anew, so that no score is older than a day. */
async function planNightly(world: World): Promise<void> {
  if (!(await isModelOlderThan(world.db, 'leave', NIGHTLY_HOURS))) return
  // A fit that was refused leaves no version, and would be tried again with each look.
  if (!(await isTaskOlderThan(world.db, 'rescore', NIGHTLY_HOURS))) return
  if ((await countStates(world.db)) === 0) return
  await planLearning(world)
}

async function carryOut(working: Working, task: StoredTask, stop: AbortSignal): Promise<void> {
  const { world } = working
  world.log.info({ task: task.id, kind: task.kind }, 'task begun')
  const cancel = new AbortController()
  const signal = AbortSignal.any([stop, cancel.signal])
  let latest: Progress = task.progress
  let checkpoint: unknown
  let reporting: Promise<void> = Promise.resolve()
  const flush = () => {
    reporting = reporting
      .then(async () => {
        if (await reportTask(world.db, task.id, latest, checkpoint)) cancel.abort(CANCELLED)
      })
      .catch(() => undefined)
  }
  const beat = setInterval(flush, REPORT_MS)
  const report: TaskReport = (progress, newCheckpoint) => {
    latest = progress
    if (newCheckpoint !== undefined) checkpoint = newCheckpoint
  }
  try {
    const end = await runOf[task.kind](working, task, report, signal)
    clearInterval(beat)
    await reporting
    if (end.kind === 'stopped' && stop.aborted) return await giveBack(world, task, stop)
    const state = end.kind === 'stopped' ? 'cancelled' : end.kind
    await endTask(world.db, task.id, { state, progress: end.progress, problem: end.problem })
    world.log.info({ task: task.id, state }, 'task ended')
  } catch (error) {
    clearInterval(beat)
    await reporting
    // The database went away, and comes back: that ends no task.
    if (error instanceof Error && isConnectionLost(error)) return await giveBack(world, task, stop)
    const problem = error instanceof Error ? error.message : String(error)
    world.log.error({ task: task.id, kind: task.kind }, 'task failed')
    await endTask(world.db, task.id, { state: 'failed', progress: latest, problem })
  } finally {
    clearInterval(beat)
  }
}

/** Puts a task back to be gone on with as soon as the database answers; without an answer its lease runs out. */
async function giveBack(world: World, task: StoredTask, stop: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await releaseTask(world.db, task.id)
    } catch {
      if (stop.aborted) return
      await after(IDLE_MS, undefined, { signal: stop }).catch(() => undefined)
    }
  }
}

const runOf: Readonly<Record<StoredTask['kind'], Run>> = {
  import: thenRefit(runImport),
  simulate: thenRefit(runSimulation),
  rescore: learnAll,
  score: async ({ world }, task, report, signal) => {
    const { kind, customers } = await scoreAll(world, {
      task: task.id,
      signal,
      progress: (progress) => report({ ...progressAtFirst, ...progress }),
    })
    return { kind, progress: { ...progressAtFirst, done: customers, total: customers }, problem: null }
  },
  forecast: forecastVouchers,
  fit: learnOne,
  checks: check,
  forget,
  incident: async ({ world }, task, report, signal) => {
    let latest = progressAtFirst
    const { kind } = await runIncidentStep(world, task.id, {
      signal,
      progress: ({ doing, waiting, done, skipped }) => {
        const [ended, total] = [done + skipped, waiting + done + skipped]
        latest = { ...progressAtFirst, doing, done: ended, total, accepted: done, rejected: skipped }
        report(latest)
      },
    })
    return { kind, progress: latest, problem: null }
  },
}

/** Runs every check if somebody asked for that, else those that are due; then works out the figures of teams and of terms that end. */
async function check({ world }: Working, task: StoredTask, report: TaskReport, signal: AbortSignal): Promise<TaskEnd> {
  const named = checkNames.filter((name) => name === task.input.check)
  const isOne = named.length > 0
  const names = task.input.all === true ? checkNames : isOne ? named : await checksDue(world)
  let latest = progressAtFirst
  const found = await runChecks(world, names, {
    signal,
    progress: (done, total) => {
      latest = { ...progressAtFirst, doing: 'checking', done, total }
      report(latest)
    },
  })
  // Neither rests on what a single check was asked for.
  if (!signal.aborted && !isOne) {
    await workOutTeams(world)
    await workOutTerms(world, signal)
  }
  const failing = found.flatMap(({ name, finding }) => (finding.state === 'fails' ? [name] : []))
  world.log.info({ checks: found.length, failing }, 'checks ran')
  const progress = { ...latest, done: found.length, total: names.length }
  return { kind: found.length < names.length ? 'stopped' : 'done', progress, problem: null }
}

/** Erases who was silent for as long as the firm keeps data, then removes words that it keeps no longer. */
async function forget(
  { world }: Working,
  _task: StoredTask,
  report: TaskReport,
  signal: AbortSignal,
): Promise<TaskEnd> {
  let latest = progressAtFirst
  const told = (doing: 'erasing' | 'removing words', before: number) => (looked: number, did: number) => {
    latest = { ...progressAtFirst, doing, done: looked, accepted: before + did }
    report(latest)
  }
  const { erased } = await forgetSilent(world, { signal, progress: told('erasing', 0) })
  const { removed } = await removeWords(world, { signal, progress: told('removing words', erased) })
  if (erased + removed > 0) world.log.info({ erased, removed }, 'what is kept no longer was removed')
  return { kind: signal.aborted ? 'stopped' : 'done', progress: latest, problem: null }
}

/** Uploads and rejected rows hold personal data: they go when nobody needs them any more. */
async function tidy(world: World): Promise<void> {
  await forgetOldClaims(world.db)
  for (const [kind, days] of [
    ['uploads', UPLOAD_DAYS],
    ['rejects', REJECT_DAYS],
  ] as const) {
    const folder = folderOf(world, kind)
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      const { mtimeMs } = await stat(path)
      if (mtimeMs < world.now() - days * DAY_MS) await rm(path, { recursive: true, force: true })
    }
  }
}
