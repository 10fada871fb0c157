import type { World } from '../world.ts'
import { type FitModel, fitModel, type Kept } from './fit-models.ts'
import type { FitOptions } from './fit-outcome.ts'
import { scoreAll } from './score-all.ts'

/**
 * Fits the leave model to the firm's own events, makes the version live if it may be, and scores everybody with the one
 * that is live. Safe beside ingestion: an event that comes meanwhile is scored by whichever version is live then.
 * `fitOne` says where it is fitted: here, unless told otherwise.
 */
export async function refit(
  world: World,
  options: FitOptions = {},
  fitOne: FitModel = (kind, of) => fitModel(world, kind, of),
): Promise<Kept> {
  const kept = await fitOne('leave', options)
  if (kept.kind === 'stopped') return kept
  await scoreAll(world, options)
  return kept
}
