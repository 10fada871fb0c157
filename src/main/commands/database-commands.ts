import type { Command } from 'commander'
import { type Distributed, distribute, type MissingTable, readSpread, type Spread } from '../../store/distribution.ts'
import { countDeadJobs } from '../../store/jobs.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, inWorld, progressLine } from './answer.ts'

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
      const line = progressLine()
      const done = await inWorld('distribute', ({ db }) => distribute(db, (table) => line.show(`${table}…`)))
      line.end()
      if (done.kind !== 'distributed') throw new Misconfigured(refusalOf(done))
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
      const { kind, ...details } = spread
      answer(flags.json, { ...found, spread: kind, ...details }, [
        `PostgreSQL ${found.postgres}, Node ${found.node}.`,
        `Files in ${found.filesDir}.`,
        inWords(spread),
        `${found.deadJobs} jobs were given up.`,
      ])
    })
}

function refusalOf(refused: Exclude<Distributed, { kind: 'distributed' }>): string {
  switch (refused.kind) {
    case 'no-citus':
      return 'This PostgreSQL has no Citus extension. Set DATABASE_URL to the coordinator of a Citus cluster.'
    case 'no-nodes':
      return 'This coordinator knows no worker. In this database, run "select citus_add_node(\'<worker>\', 5432)" for each of them, and repeat this.'
    case 'wrong-key':
      return `The table ${refused.table} is distributed, but in another way than Amends needs. Undo that with "select undistribute_table('${refused.table}')", and repeat this.`
  }
}

const BECAUSE: Readonly<Record<MissingTable['because'], string>> = {
  'not-spread': 'not distributed',
  'by-another-column': 'distributed by another column',
  'apart-from-its-customers': 'not kept beside the customers',
}

function inWords(spread: Spread): string {
  switch (spread.kind) {
    case 'plain':
      return 'One PostgreSQL, not distributed.'
    case 'partly': {
      const tables = spread.missing.map(({ table, because }) => `${table} (${BECAUSE[because]})`)
      return `Citus is there with ${spread.nodes} nodes, but these tables are not distributed as they should be: ${tables.join(', ')}. Run "amends db distribute".`
    }
    case 'distributed':
      return `Distributed by customer over ${spread.nodes} nodes: ${spread.tables} tables, those of customers together in ${spread.shards} shards.`
  }
}
