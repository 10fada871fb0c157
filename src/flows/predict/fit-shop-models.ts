import { fitAttrition, fitValue, lifeCollector, type Spend } from '../../core/attrition/attrition-model.ts'
import { announcesLeaving, type ShopLife, shopLife } from '../../core/attrition/shop-life.ts'
import type { Instant } from '../../core/time/instant.ts'
import { keyedShare } from '../../stats/keyed-share.ts'
import { readLiveModel } from '../../store/models.ts'
import { countStates } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import type { FitOptions, FitOutcome } from './fit-outcome.ts'
import { readHistories } from './read-histories.ts'

/** Customers that are learned from: 24 months of each are 75 MB of covariates. */
const CUSTOMERS_MAX = 10_000

/** Learns leaving and buying where nobody says goodbye, from all customers or a sample that is the same every night. */
export async function fitAttritionModel(world: World, options: FitOptions): Promise<FitOutcome> {
  const collector = lifeCollector()
  const read = await readLives(world, collector.add, options)
  if (read === 'stopped') return { kind: 'stopped' }
  const fit = fitAttrition(collector.told(), read)
  return fit.kind === 'refused' ? fit : kept(fit, read.until)
}

/** Learns what an order of a customer is worth, in minor units of the firm's currency. */
export async function fitValueModel(world: World, options: FitOptions): Promise<FitOutcome> {
  const spends: Spend[] = []
  const add = ({ paidCount, meanMinor }: ShopLife) => void spends.push({ count: paidCount, meanMinor })
  const read = await readLives(world, add, options)
  if (read === 'stopped') return { kind: 'stopped' }
  const fit = fitValue(spends)
  return fit.kind === 'refused' ? fit : kept(fit, read.until)
}

// What foretells an amount has no chances to compare: the newest is live.
const kept = <Model extends object>(
  { model, report }: Readonly<{ model: Model; report: Extract<FitOutcome, { kind: 'fitted' }>['report'] }>,
  dataTo: Instant,
): FitOutcome => ({
  kind: 'fitted',
  model: (version) => ({ ...model, version }),
  report,
  live: true,
  reason: 'nothing-to-compare',
  dataTo,
})

type Read = Readonly<{ people: number; declared: number; until: Instant }>

async function readLives(
  world: World,
  add: (life: ShopLife) => void,
  { progress, signal }: FitOptions,
): Promise<Read | 'stopped'> {
  const leave = await readLiveModel(world.db)
  const until = await readAsOf(world.db, world.now())
  const total = await countStates(world.db)
  const share = CUSTOMERS_MAX / Math.max(1, total)
  let declared = 0
  let done = 0
  for await (const page of readHistories(world, signal)) {
    for (const { customer, events } of page) {
      if (keyedShare('shop lives', customer) >= share) continue
      const life = shopLife(customer, events, until, leave)
      if (life !== null) add(life)
      else if (announcesLeaving(events)) declared += 1
    }
    done += page.length
    await progress?.({ doing: 'collecting', done, total })
  }
  if (signal?.aborted === true) return 'stopped'
  await progress?.({ doing: 'fitting', done, total })
  return { people: total, declared, until }
}
