import { randomUUID } from 'node:crypto'
import { setImmediate as others } from 'node:timers/promises'
import type { Liability as LiabilityAnswer } from '../../contract/liability.ts'
import { liabilitySteps } from '../../core/liability/liability.ts'
import type { Refusal } from '../../stats/refusal.ts'
import { saveForecast } from '../../store/forecasts.ts'
import { readSettings } from '../../store/settings.ts'
import { addTaskOnce } from '../../store/tasks.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import { readVoucherHolders } from '../../store/views/voucher-view.ts'
import type { World } from '../world.ts'
import { type BookRun, readBook } from './read-book.ts'
import { tellLiability } from './tell-liability.ts'

const BACKTEST_MONTHS = 12
/** The same log gives the same forecast: nobody should wonder why a band moved over night. */
const SEED = 20_260_601

/** What was computed and kept; or nothing was, because it was told to stop or the fit was refused. */
export type ForecastLiability =
  | Readonly<{ kind: 'forecast'; liability: LiabilityAnswer }>
  | Readonly<{ kind: 'stopped' }>
  | Refusal

/** What a forecast tells while it is made: how many holders were read, then how many forecasts were made. */
type ForecastRun = BookRun & Readonly<{ forecasting?: (now: Readonly<{ done: number; total: number }>) => void }>

/**
 * Reads the vouchers of everybody from the log, fits, forecasts, repeats that for the past months, and keeps the result
 * for whoever asks. Memory grows with the variety of vouchers, not with their number.
 */
export async function forecastLiability(world: World, run: ForecastRun = {}): Promise<ForecastLiability> {
  const { currency } = await readSettings(world.db)
  const asOf = await readAsOf(world.db, world.now())
  const book = await readBook(world, { asOf, currency, backtestMonths: BACKTEST_MONTHS }, run)
  if (book === 'stopped') return { kind: 'stopped' }
  const made = await inSteps(liabilitySteps(book, { seed: SEED }), run)
  if (made === 'stopped') return { kind: 'stopped' }
  if (made.kind === 'refused') return made
  const madeAt = world.now()
  const told = tellLiability(made, { asOf, madeAt, currency })
  await saveForecast(world.db, 'liability', { asOf, madeAt, body: told })
  return { kind: 'forecast', liability: told }
}

/** One step computes for seconds: mail, clocks and imports of the same worker have their turn after each. */
async function inSteps<Done>(
  steps: Generator<Readonly<{ done: number; total: number }>, Done>,
  { signal, forecasting }: ForecastRun,
): Promise<Done | 'stopped'> {
  for (;;) {
    if (signal?.aborted === true) return 'stopped'
    const step = steps.next()
    if (step.done === true) return step.value
    forecasting?.(step.value)
    await others()
  }
}

/** Leaves the forecast to the next worker that is free, unless it is planned already; nothing where nobody has vouchers. */
export async function planForecast(world: World): Promise<void> {
  const [holder] = await readVoucherHolders(world.db, '', 1)
  if (holder !== undefined) {
    await addTaskOnce(world.db, { id: randomUUID(), kind: 'forecast', title: 'Vouchers', input: {} })
  }
}
