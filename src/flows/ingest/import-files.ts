import { createHash } from 'node:crypto'
import type { Outcome } from '../../contract/ingest.ts'
import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/instant.ts'
import { fitEvent } from './fit-event.ts'
import { ImportRefusal, type ImportRefusalCode } from './import-refusal.ts'
import type { ImportMapping } from './mapping.ts'
import { openTables, type Tables } from './open-tables.ts'
import { readStaged, type StagedRow } from './read-staged.ts'
import { type Reject, RejectsFile } from './rejects-file.ts'
import { findDoubledIds, findUnknownTypes, type Staged, stageEvents } from './stage-events.ts'

/** How far an import is; `secondsLeft` is null until the rate is known. */
export type ImportProgress = Readonly<{
  doing: 'reading' | 'sorting' | 'appending'
  /** The file that is being read. */
  file: string | null
  done: number
  /** Null until the mapping has run. */
  total: number | null
  accepted: number
  repeated: number
  rejected: number
  perSecond: number | null
  secondsLeft: number | null
}>

/** Where an interrupted import can go on, as plain JSON. Valid for the same files and the same SQL only. */
export type Checkpoint = Readonly<{
  fingerprint: string
  done: number
  accepted: number
  repeated: number
  rejected: number
  rejectsBytes: number
}>

/** What an import needs. `workFolder` must exist, be writable, and belong to this import alone. */
export type ImportOptions = Readonly<{
  /** Files, folders, or globs. */
  paths: readonly string[]
  mapping: ImportMapping
  workFolder: string
  /** Where the rejected rows go (CSV); the file is made only when there is one. */
  rejectsPath: string
  /** Validates and appends wire events; in a dry run it must only validate. One outcome per event, in their order. */
  accept: (raw: readonly unknown[]) => Promise<readonly Outcome[]>
  now: () => Instant
  dryRun?: boolean
  onProgress?: (progress: ImportProgress) => void
  /** Called after every batch that is stored, not in a dry run. */
  saveCheckpoint?: (checkpoint: Checkpoint) => Promise<void>
  resumeFrom?: Checkpoint
  signal?: AbortSignal
}>

/** Counts and what a person needs to see. accepted + repeated + rejected = total when it is done. */
export type ImportReport = Readonly<{
  total: number
  customers: number
  accepted: number
  repeated: number
  rejected: number
  seconds: number
  /** The rejects file; null when nothing was rejected. */
  rejects: string | null
  /** The first rejects. */
  problems: readonly Reject[]
  /** The first events as they were handed over. */
  sample: readonly unknown[]
  notes: readonly string[]
}>

/** The end of an import. `interrupted` gives what was done so far and where to go on. */
export type ImportResult =
  | Readonly<{ kind: 'done'; report: ImportReport }>
  | Readonly<{ kind: 'interrupted'; report: ImportReport | null; checkpoint: Checkpoint | null }>
  | Readonly<{ kind: 'refused'; code: ImportRefusalCode; detail: string }>

/** Batches that are appended at the same time; no two hold the same customer, but for very long histories. */
const SIDE_BY_SIDE_MAX = 3
const BATCH_EVENTS_MIN = 2_000
const BATCH_EVENTS_MAX = 5_000
/** Long texts make a batch shorter, so that memory stays flat whatever the rows hold. */
const BATCH_CHARACTERS_MAX = 4_000_000
const PROBLEMS_MAX = 20
const SAMPLE_MAX = 20

/** A batch that was handed over: its rows, the events of those that made one, and what is becoming of them. */
type Handed = Readonly<{
  rows: readonly StagedRow[]
  from: readonly StagedRow[]
  events: readonly unknown[]
  outcomes: Promise<readonly Outcome[]>
}>

type Batch = { rows: StagedRow[]; characters: number; last: string | null }

/** Batches that end where a customer ends, when that is within 5,000 events. */
async function* batches(rows: AsyncIterable<readonly StagedRow[]>): AsyncGenerator<readonly StagedRow[]> {
  let batch: Batch = { rows: [], characters: 0, last: null }
  for await (const some of rows) {
    for (const row of some) {
      const { length } = batch.rows
      const isFull = length >= BATCH_EVENTS_MAX || batch.characters >= BATCH_CHARACTERS_MAX
      if (isFull || (length >= BATCH_EVENTS_MIN && row.customer !== batch.last)) {
        yield batch.rows
        batch = { rows: [], characters: 0, last: null }
      }
      batch.rows.push(row)
      batch.characters += row.data?.length ?? 0
      batch.last = row.customer
    }
  }
  if (batch.rows.length > 0) yield batch.rows
}

/** One import while it runs: its counts, its rejects, its clock. */
class ImportRun {
  readonly #options: ImportOptions
  readonly #rejects: RejectsFile
  readonly #startedAt: Instant
  #appendingSince: Instant
  #counts = { accepted: 0, repeated: 0, rejected: 0 }
  #badLines = 0
  #handled = 0
  #handledBefore = 0
  #staged: Staged | undefined
  #fingerprint = ''
  readonly #problems: Reject[] = []
  readonly #sample: unknown[] = []
  readonly #notes: string[] = []

  constructor(options: ImportOptions, rejects: RejectsFile) {
    this.#options = options
    this.#rejects = rejects
    this.#startedAt = options.now()
    this.#appendingSince = this.#startedAt
  }

  /** Counts and writes a row that was not taken. */
  reject(reject: Reject): void {
    this.#counts.rejected += 1
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(reject)
    this.#rejects.add(reject)
  }

  /** A line of a file that was no record; after an interruption it has been counted and written before. */
  badLine(reject: Reject): void {
    this.#badLines += 1
    if (this.#options.resumeFrom === undefined) this.reject(reject)
  }

  async drain(): Promise<void> {
    await this.#rejects.drain()
  }

  tell(doing: ImportProgress['doing'], file: string | null = null): void {
    const seconds = (this.#options.now() - this.#appendingSince) / 1_000
    const handled = this.#handled - this.#handledBefore
    const perSecond = doing === 'appending' && handled > 0 && seconds > 0 ? handled / seconds : null
    const total = this.#staged === undefined ? null : this.#staged.total + this.#badLines
    const left = (this.#staged?.total ?? 0) - this.#handled
    this.#options.onProgress?.({
      doing,
      file,
      done: this.#badLines + this.#handled,
      total,
      ...this.#counts,
      perSecond,
      secondsLeft: perSecond === null ? null : left / perSecond,
    })
  }

  /** Takes over what the tables and the mapping gave, and the counts of an import that goes on. */
  async begin(tables: Tables, fingerprint: string, staged: Staged): Promise<void> {
    this.#staged = staged
    this.#fingerprint = fingerprint
    this.#notes.push(...tables.tables.flatMap(({ notes }) => notes), ...staged.notes)
    const unknown = await findUnknownTypes(tables.duck)
    if (unknown !== undefined) this.#notes.push(unknown)
    const { resumeFrom, dryRun, mapping } = this.#options
    if (dryRun) {
      const doubled = await findDoubledIds(tables.duck, `import:${mapping.name}`, 5)
      if (doubled.length > 0) {
        this.#notes.push(
          `Some ids stand for more than one event of a customer, which will be refused: ${doubled.join(', ')}.`,
        )
      }
    }
    if (resumeFrom !== undefined) {
      const { done, accepted, repeated, rejected } = resumeFrom
      this.#handled = done
      this.#handledBefore = done
      this.#counts = { accepted, repeated, rejected }
    }
    this.#appendingSince = this.#options.now()
    this.tell('appending')
  }

  /** Hands one batch over. Batches may be under way side by side; `note` what became of them in their order. */
  hand(rows: readonly StagedRow[]): Handed {
    const events: Readonly<Record<string, unknown>>[] = []
    const from: StagedRow[] = []
    for (const row of rows) {
      const fitted = fitEvent(row, `import:${this.#options.mapping.name}`)
      if (fitted.kind === 'event') {
        events.push(fitted.event)
        from.push(row)
      } else {
        const reason = 'The data of the event must be a JSON object or a STRUCT.'
        this.reject({ ...place(row), code: 'import-data-not-json', pointer: '/data', reason, event: fitted.event })
      }
    }
    if (this.#sample.length < SAMPLE_MAX) this.#sample.push(...events.slice(0, SAMPLE_MAX - this.#sample.length))
    const outcomes = this.#options.accept(events)
    // Noted in its turn; until then a failure must not count as nobody's.
    outcomes.catch(() => undefined)
    return { rows, from, events, outcomes }
  }

  /** Counts and writes down what became of a batch. */
  async note({ rows, from, events, outcomes: coming }: Handed): Promise<void> {
    const outcomes = await coming
    assert(outcomes.length === events.length, 'there is one outcome for every event')
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind !== 'refused') this.#counts[outcome.kind] += 1
      else {
        const row = from[index]
        const { code, pointer, detail: reason } = outcome
        this.reject({ file: row?.file ?? null, line: row?.line ?? null, code, pointer, reason, event: events[index] })
      }
    }
    this.#handled += rows.length
    await this.#rejects.flush()
    if (!this.#options.dryRun) await this.#options.saveCheckpoint?.(this.checkpoint())
    this.tell('appending')
  }

  checkpoint(): Checkpoint {
    return { fingerprint: this.#fingerprint, done: this.#handled, ...this.#counts, rejectsBytes: this.#rejects.bytes }
  }

  report(rejects: string | null): ImportReport {
    return {
      total: (this.#staged?.total ?? 0) + this.#badLines,
      customers: this.#staged?.customers ?? 0,
      ...this.#counts,
      seconds: (this.#options.now() - this.#startedAt) / 1_000,
      rejects,
      problems: this.#problems,
      sample: this.#sample,
      notes: this.#notes,
    }
  }

  get hasBegun(): boolean {
    return this.#staged !== undefined
  }
}

const place = ({ file, line }: StagedRow): Pick<Reject, 'file' | 'line'> => ({ file, line })

function fingerprintOf(tables: Tables, sql: string): string {
  return createHash('sha256').update(tables.fingerprint).update(sql).digest('hex')
}

/** While one batch is written the next are read and prepared. What is under way when it ends or fails is waited for. */
async function appendSideBySide(
  run: ImportRun,
  coming: AsyncIterable<readonly StagedRow[]>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const underWay: Handed[] = []
  try {
    for await (const batch of coming) {
      if (signal?.aborted === true) break
      underWay.push(run.hand(batch))
      const first = underWay.length === SIDE_BY_SIDE_MAX ? underWay.shift() : undefined
      if (first !== undefined) await run.note(first)
    }
    for (let next = underWay.shift(); next !== undefined; next = underWay.shift()) await run.note(next)
  } finally {
    await Promise.allSettled(underWay.map(({ outcomes }) => outcomes))
  }
  signal?.throwIfAborted()
}

async function runImport(options: ImportOptions, run: ImportRun): Promise<void> {
  const { mapping, signal, resumeFrom } = options
  const tables = await openTables({
    paths: options.paths,
    workFolder: options.workFolder,
    mentionedIn: mapping.sql,
    onBad: ({ text, ...bad }) => run.badLine({ ...bad, pointer: '', event: text }),
    drain: () => run.drain(),
    onFile: (file) => run.tell('reading', file),
    ...(signal === undefined ? {} : { signal }),
  })
  try {
    run.tell('sorting')
    const staged = await stageEvents(tables, mapping)
    const fingerprint = fingerprintOf(tables, mapping.sql)
    if (resumeFrom !== undefined && resumeFrom.fingerprint !== fingerprint) {
      throw new ImportRefusal(
        'import-changed',
        'The files or the mapping changed since this import was interrupted: start it anew; what is stored already will count as repeated.',
      )
    }
    await run.begin(tables, fingerprint, staged)
    await appendSideBySide(run, batches(readStaged(tables.duck, resumeFrom?.done ?? 0)), signal)
  } finally {
    await tables.close()
  }
}

/**
 * Imports files through a mapping: reads them into a private database, runs the mapping, and hands the events over in
 * batches, the events of one customer together. The same files give the same events in the same order, so that a second
 * import repeats and doubles nothing, and an interrupted one goes on from its last checkpoint. Rows that cannot be
 * taken are written to the rejects file, and never stop the rest. What stops the whole is a value with one sentence;
 * an exception of `accept` is passed on, after the last checkpoint.
 */
export async function importFiles(options: ImportOptions): Promise<ImportResult> {
  const rejects = await RejectsFile.at(options.rejectsPath, options.resumeFrom?.rejectsBytes ?? 0)
  const run = new ImportRun(options, rejects)
  try {
    await runImport(options, run)
    return { kind: 'done', report: run.report(await rejects.close()) }
  } catch (error) {
    const path = await rejects.close()
    if (options.signal?.aborted) {
      return run.hasBegun
        ? { kind: 'interrupted', report: run.report(path), checkpoint: run.checkpoint() }
        : { kind: 'interrupted', report: null, checkpoint: options.resumeFrom ?? null }
    }
    if (error instanceof ImportRefusal) return { kind: 'refused', code: error.code, detail: error.message }
    throw error
  }
}
