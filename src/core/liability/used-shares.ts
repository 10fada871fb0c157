/** How much of a balance one use takes. Learned from the firm's own uses; before any, a use takes everything. */
import type { Rng } from '../../stats/rng.ts'

/** Partial uses are kept by tenths of the balance. */
const BINS = 10
/** From here up a use took everything: cents of rounding do not leave a voucher open. */
const WHOLE = 0.995
/** The belief before the data, as so many uses that took everything. */
const PRIOR_WHOLE = 1
/** Above so many partial uses at once their shares are taken at the mean. */
const APART_MAX = 16

/** Uses counted: those that took all, and the others by tenth of the balance. */
export type UsedShares = Readonly<{ whole: number; partial: readonly number[] }>

/** No use was seen. */
export const noUsedShares: UsedShares = { whole: 0, partial: new Array<number>(BINS).fill(0) }

/** The counts with one more use. */
export function withShare(was: UsedShares, share: number): UsedShares {
  if (share >= WHOLE) return { ...was, whole: was.whole + 1 }
  const bin = Math.min(BINS - 1, Math.floor(share * BINS))
  return { ...was, partial: was.partial.with(bin, (was.partial[bin] ?? 0) + 1) }
}

/** Shares as they may truly be: the chance that a use takes all, and how the others are spread over the tenths. */
export type DrawnShares = Readonly<{ whole: number; cumulative: readonly number[]; partialMean: number }>

/** Draws from the posterior (a Bayesian bootstrap; Rubin 1981, Annals of Statistics 9, 130-134). */
export function drawShares({ whole, partial }: UsedShares, source: Rng): DrawnShares {
  const gammas = partial.map((count) => (count > 0 ? source.gamma(count) : 0))
  const total = gammas.reduce((sum, one) => sum + one, 0)
  if (total === 0) return { whole: 1, cumulative: [], partialMean: 1 }
  const full = source.gamma(whole + PRIOR_WHOLE)
  let sum = 0
  const cumulative = gammas.map((one) => {
    sum += one / total
    return sum
  })
  const partialMean = gammas.reduce((mean, one, bin) => mean + (one / total) * middleOf(bin), 0)
  return { whole: full / (full + total), cumulative, partialMean }
}

const middleOf = (bin: number): number => (bin + 0.5) / BINS

/** A heap of vouchers with one mean balance. */
export type Heap = Readonly<{ count: number; minor: number }>

/** Draws who of a heap uses a voucher, and how much of it. What was used in part is `begun` with what is left. */
export function drawUses(
  heap: Heap,
  chance: number,
  shares: DrawnShares,
  source: Rng,
): Readonly<{ used: number; usedMinor: number; untouched: Heap; begun: Heap }> {
  const used = heap.count === 0 ? 0 : source.binomial(heap.count, chance)
  if (used === 0) return { used: 0, usedMinor: 0, untouched: heap, begun: { count: 0, minor: 0 } }
  const each = heap.minor / heap.count
  const untouched = { count: heap.count - used, minor: each * (heap.count - used) }
  // A voucher of value 0 ends with its first use.
  const partly = each === 0 || shares.whole === 1 ? 0 : source.binomial(used, 1 - shares.whole)
  const partMinor = each * takenOf(partly, shares, source)
  return {
    used,
    usedMinor: each * (used - partly) + partMinor,
    untouched,
    begun: { count: partly, minor: each * partly - partMinor },
  }
}

function takenOf(partly: number, { cumulative, partialMean }: DrawnShares, source: Rng): number {
  if (partly > APART_MAX) return partly * partialMean
  let taken = 0
  for (let k = 0; k < partly; k += 1) {
    const u = source.uniform()
    const bin = cumulative.findIndex((until) => u < until)
    taken += middleOf(bin < 0 ? BINS - 1 : bin)
  }
  return taken
}
