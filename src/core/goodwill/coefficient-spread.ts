/** How unsure a sum of coefficients is, by the covariance that a fit left (Laplace), or by priors that are independent. */

/** Standard normal quantile of the 80 % interval. */
export const Z80 = 1.2815515655446004

/** A covariance as it is kept with a model: the lower triangle, row after row. */
export type PackedCovariance = readonly number[]

/** More digits than the approximation has, and half the room. */
const DIGITS = 6

/** A covariance, row by row, as it is kept. */
export function packCovariance(covariance: Float64Array): PackedCovariance {
  const size = Math.sqrt(covariance.length)
  const packed: number[] = []
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) packed.push(Number((covariance[i * size + j] ?? Number.NaN).toPrecision(DIGITS)))
  }
  return packed
}

/** Coefficients as they are unsure: standard deviations alone where no covariance was kept, and then independent. */
export type Unsure = Readonly<{ sd: ArrayLike<number>; covariance?: ArrayLike<number> | undefined }>

/** Standard deviation of the sum of coefficients times these weights (the delta method, if the weights are slopes). */
export function spreadOf(weights: ArrayLike<number>, { sd, covariance }: Unsure): number {
  let variance = 0
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0
    if (weight === 0) continue
    if (covariance === undefined) {
      variance += (weight * (sd[i] ?? 0)) ** 2
      continue
    }
    const row = (i * (i + 1)) / 2
    let others = 0
    for (let j = 0; j < i; j += 1) {
      const other = weights[j] ?? 0
      if (other !== 0) others += other * (covariance[row + j] ?? 0)
    }
    variance += weight * (weight * (covariance[row + i] ?? 0) + 2 * others)
  }
  // Rounded digits can turn the variance of a sum that is sure into a little less than 0.
  return Math.sqrt(Math.max(0, variance))
}

/** The same for many sums of the same coefficients: only those that are in a sum are looked at. */
export function spreadTeller({ sd, covariance }: Unsure): (weights: Float64Array) => number {
  const size = sd.length
  const sds = new Float64Array(sd)
  if (covariance === undefined) {
    return (weights) => {
      let variance = 0
      for (let i = 0; i < size; i += 1) {
        const part = (weights[i] ?? 0) * (sds[i] ?? 0)
        variance += part * part
      }
      return Math.sqrt(variance)
    }
  }
  const packed = new Float64Array(covariance)
  const places = new Uint8Array(size)
  return (weights) => {
    let [count, variance] = [0, 0]
    for (let i = 0; i < size; i += 1) {
      const weight = weights[i] ?? 0
      if (weight === 0) continue
      const row = (i * (i + 1)) / 2
      let others = 0
      for (let k = 0; k < count; k += 1) {
        const j = places[k] ?? 0
        others += (weights[j] ?? 0) * (packed[row + j] ?? 0)
      }
      variance += weight * (weight * (packed[row + i] ?? 0) + 2 * others)
      places[count] = i
      count += 1
    }
    return Math.sqrt(Math.max(0, variance))
  }
}

/** A chance of exp(-hazard) whose hazard is unsure by `sd`, as its quantile z: above 0 less, and never beyond 0 or 1. */
export const chanceAt = (hazard: number, sd: number, z: number): number =>
  Math.exp(-hazard * Math.exp(hazard === 0 ? 0 : (z * sd) / hazard))
