import type { DataRequest, DataRequestEnd, DataRequestKind } from '../core/privacy/data-request.ts'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** A request as it stands. Address and words are null once the customer was erased. */
export type StoredDataRequest = Readonly<{
  customer: string
  id: string
  language: string
  email: string | null
  /** What is wrong, of a correction; what the customer wrote to the request. */
  words: string | null
  dueAt: Instant
  request: DataRequest
}>

const ASKED = 'asked:'

/** The key under which a request waits to be looked up. */
export const askedKey = (id: string): string => `${ASKED}${id}`

type Row = {
  customer: string
  id: string
  kind: DataRequestKind
  language: string
  email: string | null
  words: string | null
  askedAt: Date
  confirmedAt: Date | null
  dueAt: Date
  extendedAt: Date | null
  decidedAt: Date | null
  endedAt: Date | null
  outcome: DataRequestEnd | null
}

const COLUMNS = `customer, id, kind, language, email, words, asked_at as "askedAt", confirmed_at as "confirmedAt",
  due_at as "dueAt", extended_at as "extendedAt", decided_at as "decidedAt", ended_at as "endedAt", outcome`

const at = (date: Date | null) => (date === null ? null : instant(date.getTime()))
const date = (ms: number | null) => (ms === null ? null : new Date(ms))

function storedOf({ customer, id, kind, language, email, words, askedAt, dueAt, outcome, ...row }: Row) {
  return {
    customer,
    id,
    language,
    email,
    words,
    dueAt: instant(dueAt.getTime()),
    request: {
      kind,
      askedAt: instant(askedAt.getTime()),
      confirmedAt: at(row.confirmedAt),
      extendedAt: at(row.extendedAt),
      decidedAt: at(row.decidedAt),
      endedAt: at(row.endedAt),
      end: outcome,
    },
  } satisfies StoredDataRequest
}

/** Writes a new request down; one that is there already stays as it is. */
export async function addDataRequest(tx: Tx, stored: StoredDataRequest): Promise<void> {
  const { customer, id, language, email, words, dueAt, request } = stored
  await tx.change(
    `insert into data_requests (customer, id, kind, language, email, words, asked_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [customer, id, request.kind, language, email, words, date(request.askedAt), date(dueAt)],
  )
}

/** The request of a customer with an id; locked against others until the end of the transaction. */
export async function lockDataRequest(tx: Tx, customer: string, id: string): Promise<StoredDataRequest | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from data_requests where customer = $1 and id = $2 for update`,
    [customer, id],
    'lock-data-request',
  )
  return row === undefined ? undefined : storedOf(row)
}

/** The request with an id, whoever it belongs to. */
export async function findDataRequest(tx: Tx, id: string): Promise<StoredDataRequest | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from data_requests where id = $1`, [id], 'find-data-request')
  return row === undefined ? undefined : storedOf(row)
}

/** Writes down how far a request has come. */
export async function saveDataRequest(tx: Tx, { customer, id, dueAt, request }: StoredDataRequest): Promise<void> {
  const { confirmedAt, extendedAt, decidedAt, endedAt, end } = request
  await tx.change(
    `update data_requests set confirmed_at = $3, extended_at = $4, decided_at = $5, ended_at = $6, outcome = $7,
        due_at = $8 where customer = $1 and id = $2`,
    [customer, id, ...[confirmedAt, extendedAt, decidedAt, endedAt].map(date), end, date(dueAt)],
  )
}

/** Takes a request away that was looked up, or that nobody confirmed. */
export async function removeDataRequest(tx: Tx, { customer, id }: StoredDataRequest): Promise<void> {
  await tx.change('delete from data_requests where customer = $1 and id = $2', [customer, id])
}

/** How many requests of a kind a customer has made since an instant, confirmed or not. */
export async function countAsked(tx: Tx, customer: string, kind: DataRequestKind, since: Instant): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*) as count from data_requests where customer = $1 and kind = $2 and asked_at > $3',
    [customer, kind, date(since)],
  )
  return row?.count ?? 0
}

/** Which requests, and where to go on: those that are due first stand first, ended ones newest first. */
export type DataRequestQuery = Readonly<{ state: 'open' | 'ended'; limit: number }>

/** Requests that were confirmed. */
export async function listDataRequests(
  tx: Tx,
  { state, limit }: DataRequestQuery,
): Promise<readonly StoredDataRequest[]> {
  const order = state === 'open' ? 'due_at, customer, id' : 'ended_at desc, customer, id'
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from data_requests
      where confirmed_at is not null and (ended_at is null) = $1 order by ${order} limit $2`,
    [state === 'open', limit],
    `list-data-requests-${state}`,
  )
  return rows.map(storedOf)
}

/** Forgets what nobody confirmed until an instant. */
export async function forgetUnconfirmed(tx: Tx, until: Instant): Promise<void> {
  await tx.change('delete from data_requests where confirmed_at is null and asked_at < $1', [date(until)])
}
