import { PgBoss } from 'pg-boss'
import type { Db, Tx } from './db.ts'

/**
 * Short work that follows from a transaction and is carried out by a worker soon after: queued with it or not at all.
 * The queue is pg-boss, in a schema of its own beside ours. Long work with progress is a row of `tasks` instead.
 */

/** Every kind of job with what it is told: a key, never the content, so that erasing a row leaves no copy here. */
export type JobData = Readonly<{
  'message.send': Readonly<{ customer: string; id: string }>
  'webhook.deliver': Readonly<{ customer: string; id: string }>
  'exit.end': Readonly<{ id: string }>
  'data.look-up': Readonly<{ id: string }>
  'data.pack': Readonly<{ customer: string; id: string }>
  'offer.end': Readonly<{ customer: string; case: string; id: string }>
  'asking.plan': Readonly<{ after: string }>
  'gestures.plan': Readonly<{ after: string }>
  'input.invite': Readonly<{ round: string }>
}>

/** A kind of job. */
export type JobKind = keyof JobData

/** Carries out one job. A throw is tried again with growing waits, and in the end put aside as dead. */
export type JobHandlers = Readonly<{ [Kind in JobKind]: (data: JobData[Kind], signal: AbortSignal) => Promise<void> }>

const KINDS: readonly JobKind[] = [
  'message.send',
  'webhook.deliver',
  'exit.end',
  'data.look-up',
  'data.pack',
  'offer.end',
  'asking.plan',
  'gestures.plan',
  'input.invite',
]
const SCHEMA = 'amends_jobs'
const DEAD = 'dead'

/** A worker that says nothing for so long is taken for dead, and its job is tried again. */
const HEARTBEAT_SECONDS = 30
const EXPIRE_SECONDS = 300
const RETRIES_MAX = 12
const RETRY_SECONDS = 30
const RETRY_SECONDS_MAX = 3_600
const SUPERVISE_SECONDS = 15
const POLL_SECONDS = 1
const AT_ONCE = 4
const STOP_MS_MAX = 10_000

const sqlOf = (tx: Tx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({ rows: await tx.query(text, values) }),
})

const QUIET = { schema: SCHEMA, schedule: false, registerInstance: false } as const

/** Makes the tables of the queue, or brings them up to date. Several processes may call it at once. */
export async function installJobs(db: Db): Promise<void> {
  const boss = new PgBoss({ ...QUIET, db: sqlOf(db), supervise: false })
  // Its background work may fail while it is being stopped; whoever runs jobs does that work again.
  boss.on('error', () => undefined)
  await boss.start()
  await boss.createQueue(DEAD)
  for (const kind of KINDS) {
    await boss.createQueue(kind, {
      deadLetter: DEAD,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      retryLimit: RETRIES_MAX,
      retryDelay: RETRY_SECONDS,
      retryDelayMax: RETRY_SECONDS_MAX,
      retryBackoff: true,
    })
  }
  await boss.stop({ graceful: false, close: false })
}

/** Queues a job within the caller's transaction; `after` holds it back until then. */
export async function enqueue<Kind extends JobKind>(
  tx: Tx,
  kind: Kind,
  data: JobData[Kind],
  { after }: Readonly<{ after?: Date }> = {},
): Promise<void> {
  const boss = new PgBoss({ ...QUIET, db: sqlOf(tx), supervise: false, migrate: false })
  await boss.send(kind, data, after === undefined ? {} : { startAfter: after })
}

/** Jobs that are being taken, and the way to stop: those at hand are ended first, ten seconds at most. */
export type RunningJobs = Readonly<{ stop: () => Promise<void> }>

/** Takes jobs until stopped. What goes wrong with the queue itself is told to `onError`, and tried again. */
export async function runJobs(db: Db, handlers: JobHandlers, onError: (error: Error) => void): Promise<RunningJobs> {
  const boss = new PgBoss({
    ...QUIET,
    db: sqlOf(db),
    migrate: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  })
  boss.on('error', onError)
  await boss.start()
  const options = { pollingIntervalSeconds: POLL_SECONDS, localConcurrency: AT_ONCE }
  const take = <Kind extends JobKind>(kind: Kind) =>
    boss.work<JobData[Kind]>(kind, options, async (jobs) => {
      for (const { data, signal } of jobs) await handlers[kind](data, signal)
    })
  for (const kind of KINDS) await take(kind)
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_MS_MAX, close: false }) }
}

/** How many jobs were given up. Each is a mistake of ours, and its kind and error stay to be looked at. */
export async function countDeadJobs(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`select count(*) as count from ${SCHEMA}.job where name = $1`, [DEAD])
  return row?.count ?? 0
}

/** A job that waits, as a backup keeps it. */
export type WaitingJob = Readonly<{ name: string; data: object; startAfter: string; singletonKey: string | null }>

/** What is still to be done, jobs at hand among it: whoever restores a backup does them again. */
export const readWaitingJobs = (tx: Tx): Promise<WaitingJob[]> =>
  tx.query<WaitingJob>(
    `select name, data, start_after::text as "startAfter", singleton_key as "singletonKey"
       from ${SCHEMA}.job where state in ('created', 'retry', 'active') order by created_on, id`,
  )

/** Queues again what a backup kept. */
export async function enqueueAgain(tx: Tx, jobs: readonly WaitingJob[]): Promise<void> {
  const boss = new PgBoss({ ...QUIET, db: sqlOf(tx), supervise: false, migrate: false })
  for (const [name, some] of Map.groupBy(jobs, (job) => job.name)) {
    await boss.insert(
      name,
      some.map(({ data, startAfter, singletonKey }) => ({
        data,
        startAfter,
        ...(singletonKey === null ? {} : { singletonKey }),
      })),
    )
  }
}
