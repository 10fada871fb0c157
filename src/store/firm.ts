import type { LeaveModel } from '../core/goodwill/leave-model.ts'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'
import { leaveModelOf } from './models.ts'
import { FIRM_CHANGED, type FirmSettings, layered, SETTING_LAYERS } from './settings.ts'

/** What scores everybody. */
export type Firm = Readonly<{
  settings: FirmSettings
  /** The live leave model. */
  model: LeaveModel
  /** No later event was learned from; null for the published priors. */
  modelDataTo: Instant | null
  /** The kinds of models that have a live version. */
  liveKinds: readonly string[]
}>

/** In case that somebody changes the tables by hand, without the mark. */
const REMEMBERED_MS = 60_000

type Remembered = Readonly<{ changed: string | null; firm: Firm; until: number }>
const remembered = new WeakMap<object, Remembered>()

/**
 * What scores everybody, as long as the mark that was read with the customer is the same from memory: asked with each
 * customer it would take longer than the customer (2026-11-29: 65 of 124 microseconds of PostgreSQL).
 */
export async function firmAt(tx: Tx, changed: string | null): Promise<Firm> {
  const known = remembered.get(tx.memory)
  if (known !== undefined && known.changed === changed && known.until > performance.now()) return known.firm
  const [row] = await tx.query<FirmRow>(
    `select ${FIRM_CHANGED} as changed, m.version, m.created_at, m.data_to,
            (select jsonb_object_agg(name, value) from settings where name = any($1)) as settings,
            array(select kind from models where live) as "liveKinds"
       from (select 1) as one
       left join (select version, created_at, data_to from models where kind = 'leave' and live) m on true`,
    [SETTING_LAYERS],
    'firm',
  )
  if (row === undefined) throw new Error('a row without a condition is there')
  const { version, created_at: createdAt, data_to: dataTo, settings, liveKinds } = row
  const firm: Firm = {
    settings: layered(settings ?? {}),
    model: await leaveModelOf(tx, version === null || createdAt === null ? null : { version, createdAt }),
    modelDataTo: dataTo === null ? null : instant(dataTo.getTime()),
    liveKinds,
  }
  remembered.set(tx.memory, { changed: row.changed, firm, until: performance.now() + REMEMBERED_MS })
  return firm
}

type FirmRow = {
  changed: string | null
  version: number | null
  created_at: Date | null
  data_to: Date | null
  settings: Readonly<Record<string, Partial<FirmSettings>>> | null
  liveKinds: readonly string[]
}
