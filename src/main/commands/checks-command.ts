import type { Command } from 'commander'
import type { Check } from '../../contract/checks.ts'
import { checkNames } from '../../core/checks/checks.ts'
import { runChecks } from '../../flows/act/checks/run-checks.ts'
import { showChecks } from '../../flows/show/show-checks.ts'
import { answer, counted, inWorld, progressLine } from './answer.ts'

const EXIT_FAILING = 1

/** The command that tells what Amends checks by itself, and runs it. */
export function addChecksCommand(amends: Command): void {
  amends
    .command('checks')
    .description('what Amends checks by itself: fairness, honesty of forecasts, and how the work is done')
    .option('--run', 'run every check first')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends checks\n  amends checks --run --json\n\nExit code 0 when no check fails, 1 when one does. What each compares and when it fails: docs/checks.md.',
    )
    .action(async (flags: Readonly<{ run?: boolean; json?: boolean }>) => {
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const line = progressLine()
      const told = await inWorld('checks', async (world) => {
        const progress = (done: number, total: number) => line.show(`${counted(done)} of ${counted(total)} checks`)
        if (flags.run === true) await runChecks(world, checkNames, { signal: stop.signal, progress })
        line.end()
        return showChecks(world.db, 'en')
      })
      answer(flags.json, told, told.checks.flatMap(linesOf))
      if (told.failing > 0) process.exitCode = EXIT_FAILING
    })
}

const stateWords: Readonly<Record<NonNullable<Check['state']>, string>> = {
  fails: 'FAILS',
  unsure: 'unsure',
  holds: 'holds',
  told: 'told',
  'too-few': 'too few',
}

const WIDTH = 9

function linesOf(check: Check): readonly string[] {
  const { title, todo, state, unit, value, low, high, count, needed, since } = check
  const word = (state === null ? 'not yet' : stateWords[state]).padEnd(WIDTH)
  if (state === null) return [`${word}${title}`]
  if (value === null) return [`${word}${title}: ${counted(count)} cases, ${counted(needed)} needed`]
  const write = (number: number) => written(number, unit)
  const number = countWords[check.name]?.(write(value)) ?? write(value)
  const range = low === null || high === null ? '' : ` (${rangeWords[check.range]} ${write(low)} to ${write(high)})`
  return [
    `${word}${title}: ${number}${range}, ${counted(count)} cases, since ${(since ?? '').slice(0, 10)}`,
    ...(state === 'fails' ? [`${' '.repeat(WIDTH)}${todo}`] : []),
  ]
}

// What was counted, where the title leaves it open.
const countWords: Partial<Readonly<Record<Check['name'], (count: string) => string>>> = {
  calibration: (tenths) => `${tenths} of 10 off`,
  'data-requests': (requests) => `${requests} overdue`,
  redemption: (months) => `${months} missed in a row`,
  apologies: (times) => `${times} a let-down`,
}

const rangeWords: Readonly<Record<Check['range'], string>> = {
  interval: '95 %:',
  middle: 'middle 80 %:',
  band: '90 % band:',
}

function written(value: number, unit: Check['unit']): string {
  switch (unit) {
    case 'points':
      return `${(100 * value).toFixed(1)} points`
    case 'share':
      return `${(100 * value).toFixed(1)} %`
    case 'factor':
      return `x${value.toFixed(2)}`
    case 'days':
      return `${value.toFixed(1)} days`
    case 'deviations':
      return `${value.toFixed(1)} sd`
    case 'money':
      return (value / 100).toFixed(2)
    case 'mean':
      return value.toFixed(2)
    case 'count':
      return counted(value)
  }
}
