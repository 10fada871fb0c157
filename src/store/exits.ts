import type { ExitCase, ExitChannel, ExitKind, Settlement, WishedEnd } from '../core/exits/exit-case.ts'
import type { ExitEnd } from '../core/exits/exit-end.ts'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** What a customer said when leaving. Texts are null once the customer was erased, the reference then empty. */
export type ExitNotice = Readonly<{
  kind: ExitKind
  channel: ExitChannel
  language: string
  reference: string
  name: string | null
  email: string | null
  reason: string | null
  wishedOn: string | null
}>

/** An exit as it stands. `toldAs` is the key under which its messages are kept. */
export type StoredExit = Readonly<{
  customer: string
  id: string
  toldAs: string
  endRule: ExitEnd['because'] | null
  /** Until when the customer could withdraw; null where that was not asked for, or the log does not tell. */
  withdrawUntil: Instant | null
  notice: ExitNotice
  exit: ExitCase
  /** What the customer chose to happen to credit; null while nothing was. */
  wished: Readonly<{ vouchers: WishedEnd; at: Instant }> | null
  /** When the customer asked for the list of other suppliers. */
  referredAt: Instant | null
}>

const UNMATCHED = 'unmatched:'

/** The key that stands for a customer who was not recognised. */
export const unmatchedKey = (id: string): string => `${UNMATCHED}${id}`

/** Whether somebody still has to find out whose contract it is. */
export const isUnmatched = (customer: string): boolean => customer.startsWith(UNMATCHED)

const COLUMNS = `customer, id, told_as as "toldAs", kind, channel, language, reference, name, email, reason,
  wished_on as "wishedOn", requested_at as "requestedAt", confirmed_at as "confirmedAt", ends_at as "endsAt",
  end_rule as "endRule", withdraw_until as "withdrawUntil", settled_at as "settledAt", settlement, handed_over_at as "handedOverAt",
  ended_at as "endedAt", wished_vouchers as "wishedVouchers", wished_at as "wishedAt", referred_at as "referredAt"`

type Row = ExitNotice & {
  customer: string
  id: string
  toldAs: string
  endRule: ExitEnd['because'] | null
  withdrawUntil: Date | null
  requestedAt: Date
  confirmedAt: Date | null
  endsAt: Date | null
  settledAt: Date | null
  settlement: Settlement | null
  handedOverAt: Date | null
  endedAt: Date | null
  wishedVouchers: WishedEnd | null
  wishedAt: Date | null
  referredAt: Date | null
}

const at = (date: Date | null) => (date === null ? null : instant(date.getTime()))

function storedOf(row: Row): StoredExit {
  const { customer, id, toldAs, endRule, kind, channel, language, reference, name, email, reason, wishedOn } = row
  return {
    customer,
    id,
    toldAs,
    endRule,
    withdrawUntil: at(row.withdrawUntil),
    notice: { kind, channel, language, reference, name, email, reason, wishedOn },
    exit: {
      requestedAt: instant(row.requestedAt.getTime()),
      confirmedAt: at(row.confirmedAt),
      endsAt: at(row.endsAt),
      settledAt: at(row.settledAt),
      settlement: row.settlement,
      handedOverAt: at(row.handedOverAt),
      endedAt: at(row.endedAt),
    },
    wished:
      row.wishedVouchers === null || row.wishedAt === null
        ? null
        : { vouchers: row.wishedVouchers, at: instant(row.wishedAt.getTime()) },
    referredAt: at(row.referredAt),
  }
}

const date = (ms: number | null) => (ms === null ? null : new Date(ms))

/** Writes a new exit down. Fails with a unique violation when its number is taken. */
export async function addExit(
  tx: Tx,
  { customer, id, toldAs, endRule, withdrawUntil, notice, exit, wished, referredAt }: StoredExit,
): Promise<void> {
  await tx.change(
    `insert into exits (customer, id, told_as, kind, channel, language, reference, name, email, reason, wished_on,
       requested_at, confirmed_at, ends_at, end_rule, settled_at, settlement, handed_over_at, ended_at, withdraw_until,
       wished_vouchers, wished_at, referred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
    [
      ...[customer, id, toldAs, notice.kind, notice.channel, notice.language, notice.reference, notice.name],
      ...[notice.email, notice.reason, notice.wishedOn, date(exit.requestedAt), date(exit.confirmedAt)],
      ...[date(exit.endsAt), endRule, date(exit.settledAt), exit.settlement, date(exit.handedOverAt)],
      ...[
        date(exit.endedAt),
        date(withdrawUntil),
        wished?.vouchers ?? null,
        date(wished?.at ?? null),
        date(referredAt),
      ],
    ],
  )
}

/** The exit with a number, whoever it belongs to; undefined when there is none. */
export async function findExitByNumber(tx: Tx, id: string): Promise<StoredExit | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from exits where id = $1`, [id], 'find-exit-by-number')
  return row === undefined ? undefined : storedOf(row)
}

/** Writes a step down; false when somebody changed the exit since `was` was read. */
export async function saveExit(tx: Tx, { customer, id }: StoredExit, was: ExitCase, exit: ExitCase): Promise<boolean> {
  const changed = await tx.change(
    `update exits set settled_at = $3, settlement = $4, handed_over_at = $5, ended_at = $6
      where customer = $1 and id = $2 and settled_at is not distinct from $7
        and handed_over_at is not distinct from $8 and ended_at is not distinct from $9`,
    [
      ...[customer, id, date(exit.settledAt), exit.settlement, date(exit.handedOverAt), date(exit.endedAt)],
      ...[date(was.settledAt), date(was.handedOverAt), date(was.endedAt)],
    ],
  )
  return changed === 1
}

/** Writes down what the customer chose; false once the exit is settled, or is not there any more. */
export async function saveWishedEnd(
  tx: Tx,
  { customer, id }: Pick<StoredExit, 'customer' | 'id'>,
  vouchers: WishedEnd,
  now: Instant,
): Promise<boolean> {
  const changed = await tx.change(
    `update exits set wished_vouchers = $3, wished_at = $4
      where customer = $1 and id = $2 and settled_at is null`,
    [customer, id, vouchers, date(now)],
  )
  return changed === 1
}

/** Writes down that the customer asked where to go; false when that was written down before. */
export async function saveReferred(
  tx: Tx,
  { customer, id }: Pick<StoredExit, 'customer' | 'id'>,
  now: Instant,
): Promise<boolean> {
  const changed = await tx.change(
    'update exits set referred_at = $3 where customer = $1 and id = $2 and referred_at is null',
    [customer, id, date(now)],
  )
  return changed === 1
}

/** How many of a group left, and how many of these asked where to go. */
export type ReferredGroup = Readonly<{ segment: string | null; exits: number; referred: number }>

/** Who asked where to go, by segment, of the notices since an instant: the audit that trap T28 asks for. */
export const readReferredGroups = (tx: Tx, since: Date): Promise<readonly ReferredGroup[]> =>
  tx.query<ReferredGroup>(
    `select r.segment, count(*)::int as exits, count(x.referred_at)::int as referred
       from exits x join relationships r on r.customer = x.customer
      where x.requested_at >= $1 group by r.segment order by r.segment`,
    [since],
    'referred-groups',
  )

/** Takes an exit away, to write it down under another customer; false when it is not there any more. */
export async function removeExit(tx: Tx, { customer, id }: StoredExit): Promise<boolean> {
  return (await tx.change('delete from exits where customer = $1 and id = $2', [customer, id])) === 1
}

/** The keys under which messages about these customers' exits are kept, beside their own. */
export async function readToldAs(tx: Tx, customers: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ toldAs: string }>(
    'select distinct told_as as "toldAs" from exits where customer = any($1) and told_as <> customer',
    [customers],
  )
  return rows.map(({ toldAs }) => toldAs)
}

/** Which exits, and where to go on: newest first. */
export type ExitQuery = Readonly<{
  state: 'unmatched' | 'open' | 'closed' | null
  before: Readonly<{ at: Date; customer: string; id: string }> | null
  limit: number
}>

const IS_CLOSED = 'ended_at is not null and settled_at is not null and handed_over_at is not null'

/** A page of exits. */
export async function listExits(tx: Tx, { state, before, limit }: ExitQuery): Promise<readonly StoredExit[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from exits
      where ($1::text is null or $1 = case when confirmed_at is null then 'unmatched' when ${IS_CLOSED} then 'closed' else 'open' end)
        and ($2::timestamptz is null or (requested_at, customer, id) < ($2, $3, $4))
      order by requested_at desc, customer desc, id desc limit $5`,
    [state, before?.at ?? null, before?.customer ?? null, before?.id ?? null, limit],
    'list-exits',
  )
  return rows.map(storedOf)
}

/** How leaving went for the notices since an instant. */
export type ExitFigures = Readonly<{
  requested: number
  unmatched: number
  ended: number
  daysToEnd: number | null
  publicActs: number
}>

/** Counts them. */
export async function readExitFigures(tx: Tx, since: Date): Promise<ExitFigures> {
  const [row] = await tx.query<ExitFigures>(
    // `offset 0`: a median is taken in one place, of what every node sent there.
    `select count(*) as requested, count(*) filter (where not confirmed) as unmatched, count(days) as ended,
        percentile_cont(0.5) within group (order by days) as "daysToEnd"
       from (select confirmed_at is not null as confirmed, extract(epoch from ended_at - requested_at) / 86400 as days
               from exits where requested_at >= $1 offset 0) as noticed`,
    [since],
  )
  const [acts] = await tx.query<{ count: number }>(
    `select count(distinct x.customer) as count from exits x join events e on e.customer = x.customer
      where x.requested_at >= $1 and e.type = 'post.published' and e.at > x.requested_at and e.data->>'negative' = 'true'`,
    [since],
  )
  const none = { requested: 0, unmatched: 0, ended: 0, daysToEnd: null }
  return { ...(row ?? none), publicActs: acts?.count ?? 0 }
}
