import type { Liability } from '../../contract/liability.ts'
import type { Tx } from '../../store/db.ts'
import { findForecast } from '../../store/forecasts.ts'

/** The liability as it was computed last, or that none was yet. */
export type ShownLiability = Readonly<{ kind: 'shown'; liability: Liability }> | Readonly<{ kind: 'forecast-missing' }>

/** What the last forecast said. Nothing is computed here: that takes longer than a page may. */
export async function showLiability(tx: Tx): Promise<ShownLiability> {
  const stored = await findForecast<Liability>(tx, 'liability')
  return stored === undefined ? { kind: 'forecast-missing' } : { kind: 'shown', liability: stored.body }
}
