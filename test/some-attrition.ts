import { expect } from 'vitest'
import type { LatentAttrition } from '../src/stats/attrition/attrition-mixture.ts'
import { type AttritionPrior, makePosterior, placesOf, priorOf } from '../src/stats/attrition/attrition-posterior.ts'
import type { AttritionRows } from '../src/stats/attrition/attrition-rows.ts'
import {
  type ClassCount,
  fitLatentAttrition,
  type LatentAttritionFit,
} from '../src/stats/attrition/latent-attrition.ts'
import { rng } from '../src/stats/rng.ts'

/** What periods with two covariates on leaving and one on buying are drawn from. */
export const TRUTH: LatentAttrition = {
  r: 1.5,
  alpha: 2,
  base: Float64Array.of(-3),
  share: Float64Array.of(1),
  leave: Float64Array.of(0.9, -0.4),
  buy: Float64Array.of(0.5),
}
/** The same of two classes. */
export const CLASSES: LatentAttrition = { ...TRUTH, base: Float64Array.of(-4, -1), share: Float64Array.of(0.6, 0.4) }

/** Normal priors around 0. */
export const around = (count: number, sd: number) => ({
  mean: new Float64Array(count),
  sd: new Float64Array(count).fill(sd),
})

/** Priors that say little, for so many covariates on leaving and on buying. */
export const wide = (leave: number, buy: number, sd = 2): AttritionPrior => ({
  base: { mean: -3, sd },
  leave: around(leave, sd),
  buy: around(buy, sd),
})

/** A fit that must not be refused. */
export function fitted(rows: AttritionRows, prior: AttritionPrior, classes: ClassCount = 1): LatentAttritionFit {
  const fit = fitLatentAttrition(rows, prior, classes)
  if (fit.kind === 'refused') throw new Error(fit.say)
  return fit
}

/** Holds slopes and curvature of the log-posterior somewhere against differences; answers where that was. */
export function expectSlopes(rows: AttritionRows, periodsMax: number, classes: ClassCount) {
  const shape = { classes, leave: 2, buy: 1 }
  const posterior = makePosterior(rows, periodsMax, shape, priorOf(wide(2, 1), shape))
  const source = rng('where')
  const at = Float64Array.from({ length: placesOf(shape).length }, () => 0.7 * source.normal() - 0.3)
  const { gradient } = posterior.slopes(at)
  const information = posterior.information(at)
  at.forEach((_, j) => {
    const h = 1e-5
    const up = posterior.slopes(at.map((x, k) => (k === j ? x + h : x)))
    const down = posterior.slopes(at.map((x, k) => (k === j ? x - h : x)))
    const slope = (up.logLikelihood + up.logPrior - down.logLikelihood - down.logPrior) / (2 * h)
    expect(Math.abs(slope - (gradient[j] ?? 0))).toBeLessThan(1e-6 * (1 + Math.abs(gradient[j] ?? 0)))
    at.forEach((__, k) => {
      const curvature = ((down.gradient[k] ?? 0) - (up.gradient[k] ?? 0)) / (2 * h)
      const exact = information[j * at.length + k] ?? 0
      expect(Math.abs(curvature - exact)).toBeLessThan(1e-6 * (1 + Math.abs(exact)))
    })
  })
  return { shape, at }
}
