import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A date that a customer was promised, and when it is to be looked at. */
export type PromiseAlarm = Readonly<{ customer: string; dueAt: Instant; wakeAt: Instant }>

/** Sets alarms; one that is set already stays as it is. */
export async function setAlarms(tx: Tx, alarms: readonly PromiseAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  await tx.change(
    `insert into promise_alarms (customer, due_at, wake_at)
     select distinct on (1, 2) * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) on conflict do nothing`,
    [
      alarms.map(({ customer }) => customer),
      alarms.map(({ dueAt }) => rfc3339(dueAt)),
      alarms.map(({ wakeAt }) => rfc3339(wakeAt)),
    ],
    'set-promise-alarms',
  )
}

/** Alarms that go off, those that wait longest first. */
export async function readRinging(tx: Tx, now: Instant, limit: number): Promise<readonly PromiseAlarm[]> {
  const rows = await tx.query<Readonly<{ customer: string; dueAt: Date; wakeAt: Date }>>(
    `select customer, due_at as "dueAt", wake_at as "wakeAt" from promise_alarms
      where wake_at <= $1 order by wake_at limit $2`,
    [rfc3339(now), limit],
    'ringing-alarms',
  )
  return rows.map(({ customer, dueAt, wakeAt }) => ({
    customer,
    dueAt: instant(dueAt.getTime()),
    wakeAt: instant(wakeAt.getTime()),
  }))
}

/** Takes an alarm away and holds it until the transaction ends; false when another has it, or had it. */
export async function takeAlarm(tx: Tx, { customer, dueAt }: PromiseAlarm): Promise<boolean> {
  const key = [customer, rfc3339(dueAt)]
  const held = await tx.query(
    'select 1 from promise_alarms where customer = $1 and due_at = $2 for update skip locked',
    key,
    'hold-promise-alarm',
  )
  if (held.length === 0) return false
  await tx.change('delete from promise_alarms where customer = $1 and due_at = $2', key, 'take-promise-alarm')
  return true
}
