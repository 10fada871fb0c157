import {
  fitShopLeave,
  learnsFromBuying,
  type ShopStart,
  shareOfShop,
  shopCollector,
  shopCounter,
} from '../../core/attrition/shop-leave.ts'
import { announcesLeaving, isShopCustomer } from '../../core/attrition/shop-life.ts'
import { type LeaveModel, priorModel } from '../../core/goodwill/leave-model.ts'
import { normCounter } from '../../core/goodwill/own-norms.ts'
import { fitLeave, tooFew } from '../../core/learning/fit-leave.ts'
import {
  type MonthTable,
  monthCollector,
  monthCounter,
  type Shares,
  sharesFor,
} from '../../core/learning/month-table.ts'
import { tellMonths } from '../../core/learning/person-months.ts'
import type { Instant } from '../../core/time/instant.ts'
import { keyedShare } from '../../stats/keyed-share.ts'
import { readLiveModel } from '../../store/models.ts'
import { countStates } from '../../store/states.ts'
import { readAsOf } from '../../store/views/as-of-view.ts'
import type { World } from '../world.ts'
import type { FitOptions, FitOutcome } from './fit-outcome.ts'
import { readHistories } from './read-histories.ts'

/**
 * Learns the leave model from the log, read twice: once to count and to see what is usual, once to collect months.
 * Where most customers buy and say nothing when they leave, it is learned from buying; else from declared exits, and
 * the silence of the others counts for nothing. Memory is bounded by the rows, whatever the number of customers.
 */
export async function fitLeaveModel(world: World, options: FitOptions): Promise<FitOutcome> {
  const live = await readLiveModel(world.db)
  const until = await readAsOf(world.db, world.now())
  const total = 2 * (await countStates(world.db))
  const { counts, normed, base } = await countAll(world, until, total, options)
  if (isStopped(options)) return { kind: 'stopped' }
  // Slopes start from the published priors each time: the posterior of the last fit holds the same events already.
  const model = normed({ ...priorModel, products: live.products })
  if (learnsFromBuying(base)) return fromBuying(world, { model, live, until, base }, options)
  const few = tooFew(counts)
  if (few !== undefined) return { ...few, instead: withoutSlopes(model, live, until) }
  const table = await collectAll(world, { until, model, live, shares: sharesFor(counts), total }, options)
  if (isStopped(options)) return { kind: 'stopped' }
  await options.progress?.({ doing: 'fitting', done: total, total })
  const fit = fitLeave(table, counts, { model, live, until })
  if (fit.kind === 'refused') return fit
  return { ...fit, model: (version) => ({ ...fit.model, version }), dataTo: until }
}

async function fromBuying(world: World, start: ShopStart, { progress, signal }: FitOptions): Promise<FitOutcome> {
  const { model, live, until, base } = start
  const share = shareOfShop(base)
  const collector = shopCollector(start)
  const customers = await countStates(world.db)
  let done = customers
  for await (const page of readHistories(world, signal)) {
    for (const { customer, events } of page) {
      if (share >= 1 || keyedShare(SHOP_KEY, customer) < share) collector.add(customer, events)
    }
    done += page.length
    await progress?.({ doing: 'collecting', done, total: 2 * customers })
  }
  if (signal?.aborted === true) return { kind: 'stopped' }
  await progress?.({ doing: 'fitting', done: 2 * customers, total: 2 * customers })
  const fit = fitShopLeave(collector.shoppers(), start)
  if (fit.kind === 'fitted') return { ...fit, model: (version) => ({ ...fit.model, version }), dataTo: until }
  return fit.because === 'too-few' ? { ...fit, instead: withoutSlopes(model, live, until) } : fit
}

const isStopped = ({ signal }: FitOptions): boolean => signal?.aborted === true

/** Draws the same customers every night. */
const SHOP_KEY = 'shop leaving'

// The firm's own averages around published slopes; they do not take the place of anything that was learned.
const withoutSlopes = (model: LeaveModel, live: LeaveModel, until: Instant) => ({
  model: (version: number) => ({ ...model, version }),
  live: live.exits === 0,
  reason: 'too-few' as const,
  dataTo: until,
})

async function countAll(world: World, until: Instant, total: number, { progress, signal }: FitOptions) {
  const counter = monthCounter(until)
  const norms = normCounter(until)
  const shop = shopCounter(until)
  let done = 0
  for await (const page of readHistories(world, signal)) {
    for (const { customer, events } of page) {
      const isSilent = isShopCustomer(events)
      shop.add(events, isSilent, announcesLeaving(events))
      if (!isSilent) counter.addCustomer()
      norms.observe(tellMonths(customer, events, until, isSilent ? nothing : counter.addMonth))
    }
    done += page.length
    await progress?.({ doing: 'counting', done, total })
  }
  return { counts: counter.counts(), normed: norms.applyTo, base: shop.base() }
}

const nothing = (): void => undefined

type Collecting = Readonly<{ until: Instant; model: LeaveModel; live: LeaveModel; shares: Shares; total: number }>

async function collectAll(
  world: World,
  { until, model, live, shares, total }: Collecting,
  { progress, signal }: FitOptions,
): Promise<MonthTable> {
  const collector = monthCollector(model, live, shares)
  let done = total / 2
  for await (const page of readHistories(world, signal)) {
    for (const { customer, events } of page) {
      if (!isShopCustomer(events)) tellMonths(customer, events, until, (month) => collector.add(customer, month))
    }
    done += page.length
    await progress?.({ doing: 'collecting', done, total })
  }
  return collector.table()
}
