import type { Command } from 'commander'
import { distribute, readSpread, type Spread } from '../../store/distribution.ts'
import { countDeadJobs } from '../../store/jobs.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, inWorld } from './answer.ts'

/** Commands that look after the database. */
export function addDatabaseCommands(amends: Command): void {
  amends
    .command('db')
    .description('the database')
    .addHelpText('after', '\nExample:\n  amends db distribute')
    .command('distribute')
    .description('spread a database with the Citus extension over its nodes, each customer on one shard')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgresql://user@coordinator/amends amends db distribute')
    .action(async (flags: { json?: boolean }) => {
      const done = await inWorld('distribute', ({ db }) => distribute(db))
      if (done.kind === 'no-citus') {
        throw new Misconfigured(
          'This PostgreSQL has no Citus extension. Set DATABASE_URL to the coordinator of a Citus cluster.',
        )
      }
      const sentence =
        done.tables.length === 0 ? 'Everything was distributed already.' : `Distributed: ${done.tables.join(', ')}.`
      answer(flags.json, { tables: done.tables }, [sentence])
    })

  amends
    .command('doctor')
    .description('say what this installation is and whether it is well')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends doctor --json')
    .action(async (flags: { json?: boolean }) => {
      const found = await inWorld('doctor', async ({ db, filesDir }) => {
        const [server] = await db.query<{ version: string }>(`select current_setting('server_version') as version`)
        return {
          postgres: server?.version ?? 'unknown',
          node: process.versions.node,
          filesDir,
          spread: await readSpread(db),
          deadJobs: await countDeadJobs(db),
        }
      })
      const { spread } = found
      answer(flags.json, { ...found, spread: spread.kind, ...('nodes' in spread ? { nodes: spread.nodes } : {}) }, [
        `PostgreSQL ${found.postgres}, Node ${found.node}.`,
        `Files in ${found.filesDir}.`,
        inWords(spread),
        `${found.deadJobs} jobs were given up.`,
      ])
    })
}

function inWords(spread: Spread): string {
  switch (spread.kind) {
    case 'plain':
      return 'One PostgreSQL, not distributed.'
    case 'partly':
      return `Citus is there, but these tables are not distributed as they should be: ${spread.missing.join(', ')}. Run "amends db distribute".`
    case 'distributed':
      return `Distributed by customer over ${spread.nodes} nodes in ${spread.shards} shards.`
  }
}
