import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { ImportRefusal } from '../flows/ingest/import-refusal.ts'
import { readConfig } from './config.ts'
import { Misconfigured } from './misconfigured.ts'

const EXIT_FAILED = 1
const EXIT_MISUSED = 2

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** The commands beside `start`, by the file that holds them, in the order of the help. */
const groups: readonly Readonly<{ names: readonly string[]; load: () => Promise<(amends: Command) => void> }>[] = [
  {
    names: ['import', 'simulate', 'verify', 'forget'],
    load: async () => (await import('./commands/data-commands.ts')).addDataCommands,
  },
  { names: ['report', 'fit'], load: async () => (await import('./commands/model-commands.ts')).addModelCommands },
  { names: ['liability'], load: async () => (await import('./commands/liability-command.ts')).addLiabilityCommand },
  { names: ['checks'], load: async () => (await import('./commands/checks-command.ts')).addChecksCommand },
  { names: ['equality'], load: async () => (await import('./commands/equality-command.ts')).addEqualityCommand },
  { names: ['voucher'], load: async () => (await import('./commands/voucher-commands.ts')).addVoucherCommands },
  { names: ['score'], load: async () => (await import('./commands/score-command.ts')).addScore },
  { names: ['decide'], load: async () => (await import('./commands/decide-commands.ts')).addDecideCommands },
  { names: ['db', 'doctor'], load: async () => (await import('./commands/database-commands.ts')).addDatabaseCommands },
  {
    names: ['backup', 'restore', 'export'],
    load: async () => (await import('./commands/backup-commands.ts')).addBackupCommands,
  },
  { names: ['key'], load: async () => (await import('./commands/key-commands.ts')).addKeyCommands },
  { names: ['user'], load: async () => (await import('./commands/people-commands.ts')).addPeopleCommands },
  { names: ['audit'], load: async () => (await import('./commands/audit-commands.ts')).addAuditCommands },
]

/** Runs one command line; sets the exit code: 0 done, 1 failed or refused, 2 misused. Never throws. */
export async function runCli(words: readonly string[]): Promise<void> {
  try {
    const amends = await program(words[0])
    await amends.parseAsync([...words], { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (error instanceof CommanderError) return
    const sentence = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${sentence}\n`)
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_MISUSED
  return error instanceof Misconfigured || error instanceof ImportRefusal ? EXIT_MISUSED : EXIT_FAILED
}

/** The command line: as much as the command of this name needs, which spares reading the rest; else the whole of it. */
export async function program(name?: string): Promise<Command> {
  const amends = new Command('amends')
    .description('Know when you let a customer down, what it will cost, and how to make it right or part well.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Run with --help to see what it takes.')
    .addHelpText('after', '\nEverything that the environment may set is listed in docs/configuration.md.')

  amends
    .command('start')
    .description('run the server, the worker, and the embedded database until Ctrl-C')
    .option('--no-open', 'do not open the browser')
    .addOption(new Option('--only <part>', 'run one part alone').choices(['server', 'worker']))
    .addHelpText(
      'after',
      '\nExamples:\n  amends start\n  AMENDS_PORT=8080 amends start --no-open\n  DATABASE_URL=postgresql://... amends start --only worker',
    )
    .action(async ({ open, only }: { open: boolean; only?: 'server' | 'worker' }) => {
      const { start } = await import('./start.ts')
      await start(readConfig(), { open: open && process.stdout.isTTY, only })
    })

  if (name === 'start') return amends
  const holder = groups.find(({ names }) => names.some((one) => one === name))
  for (const { load } of holder === undefined ? groups : [holder]) {
    const add = await load()
    add(amends)
  }
  return amends
}
