import type { Tx } from './db.ts'

/** How far long work has come. */
export type Progress = Readonly<{
  doing: string | null
  done: number
  total: number | null
  perSecond: number | null
  secondsLeft: number | null
  accepted: number
  repeated: number
  rejected: number
  /** The file of rejected rows, in the files directory. */
  rejects: string | null
  /** The word of a refusal that ended it. */
  because?: string
}>

/** Nothing done yet. */
export const progressAtFirst: Progress = {
  doing: null,
  done: 0,
  total: null,
  perSecond: null,
  secondsLeft: null,
  accepted: 0,
  repeated: 0,
  rejected: 0,
  rejects: null,
}

/** What has become of a task. */
export type TaskState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** Long work that a worker does, one at a time. */
export type StoredTask = Readonly<{
  id: string
  kind: 'import' | 'simulate' | 'rescore' | 'score' | 'forecast' | 'fit' | 'incident' | 'checks' | 'forget'
  title: string
  state: TaskState
  input: Readonly<Record<string, unknown>>
  checkpoint: unknown
  progress: Progress
  problem: string | null
  cancelAsked: boolean
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
}>

const COLUMNS = `id, kind, title, state, input, checkpoint, progress, problem, cancel_asked as "cancelAsked",
  created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`

/** A worker holds a task for this long after it last reported; then another may take it over. */
const LEASE_SECONDS = 15
/** A task that ends its worker so often without coming any further would do so for ever. */
const TAKES_MAX = 25
const FATAL = `The worker ended ${TAKES_MAX} times at this point, perhaps for want of memory. The log says more.`

/** Adds a task that waits for a worker. */
export async function addTask(tx: Tx, task: Pick<StoredTask, 'id' | 'kind' | 'title' | 'input'>): Promise<void> {
  await tx.change(
    `insert into tasks (id, kind, title, state, input, progress) values ($1, $2, $3, 'waiting', $4, $5)`,
    [task.id, task.kind, task.title, JSON.stringify(task.input), JSON.stringify(progressAtFirst)],
  )
}

/** Adds a task unless one of its kind waits or runs already. */
export async function addTaskOnce(tx: Tx, task: Pick<StoredTask, 'id' | 'kind' | 'title' | 'input'>): Promise<void> {
  const [same] = await tx.query(`select from tasks where kind = $1 and state in ('waiting', 'running') limit 1`, [
    task.kind,
  ])
  if (same === undefined) await addTask(tx, task)
}

/** The task of a kind and title that waits or runs, if there is one. */
export async function findUnderWay(
  tx: Tx,
  { kind, title }: Pick<StoredTask, 'kind' | 'title'>,
): Promise<StoredTask | undefined> {
  const [row] = await tx.query<StoredTask>(
    `select ${COLUMNS} from tasks where kind = $1 and title = $2 and state in ('waiting', 'running')
      order by created_at limit 1`,
    [kind, title],
  )
  return row
}

/** True when no task of a kind was added in the last `hours`. */
export async function isTaskOlderThan(tx: Tx, kind: StoredTask['kind'], hours: number): Promise<boolean> {
  const [recent] = await tx.query(
    'select from tasks where kind = $1 and created_at > now() - make_interval(hours => $2) limit 1',
    [kind, hours],
  )
  return recent === undefined
}

/** Lanes of tasks, which do not wait for each other: what is done for customers of an incident, data coming in, learning, scoring everybody. */
export const taskLanes = ['incidents', 'imports', 'learning', 'scoring'] as const

/** One of the lanes, or whatever is next in any of them. */
export type TaskLane = 'any' | (typeof taskLanes)[number]

/**
 * The oldest task that waits, or whose worker is gone; it is this worker's now. With nothing else to do it joins a
 * scoring run, which any number of workers share slice by slice.
 */
export async function takeTask(tx: Tx, lane: TaskLane = 'any'): Promise<StoredTask | undefined> {
  await tx.change(
    `update tasks set state = 'failed', ended_at = now(), problem = $2
      where state = 'running' and lease_until <= now() and takes >= $1`,
    [TAKES_MAX, FATAL],
  )
  const [row] = await tx.query<StoredTask>(
    `update tasks set state = 'running', takes = takes + 1, started_at = coalesce(started_at, now()), lease_until = now() + make_interval(secs => $1)
      where id = (select id from tasks
                   where (state = 'waiting' or (state = 'running' and (lease_until <= now() or kind = 'score')))
                     and $2 in ('any', case kind when 'incident' then 'incidents' when 'import' then 'imports'
                                                 when 'simulate' then 'imports' when 'score' then 'scoring' else 'learning' end)
                   order by state = 'running' and lease_until > now(), created_at limit 1 for update skip locked)
      returning ${COLUMNS}`,
    [LEASE_SECONDS, lane],
  )
  return row
}

/** Reports progress and renews the lease. Answers whether somebody asked to cancel. */
export async function reportTask(tx: Tx, id: string, progress: Progress, checkpoint: unknown): Promise<boolean> {
  const [row] = await tx.query<{ cancelAsked: boolean }>(
    `update tasks set progress = $2, checkpoint = coalesce($3, checkpoint), lease_until = now() + make_interval(secs => $4),
        takes = case when progress->>'done' is distinct from $2::jsonb->>'done' then 0 else takes end
      where id = $1 returning cancel_asked as "cancelAsked"`,
    [id, JSON.stringify(progress), checkpoint === undefined ? null : JSON.stringify(checkpoint), LEASE_SECONDS],
  )
  return row?.cancelAsked ?? true
}

/** Lets another worker, or this one, take over a task at once. */
export async function releaseTask(tx: Tx, id: string): Promise<void> {
  await tx.change(`update tasks set lease_until = now() where id = $1 and state = 'running'`, [id])
}

/** Ends a task with its last progress. */
export async function endTask(
  tx: Tx,
  id: string,
  end: Readonly<{ state: 'done' | 'failed' | 'cancelled'; progress: Progress; problem: string | null }>,
): Promise<void> {
  await tx.change(`update tasks set state = $2, progress = $3, problem = $4, ended_at = now() where id = $1`, [
    id,
    end.state,
    JSON.stringify(end.progress),
    end.problem,
  ])
}

/** Asks the worker to stop; a task that nobody has begun is cancelled at once. False when it has ended or is unknown. */
export async function cancelTask(tx: Tx, id: string): Promise<boolean> {
  const changed = await tx.change(
    `update tasks set cancel_asked = true,
        state = case when state = 'waiting' then 'cancelled' else state end,
        ended_at = case when state = 'waiting' then now() else ended_at end
      where id = $1 and state in ('waiting', 'running')`,
    [id],
  )
  return changed === 1
}

/** The task with this id; undefined when there is none. */
export async function findTask(tx: Tx, id: string): Promise<StoredTask | undefined> {
  const [row] = await tx.query<StoredTask>(`select ${COLUMNS} from tasks where id = $1`, [id])
  return row
}

const LISTED_MAX = 50

/** The 50 newest tasks, newest first. */
export async function listTasks(tx: Tx): Promise<readonly StoredTask[]> {
  return tx.query<StoredTask>(`select ${COLUMNS} from tasks order by created_at desc limit ${LISTED_MAX}`)
}
