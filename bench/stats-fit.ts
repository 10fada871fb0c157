import { type BinaryRows, chanceOf } from '../src/stats/binary-rows.ts'
import { fitLogistic } from '../src/stats/logistic.ts'
import { fitBgNbd, scoreBgNbd } from '../src/stats/purchase/bg-nbd.ts'
import { fitParetoNbd, scoreParetoNbd } from '../src/stats/purchase/pareto-nbd.ts'
import type { Histories } from '../src/stats/purchase/purchase-history.ts'
import type { Refusal } from '../src/stats/refusal.ts'
import { rng } from '../src/stats/rng.ts'
import { fitCox } from '../src/stats/survival/cox.ts'
import { hasReference, readCdnow, readReference } from '../test/reference-data.ts'
import { against, type Bench, type Measure } from './measure.ts'

// Ceilings are what the best peer needs for the same data on the same kind of machine (seconds, 2026-11-22: lifetimes
// on grouped rows, CLVTools, lifelines, R coxph and glm, scikit-learn newton-cholesky), so a ratio below 1 is faster.
const PEER = {
  bgCdnow: 0.078,
  bg100k: 0.66,
  bgMillion: 4.4,
  paretoCdnow: 0.3,
  pareto100k: 14.4,
  paretoMillion: 98,
  cox: 0.39,
  cloglog: 0.61,
  logistic: 1.4,
  bgScore: 1 / 3,
  paretoScore: 1 / 1.5,
}

/** Middle of some runs after one that warms the compiler; a refusal stops the benchmark, for its time means nothing. */
function seconds(work: () => { kind: string } | Refusal, runs: number): number {
  const taken: number[] = []
  for (let run = -1; run < runs; run++) {
    const start = performance.now()
    const done = work()
    if (run >= 0) taken.push((performance.now() - start) / 1_000)
    if (done.kind === 'refused') throw new Error(`a fit was refused: ${'say' in done ? done.say : ''}`)
  }
  return taken.sort((a, b) => a - b)[taken.length >> 1] ?? Number.NaN
}

function readPurchases(file: string): Histories {
  const { x, t_x, T } = readReference(file, ['x', 't_x', 'T'])
  return { repeatCount: x, lastAt: t_x, observedFor: T }
}

const scored = (work: () => unknown) => () => {
  work()
  return { kind: 'scored' }
}

function purchaseModels(): readonly Measure[] {
  const cdnow = readCdnow('weeks')
  const some = readPurchases('bgnbd_100k.csv.gz')
  const many = readPurchases('bgnbd_1m.csv.gz')
  const bgMillion = seconds(() => fitBgNbd(many), 5)
  const peak = process.resourceUsage().maxRSS / 1_024
  const paretoMillion = seconds(() => fitParetoNbd(many), 1)
  const paretoPeak = process.resourceUsage().maxRSS / 1_024
  const bg = { r: 0.5, alpha: 47, a: 0.8, b: 2.5 }
  const pareto = { r: 1, alpha: 111, s: 1.4, beta: 500 }
  return [
    against(
      'BG/NBD fit, CDNOW',
      's',
      seconds(() => fitBgNbd(cdnow), 9),
      PEER.bgCdnow,
    ),
    against(
      'BG/NBD fit, 100,000 customers',
      's',
      seconds(() => fitBgNbd(some), 9),
      PEER.bg100k,
    ),
    against('BG/NBD fit, 1 million customers', 's', bgMillion, PEER.bgMillion),
    against('BG/NBD, reading and fitting 1 million: peak memory', 'MB', peak, 500),
    against(
      'BG/NBD scores, 1 million',
      's',
      seconds(
        scored(() => scoreBgNbd(bg, many, 180)),
        5,
      ),
      PEER.bgScore,
    ),
    against(
      'Pareto/NBD fit, CDNOW',
      's',
      seconds(() => fitParetoNbd(cdnow), 9),
      PEER.paretoCdnow,
    ),
    against(
      'Pareto/NBD fit, 100,000 customers',
      's',
      seconds(() => fitParetoNbd(some), 3),
      PEER.pareto100k,
    ),
    against('Pareto/NBD fit, 1 million customers', 's', paretoMillion, PEER.paretoMillion),
    against('the same process, after both: peak memory', 'MB', paretoPeak, 500),
    against(
      'Pareto/NBD scores, 1 million',
      's',
      seconds(
        scored(() => scoreParetoNbd(pareto, many, 180)),
        3,
      ),
      PEER.paretoScore,
    ),
  ]
}

function survivalModels(): readonly Measure[] {
  const names = ['start', 'stop', 'event', 'fail', 'rec', 'effort', 'tenure', 'seg'] as const
  const data = readReference('cox_tv_100k.csv.gz', names)
  const columns = [data.fail, data.rec, data.effort, data.tenure, data.seg]
  const n = data.stop.length
  const event = Uint8Array.from(data.event)
  const covariates = new Float64Array(n * 5)
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) covariates[i * 5 + j] = column[i] ?? 0
  })
  const starts = [...new Set(data.start)].sort((a, b) => a - b)
  const width = starts.length + 5
  const byPeriod = new Float64Array(n * width)
  for (let i = 0; i < n; i++) {
    byPeriod[i * width + starts.indexOf(data.start[i] ?? 0)] = 1
    byPeriod.set(covariates.subarray(i * 5, i * 5 + 5), i * width + starts.length)
  }
  const offset = data.start.map((start, i) => Math.log((data.stop[i] ?? 0) - start))
  const rows: BinaryRows = { covariates: byPeriod, columnCount: width, outcome: event, offset }
  const free = { mean: new Float64Array(width), sd: new Float64Array(width).fill(Number.POSITIVE_INFINITY) }
  const spells = { start: data.start, stop: data.stop, event, covariates, columnCount: 5 }
  return [
    against(
      'Cox fit, 99,985 rows x 5',
      's',
      seconds(() => fitCox(spells), 9),
      PEER.cox,
    ),
    against(
      'cloglog fit, 99,985 rows x 29',
      's',
      seconds(() => fitLogistic(rows, free, 'cloglog'), 5),
      PEER.cloglog,
    ),
  ]
}

function logistic(): readonly Measure[] {
  const [n, p] = [1_000_000, 20]
  const source = rng('logistic bench')
  const truth = Float64Array.from({ length: p }, (_, j) => (j === 0 ? -3 : 0.3 * source.normal()))
  const covariates = new Float64Array(n * p)
  const outcome = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    let predictor = 0
    for (let j = 0; j < p; j++) {
      const x = j === 0 ? 1 : source.normal()
      covariates[i * p + j] = x
      predictor += x * (truth[j] ?? 0)
    }
    outcome[i] = source.uniform() < chanceOf('logit', predictor) ? 1 : 0
  }
  const prior = { mean: new Float64Array(p), sd: new Float64Array(p).fill(2) }
  const rows = { covariates, columnCount: p, outcome }
  return [
    against(
      'logistic fit to slope 1e-8, 1 million x 20',
      's',
      seconds(() => fitLogistic(rows, prior), 3),
      PEER.logistic,
    ),
  ]
}

/** Fits and scores of the statistics room on the reference sets; those are passed over where they are absent. */
export const statsFit: Bench = {
  key: 'stats-fit',
  about: 'purchase, survival and logistic models against the peers on the same data',
  run: async () => [
    ...(hasReference('bgnbd_1m.csv.gz') ? [...purchaseModels(), ...survivalModels()] : []),
    ...logistic(),
  ],
}
