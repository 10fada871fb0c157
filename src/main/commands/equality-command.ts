import type { Command } from 'commander'
import type { Equality } from '../../contract/equality.ts'
import { runChecks } from '../../flows/act/checks/run-checks.ts'
import { showEquality } from '../../flows/show/show-equality.ts'
import { answer, counted, inWorld } from './answer.ts'

const EXIT_DIFFERS = 1

/** The command that tells how groups of customers are treated, and works it out. */
export function addEqualityCommand(amends: Command): void {
  amends
    .command('equality')
    .description('how groups of customers are treated, by the traits that are compared')
    .option('--run', 'work it out first')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends equality\n  amends equality --run --json\n\nExit code 0 when no group is treated otherwise, 1 when one is. Small groups are hidden: docs/checks.md.',
    )
    .action(async (flags: Readonly<{ run?: boolean; json?: boolean }>) => {
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const told = await inWorld('equality', async (world) => {
        if (flags.run === true) await runChecks(world, ['equal-treatment'], { signal: stop.signal })
        return showEquality(world.db, 'en')
      })
      answer(flags.json, told, linesOf(told))
      if ((told.found?.differing ?? 0) > 0) process.exitCode = EXIT_DIFFERS
    })
}

function linesOf({ traits, found }: Equality): readonly string[] {
  if (traits.length === 0) return ['No comparison is turned on.']
  if (found === null) return ['Nothing is worked out yet: amends equality --run']
  return [
    `${counted(found.comparisons)} comparisons of let-downs from ${found.from.slice(0, 10)} to ${found.to.slice(0, 10)}`,
    ...found.traits.flatMap(({ label, measures }) => [
      '',
      label,
      ...measures.flatMap((measure) => {
        const hidden = measure.hidden.map((one) => one.label).join(', ')
        if (measure.groups.length === 0) return [`  ${measure.label}: too few to tell`]
        return [
          `  ${measure.label}${hidden === '' ? '' : ` (not told: ${hidden})`}`,
          ...measure.groups.map((one) => `    ${lineOf(one, measure.unit)}`),
        ]
      }),
    ]),
  ]
}

type Measure = NonNullable<Equality['found']>['traits'][number]['measures'][number]

function lineOf(figure: Measure['groups'][number], unit: Measure['unit']): string {
  const { label, people, value, others, low, high, verdict, sentence } = figure
  const write = (number: number) => (unit === 'hours' ? `${number.toFixed(1)} h` : (100 * number).toFixed(1))
  const range = low === null || high === null ? '' : `, difference ${write(low)} to ${write(high)}`
  const says = verdict === 'differs' ? sentence : `${label}: ${sentence}`
  return `${says} ${write(value)} beside ${write(others)}${range}, ${counted(people)} people`
}
