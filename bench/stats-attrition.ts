import type { AttritionPrior } from '../src/stats/attrition/attrition-posterior.ts'
import { fitLatentAttrition } from '../src/stats/attrition/latent-attrition.ts'
import { scoreAttrition, simulateAttrition } from '../src/stats/attrition/score-attrition.ts'
import { rng } from '../src/stats/rng.ts'
import { answered } from '../test/answered.ts'
import { hasReference, readApparel } from '../test/reference-data.ts'
import { against, type Bench, type Measure } from './measure.ts'

// CLVTools needs 107 s for Pareto/NBD with the same covariates on these 600 customers (2026-11-22, same kind of
// machine); for the large set there is no peer, and the ceiling is what we set ourselves.
const APPAREL_PEER = 107
const LARGE_AIM = 30
const CUSTOMERS = 100_000
const MONTHS = 24
const COVARIATES = 12

/** Middle of the processor time of some runs: other work on the machine does not count. */
function secondsFor(work: () => { kind: string }, runs: number): number {
  const taken: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage()
    const done = work()
    const { user, system } = process.cpuUsage(start)
    taken.push((user + system) / 1e6)
    if (done.kind === 'refused') throw new Error('a fit or a score was refused')
  }
  return taken.sort((a, b) => a - b)[taken.length >> 1] ?? Number.NaN
}

const around = (count: number) => ({ mean: new Float64Array(count), sd: new Float64Array(count).fill(1) })

function apparel(): Measure {
  const { periods } = readApparel()
  const prior: AttritionPrior = { base: { mean: -3, sd: 2 }, leave: around(3), buy: around(3) }
  const taken = secondsFor(() => fitLatentAttrition(periods, prior), 5)
  return against('latent attrition fit, apparel: 600 x 104 weeks x 3 + 3', 's', taken, APPAREL_PEER)
}

function large(): readonly Measure[] {
  const source = rng('latent attrition bench')
  const rows = CUSTOMERS * MONTHS
  const values = new Float64Array(rows * COVARIATES)
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < COVARIATES; j++) {
      // A third are rare events, the rest are measures.
      values[row * COVARIATES + j] = j % 3 === 0 ? Number(source.uniform() < 0.05) : source.normal()
    }
  }
  const leave = Float64Array.from({ length: COVARIATES }, () => 0.3 * source.normal())
  const truth = {
    r: 1.2,
    alpha: 2,
    base: Float64Array.of(-3),
    share: Float64Array.of(1),
    leave,
    buy: new Float64Array(0),
  }
  const periods = {
    firstRow: Uint32Array.from({ length: CUSTOMERS + 1 }, (_, i) => i * MONTHS),
    exposure: new Float64Array(rows).fill(1),
    leave: { values, columnCount: COVARIATES },
  }
  const data = answered(simulateAttrition(truth, periods, source))
  const prior: AttritionPrior = { base: { mean: -3, sd: 2 }, leave: around(COVARIATES) }
  const fit = secondsFor(() => fitLatentAttrition(data, prior), 1)
  const score = secondsFor(() => scoreAttrition(truth, data, periods), 3)
  const peak = process.resourceUsage().maxRSS / 1_024
  const tables = (values.byteLength + data.exposure.byteLength + data.purchases.byteLength) / 2 ** 20
  return [
    against('latent attrition fit, 100,000 x 24 months x 12', 's', fit, LARGE_AIM),
    against('latent attrition scores, 100,000 x 24 months x 12', 's', score, LARGE_AIM),
    against('latent attrition, peak memory, against the tables alone', 'MB', peak, tables),
  ]
}

/** Fits of latent attrition: the retailer against the peer, where the set is there, and a large firm. */
export const attrition: Bench = {
  key: 'attrition',
  about: 'latent attrition with covariates, against CLVTools and against what we want',
  run: async () => [...(hasReference('apparel_trans.csv.gz') ? [apparel()] : []), ...large()],
}
