import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { Hono } from 'hono'
import { importBody, previewBody } from '../../contract/operate.ts'
import { audit } from '../../store/audit.ts'
import { addTask, findTask } from '../../store/tasks.ts'
import { callerOf, type Entry } from '../caller.ts'
import { bodyReader, Refusal } from '../respond.ts'
import { taskView } from '../task-view.ts'
import type { World } from '../world.ts'
import { checkWire } from './accept-wire.ts'
import { ImportRefusal } from './import-refusal.ts'
import { parseMapping, readMapping, readyMappings } from './mapping.ts'
import { previewImport } from './preview-import.ts'
import { folderOf } from './run-task.ts'
import type { ImportInput } from './task-inputs.ts'

const UPLOAD_BYTES_MAX = 4 * 1024 ** 3
const FILES_MAX = 100
const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u

const readPreview = bodyReader(previewBody)
const readImport = bodyReader(importBody)

/** Files in, a look at what a mapping makes of them, and the import as a task. */
export function importRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()

  routes.post('/uploads', async (c) => {
    const upload = randomUUID()
    await mkdir(folderOf(world, 'uploads', upload), { recursive: true })
    return c.json({ upload, files: [] }, 201)
  })
  routes.put('/uploads/:upload/:name', async (c) => {
    const folder = await uploadFolder(world, c.req.param('upload'))
    await receiveFile(folder, c.req.param('name'), c.req.raw.body)
    return c.json({ upload: c.req.param('upload'), files: await filesIn(folder) })
  })

  routes.get('/mappings', async (c) => {
    const ready = await readyMappings()
    return c.json(
      ready.map(({ name, title, about, needs, sql }) => ({
        name,
        title,
        about,
        needs: needs.map((any) => any.join(' or ')),
        sql,
      })),
    )
  })

  routes.post('/imports/preview', async (c) => {
    const { upload, mapping, sql } = await readPreview(c)
    const folder = await uploadFolder(world, upload)
    const workFolder = folderOf(world, 'work', `preview-${randomUUID()}`)
    await mkdir(workFolder, { recursive: true })
    try {
      const chosen = await chooseMapping(mapping, sql)
      const paths = (await readdir(folder)).sort().map((name) => join(folder, name))
      const check = async (raw: readonly unknown[]) => checkWire(world, raw)
      return c.json(
        await previewImport({
          paths,
          workFolder,
          check,
          signal: c.req.raw.signal,
          ...(chosen === undefined ? {} : { mapping: chosen }),
        }),
      )
    } catch (error) {
      throw error instanceof ImportRefusal ? new Refusal('import-refused', error.message) : error
    } finally {
      await rm(workFolder, { recursive: true, force: true })
    }
  })

  routes.post('/imports', async (c) => {
    const { upload, name, mapping, sql } = await readImport(c)
    await uploadFolder(world, upload)
    await chooseMapping(mapping, sql)
    if (mapping === undefined && sql === undefined)
      throw new Refusal('parameter-malformed', 'Name a mapping, or send its SQL.')
    const chosen: Pick<ImportInput, 'mapping' | 'sql'> = sql === undefined ? { mapping: mapping ?? '' } : { sql }
    const id = randomUUID()
    await world.db.transaction(async (tx) => {
      await addTask(tx, {
        id,
        kind: 'import',
        title: name ?? mapping ?? 'own',
        input: { upload, name: name ?? mapping ?? 'own', ...chosen },
      })
      await audit(tx, callerOf(c).actor, 'import.started', { kind: 'task', id }, { ownMapping: sql !== undefined })
    })
    const task = await findTask(world.db, id)
    if (task === undefined) throw new Refusal('internal', 'The task was not stored.')
    return c.json(taskView(task), 202)
  })
  return routes
}

async function chooseMapping(name: string | undefined, sql: string | undefined) {
  try {
    if (sql !== undefined) return parseMapping('own', sql)
    if (name === undefined) return undefined
    // Only names of ready mappings: a path would reach files of the server.
    if (!(await readyMappings()).some((ready) => ready.name === name))
      throw new Refusal('not-found', `There is no mapping "${name}".`)
    return await readMapping(name)
  } catch (error) {
    throw error instanceof ImportRefusal ? new Refusal('import-refused', error.message) : error
  }
}

async function uploadFolder(world: World, upload: string): Promise<string> {
  const folder = folderOf(world, 'uploads', upload)
  const known = /^[0-9a-f-]{36}$/.test(upload) && (await stat(folder).catch(() => undefined))?.isDirectory()
  if (known !== true) throw new Refusal('not-found', 'There is no such upload. Make one with POST /v1/uploads.')
  return folder
}

async function filesIn(folder: string) {
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })))
}

async function receiveFile(folder: string, name: string, body: ReadableStream | null): Promise<void> {
  if (!FILE_NAME.test(name) || name.includes('..')) {
    throw new Refusal(
      'parameter-malformed',
      'A file name has letters, digits, spaces, and . _ ( ) - only, at most 120.',
    )
  }
  const present = await filesIn(folder)
  if (present.length >= FILES_MAX) throw new Refusal('body-too-large', `An upload may have ${FILES_MAX} files.`)
  if (body === null) throw new Refusal('body-malformed', 'The request has no body: send the bytes of the file.')
  let left = UPLOAD_BYTES_MAX - present.filter((file) => file.name !== name).reduce((sum, { bytes }) => sum + bytes, 0)
  const limit = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      left -= chunk.byteLength
      done(left < 0 ? new Refusal('body-too-large', 'An upload may have 4 GiB.') : null, chunk)
    },
  })
  const path = join(folder, name)
  try {
    await pipeline(Readable.fromWeb(body as NodeWebStream), limit, createWriteStream(path))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
