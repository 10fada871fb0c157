import type { ExitCase, ExitChannel, ExitKind, Settlement } from '../core/exit-case.ts'
import type { ExitEnd } from '../core/exit-end.ts'
import { instant } from '../core/instant.ts'
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
  notice: ExitNotice
  exit: ExitCase
}>

const UNMATCHED = 'unmatched:'

/** The key that stands for a customer who was not recognised. */
export const unmatchedKey = (id: string): string => `${UNMATCHED}${id}`

/** Whether somebody still has to find out whose contract it is. */
export const isUnmatched = (customer: string): boolean => customer.startsWith(UNMATCHED)

const COLUMNS = `customer, id, told_as as "toldAs", kind, channel, language, reference, name, email, reason,
  wished_on as "wishedOn", requested_at as "requestedAt", confirmed_at as "confirmedAt", ends_at as "endsAt",
  end_rule as "endRule", settled_at as "settledAt", settlement, handed_over_at as "handedOverAt",
  referred_at as "referredAt", ended_at as "endedAt"`

type Row = ExitNotice & {
  customer: string
  id: string
  toldAs: string
  endRule: ExitEnd['because'] | null
  requestedAt: Date
  confirmedAt: Date | null
  endsAt: Date | null
  settledAt: Date | null
  settlement: Settlement | null
  handedOverAt: Date | null
  referredAt: Date | null
  endedAt: Date | null
}

const at = (date: Date | null) => (date === null ? null : instant(date.getTime()))

function storedOf(row: Row): StoredExit {
  const { customer, id, toldAs, endRule, kind, channel, language, reference, name, email, reason, wishedOn } = row
  return {
    customer,
    id,
    toldAs,
    endRule,
    notice: { kind, channel, language, reference, name, email, reason, wishedOn },
    exit: {
      requestedAt: instant(row.requestedAt.getTime()),
      confirmedAt: at(row.confirmedAt),
      endsAt: at(row.endsAt),
      settledAt: at(row.settledAt),
      settlement: row.settlement,
      handedOverAt: at(row.handedOverAt),
      referredAt: at(row.referredAt),
      endedAt: at(row.endedAt),
    },
  }
}

const date = (ms: number | null) => (ms === null ? null : new Date(ms))

/** Writes a new exit down. Fails with a unique violation when its number is taken. */
export async function addExit(tx: Tx, { customer, id, toldAs, endRule, notice, exit }: StoredExit): Promise<void> {
  await tx.change(
    `insert into exits (customer, id, told_as, kind, channel, language, reference, name, email, reason, wished_on,
       requested_at, confirmed_at, ends_at, end_rule, settled_at, settlement, handed_over_at, referred_at, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      ...[customer, id, toldAs, notice.kind, notice.channel, notice.language, notice.reference, notice.name],
      ...[notice.email, notice.reason, notice.wishedOn, date(exit.requestedAt), date(exit.confirmedAt)],
      ...[date(exit.endsAt), endRule, date(exit.settledAt), exit.settlement, date(exit.handedOverAt)],
      ...[date(exit.referredAt), date(exit.endedAt)],
    ],
  )
}

/** The exit with a number, whoever it belongs to; undefined when there is none. */
export async function findExitByNumber(tx: Tx, id: string): Promise<StoredExit | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from exits where id = $1`, [id], 'find-exit-by-number')
  return row === undefined ? undefined : storedOf(row)
}
