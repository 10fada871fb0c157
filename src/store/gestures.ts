import type { Gift } from '../core/cases/authority.ts'
import type { GestureKind } from '../core/gestures/gesture-rules.ts'
import type { GestureOccasion } from '../core/gestures/told-moment.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** Where a gesture stands. `to-do`: a person has to do it; `not-done`: she could not, or it was taken back. */
export const gestureStates = ['waiting', 'refused', 'held-out', 'to-do', 'made', 'not-done'] as const
/** Where a gesture stands. */
export type GestureState = (typeof gestureStates)[number]

/** A gesture whose moment has come. */
export type DueGesture = Readonly<{ customer: string; id: string; occasion: string; rule: string }>

/** Has occasions wait for their time; one that waits already gets its time anew, and one that is over stays as it is. */
export async function holdGestures(
  tx: Tx,
  waiting: readonly Readonly<{
    customer: string
    id: string
    occasion: GestureOccasion
    gesture: GestureKind
    at: Instant
  }>[],
): Promise<void> {
  if (waiting.length === 0) return
  await tx.change(
    `insert into gestures as g (customer, occasion, id, rule, gesture, at, wake_at, state)
     select distinct on (1, 2) *, 'waiting'
       from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
     on conflict (customer, occasion) do update set wake_at = excluded.wake_at, gesture = excluded.gesture
      where g.state = 'waiting'`,
    [
      waiting.map(({ customer }) => customer),
      waiting.map(({ occasion }) => occasion.name),
      waiting.map(({ id }) => id),
      waiting.map(({ occasion }) => occasion.moment),
      waiting.map(({ gesture }) => gesture),
      waiting.map(({ at }) => rfc3339(at)),
      waiting.map(({ occasion }) => rfc3339(occasion.wakeAt)),
    ],
    'hold-gestures',
  )
}

/** Gestures whose time has come, those that wait longest first. */
export const readDueGestures = (tx: Tx, now: Instant, limit: number): Promise<readonly DueGesture[]> =>
  tx.query<DueGesture>(
    `select customer, id, occasion, rule from gestures
      where state = 'waiting' and wake_at <= $1 order by wake_at limit $2`,
    [rfc3339(now), limit],
    'due-gestures',
  )

/** Holds a gesture until the transaction ends; false when another has it, or something came of it meanwhile. */
export async function takeGesture(tx: Tx, { customer, id }: DueGesture, now: Instant): Promise<boolean> {
  const held = await tx.query(
    `select 1 from gestures
      where customer = $1 and id = $2 and state = 'waiting' and wake_at <= $3 for update skip locked`,
    [customer, id, rfc3339(now)],
    'take-gesture',
  )
  return held.length === 1
}

/** Has a gesture that is held wait longer. */
export async function postponeGesture(tx: Tx, { customer, id }: DueGesture, wakeAt: Instant): Promise<void> {
  await tx.change(
    'update gestures set wake_at = $3 where customer = $1 and id = $2',
    [customer, id, rfc3339(wakeAt)],
    'postpone-gesture',
  )
}

/** Forgets an occasion that is none any more. */
export async function dropGesture(tx: Tx, { customer, id }: DueGesture): Promise<void> {
  await tx.change('delete from gestures where customer = $1 and id = $2', [customer, id], 'drop-gesture')
}

/** Forgets what waits for a moment that was taken back. */
export async function dropWaiting(tx: Tx, customers: readonly string[], rule: string): Promise<void> {
  await tx.change(
    `delete from gestures where customer = any($1) and rule = $2 and state = 'waiting'`,
    [customers, rule],
    'drop-waiting-gestures',
  )
}

/** What came of a gesture. Who is named in `by` is a person of the firm by her id, or the firm itself by rule. */
export type CameOfGesture = Readonly<{
  gesture: GestureKind
  state: Exclude<GestureState, 'waiting' | 'not-done'>
  at: Instant
  because: string | null
  probability: number
  costMinor: number
  currency: string | null
  team: string | null
  by: string | null
  reason: string | null
  /** The failure that it is about. */
  about: string | null
  voucher: string | null
}>

/** Writes down what came of a gesture that is held. */
export async function settleGesture(tx: Tx, { customer, id }: DueGesture, came: CameOfGesture): Promise<void> {
  await tx.change(
    `update gestures
        set gesture = $3, state = $4, at = $5, because = $6, probability = $7, cost_minor = $8, currency = $9, team = $10,
            by = $11, reason = $12, about = $13, voucher = $14, done_at = case when $4 = 'made' then $5::timestamptz end,
            wake_at = null
      where customer = $1 and id = $2`,
    [customer, id, ...valuesOf(came)],
    'settle-gesture',
  )
}

/** Writes down a gesture that a person makes. */
export async function addGesture(tx: Tx, customer: string, id: string, came: CameOfGesture): Promise<void> {
  await tx.change(
    `insert into gestures (customer, id, rule, gesture, state, at, because, probability, cost_minor, currency, team, by,
                           reason, about, voucher, done_at)
     values ($1, $2, 'hand', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
             case when $4 = 'made' then $5::timestamptz end)`,
    [customer, id, ...valuesOf(came)],
    'add-gesture',
  )
}

const valuesOf = (came: CameOfGesture): readonly (string | number | null)[] => [
  came.gesture,
  came.state,
  rfc3339(came.at),
  came.because,
  came.probability,
  came.costMinor,
  came.currency,
  came.team,
  came.by,
  came.reason,
  came.about,
  came.voucher,
]

/** A gesture of one customer as it is kept. */
export type StoredGesture = Omit<CameOfGesture, 'state' | 'at' | 'probability'> &
  Readonly<{ customer: string; id: string; rule: string; state: GestureState; at: Date; doneAt: Date | null }>

/** The columns of a gesture of the table `g`, as its fields are named. */
export const GESTURE_COLUMNS = `g.customer, g.id, g.rule, g.gesture, g.state, g.at, g.because,
  g.cost_minor::float8 as "costMinor", g.currency, g.team, g.by, g.reason, g.about, g.voucher, g.done_at as "doneAt"`

/** A gesture of a customer, held until the transaction ends; undefined where there is none. */
export async function lockGesture(tx: Tx, customer: string, id: string): Promise<StoredGesture | undefined> {
  const [row] = await tx.query<StoredGesture>(
    `select ${GESTURE_COLUMNS} from gestures g where customer = $1 and id = $2 for update`,
    [customer, id],
    'lock-gesture',
  )
  return row
}

/** Writes down that a person did it, could not, or takes that back. */
export async function stepGesture(
  tx: Tx,
  { customer, id }: Pick<StoredGesture, 'customer' | 'id'>,
  { state, by, at }: Readonly<{ state: 'made' | 'not-done' | 'to-do'; by: string | null; at: Instant }>,
): Promise<void> {
  await tx.change(
    `update gestures set state = $3, by = coalesce($4, by), done_at = $5 where customer = $1 and id = $2`,
    [customer, id, state, by, state === 'to-do' ? null : rfc3339(at)],
    'step-gesture',
  )
}

/** Whether these customers, one person, had a gesture since an instant; by rule the lot that left them out counts too. */
export async function hadGestureSince(
  tx: Tx,
  customers: readonly string[],
  { since, byHand }: Readonly<{ since: Instant; byHand: boolean }>,
): Promise<boolean> {
  const found = await tx.query(
    `select 1 from gestures
      where customer = any($1) and at > $2 and (state in ('made', 'to-do') or (state = 'held-out' and not $3)) limit 1`,
    [customers, rfc3339(since), byHand],
    'had-gesture',
  )
  return found.length > 0
}

/** What the lot said of a person first, and how likely being left out was then; undefined for whom it was not asked about. */
export async function readLot(
  tx: Tx,
  customers: readonly string[],
): Promise<Readonly<{ heldOut: boolean; probability: number }> | undefined> {
  const [row] = await tx.query<{ heldOut: boolean; probability: number }>(
    `select state = 'held-out' as "heldOut", probability from gestures
      where customer = any($1) and probability > 0 order by at limit 1`,
    [customers],
    'read-lot',
  )
  return row
}

/** Waits until nobody else spends of the budgets, and keeps others waiting until the transaction ends. */
export async function lockBudget(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('budget of gestures', 0))`, [])
}

/** What gestures cost since an instant, by team; what is still to do counts. */
export async function readSpentOnGestures(
  tx: Tx,
  { since, currency }: Readonly<{ since: Instant; currency: string }>,
): Promise<readonly Readonly<{ team: string | null; costMinor: number }>[]> {
  return tx.query(
    `select team, sum(cost_minor)::float8 as "costMinor" from gestures
      where at >= $1 and state in ('made', 'to-do') and currency = $2 group by team`,
    [rfc3339(since), currency],
    'spent-on-gestures',
  )
}

/** What a person or a team gave by hand since an instant, as limits count gifts. */
export async function readHandGifts(
  tx: Tx,
  { person, team, since }: Readonly<{ person: string; team: string; since: Instant }>,
): Promise<readonly Gift[]> {
  const rows = await tx.query<Omit<Gift, 'at'> & { at: Date }>(
    `select by as person, coalesce(team, '') as team, 'gesture ' || id as "case", cost_minor::float8 as "amountMinor", at from gestures
      where rule = 'hand' and state in ('made', 'to-do') and at >= $1 and (by = $2 or team = $3)`,
    [rfc3339(since), person, team],
    'hand-gifts',
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: instant(at.getTime()) }))
}
