import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { type Scorer, scoreColumns, scorerOf } from '../../core/goodwill/scorer.ts'
import { StateRows } from '../../core/goodwill/state-rows.ts'
import { sqlState } from '../../store/db.ts'
import { readLiveModel } from '../../store/models.ts'
import { saveScores } from '../../store/scores.ts'
import {
  claimSlice,
  countScored,
  endRun,
  finishSlice,
  openRun,
  type ScoringRun,
  SLICE_CUSTOMERS,
  type Slice,
} from '../../store/scoring-run.ts'
import { readSettings } from '../../store/settings.ts'
import { countStates, readStatesBetween, tidyScores } from '../../store/states.ts'
import { progressAtFirst, reportTask } from '../../store/tasks.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'

/** While the database reads or writes one slice, this process computes another. */
const SLICES_AT_ONCE = 4
/** How often to ask whether a slice that another worker holds has been done, or given up. */
const WAIT_MS = 500
const TELL_MS = 1_000
const TRIES_MAX = 5
const DEADLOCK = '40P01'

/** How far a scoring run is, in customers, with everybody who works on it. */
export type ScoringProgress = Readonly<{
  doing: 'scoring'
  done: number
  total: number
  perSecond: number | null
  secondsLeft: number | null
}>

/** Who hears about progress, what stops it, the task that asks for it, where one does, and how large a slice is. */
export type ScoringOptions = Readonly<{
  progress?: (progress: ScoringProgress) => void | Promise<void>
  signal?: AbortSignal
  task?: string
  sliceCustomers?: number
}>

/** How many customers the run scored, with everybody who worked on it, and how long this part in it took. */
export type Scoring = Readonly<{ kind: 'done' | 'stopped'; customers: number; seconds: number }>

/**
 * Scores everybody with the live leave model. Whoever calls this while a run goes on works along in it, slice by slice;
 * what a worker held that was killed is scored by the others. Who gets an event meanwhile keeps the score that came
 * with it.
 */
export async function scoreAll(world: World, options: ScoringOptions = {}): Promise<Scoring> {
  const { db } = world
  const began = performance.now()
  const model = await readLiveModel(db)
  const asOf = await readAsOf(db, world.now())
  const run = await db.transaction((tx) =>
    openRun(tx, { id: options.task ?? randomUUID(), version: model.version, asOf }),
  )
  const scorer = scorerOf(model, await readSettings(db))
  const tell = teller(world, run, await countStates(db), await countScored(db, run), options)
  const lane = () => scoreSlices(world, run, scorer, tell, options)
  const ends = await Promise.all(Array.from({ length: SLICES_AT_ONCE }, lane))
  const seconds = () => (performance.now() - began) / 1_000
  if (ends.includes('stopped')) return { kind: 'stopped', customers: await countScored(db, run), seconds: seconds() }
  const end = await db.transaction((tx) => endRun(tx, run))
  if (end.ours) await tidyScores(db)
  return { kind: end.kind === 'done' ? 'done' : 'stopped', customers: end.customers, seconds: seconds() }
}

type Tell = () => Promise<'go-on' | 'stop'>

function teller(world: World, run: ScoringRun, total: number, before: number, { progress }: ScoringOptions): Tell {
  const began = performance.now()
  let toldAt = Number.NEGATIVE_INFINITY
  return async () => {
    // Counting reads every slice of the run: not after each of them.
    if (performance.now() - toldAt < TELL_MS) return 'go-on'
    toldAt = performance.now()
    const done = await countScored(world.db, run)
    const perSecond = (1_000 * (done - before)) / (performance.now() - began)
    const secondsLeft = perSecond > 0 ? Math.max(0, total - done) / perSecond : null
    const now = { doing: 'scoring' as const, done, total, perSecond, secondsLeft }
    const cancelled = await reportTask(world.db, run.id, { ...progressAtFirst, ...now }, undefined)
    await progress?.(now)
    return cancelled ? 'stop' : 'go-on'
  }
}

async function scoreSlices(
  world: World,
  run: ScoringRun,
  scorer: Scorer,
  tell: Tell,
  { signal, sliceCustomers = SLICE_CUSTOMERS }: ScoringOptions,
): Promise<'over' | 'stopped'> {
  while (signal?.aborted !== true) {
    const claim = await world.db.transaction((tx) => claimSlice(tx, run, sliceCustomers))
    if (claim.kind === 'over') return 'over'
    if (claim.kind === 'wait')
      await after(WAIT_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
    else {
      await scoreSlice(world, run, scorer, claim.slice)
      if ((await tell()) === 'stop') return 'stopped'
    }
  }
  return 'stopped'
}

async function scoreSlice({ db }: World, run: ScoringRun, scorer: Scorer, slice: Slice): Promise<void> {
  const states = await readStatesBetween(db, slice.after, slice.upto)
  const rows = new StateRows()
  for (const { state } of states) rows.add(state)
  const scores = scoreColumns(rows.count)
  scorer.scoreRows(rows, run.asOf, scores)
  const scored = {
    customers: states.map(({ customer }) => customer),
    revisions: states.map(({ revision }) => revision),
    scores,
  }
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction(async (tx) => {
        if (await finishSlice(tx, run, slice)) await saveScores(tx, run.version, scored)
      })
    } catch (error) {
      // Whoever saves customers takes them by key, and so do we where PostgreSQL looks them up one by one. Where it reads
      // the whole table instead, events that come in may hold rows of ours, and one of both has to give way.
      if (sqlState(error) !== DEADLOCK || tries >= TRIES_MAX) throw error
    }
  }
}
