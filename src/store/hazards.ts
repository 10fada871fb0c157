import { type HazardKind, type HazardModel, priorHazard } from '../core/hazard/hazard-model.ts'
import type { Tx } from './db.ts'

/** The model of a kind that is live: the published priors until the firm's own events say more. */
export async function readLiveHazard(tx: Tx, kind: HazardKind): Promise<HazardModel> {
  const [row] = await tx.query<{ model: HazardModel }>('select model from models where kind = $1 and live', [kind])
  return row?.model ?? priorHazard(kind)
}
