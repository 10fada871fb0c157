import { priorRedemption, reportRedemption } from '../../core/liability/redemption-report.ts'
import { calendarMonthOf } from '../../core/time/instant.ts'
import { readLiveRedemption } from '../../store/live-models.ts'
import { readSettings } from '../../store/settings.ts'
import { countStates } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import type { FitOptions, FitOutcome } from './fit-outcome.ts'
import { readBook } from './read-book.ts'

/** Learns when vouchers are used, from the vouchers of everybody. */
export async function fitRedemptionModel(world: World, { progress, signal }: FitOptions): Promise<FitOutcome> {
  const { currency } = await readSettings(world.db)
  const asOf = await readAsOf(world.db, world.now())
  const total = await countStates(world.db)
  const book = await readBook(
    world,
    { asOf, currency, backtestMonths: 0 },
    {
      progress: (done) => progress?.({ doing: 'collecting', done, total }),
      ...(signal === undefined ? {} : { signal }),
    },
  )
  if (book === 'stopped') return { kind: 'stopped' }
  await progress?.({ doing: 'fitting', done: total, total })
  const fit = reportRedemption([...book.risk.values()], {
    vouchers: book.vouchers,
    lastMonth: calendarMonthOf(asOf),
    live: (await readLiveRedemption(world.db)) ?? priorRedemption,
  })
  if (fit.kind === 'refused') return fit
  return { ...fit, model: (version) => ({ ...fit.model, version }), dataTo: asOf }
}
