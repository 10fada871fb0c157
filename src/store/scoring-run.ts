/**
 * A scoring run: a task of the kind `score`, cut into slices of customers as it goes. A slice belongs to whoever claimed
 * it until its lease ends; marking it done and storing its scores are one transaction, so that nothing is done twice and
 * a worker that is killed loses no more than its slice. These transactions do not wait for the disk: a database that is
 * killed forgets the last of them, each as a whole, and those slices are scored again.
 */
import { DAY_MS, type Instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'
import { progressAtFirst } from './tasks.ts'

/**
 * Customers of a slice. Larger ones live long enough in memory to be tidied up twice: 49 microseconds of processor time
 * a customer with 4,000 in a slice, 43 with 1,000 (2026-11-22, loaded machine).
 */
export const SLICE_CUSTOMERS = 1_000
const LEASE_SECONDS = 30
/** A run that was left lying for longer speaks of another day: a new one begins. */
const JOINABLE_MS = DAY_MS

/** By which version of the leave model a run scores, and as of when. */
export type ScoringRun = Readonly<{ id: string; version: number; asOf: Instant }>

/** Customers after one key and up to another. */
export type Slice = Readonly<{ after: string; upto: string }>

/** A slice to score; or that others still hold the last ones; or that nothing is left, or nobody wants it any more. */
export type Claim = Readonly<{ kind: 'slice'; slice: Slice }> | Readonly<{ kind: 'wait' }> | Readonly<{ kind: 'over' }>

/**
 * Opens a run, or joins the one that scores by the same version; one by another version, or of another day, is
 * cancelled. A task that waits without saying a version, named by `id`, becomes the run.
 */
export async function openRun(tx: Tx, wanted: ScoringRun): Promise<ScoringRun> {
  // Waits for the slices that are being stored: once a run is cancelled, nothing of it is stored any more.
  await tx.query(`select pg_advisory_xact_lock(hashtext('scoring run'))`)
  const input = JSON.stringify({ version: wanted.version, asOf: wanted.asOf })
  await tx.change(`update tasks set input = $2 where id = $1 and not input ? 'version'`, [wanted.id, input])
  await tx.change(
    `update tasks set state = 'cancelled', ended_at = now()
      where kind = 'score' and state in ('waiting', 'running') 
        and ((input ->> 'version')::int is distinct from $1 or (input ->> 'asOf')::bigint < $2)`,
    [wanted.version, wanted.asOf - JOINABLE_MS],
  )
  await tx.change(
    `insert into tasks (id, kind, title, state, input, progress, started_at, lease_until)
     select $1, 'score', 'Everybody', 'running', $2, $3, now(), now()
      where not exists (select from tasks where kind = 'score' and state in ('waiting', 'running'))`,
    [wanted.id, input, JSON.stringify(progressAtFirst)],
  )
  const [run] = await tx.query<ScoringRun>(
    `update tasks set state = 'running', started_at = coalesce(started_at, now()), lease_until = coalesce(lease_until, now())
      where id = (select id from tasks where kind = 'score' and state in ('waiting', 'running') order by created_at limit 1)
      returning id, (input ->> 'version')::int as version, (input ->> 'asOf')::bigint as "asOf"`,
  )
  return run ?? wanted
}

// One at a time claims or ends: else a claim could find the slices gone, and begin again at the first customer. The row
// of the task itself stays free for reports.
async function holdAlone(tx: Tx, id: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`scoring run ${id}`])
}

// What this transaction writes can be had again: its commit need not wait until it is on disk. Commits get there in
// their order, so what comes later is never there without this.
async function commitWithoutWaiting(tx: Tx): Promise<void> {
  await tx.query(`select set_config('synchronous_commit', 'off', true)`, [], 'commit-without-waiting')
}

/** The next slice of a run for whoever asks. */
export async function claimSlice(tx: Tx, { id }: ScoringRun, customers = SLICE_CUSTOMERS): Promise<Claim> {
  await commitWithoutWaiting(tx)
  await holdAlone(tx, id)
  const [running] = await tx.query(`select from tasks where id = $1 and state = 'running'`, [id])
  if (running === undefined) return { kind: 'over' }
  const until = `now() + make_interval(secs => ${LEASE_SECONDS})`
  const [left] = await tx.query<Slice>(
    `update slices set lease_until = ${until}
      where task = $1 and after = (select after from slices where task = $1 and lease_until <= now() limit 1)
      returning after, upto`,
    [id],
  )
  if (left !== undefined) return { kind: 'slice', slice: left }
  const [last] = await tx.query<{ upto: string }>(
    'select upto from slices where task = $1 order by after desc limit 1',
    [id],
  )
  const after = last?.upto ?? ''
  const [next] = await tx.query<{ upto: string | null; customers: number }>(
    `select max(customer) as upto, count(*) as customers
       from (select customer from states where customer > $1 order by customer limit $2) as next`,
    [after, customers],
  )
  const upto = next?.upto
  if (upto !== undefined && upto !== null) {
    await tx.change(
      `insert into slices (task, after, upto, customers, lease_until) values ($1, $2, $3, $4, ${until})`,
      [id, after, upto, next?.customers],
    )
    return { kind: 'slice', slice: { after, upto } }
  }
  const [held] = await tx.query('select from slices where task = $1 and lease_until is not null limit 1', [id])
  return held === undefined ? { kind: 'over' } : { kind: 'wait' }
}

/**
 * Marks a slice done, in the transaction that then stores its scores. False when it is nobody's to score any more: who
 * was slower than the lease finds it done by another, and a run that was cancelled wants none of its scores.
 */
export async function finishSlice(tx: Tx, { id }: ScoringRun, { after, upto }: Slice): Promise<boolean> {
  const [, , marked] = await Promise.all([
    commitWithoutWaiting(tx),
    tx.query(`select pg_advisory_xact_lock_shared(hashtext('scoring run'))`, [], 'hold-runs'),
    tx.change(
      // A claim that the database forgot may have been made again, up to another customer.
      `update slices set lease_until = null
        where task = $1 and after = $2 and upto = $3 and lease_until is not null
          and exists (select from tasks where id = $1 and state = 'running')`,
      [id, after, upto],
      'finish-slice',
    ),
  ])
  return marked === 1
}

/** Customers in slices that are done. */
export async function countScored(tx: Tx, { id }: ScoringRun): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select coalesce(sum(customers), 0)::bigint as count from slices where task = $1 and lease_until is null`,
    [id],
  )
  return row?.count ?? 0
}

/** How a run ended; `ours` if this call ended it. */
export type RunEnd = Readonly<{ kind: 'done' | 'cancelled'; customers: number; ours: boolean }>

/** Ends a run of which no slice is left; whoever worked along may call it, and the first one ends it. */
export async function endRun(tx: Tx, run: ScoringRun): Promise<RunEnd> {
  await holdAlone(tx, run.id)
  const customers = await countScored(tx, run)
  const ended = await tx.change(
    // A report of somebody who worked along may still come and overwrite the progress: the count stands beside it.
    `update tasks set state = 'done', ended_at = now(), progress = $2, checkpoint = $3 where id = $1 and state = 'running'`,
    [run.id, JSON.stringify({ ...progressAtFirst, done: customers, total: customers }), JSON.stringify({ customers })],
  )
  if (ended > 0) {
    await tx.change(`delete from slices s where not exists (select from tasks where id = s.task and state = 'running')`)
    return { kind: 'done', customers, ours: true }
  }
  const [row] = await tx.query<{ state: string; customers: number | null }>(
    `select state, (checkpoint ->> 'customers')::int as customers from tasks where id = $1`,
    [run.id],
  )
  return { kind: row?.state === 'done' ? 'done' : 'cancelled', customers: row?.customers ?? 0, ours: false }
}
