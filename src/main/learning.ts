import type { FitModel, FittedKind, Kept } from '../flows/predict/fit-models.ts'
import type { FitProgress } from '../flows/predict/fit-outcome.ts'
import type { ForecastLiability } from '../flows/predict/forecast-liability.ts'
import type { BookRun } from '../flows/predict/read-book.ts'
import { inThread } from './in-thread.ts'

const THREAD = new URL('./learning-thread.ts', import.meta.url)
/** Of objects; tables of numbers lie beside it, and each kind of model bounds its own. */
const HEAP_MIB = 256

/** What a thread that learns is to do, and where its database is. */
export type LearningInput = Readonly<{
  connectionString: string
  work: Readonly<{ kind: 'fit'; model: FittedKind }> | Readonly<{ kind: 'forecast' }>
}>

/** Learning and forecasting: what computes for seconds on end. */
export type Learning = Readonly<{ fit: FitModel; forecast: (run: BookRun) => Promise<ForecastLiability> }>

/**
 * Learns and forecasts in a thread, with a connection of its own to this database; one at a time, so that two lanes never
 * hold the memory of two fits.
 */
export function learningIn(connectionString: string): Learning {
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <Done>(begin: () => Promise<Done>): Promise<Done> => {
    const mine = before.then(begin)
    before = mine.catch(() => undefined)
    return mine
  }
  const inputOf = (work: LearningInput['work']): LearningInput => ({ connectionString, work })
  return {
    fit: (model, options) =>
      inTurn(() =>
        inThread<Kept, FitProgress>(THREAD, { ...options, input: inputOf({ kind: 'fit', model }), heapMib: HEAP_MIB }),
      ),
    forecast: (run) =>
      inTurn(() =>
        inThread<ForecastLiability, number>(THREAD, {
          ...run,
          input: inputOf({ kind: 'forecast' }),
          heapMib: HEAP_MIB,
        }),
      ),
  }
}
