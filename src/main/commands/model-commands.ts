import { type Command, Option } from 'commander'
import { evidenceSentence, reasonSentence, unheldSentence, warningSentence } from '../../contract/model-sentences.ts'
import type { ModelList } from '../../contract/models.ts'
import { Z80 } from '../../core/goodwill/coefficient-spread.ts'
import type { Against, FitReport, HeldOut, Learned } from '../../core/learning/fit-report.ts'
import { type FitModel, type FittedKind, fittedKinds, type Kept } from '../../flows/predict/fit-models.ts'
import type { FitOptions } from '../../flows/predict/fit-outcome.ts'
import { refit } from '../../flows/predict/refit.ts'
import { showModels } from '../../flows/show/show-models.ts'
import type { World } from '../../flows/world.ts'
import { learningIn } from '../learning.ts'
import { answer, counted, inWorld, progressLine } from './answer.ts'

const EXIT_REFUSED = 1

/** Commands that learn models from the log and tell what was learned. */
export function addModelCommands(amends: Command): void {
  addFit(amends)
  addReport(amends)
}

function addReport(amends: Command): void {
  amends
    .command('report')
    .description('tell which models are live, what they learned from, and how well they foretell')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  amends report\n  amends report --json')
    .action(async (flags: { json?: boolean }) => {
      const list = await inWorld('report', (world) => showModels(world, 'en'))
      answer(flags.json, list, list.models.flatMap(reportLines))
    })
}

function reportLines({ kind, live, newest, ageDays, versions, changed }: ModelList['models'][number]): string[] {
  if (live === null) return [`${kind}: nothing learned yet${kind === 'leave' ? '; the published priors score' : ''}.`]
  const learned =
    live.exits === null
      ? 'published slopes'
      : `${counted(live.exits)} exits, ${counted(live.rows ?? 0)} rows, ${Math.round(100 * (live.learnedShare ?? 0))} % of the slopes learned`
  const tried =
    live.logLoss === null
      ? 'not tried on held-out months'
      : `slope ${fixed(live.slope)}, ${(100 * (live.expectedCalibrationError ?? 0)).toFixed(2)} points, log-loss ${live.logLoss.toFixed(5)}`
  return [
    `${kind}: version ${live.version} of ${versions} is live; data to ${live.dataTo ?? 'unknown'}, ${ageDays === null ? 'age unknown' : `${ageDays.toFixed(1)} days ago`}.`,
    `  ${learned}; ${tried}. ${live.reason.sentence}`,
    ...(newest !== null && !newest.live ? [`  Version ${newest.version}: ${newest.reason.sentence}`] : []),
    ...changed.map(({ label, from, to }) => `  ${label}: ${from.toFixed(2)} -> ${to.toFixed(2)}`),
  ]
}

type FitFlags = Readonly<{ model: FittedKind; flat?: boolean; json?: boolean }>

function addFit(amends: Command): void {
  amends
    .command('fit')
    .description("learn a model from the firm's own events; it goes live if it foretells no worse")
    .addOption(new Option('--model <kind>', 'which model').choices(fittedKinds).makeOptionMandatory())
    .option('--flat', 'also tell what the data say alone, under priors a hundred times as wide')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends fit --model leave\n  amends fit --model leave --flat\n  amends fit --model leave --json\n\nExit code 0 when a version was kept, 1 when there is too little to learn from or the fit was refused.\nWhat is learned and how it is tried: docs/models/.',
    )
    .action(async (flags: FitFlags) => {
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const line = progressLine()
      const kept = await inWorld('fit', (world, connectionString) =>
        fitAndScore(world, learningIn(connectionString).fit, flags.model, {
          signal: stop.signal,
          progress: ({ doing, done, total }) => line.show(`${doing} ${counted(done)} of ${counted(total)}`),
        }),
      )
      line.end()
      if (kept.kind === 'stopped') throw new Error('Interrupted. No version was kept.')
      if (kept.kind === 'refused') {
        answer(flags.json, { model: flags.model, refused: kept.because, detail: kept.say }, [`Refused: ${kept.say}.`])
        process.exitCode = EXIT_REFUSED
        return
      }
      const flat = flags.flat === true ? kept.report.coefficients : []
      const told = { ...fitAnswer(flags.model, kept), ...(flags.flat === true ? flatToTell(flat) : {}) }
      answer(flags.json, told, [...fitLines(flags.model, kept), ...flatLines(flat)])
    })
}

// What everybody sees is scored by the leave model: a new version of it scores everybody anew.
const fitAndScore = (world: World, learn: FitModel, kind: FittedKind, options: FitOptions): Promise<Kept> =>
  kind === 'leave' ? refit(world, options, learn) : learn(kind, options)

type Done = Extract<Kept, { kind: 'fitted' }>

function fitAnswer(model: FittedKind, { version, report, live, reason }: Done): Readonly<Record<string, unknown>> {
  const { learnedFrom, exits, logLikelihood, gradientNorm, iterations, calibration } = report
  return {
    model,
    version,
    exits,
    logLikelihood,
    gradientNorm,
    iterations,
    calibration: calibration === null ? null : calibrationAnswer(calibration),
    live,
    ...(learnedFrom === undefined ? {} : { learnedFrom }),
    ...(calibration === null ? { calibrationMissing: report.calibrationMissing } : {}),
    ...(live ? {} : { reason }),
  }
}

const calibrationAnswer = ({ months, ...rest }: HeldOut) => ({ ...rest, monthsHeldOut: months })

function fitLines(kind: FittedKind, { version, report, reason }: Done): readonly string[] {
  return [
    `${kind}, version ${version}. ${reasonSentence('en', reason)}`,
    ...(report.learnedFrom === undefined ? [] : [evidenceSentence('en', report.learnedFrom)]),
    `${counted(report.exits)} ${report.learnedFrom === 'buying' ? 'exits expected' : 'exits'} in ${counted(report.rows)} months at risk of ${counted(report.customers)} customers; log-likelihood ${report.logLikelihood.toFixed(3)} on ${counted(report.rowsUsed)} rows, ${report.iterations} steps, slope at the end ${report.gradientNorm.toExponential(1)}, condition ${report.conditionNumber.toExponential(1)}.`,
    ...calibrationLines(report),
    '',
    row(['', 'prior', 'sd', 'now', 'sd', '80 %', 'learned', 'rows']),
    ...report.coefficients.map(coefficientLine),
    ...report.warnings.map((one) => `Warning: ${warningSentence('en', one)}`),
  ]
}

function calibrationLines({ learnedFrom, calibration, calibrationMissing, against }: FitReport): readonly string[] {
  if (calibration === null) {
    const why = calibrationMissing === null ? '' : ` ${unheldSentence('en', calibrationMissing)}`
    return [`Not tried on held-out months.${why}`]
  }
  const {
    months,
    events,
    slope,
    slopeError,
    intercept,
    expectedCalibrationError,
    errorByChance,
    logLoss,
    brier,
    deciles,
  } = calibration
  return [
    `On the last ${months} months (${counted(events)} ${learnedFrom === 'buying' ? 'customers who bought' : 'exits'}), held out: slope ${fixed(slope)} (${fixed(slopeError)}), intercept ${fixed(intercept)}, mean error of deciles ${(100 * expectedCalibrationError).toFixed(2)} points${byChance(errorByChance)}, log-loss ${logLoss.toFixed(5)}, Brier ${brier.toFixed(5)}.`,
    ...(against === null ? [] : [againstLine(against)]),
    `Deciles, foretold/observed in %: ${deciles.map(({ chance, observed }) => `${(100 * chance).toFixed(1)}/${(100 * observed).toFixed(1)}`).join('  ')}`,
  ]
}

const byChance = (error: number | undefined): string =>
  error === undefined ? '' : ` (${(100 * error).toFixed(2)} by chance alone)`

const againstLine = ({ version, logLoss, expectedCalibrationError, difference, differenceError }: Against): string =>
  `Version ${version} on the same months: log-loss ${logLoss.toFixed(5)}, ${(100 * expectedCalibrationError).toFixed(2)} points; difference ${difference.toFixed(5)} (${differenceError.toFixed(5)}), below 0 is better.`

const fixed = (value: number | null): string => (value === null ? '?' : value.toFixed(2))

const NAME_WIDTH = 20
const NUMBER_WIDTH = 9
const INTERVAL_WIDTH = 16

const row = ([name = '', ...cells]: readonly string[]): string =>
  name.padEnd(NAME_WIDTH) +
  cells.map((cell, place) => cell.padStart(place === 4 ? INTERVAL_WIDTH : NUMBER_WIDTH)).join('')

const coefficientLine = ({ name, prior, posterior, low, high, learnedShare, rows }: Learned): string =>
  row([
    name,
    prior === null ? '' : prior.mean.toFixed(2),
    prior === null ? '' : prior.sd.toFixed(2),
    posterior.mean.toFixed(2),
    posterior.sd.toFixed(2),
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
    `${Math.round(100 * learnedShare)} %`,
    counted(rows),
  ])

const NO_PRIORS = 'Nothing is published of this kind: what is told is what the data say alone'

const flatAnswer = (coefficients: readonly Learned[]) =>
  coefficients.flatMap(({ name, prior, posterior, flat }) =>
    flat === undefined ? [] : [{ name, prior, posterior, flat }],
  )

function flatToTell(coefficients: readonly Learned[]) {
  const flat = flatAnswer(coefficients)
  return flat.length > 0 ? { flat } : { flat, flatRefused: 'no-priors', flatDetail: NO_PRIORS }
}

function flatLines(coefficients: readonly Learned[]): readonly string[] {
  const told = flatAnswer(coefficients)
  if (told.length === 0) return coefficients.length === 0 ? [] : ['', `${NO_PRIORS}.`]
  return [
    '',
    'Under flat priors (a hundred times as wide), which never go live:',
    row(['', 'prior', 'now', 'alone', 'sd', '80 %']),
    ...told.map(({ name, prior, posterior, flat }) => {
      const known = [prior === null ? '' : prior.mean.toFixed(2), posterior.mean.toFixed(2)]
      if (flat === null) return `${row([name, ...known])}  the data alone cannot tell`
      const ends = `${(flat.mean - Z80 * flat.sd).toFixed(2)} to ${(flat.mean + Z80 * flat.sd).toFixed(2)}`
      return row([name, ...known, flat.mean.toFixed(2), flat.sd.toFixed(2), ends])
    }),
  ]
}
