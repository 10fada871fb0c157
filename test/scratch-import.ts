import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Outcome, parseEvent } from '../src/contract/ingest.ts'
import { instantOf } from '../src/core/time/instant.ts'
import { type ImportOptions, type ImportResult, importFiles } from '../src/flows/ingest/import-files.ts'
import { type ImportMapping, parseMapping } from '../src/flows/ingest/mapping.ts'

/** The time at which imports of tests run. */
const testNow = instantOf('2026-06-01T00:00:00Z')

/** A folder of its own for one test; it is deleted when the scope ends. */
export type Scratch = AsyncDisposable & Readonly<{ folder: string; work: string; path: (name: string) => string }>

/** Makes a folder with these files. */
export async function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Scratch> {
  const base = await mkdtemp(join(tmpdir(), 'amends-import-'))
  const folder = join(base, 'files')
  const work = join(base, 'work')
  await mkdir(folder)
  await mkdir(work)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return {
    folder,
    work,
    path: (name) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }),
  }
}

/** An event as it travels. */
export type Wire = Readonly<{
  id: string
  source: string
  customer: string
  type: string
  at: string
  data: Readonly<Record<string, unknown>>
}>

/** A log in memory with the rules of the real one about ids: the whole validation, no database. */
export class MemoryLog {
  readonly events = new Map<string, string>()

  readonly accept = async (raw: readonly unknown[]): Promise<readonly Outcome[]> =>
    raw.map((value) => {
      const parsed = parseEvent(value, { now: testNow, source: 'test', strict: true })
      if (parsed.kind === 'refused') return parsed
      const { event } = parsed
      const key = `${event.customer}\n${event.source}\n${event.id}`
      const text = JSON.stringify(value)
      const before = this.events.get(key)
      if (before === text) return { kind: 'repeated' }
      if (before !== undefined) return { kind: 'refused', code: 'id-reused', pointer: '/id', detail: 'Used before.' }
      this.events.set(key, text)
      return { kind: 'accepted' }
    })

  /** The accepted events, in the order of their arrival. */
  wire(): readonly Wire[] {
    return [...this.events.values()].map((text) => JSON.parse(text) as Wire)
  }

  /** How many events there are of each type. */
  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const { type } of this.wire()) counts[type] = (counts[type] ?? 0) + 1
    return counts
  }
}

/** Imports into a log in memory; `sql` or a mapping. */
export async function importInto(
  log: MemoryLog,
  place: Scratch,
  what: Partial<ImportOptions> & Readonly<{ sql?: string }>,
): Promise<ImportResult> {
  const mapping: ImportMapping = what.mapping ?? parseMapping('test', what.sql ?? '')
  const { sql: _, ...options } = what
  return importFiles({
    paths: [place.folder],
    workFolder: place.work,
    rejectsPath: join(place.work, 'rejects.csv'),
    accept: log.accept,
    now: () => testNow,
    ...options,
    mapping,
  })
}
