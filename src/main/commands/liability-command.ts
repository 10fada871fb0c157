import type { Command } from 'commander'
import type { Liability } from '../../contract/liability.ts'
import { forecastLiability } from '../../flows/predict/forecast-liability.ts'
import { answer, counted, inWorld, progressLine } from './answer.ts'

const EXIT_REFUSED = 1

/** The command that says what is owed on vouchers. */
export function addLiabilityCommand(amends: Command): void {
  amends
    .command('liability')
    .description('what is owed on vouchers, what it will come to, and how such forecasts did before')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends liability\n  amends liability --json\n\nHow it is computed and what it cannot do: docs/models/redemption.md. Booking is for the accountant.',
    )
    .action(async (flags: Readonly<{ json?: boolean }>) => {
      const line = progressLine()
      const made = await inWorld('liability', (world) =>
        forecastLiability(world, {
          progress: (done) => line.show(`${counted(done)} holders of vouchers read`),
          forecasting: ({ done, total }) =>
            line.show(`${done} of ${total} forecasts made, those of past months to compare`),
        }),
      )
      line.end()
      if (made.kind === 'stopped') throw new Error('Interrupted. Nothing was kept.')
      if (made.kind === 'refused') {
        answer(flags.json, { refused: made.because, detail: made.say }, [`Refused: ${made.say}.`])
        process.exitCode = EXIT_REFUSED
        return
      }
      answer(flags.json, made.liability, linesOf(made.liability))
    })
}

type Bands = Liability['forecast']['total']['redeemedMinor']
type Score = Liability['backtest']['batches']

function linesOf({ asOf, currency, openCount, openMinor, forecast, backtest, model }: Liability): readonly string[] {
  const money = (minor: number) => `${(minor / 100).toFixed(2)} ${currency}`
  const range = ({ band80: [low = 0, high = 0] }: Bands) => `${money(low)} to ${money(high)}`
  const { redeemedMinor, redeemedCount, expiredMinor } = forecast.total
  return [
    `As of ${asOf.slice(0, 10)}: ${counted(openCount)} vouchers open, ${money(openMinor)}. Learned from ${counted(model.uses)} uses.`,
    `Within 36 months ${money(redeemedMinor.mean)} will be used (80 % band ${range(redeemedMinor)}) in ${redeemedCount.mean.toFixed(0)} uses, ${money(expiredMinor.mean)} will lapse.`,
    '',
    'month     used, 80 % band                          uses',
    ...forecast.months.map(
      (one) =>
        `${one.month}   ${`${money(one.redeemedMinor.mean)} (${range(one.redeemedMinor)})`.padEnd(40)} ${one.redeemedCount.mean.toFixed(1)} (${one.redeemedCount.band80.join(' to ')})`,
    ),
    '',
    ...backtest.horizons.map(
      ({ months, count, minor }) =>
        `Forecasts ${months} ${months === 1 ? 'month' : 'months'} ahead: uses ${scored(count)}; money ${scored(minor, money)}.`,
    ),
    `Single batches a month ahead: uses ${scored(backtest.batches)}.`,
  ]
}

const plain = (bias: number): string => bias.toFixed(1)

const scored = (score: Score, unit: (bias: number) => string = plain): string =>
  score.kind === 'too-few'
    ? `too few (${score.forecasts})`
    : `${score.forecasts} made, inside 50/80/95 % bands ${[score.coverage50, score.coverage80, score.coverage95].map((one) => `${Math.round(100 * one)} %`).join(', ')}, bias ${unit(score.bias)}`
