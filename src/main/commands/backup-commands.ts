import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportForm, exportFirm, exportForms } from '../../flows/show/export-firm.ts'
import { backUp, type Moved, restore } from '../backup.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, counted, inWorld, progressLine } from './answer.ts'

/** Commands that save the whole database, put it back, and hand it to analysts. */
export function addBackupCommands(amends: Command): void {
  amends
    .command('backup <folder>')
    .description('save the whole database, as of one moment, into a new folder')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends backup ./backups/2026-11-28\n  DATABASE_URL=postgresql://... amends backup /mnt/backups/monday --json\n\nIt may run beside the server. Keep the folder as safe as the database: it holds the same.',
    )
    .action(async (folder: string, flags: { json?: boolean }) => {
      const moved = await inWorld('backup', (world) =>
        intoFolder(resolve(folder), () =>
          withProgress((told) => backUp(world, resolve(folder), amends.version() ?? '', told)),
        ),
      )
      answer(flags.json, moved, [said('Saved', moved), `Restore it with: amends restore ${folder}`])
    })

  amends
    .command('restore <folder>')
    .description('put a backup into an empty database')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  AMENDS_DATA_DIR=./restored amends restore ./backups/2026-11-28\n  DATABASE_URL=postgresql://... amends restore /mnt/backups/monday',
    )
    .action(async (folder: string, flags: { json?: boolean }) => {
      const moved = await inWorld('restore', (world) => withProgress((told) => restore(world, resolve(folder), told)))
      answer(flags.json, moved, [said('Restored', moved), 'Check it with: amends verify'])
    })

  addExport(amends)
}

type ExportFlags = Readonly<{ form: ExportForm; personal?: boolean; json?: boolean }>

function addExport(amends: Command): void {
  amends
    .command('export <folder>')
    .description(
      'write customers, events, ledger, cases, exits, vouchers and models as files to analyse, into a new folder',
    )
    .addOption(new Option('--form <form>', 'how to write them').choices(exportForms).default('parquet'))
    .option('--personal', 'with names, addresses, reasons and free text, which are left out otherwise')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends export ./analysis\n  amends export ./everything --form json --personal\n\nWhat each column holds: docs/export.md. Everything about one customer: GET /v1/customers/{key}/export.',
    )
    .action(async (folder: string, { form, personal = false, json }: ExportFlags) => {
      const wish = { folder: resolve(folder), form, withPersonalData: personal }
      const done = await inWorld('export', (world) =>
        intoFolder(wish.folder, () =>
          withProgress((told) => exportFirm(world, { ...wish, onTable: (table) => told(table, null) })),
        ),
      )
      if (done.kind === 'folder-there')
        throw new Misconfigured(`${wish.folder} is there already. Name a folder that is not.`)
      const { exported } = done
      answer(json, { ...exported }, [
        ...exported.tables.map(({ table, rows }) => `${table}: ${counted(rows)} rows`),
        `Written as ${form}: ${exported.folder}`,
      ])
    })
}

const said = (done: string, { rows, tables, jobs, folder }: Moved): string =>
  `${done} ${counted(rows)} rows of ${tables} tables and ${counted(jobs)} waiting jobs: ${folder}`

/** A folder that cannot be made is for whoever named it to change. */
async function intoFolder<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    if (error.syscall !== 'mkdir' && error.syscall !== 'lstat') throw error
    throw new Misconfigured(`${folder} cannot be made (${error.code}). Name a folder where you may write.`)
  }
}

async function withProgress<Result>(work: (told: (table: string, rows: number | null) => void) => Promise<Result>) {
  const line = progressLine()
  try {
    return await work((table, rows) => line.show(rows === null ? table : `${table}: ${counted(rows)} rows`))
  } finally {
    line.end()
  }
}
