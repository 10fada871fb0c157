import { type Instant, rfc3339 } from '../core/instant.ts'
import { type LeaveModel, priorModel } from '../core/leave-model.ts'
import type { Tx } from './db.ts'

/** The model that scores now: the published priors until the firm's own data say more. */
export async function readLiveModel(tx: Tx): Promise<LeaveModel> {
  const [row] = await tx.query<{ model: LeaveModel }>(
    'select model from models where live order by version desc limit 1',
    [],
    'live-model',
  )
  return row?.model ?? priorModel
}

/** Every model version that ever scored, by version. */
export async function readModels(tx: Tx): Promise<ReadonlyMap<number, LeaveModel>> {
  const rows = await tx.query<{ version: number; model: LeaveModel }>('select version, model from models')
  return new Map([
    [priorModel.version, priorModel] as const,
    ...rows.map(({ version, model }) => [version, model] as const),
  ])
}

/** Keeps a new version, and makes it the live one. */
export async function saveLiveModel(
  tx: Tx,
  model: LeaveModel,
  reason: string,
  dataTo: Instant | undefined,
): Promise<void> {
  await tx.change('update models set live = false where live')
  await tx.change('insert into models (version, model, live, reason, data_to) values ($1, $2, true, $3, $4)', [
    model.version,
    JSON.stringify(model),
    reason,
    dataTo === undefined ? null : rfc3339(dataTo),
  ])
}

/** True when no version was made in the last `hours`. */
export async function isModelOlderThan(tx: Tx, hours: number): Promise<boolean> {
  const [recent] = await tx.query('select from models where created_at > now() - make_interval(hours => $1) limit 1', [
    hours,
  ])
  return recent === undefined
}

/** The number that the next version takes. */
export async function nextModelVersion(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ next: number }>('select coalesce(max(version), 0) + 1 as next from models')
  return row?.next ?? 1
}
