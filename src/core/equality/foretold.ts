/** Whether scores carry a trait: foretold against happened, and who stands where by them. */
import { linearPredictor } from '../goodwill/covariates.ts'
import type { LeaveModel } from '../goodwill/leave-model.ts'
import type { CustomerKey } from '../ids.ts'
import { tellMonths } from '../learning/person-months.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { type Instant, MONTH_MS } from '../time/instant.ts'
import type { Told } from './compare-groups.ts'

/** So many months before the end of the data are foretold anew, each from what was known when it began. */
const MONTHS = 6

/**
 * Of each of the last months of a customer whether he left in it, less the chance that the model gave him. `events` are in
 * force and in their order. Nothing where leaving is learned from buying: it is never seen there.
 */
export function tellForetold(
  customer: CustomerKey,
  events: readonly CustomerEvent[],
  { model, asOf }: Readonly<{ model: LeaveModel; asOf: Instant }>,
): readonly Told[] {
  if (model.buying !== undefined) return []
  const told: Told[] = []
  tellMonths(customer, events, asOf, ({ state, fromAt, left }) => {
    if (fromAt < asOf - MONTHS * MONTH_MS) return
    const chance = 1 / (1 + Math.exp(-linearPredictor(state, model, fromAt)))
    told.push({ person: customer, kind: '', value: (left ? 1 : 0) - chance })
  })
  return told
}

/** Somebody, or a case of somebody, with what decides on the order. */
export type Ranked = Readonly<{ person: string; kind: string; by: number }>

/** The places that an order gives, from 0 for the least to 1 for the most; equals share the place of their middle. */
export function tellPlaces(ranked: readonly Ranked[]): readonly Told[] {
  const sorted = ranked.toSorted((a, b) => a.by - b.by)
  const last = Math.max(1, sorted.length - 1)
  const told: Told[] = []
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (sorted[to + 1]?.by === sorted[from]?.by) to += 1
    for (const { person, kind } of sorted.slice(from, to + 1))
      told.push({ person, kind, value: (from + to) / 2 / last })
    from = to + 1
  }
  return told
}
