import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { commandLine } from '../../core/people/actor.ts'
import { FIRM_CUSTOMERS_MAX, FIRM_MONTHS_MAX, simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import { instantOf, rfc3339 } from '../../core/time/instant.ts'
import { forgetCustomer } from '../../flows/forget-customer.ts'
import { acceptWire, checkWire } from '../../flows/ingest/accept-wire.ts'
import { type ImportReport, importFiles } from '../../flows/ingest/import-files.ts'
import { readMapping } from '../../flows/ingest/mapping.ts'
import { findEnd, folderOf, truthPathOf } from '../../flows/ingest/run-task.ts'
import { type Destination, simulateFirm } from '../../flows/ingest/simulate-firm.ts'
import { verifyLog } from '../../flows/ingest/verify-log.ts'
import { planForecast } from '../../flows/predict/forecast-liability.ts'
import { refit } from '../../flows/predict/refit.ts'
import type { World } from '../../flows/world.ts'
import { importMemory } from '../import-memory.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, counted, duration, inWorld, progressLine } from './answer.ts'
import { wholeNumber } from './whole-number.ts'

const NOTHING_LOST = 0

/** Commands that bring data in, make it up, check it, and forget it. */
export function addDataCommands(amends: Command): void {
  addImport(amends)
  addSimulate(amends)
  addVerify(amends)
  addForget(amends)
}

type ImportFlags = Readonly<{ mapping: string; dryRun?: boolean; json?: boolean; rejects?: string }>

function addImport(amends: Command): void {
  amends
    .command('import <path...>')
    .description('read files into events through a mapping')
    .requiredOption('--mapping <name>', 'olist, cdnow, complete-journey, telco, events, or the path of an .sql file')
    .option('--dry-run', 'validate everything and store nothing')
    .option('--rejects <file>', 'where rejected rows are written', 'rejects.csv')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends import ./olist --mapping olist\n  amends import orders.csv --mapping my-orders.sql --dry-run\n\nHow to write a mapping: docs/import.md.',
    )
    .action(async (paths: string[], flags: ImportFlags) => {
      const report = await inWorld('import', (world) => importInto(world, paths, flags))
      const { accepted, repeated, rejected, seconds } = report
      const lines = [
        `${counted(accepted)} accepted, ${counted(repeated)} repeated, ${counted(rejected)} rejected, in ${seconds.toFixed(1)} s.`,
        ...(report.rejects === null ? [] : [`Rejected rows with their reasons: ${report.rejects}`]),
        ...report.problems
          .slice(0, 5)
          .map(({ file, line, reason }) => `  ${file ?? ''}${line === null ? '' : `, line ${line}`}: ${reason}`),
        ...report.notes,
        ...(flags.dryRun ? ['This was a dry run: nothing was stored.'] : []),
      ]
      answer(flags.json, { accepted, repeated, rejected, seconds, rejects: report.rejects, notes: report.notes }, lines)
    })
}

async function importInto(world: World, paths: readonly string[], flags: ImportFlags): Promise<ImportReport> {
  const mapping = await readMapping(flags.mapping)
  const rejectsPath = resolve(flags.rejects ?? 'rejects.csv')
  const memory = await importMemory(world, { paths: paths.map((path) => resolve(path)), sql: mapping.sql, rejectsPath })
  const resumeFrom = flags.dryRun ? undefined : await memory.read()
  if (resumeFrom !== undefined && !flags.json)
    process.stderr.write(`Going on after ${counted(resumeFrom.done)} events of the interrupted run.\n`)
  const workFolder = folderOf(world, 'work', randomUUID())
  await mkdir(workFolder, { recursive: true })
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const line = progressLine()
  try {
    const result = await importFiles({
      paths,
      mapping,
      workFolder,
      rejectsPath,
      saveCheckpoint: memory.save,
      ...(resumeFrom === undefined ? {} : { resumeFrom }),
      accept: flags.dryRun ? async (raw) => checkWire(world, raw) : (raw) => acceptWire(world, raw),
      now: world.now,
      dryRun: flags.dryRun ?? false,
      signal: stop.signal,
      onProgress: ({ doing, done, total, perSecond, secondsLeft }) =>
        line.show(
          `${doing} ${counted(done)}${total === null ? '' : ` of ${counted(total)}`} · ${counted(Math.round(perSecond ?? 0))} a second · ${duration(secondsLeft)} left`,
        ),
    })
    if (result.kind === 'interrupted')
      throw new Error('Interrupted. What was stored stays; the same command goes on where this one stopped.')
    // Done, or refused, which the same memory would bring about again: the next run begins anew.
    if (!flags.dryRun) await memory.forget()
    if (result.kind === 'refused') throw new Misconfigured(result.detail)
    if (!flags.dryRun && result.report.accepted > 0) {
      await refit(world, {
        progress: ({ doing, done, total }) => line.show(`${doing} ${counted(done)} of ${counted(total)}`),
      })
      await planForecast(world)
    }
    return result.report
  } finally {
    line.end()
    await rm(workFolder, { recursive: true, force: true })
  }
}

type SimulateFlags = Readonly<{
  customers: number
  months: number
  seed: number
  kind: 'contract' | 'shop'
  out?: string
  endAt?: string
  json?: boolean
}>

function addSimulate(amends: Command): void {
  amends
    .command('simulate')
    .description('make up a firm whose truth is known, into the database or a file')
    .option('--customers <n>', 'how many', wholeNumber, 2_000)
    .option('--months <n>', 'how many months of events', wholeNumber, 18)
    .option('--seed <n>', 'the same seed gives the same firm', wholeNumber, 1)
    .addOption(new Option('--kind <kind>', 'with contracts, or a shop').choices(['contract', 'shop']).default('shop'))
    .option('--end-at <time>', 'when the events end (RFC 3339); now if left out')
    .option('--out <file>', 'write NDJSON there and leave the database alone')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends simulate --customers 200000 --months 24 --seed 7 --kind contract\n  amends simulate --customers 1000 --out firm.ndjson',
    )
    .action(async (flags: SimulateFlags) => {
      const done =
        flags.out === undefined
          ? await inWorld('simulate', (world) => simulateInto(world, flags))
          : await simulateToFile(flags, flags.out)
      const { customers, events, truth } = done
      answer(flags.json, { customers, events, truth }, [
        `${counted(customers)} simulated customers, ${counted(events)} events.`,
        `What is true of them: ${truth}`,
      ])
    })
}

function firmOf(flags: SimulateFlags) {
  const endAt = instantOf(flags.endAt ?? new Date().toISOString())
  if (Number.isNaN(endAt))
    throw new Misconfigured(`--end-at ${flags.endAt} is no time. Write it like 2026-06-01T00:00:00Z.`)
  const { customers, months } = flags
  if (customers < 1 || customers > FIRM_CUSTOMERS_MAX || months < 1 || months > FIRM_MONTHS_MAX) {
    throw new Misconfigured(
      `A firm has 1 to ${counted(FIRM_CUSTOMERS_MAX)} customers and 1 to ${FIRM_MONTHS_MAX} months.`,
    )
  }
  return simulatedFirm({ ...flags, endAt })
}

async function simulateInto(world: World, flags: SimulateFlags) {
  const truthPath = truthPathOf(world, flags)
  await mkdir(folderOf(world, 'truth'), { recursive: true })
  const before = flags.endAt === undefined ? await findEnd(truthPath) : undefined
  const report = await simulated(
    before === undefined ? flags : { ...flags, endAt: rfc3339(before) },
    { kind: 'accept', accept: (events) => acceptWire(world, events) },
    truthPath,
  )
  const line = progressLine()
  await refit(world, {
    progress: ({ doing, done, total }) => line.show(`${doing} ${counted(done)} of ${counted(total)}`),
  })
  line.end()
  await planForecast(world)
  return report
}

async function simulateToFile(flags: SimulateFlags, out: string) {
  const folder = dirname(resolve(out))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new Error(`There is no folder ${folder}.`)
  return simulated(flags, { kind: 'file', path: resolve(out) }, resolve(`${out}.truth.json`))
}

async function simulated(flags: SimulateFlags, to: Destination, truthPath: string) {
  const line = progressLine()
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const report = await simulateFirm({
    firm: firmOf(flags),
    to,
    truthPath,
    checkpointPath: `${truthPath}.checkpoint`,
    now: () => instantOf(new Date().toISOString()),
    signal: stop.signal,
    progress: ({ done, total, perSecond, secondsLeft }) =>
      line.show(
        `${counted(done)} of ${counted(total)} customers · ${counted(Math.round(perSecond))} events a second · ${duration(secondsLeft)} left`,
      ),
  })
  line.end()
  if (report.kind === 'stopped')
    throw new Error('Interrupted. What was stored stays; run the same command again to go on.')
  return report
}

function addVerify(amends: Command): void {
  amends
    .command('verify')
    .description('replay the whole log and compare every stored state with its fold and every goodwill with its ledger')
    .option('--mend', 'fold those who differ anew from the log')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends verify\n  amends verify --mend\n\nExit code 0 when nothing differs, or nothing any more; 1 when something does.',
    )
    .action(async (flags: { mend?: boolean; json?: boolean }) => {
      const line = progressLine()
      const progress = (done: number) => line.show(`${counted(done)} customers replayed`)
      const { customers, events, mended, differences } = await inWorld('verify', (world) =>
        verifyLog(world, { progress, mend: flags.mend === true }),
      )
      line.end()
      const named = differences.slice(0, 20)
      answer(flags.json, { customers, events, mended, differences: differences.length, named }, [
        `${counted(customers)} customers, ${counted(events)} events, ${counted(differences.length)} differences.`,
        ...(mended === 0 ? [] : [`${counted(mended)} customers were folded anew.`]),
        ...named.map(({ customer, what }) => `  ${customer}: ${what}`),
      ])
      if (differences.length !== NOTHING_LOST) process.exitCode = 1
    })
}

function addForget(amends: Command): void {
  amends
    .command('forget <customer>')
    .description('erase what is personal about a customer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends forget customer-1042')
    .action(async (customer: string, flags: { json?: boolean }) => {
      const forgotten = await inWorld('forget', (world) => forgetCustomer(world, customer, commandLine))
      if (forgotten.kind === 'customer-unknown') throw new Error(`No event has named the customer ${customer}.`)
      const { customers, events, prose } = forgotten
      answer(flags.json, { customers, events, prose }, [
        `Erased: ${counted(events)} personal events and ${counted(prose)} texts of ${customers.join(', ')}.`,
      ])
    })
}
