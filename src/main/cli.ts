import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, Option } from 'commander'
import { ImportRefusal } from '../flows/ingest/import-refusal.ts'
import { addAuditCommands } from './commands/audit-commands.ts'
import { addBackupCommands } from './commands/backup-commands.ts'
import { addChecksCommand } from './commands/checks-command.ts'
import { addDataCommands } from './commands/data-commands.ts'
import { addDatabaseCommands } from './commands/database-commands.ts'
import { addDecideCommands } from './commands/decide-commands.ts'
import { addEqualityCommand } from './commands/equality-command.ts'
import { addKeyCommands } from './commands/key-commands.ts'
import { addLiabilityCommand } from './commands/liability-command.ts'
import { addModelCommands } from './commands/model-commands.ts'
import { addPeopleCommands } from './commands/people-commands.ts'
import { addScore } from './commands/score-command.ts'
import { addVoucherCommands } from './commands/voucher-commands.ts'
import { readConfig } from './config.ts'
import { Misconfigured } from './misconfigured.ts'
import { start } from './start.ts'

const EXIT_FAILED = 1
const EXIT_MISUSED = 2

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Runs one command line; sets the exit code: 0 done, 1 failed or refused, 2 misused. Never throws. */
export async function runCli(words: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...words], { from: 'user' })
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

/** The whole command line. */
export function program(): Command {
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
      await start(readConfig(), { open: open && process.stdout.isTTY, only })
    })

  addDataCommands(amends)
  addModelCommands(amends)
  addLiabilityCommand(amends)
  addChecksCommand(amends)
  addEqualityCommand(amends)
  addVoucherCommands(amends)
  addScore(amends)
  addDecideCommands(amends)
  addDatabaseCommands(amends)
  addBackupCommands(amends, version)
  addKeyCommands(amends)
  addPeopleCommands(amends)
  addAuditCommands(amends)
  return amends
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isMain) await runCli(process.argv.slice(2))
