import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
import type { SimulatedTruth } from '../../core/simulated-firm/truth.ts'
import type { Instant } from '../../core/time/instant.ts'
import { type Progress, progressAtFirst, type StoredTask } from '../../store/tasks.ts'
import type { World } from '../world.ts'
import { acceptWire } from './accept-wire.ts'
import { type Checkpoint, importFiles } from './import-files.ts'
import { parseMapping, readMapping } from './mapping.ts'
import { simulateFirm } from './simulate-firm.ts'
import type { ImportInput, SimulateInput } from './task-inputs.ts'

/** What a task reports while it runs; a checkpoint lets another worker go on where this one was killed. */
export type TaskReport = (progress: Progress, checkpoint?: unknown) => void

/** How a task ended. */
export type TaskEnd = Readonly<{ kind: 'done' | 'stopped' | 'failed'; progress: Progress; problem: string | null }>

/** The folder of an upload, of a task's work, or of the simulator's truth. */
export const folderOf = (world: World, kind: 'uploads' | 'work' | 'rejects' | 'truth', id = ''): string =>
  join(world.filesDir, kind, id)

/** Imports an upload with a mapping. */
export async function runImport(
  world: World,
  task: StoredTask,
  report: TaskReport,
  signal: AbortSignal,
): Promise<TaskEnd> {
  const input = task.input as ImportInput
  const workFolder = folderOf(world, 'work', task.id)
  const rejectsPath = join(folderOf(world, 'rejects'), `${task.id}.csv`)
  await mkdir(workFolder, { recursive: true })
  await mkdir(folderOf(world, 'rejects'), { recursive: true })
  const uploaded = folderOf(world, 'uploads', input.upload)
  const names = await readdir(uploaded).catch(() => [])
  const mapping =
    input.sql === undefined ? await readMapping(input.mapping ?? 'events') : parseMapping(input.name, input.sql)
  let progress = progressAtFirst
  const result = await importFiles({
    paths: names.sort().map((name) => join(uploaded, name)),
    mapping,
    workFolder,
    rejectsPath,
    accept: (raw) => acceptWire(world, raw),
    now: world.now,
    signal,
    onProgress: ({ file, ...rest }) => {
      const rejects = rest.rejected > 0 ? `${task.id}.csv` : null
      progress = { ...rest, doing: file === null ? rest.doing : `${rest.doing} ${file}`, rejects }
      report(progress)
    },
    saveCheckpoint: async (checkpoint) => report(progress, checkpoint),
    ...(task.checkpoint === null ? {} : { resumeFrom: task.checkpoint as Checkpoint }),
  })
  await rm(workFolder, { recursive: true, force: true })
  switch (result.kind) {
    case 'refused':
      return { kind: 'failed', progress, problem: result.detail }
    case 'interrupted':
      return { kind: 'stopped', progress, problem: null }
    case 'done': {
      const { accepted, repeated, rejected, total, rejects } = result.report
      const at = { ...progressAtFirst, done: total, total, accepted, repeated, rejected }
      return { kind: 'done', progress: { ...at, rejects: rejects === null ? null : `${task.id}.csv` }, problem: null }
    }
  }
}

/** Where the truth about a simulated firm is kept. */
export const truthPathOf = (world: World, { kind, customers, months, seed }: Omit<SimulateInput, 'endAt'>): string =>
  join(folderOf(world, 'truth'), `${kind}-${customers}-${months}-${seed}.json`)

/**
 * When a firm that was simulated before ended. The same firm again must end there, too: then its events are
 * repetitions, not ids with other content.
 */
export async function findEnd(truthPath: string): Promise<Instant | undefined> {
  const text = await readFile(truthPath, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as SimulatedTruth).endAt
}

/** Simulates a firm into the log. Its events carry the source `simulated`. */
export async function runSimulation(
  world: World,
  task: StoredTask,
  report: TaskReport,
  signal: AbortSignal,
): Promise<TaskEnd> {
  const input = task.input as SimulateInput
  const workFolder = folderOf(world, 'work', task.id)
  await mkdir(workFolder, { recursive: true })
  await mkdir(folderOf(world, 'truth'), { recursive: true })
  const truthPath = truthPathOf(world, input)
  const endAt = (await findEnd(truthPath)) ?? input.endAt
  let progress = progressAtFirst
  const simulated = await simulateFirm({
    firm: simulatedFirm({ ...input, endAt }),
    to: { kind: 'accept', accept: (events) => acceptWire(world, events) },
    truthPath,
    checkpointPath: join(workFolder, 'checkpoint.json'),
    now: world.now,
    signal,
    progress: ({ done, total, perSecond, secondsLeft, events }) => {
      progress = { ...progressAtFirst, doing: 'customers', done, total, perSecond, secondsLeft, accepted: events }
      report(progress)
    },
  })
  const { accepted, repeated, refused: rejected, customers } = simulated
  const end = { ...progress, done: customers, accepted, repeated, rejected }
  if (simulated.kind === 'done') await rm(workFolder, { recursive: true, force: true })
  return { kind: simulated.kind, progress: end, problem: null }
}
