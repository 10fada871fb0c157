import { fitHazard, hazardCells } from '../../core/hazard/fit-hazard.ts'
import type { HazardKind } from '../../core/hazard/hazard-model.ts'
import { retaliationMonths } from '../../core/hazard/retaliation.ts'
import { winBackOffers } from '../../core/hazard/win-back.ts'
import type { CustomerKey } from '../../core/ids.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { readLiveHazard } from '../../store/live-models.ts'
import { readLiveModel } from '../../store/models.ts'
import { countStates } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import type { Fit, FitOptions, FitOutcome } from './fit-outcome.ts'
import { readHistories } from './read-histories.ts'

/** Learns retaliation or win-back from the log, read once. Memory follows the variety of periods. */
export const fitHazardModel =
  (kind: HazardKind): Fit =>
  (world, options) =>
    learn(kind, world, options)

async function learn(kind: HazardKind, world: World, { progress, signal }: FitOptions): Promise<FitOutcome> {
  const { model: live } = await readLiveHazard(world.db, kind)
  const leave = await readLiveModel(world.db)
  const until = await readAsOf(world.db, world.now())
  const total = await countStates(world.db)
  const cells = hazardCells(until)
  const periodsOf = (customer: CustomerKey, events: readonly CustomerEvent[]) =>
    kind === 'retaliation' ? retaliationMonths(customer, events, until, leave) : winBackOffers(customer, events, until)
  let done = 0
  for await (const page of readHistories(world, signal)) {
    for (const { customer, events } of page) cells.add(periodsOf(customer, events))
    done += page.length
    await progress?.({ doing: 'collecting', done, total })
  }
  if (signal?.aborted === true) return { kind: 'stopped' }
  await progress?.({ doing: 'fitting', done: total, total })
  const fit = fitHazard(kind, cells.finish(), live)
  if (fit.kind === 'refused') return fit
  return { ...fit, model: (version) => ({ ...fit.model, version }), dataTo: until }
}
