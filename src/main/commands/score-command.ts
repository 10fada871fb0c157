import type { Command } from 'commander'
import { rfc3339 } from '../../core/time/instant.ts'
import { scoreAll } from '../../flows/predict/score-all.ts'
import { type ScoredCustomer, scoreCustomer } from '../../flows/predict/score-customer.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, counted, duration, inWorld, progressLine } from './answer.ts'

type ScoreFlags = Readonly<{ all?: boolean; json?: boolean }>

/** The command that scores one customer, or everybody. */
export function addScore(amends: Command): void {
  amends
    .command('score [customer]')
    .description('show the chance to stay and the value of a customer, or score everybody anew')
    .option('--all', 'score everybody with the live model and store it; a run that was interrupted goes on')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends score customer-1042\n  amends score --all --json\n\nSeveral may run at once, on one machine or many: they share the work.',
    )
    .action(async (customer: string | undefined, flags: ScoreFlags) => {
      if ((customer === undefined) === (flags.all !== true)) {
        throw new Misconfigured('Name a customer, or say --all for everybody.')
      }
      if (customer === undefined) await everybody(flags)
      else await one(customer, flags)
    })
}

async function everybody({ json }: ScoreFlags): Promise<void> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const line = progressLine()
  const { kind, customers, seconds } = await inWorld('score', (world) =>
    scoreAll(world, {
      signal: stop.signal,
      progress: ({ done, total, perSecond, secondsLeft }) =>
        line.show(
          `${counted(done)} of ${counted(total)} customers · ${counted(Math.round(perSecond ?? 0))} a second · ${duration(secondsLeft)} left`,
        ),
    }),
  )
  line.end()
  if (kind === 'stopped') throw new Error('Stopped. What was scored stays; run the same command again to go on.')
  answer(json, { customers, seconds }, [`${counted(customers)} customers scored in ${seconds.toFixed(1)} s.`])
}

async function one(key: string, { json }: ScoreFlags): Promise<void> {
  const scored = await inWorld('score', (world) => scoreCustomer(world, key))
  if (scored.kind === 'customer-unknown') throw new Error(`No event has named the customer ${key}.`)
  if (scored.kind === 'profiling-refused') {
    const since = rfc3339(scored.since)
    answer(json, { customer: scored.customer, profilingRefusedAt: since }, [
      `${scored.customer} has refused to be profiled since ${since}: nothing is scored.`,
    ])
    return
  }
  const { customer, score, asOf, modelVersion, dataTo } = scored
  const value = {
    customer,
    ...score,
    lastFailureAt: timeOf(score.lastFailureAt),
    leftAt: timeOf(score.leftAt),
    exitRequestedAt: timeOf(score.exitRequestedAt),
    asOf: rfc3339(asOf),
    modelVersion,
    dataTo: timeOf(dataTo),
  }
  answer(json, value, linesOf(scored))
}

function linesOf({ customer, score, asOf, modelVersion, dataTo }: ScoredCustomer & { kind: 'scored' }): string[] {
  const percent = (chance: number) => `${(100 * chance).toFixed(1)} %`
  const until = dataTo === null ? 'published priors' : `events to ${rfc3339(dataTo)}`
  return [
    `${customer}, as of ${rfc3339(asOf)}, by version ${modelVersion} of the leave model (${until})`,
    `  chance to stay 12 months  ${percent(score.stay)} (80 % interval ${percent(score.stayLow)} to ${percent(score.stayHigh)})`,
    `  goodwill                  ${score.goodwill.toFixed(2)}`,
    `  value over 36 months      ${(score.valueMinor / 100).toFixed(2)}`,
    `  at stake                  ${(score.atStakeMinor / 100).toFixed(2)}`,
    ...(score.leftAt === null ? [] : [`  left                      ${rfc3339(score.leftAt)}`]),
  ]
}

const timeOf = (at: Parameters<typeof rfc3339>[0] | null): string | null => (at === null ? null : rfc3339(at))
