import type { AttritionModel, ValueModel } from '../core/attrition/attrition-model.ts'
import { type HazardKind, type HazardModel, priorHazard } from '../core/hazard/hazard-model.ts'
import type { ModelKind } from '../core/learning/fit-report.ts'
import type { KeptRedemption } from '../core/liability/redemption-report.ts'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** The model of a kind that is live: the published priors until the firm's own events say more. */
export async function readLiveHazard(tx: Tx, kind: HazardKind): Promise<LiveHazard> {
  const [row] = await tx.query<{ model: HazardModel; data_to: Date | null }>(
    'select model, data_to from models where kind = $1 and live',
    [kind],
  )
  if (row === undefined) return { model: priorHazard(kind), dataTo: null }
  return { model: row.model, dataTo: row.data_to === null ? null : instant(row.data_to.getTime()) }
}

/** A hazard model that is live, and the last event that it may have learned from. */
export type LiveHazard = Readonly<{ model: HazardModel; dataTo: Instant | null }>

/** The redemption model that is live; undefined before the first. */
export const readLiveRedemption = (tx: Tx): Promise<KeptRedemption | undefined> => readLive(tx, 'redemption')

/** The models of a shop that are live; undefined until both are. */
export async function readLiveShop(
  tx: Tx,
): Promise<Readonly<{ attrition: AttritionModel; value: ValueModel }> | undefined> {
  const [row] = await tx.query<{ attrition: AttritionModel; value: ValueModel }>(
    `select a.model as attrition, v.model as value from models a, models v
      where a.kind = 'attrition' and a.live and v.kind = 'value' and v.live`,
    [],
    'live-shop',
  )
  return row
}

async function readLive<Model>(tx: Tx, kind: ModelKind): Promise<Model | undefined> {
  const [row] = await tx.query<{ model: Model }>('select model from models where kind = $1 and live', [kind], 'live')
  return row?.model
}
