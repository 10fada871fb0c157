import type { Score } from '../../core/goodwill/score.ts'
import { scorerOf } from '../../core/goodwill/scorer.ts'
import { type Instant, instant } from '../../core/time/instant.ts'
import { findLiveModel } from '../../store/models.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import { findCustomer } from '../../store/views/customer-view.ts'
import type { World } from '../world.ts'

/** One customer scored, and by what. */
export type ScoredCustomer =
  | Readonly<{
      kind: 'scored'
      /** Who holds the state: somebody who was merged into another is answered as that one. */
      customer: string
      score: Score
      asOf: Instant
      modelVersion: number
      /** No later event was learned from; null for the published priors. */
      dataTo: Instant | null
    }>
  | Readonly<{ kind: 'profiling-refused'; customer: string; since: Instant }>
  | Readonly<{ kind: 'customer-unknown' }>

/** Scores one customer as of now, and stores nothing. */
export async function scoreCustomer({ db, now }: World, key: string): Promise<ScoredCustomer> {
  const asked = await findCustomer(db, key)
  const read = asked === undefined || asked.root === null ? asked : await findCustomer(db, asked.root)
  if (read === undefined || read.state === null || read.state.lastAt === null) return { kind: 'customer-unknown' }
  const asOf = instant(Math.max(await readAsOf(db, now()), read.state.lastAt))
  const score = scorerOf(read.model, read.settings).score(read.state, asOf)
  if (score.goodwill === null) {
    return { kind: 'profiling-refused', customer: read.customer, since: read.state.profilingRefusedAt ?? asOf }
  }
  const live = await findLiveModel(db, 'leave')
  return {
    kind: 'scored',
    customer: read.customer,
    score,
    asOf,
    modelVersion: read.model.version,
    dataTo: live?.dataTo ?? null,
  }
}
