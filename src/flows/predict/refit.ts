import { type Calibration, calibrator } from '../../core/calibrate.ts'
import type { Instant } from '../../core/instant.ts'
import type { LeaveModel } from '../../core/leave-model.ts'
import { readLiveModel, saveModel } from '../../store/models.ts'
import { countStates, readStates, type StateRow } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import { scoreAll } from './score-all.ts'

const PAGE = 1_000

/** How far a refit is, in customers. */
export type RefitProgress = Readonly<{ doing: 'counting' | 'scoring'; done: number; total: number }>

/** Who hears about progress, and what stops it. */
export type RefitOptions = Readonly<{
  progress?: (progress: RefitProgress) => void | Promise<void>
  signal?: AbortSignal
}>

/**
 * Sets the intercept, the centres, and the norms of the leave model from the firm's own data where these can be known
 * (priors, "Fit and use" 1), makes that version the live one, and scores everybody with it. The slopes stay at their
 * priors. Safe beside ingestion: an event that comes meanwhile is scored by whichever version is live then.
 */
export async function refit(world: World, options: RefitOptions = {}): Promise<Calibration> {
  const was = await readLiveModel(world.db)
  const asOf = await readAsOf(world.db, world.now())
  const calibration = await calibrate(world, was, asOf, options)
  if (options.signal?.aborted !== true) {
    await world.db.transaction((tx) =>
      saveModel(tx, {
        kind: 'leave',
        model: (version) => ({ ...calibration.model, version }),
        report: null,
        live: true,
        reason: calibration.kind === 'calibrated' ? 'nothing-to-compare' : 'too-few',
        dataTo: asOf,
      }),
    )
    await scoreAll(world, options)
  }
  return calibration
}

async function calibrate(world: World, was: LeaveModel, asOf: Instant, { progress, signal }: RefitOptions) {
  const counting = calibrator(was, asOf)
  const total = 2 * (await countStates(world.db))
  let done = 0
  for (const see of [counting.observe, counting.weigh]) {
    for await (const page of pages((after) => readStates(world.db, after, PAGE), signal)) {
      for (const { state } of page) see(state)
      done += page.length
      await progress?.({ doing: 'counting', done, total })
    }
  }
  return counting.finish(was.version + 1)
}

async function* pages(read: (after: string) => Promise<readonly StateRow[]>, signal: AbortSignal | undefined) {
  let after = ''
  while (signal?.aborted !== true) {
    const page = await read(after)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.customer
  }
}
