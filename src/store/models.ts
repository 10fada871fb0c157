import { type LeaveModel, priorModel } from '../core/goodwill/leave-model.ts'
import type { FitReport, LiveReason, ModelKind } from '../core/learning/fit-report.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'
import { noteFirmChange } from './settings.ts'

/** A version of a model as it is kept: what it computes with, and what is told of its fit. */
export type StoredModel = Readonly<{
  kind: ModelKind
  version: number
  /** Plain JSON of the model of this kind. */
  model: unknown
  report: FitReport | null
  live: boolean
  reason: LiveReason
  /** No event after this instant was learned from; null when there was none. */
  dataTo: Instant | null
  createdAt: Instant
}>

/** The leave model that scores now: the published priors until the firm's own data say more. */
export async function readLiveModel(tx: Tx): Promise<LeaveModel> {
  const [row] = await tx.query<KeptVersion>(
    `select version, created_at as "createdAt" from models where kind = 'leave' and live`,
    [],
    'live-model',
  )
  return leaveModelOf(tx, row ?? null)
}

/** What tells a version of a model from every other. */
export type KeptVersion = Readonly<{ version: number; createdAt: Date }>

/**
 * The leave model of a version, which never changes: read once by each process, 13 KB that would be written and parsed
 * for every customer page else. Null is the published priors.
 */
export async function leaveModelOf(tx: Tx, version: KeptVersion | null): Promise<LeaveModel> {
  if (version === null) return priorModel
  const key = `${version.version} ${version.createdAt.getTime()}`
  const kept = leaveModels.get(tx.memory)
  if (kept?.key === key) return kept.model
  const [row] = await tx.query<{ model: LeaveModel }>(
    `select model from models where kind = 'leave' and version = $1`,
    [version.version],
    'leave-model',
  )
  if (row === undefined) return priorModel
  leaveModels.set(tx.memory, { key, model: row.model })
  return row.model
}

const leaveModels = new WeakMap<object, Readonly<{ key: string; model: LeaveModel }>>()

/** Every version of the leave model that ever scored, by version. */
export async function readModels(tx: Tx): Promise<ReadonlyMap<number, LeaveModel>> {
  const rows = await tx.query<{ version: number; model: LeaveModel }>(
    `select version, model from models where kind = 'leave'`,
  )
  return new Map([
    [priorModel.version, priorModel] as const,
    ...rows.map(({ version, model }) => [version, model] as const),
  ])
}

/** The leave model of a version; 0 is what was published. Undefined when there is no such version. */
export async function readLeaveVersion(tx: Tx, version: number): Promise<LeaveModel | undefined> {
  return (await readModels(tx)).get(version)
}

type Row = Omit<StoredModel, 'dataTo' | 'createdAt'> & { dataTo: Date | null; createdAt: Date }

const COLUMNS = 'kind, version, model, report, live, reason, data_to as "dataTo", created_at as "createdAt"'

const fromRow = ({ dataTo, createdAt, ...rest }: Row): StoredModel => ({
  ...rest,
  dataTo: dataTo === null ? null : instant(dataTo.getTime()),
  createdAt: instant(createdAt.getTime()),
})

/** The version of a kind that is live, with its report; undefined before the first. */
export async function findLiveModel(tx: Tx, kind: ModelKind): Promise<StoredModel | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from models where kind = $1 and live`, [kind])
  return row === undefined ? undefined : fromRow(row)
}

/** The newest version of a kind, live or not; undefined before the first. */
export async function findNewestModel(tx: Tx, kind: ModelKind): Promise<StoredModel | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from models where kind = $1 order by version desc limit 1`, [
    kind,
  ])
  return row === undefined ? undefined : fromRow(row)
}

/** When a model learned last; null before the first. */
export async function readLastFitAt(tx: Tx): Promise<Instant | null> {
  const [row] = await tx.query<{ at: Date | null }>('select max(created_at) as at from models')
  return row?.at ? instant(row.at.getTime()) : null
}

const VERSIONS_MAX = 100

/** The versions of a kind, newest first, at most 100. */
export async function readModelVersions(tx: Tx, kind: ModelKind): Promise<readonly StoredModel[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from models where kind = $1 order by version desc limit ${VERSIONS_MAX}`,
    [kind],
  )
  return rows.map(fromRow)
}

/** A version that is to be kept. `model` is given the number that it gets, for models that carry their own. */
export type NewModel = Readonly<{
  kind: ModelKind
  model: (version: number) => unknown
  report: FitReport | null
  live: boolean
  reason: LiveReason
  dataTo: Instant | null
}>

/** Keeps a new version, and makes it the live one of its kind if it is to be. Answers its number. */
export async function saveModel(tx: Tx, { kind, model, report, live, reason, dataTo }: NewModel): Promise<number> {
  // Two fits of a kind at once take their numbers one after the other.
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`model ${kind}`])
  const [row] = await tx.query<{ next: number }>(
    'select coalesce(max(version), 0) + 1 as next from models where kind = $1',
    [kind],
  )
  const version = row?.next ?? 1
  if (live) await tx.change('update models set live = false where kind = $1 and live', [kind])
  await tx.change(
    `insert into models (kind, version, model, report, live, reason, data_to) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      kind,
      version,
      JSON.stringify(model(version)),
      report === null ? null : JSON.stringify(report),
      live,
      reason,
      dataTo === null ? null : rfc3339(dataTo),
    ],
  )
  if (live) await noteFirmChange(tx)
  return version
}

/** True when no version of a kind was made in the last `hours`. */
export async function isModelOlderThan(tx: Tx, kind: ModelKind, hours: number): Promise<boolean> {
  const [recent] = await tx.query(
    'select 1 from models where kind = $1 and created_at > now() - make_interval(hours => $2) limit 1',
    [kind, hours],
  )
  return recent === undefined
}
