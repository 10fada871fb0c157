import { rng } from '../src/stats/rng.ts'
import { foretellFirm } from '../test/failing-firms.ts'
import { type ChurnSet, hasSet, readHotel, readIranian, readTelco } from './churn-sets.ts'
import { type HeldOut, splitOnce } from './hold-out-splits.ts'
import { against, type Bench, type Measure } from './measure.ts'

const SPLITS = 40
const SIZES = [150, 500, 2_000, 50_000]
const FIRMS = 12

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
}

// The rows "least" and "most" bound the middle nine tenths of the splits: how much luck there is in one of them.
function compareFits(set: ChurnSet): readonly Measure[] {
  const rowCount = set.outcome.length
  return SIZES.filter((size) => size < rowCount * 0.7 || size === SIZES.at(-1)).flatMap((size) => {
    const learnedFrom = Math.min(size, Math.floor(rowCount * 0.68))
    const splits = Array.from({ length: SPLITS }, (_, k) => splitOnce(set, learnedFrom, rng('hold-out').split(k)))
    const of = (read: (one: HeldOut) => number) =>
      [mean(splits.map((one) => read(one.withPriors))), mean(splits.map((one) => read(one.plain)))] as const
    const gains = splits.map(({ withPriors, plain }) => plain.logLoss - withPriors.logLoss)
    const name = `${set.name}, ${learnedFrom.toLocaleString('en')} rows`
    const [loss, slope, error] = [of((one) => one.logLoss), of((one) => one.slope), of((one) => one.error)]
    return [
      against(`${name}: log-loss, against plain`, '', ...loss),
      against(`${name}: gain in log-loss, least of nine tenths`, '', quantile(gains, 0.05), loss[1]),
      against(`${name}: gain in log-loss, most of nine tenths`, '', quantile(gains, 0.95), loss[1]),
      against(`${name}: slope of calibration, against plain`, '', ...slope),
      against(`${name}: calibration error, against plain`, '', ...error),
      against(`${name}: splits where plain had to be ridged`, '', splits.filter((one) => one.isRidged).length, SPLITS),
    ]
  })
}

function compareAttrition(effect: number, name: string): readonly Measure[] {
  const firms = Array.from({ length: FIRMS }, (_, k) => foretellFirm(effect, `firm ${k}`))
  const beside = (peer: 'pareto' | 'bg', peerName: string) => {
    const pairs = firms.flatMap((one) => (one[peer] === null ? [] : [[one.latent, one[peer]] as const]))
    const gains = pairs.map(([ours, theirs]) => ours - theirs)
    return [
      against(
        `${name}: log-likelihood, against ${peerName}`,
        '',
        mean(pairs.map(([ours]) => ours)),
        mean(pairs.map(([, theirs]) => theirs)),
      ),
      against(`${name}: least gain over ${peerName}, against the mean gain`, '', Math.min(...gains), mean(gains)),
      against(
        `${name}: firms foretold better than by ${peerName}, of those it answers`,
        '',
        gains.filter((gain) => gain > 0).length,
        gains.length,
      ),
    ]
  }
  return [...beside('pareto', 'Pareto/NBD'), ...beside('bg', 'BG/NBD')]
}

/** Foretelling what was held out: public churn sets with and without priors, and simulated firms with failures. */
export const holdout: Bench = {
  key: 'holdout',
  about: 'held-out rows of public churn sets, and held-out months of simulated firms',
  run: async () => {
    const sets = [
      ['telco_churn/telco_churn.csv', readTelco],
      ['iranian_churn/iranian_churn.csv', readIranian],
      ['hotel_bookings/hotel_bookings.csv.gz', readHotel],
    ] as const
    const missing = sets.filter(([file]) => !hasSet(file))
    for (const [file] of missing) process.stderr.write(`passed over: ../shared/data/${file} is not there\n`)
    return [
      ...sets.filter(([file]) => hasSet(file)).flatMap(([, read]) => compareFits(read())),
      ...compareAttrition(1.5, 'simulated firms whose failures drive customers away'),
      ...compareAttrition(0, 'simulated firms whose failures do not'),
    ]
  },
}
