import { appraise } from '../../core/appraise.ts'
import { instant } from '../../core/instant.ts'
import { readLiveModel } from '../../store/models.ts'
import { save } from '../../store/relationships.ts'
import { readSettings } from '../../store/settings.ts'
import { countStates, readStatesScoredOtherwise, type StateRow, tidyStates } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import { fitModel, type Kept } from './fit-models.ts'
import type { FitOptions } from './fit-outcome.ts'

const PAGE = 1_000

/**
 * Fits the leave model to the firm's own events, makes the version live if it may be, and scores everybody whom another
 * version has scored. Safe beside ingestion: an event that comes meanwhile is scored by whichever version is live then.
 */
export async function refit(world: World, options: FitOptions = {}): Promise<Kept> {
  const kept = await fitModel(world, 'leave', options)
  if (kept.kind === 'stopped') return kept
  await rescore(world, options)
  await tidyStates(world.db)
  return kept
}

/** Scores with the live model everybody whom another version has scored. Answers how many that were. */
async function rescore(world: World, { progress, signal }: FitOptions = {}): Promise<number> {
  const model = await readLiveModel(world.db)
  const margins = await readSettings(world.db)
  const asOf = await readAsOf(world.db, world.now())
  const total = await countStates(world.db)
  let done = 0
  for await (const page of pages((after) => readStatesScoredOtherwise(world.db, model, after, PAGE), signal)) {
    const saves = page.map(({ state, ...row }) => {
      // A late clock may have let in an event that lies a little ahead.
      const at = instant(Math.max(asOf, state.lastAt ?? asOf))
      return { ...row, was: row.revision, root: null, of: appraise(state, model, margins, at) }
    })
    // Who got an event meanwhile was scored with it: the save passes over that row, and that is right.
    await world.db.transaction((tx) => save(tx, saves))
    done += page.length
    await progress?.({ doing: 'scoring', done, total })
  }
  return done
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
