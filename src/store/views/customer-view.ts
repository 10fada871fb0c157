import { restored, type StoredState } from '../../core/compact.ts'
import { type Instant, instant } from '../../core/instant.ts'
import type { LeaveModel } from '../../core/leave-model.ts'
import type { Relationship } from '../../core/relationship.ts'
import type { Tx } from '../db.ts'
import { leaveModelOf } from '../models.ts'
import { type FirmSettings, layered } from '../settings.ts'

/** One customer with what scores it: the live model and the settings of the firm. */
export type CustomerRead = Readonly<{
  customer: string
  revision: number
  members: readonly string[]
  root: string | null
  state: Relationship | null
  scoredAt: Instant | null
  model: LeaveModel
  /** No later event was learned from; null for the published priors. */
  modelDataTo: Instant | null
  settings: FirmSettings
  /** The kinds of models that have a live version. */
  liveKinds: readonly string[]
}>

/** One read by primary key, on the shard of the customer; undefined when no event has named the customer. */
export async function findCustomer(tx: Tx, customer: string): Promise<CustomerRead | undefined> {
  const [row] = await tx.query<
    Omit<CustomerRead, 'state' | 'scoredAt' | 'model' | 'modelDataTo' | 'settings'> & {
      state: StoredState | null
      scored_at: Date | null
      version: number | null
      created_at: Date | null
      data_to: Date | null
      settings: Readonly<Record<string, Partial<FirmSettings>>> | null
    }
  >(
    `select r.customer, r.revision, r.members, r.root, s.state, r.scored_at, f.settings, m.version, m.created_at, m.data_to,
            array(select kind from models where live) as "liveKinds"
       from relationships r
       left join states s on s.customer = r.customer
       left join (select jsonb_object_agg(name, value) as settings from settings) f on true
       left join (select version, created_at, data_to from models where kind = 'leave' and live) m on true
      where r.customer = $1`,
    [customer],
    'find-customer',
  )
  if (row === undefined) return undefined
  const { state, scored_at: scoredAt, version, created_at: createdAt, data_to: dataTo, settings, ...rest } = row
  return {
    ...rest,
    state: state === null ? null : restored(state),
    scoredAt: scoredAt === null ? null : instant(scoredAt.getTime()),
    model: await leaveModelOf(tx, version === null || createdAt === null ? null : { version, createdAt }),
    modelDataTo: dataTo === null ? null : instant(dataTo.getTime()),
    settings: layered(settings ?? {}),
  }
}
