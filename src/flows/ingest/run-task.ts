import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rfc3339 } from '../../core/instant.ts'
import { simulatedFirm } from '../../core/simulated-firm/simulated-firm.ts'
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
  let progress = progressAtFirst
  const simulated = await simulateFirm({
    firm: simulatedFirm(input),
    to: { kind: 'accept', accept: (events) => acceptWire(world, events) },
    truthPath: join(
      folderOf(world, 'truth'),
      `${input.kind}-${input.customers}-${input.months}-${input.seed}-${rfc3339(input.endAt).slice(0, 10)}.json`,
    ),
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
