import type { RemedyChoice } from '../core/cases/remedy-offer.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** Remedies that were offered, and what became of them. */
export type StoredOffer = Readonly<{
  customer: string
  case: string
  id: string
  /** The round of the case in which it was made. */
  round: number
  offeredBy: string
  team: string
  offeredAt: Instant
  until: Instant
  choices: readonly RemedyChoice[]
  /** What comes whatever is chosen: a voucher of so much. */
  always: Readonly<{ valueMinor: number }> | null
  state: 'open' | 'chosen' | 'over' | 'withdrawn'
  /** The place of the choice, counted from 0; -1: something else. */
  chosen: number | null
  answeredAt: Instant | null
}>

const COLUMNS = `customer, case_id as "case", id, round, offered_by as "offeredBy", team, offered_at as "offeredAt", until,
  choices, always, state, chosen, answered_at as "answeredAt"`

type Row = Omit<StoredOffer, 'offeredAt' | 'until' | 'answeredAt'> &
  Readonly<{ offeredAt: Date; until: Date; answeredAt: Date | null }>

const read = ({ offeredAt, until, answeredAt, ...row }: Row): StoredOffer => ({
  ...row,
  offeredAt: instant(offeredAt.getTime()),
  until: instant(until.getTime()),
  answeredAt: answeredAt === null ? null : instant(answeredAt.getTime()),
})

/** Keeps an offer; one that was open in the case is open no more. */
export async function addOffer(tx: Tx, offer: Omit<StoredOffer, 'state' | 'chosen' | 'answeredAt'>): Promise<void> {
  await withdrawOffers(tx, offer, offer.offeredAt)
  await tx.change(
    `insert into case_offers (customer, case_id, id, round, offered_by, team, offered_at, until, choices, always, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')`,
    [
      offer.customer,
      offer.case,
      offer.id,
      offer.round,
      offer.offeredBy,
      offer.team,
      rfc3339(offer.offeredAt),
      rfc3339(offer.until),
      JSON.stringify(offer.choices),
      offer.always === null ? null : JSON.stringify(offer.always),
    ],
  )
}

type Place = Readonly<{ customer: string; case: string }>

/** Ends what is open in a case without an answer. */
async function withdrawOffers(tx: Tx, { customer, case: id }: Place, at: Instant): Promise<number> {
  return tx.change(
    `update case_offers set state = 'withdrawn', answered_at = $3
      where customer = $1 and case_id = $2 and state = 'open'`,
    [customer, id, rfc3339(at)],
  )
}

/** An offer by its id, within its case. */
export async function findOffer(
  tx: Tx,
  { customer, case: id }: Place,
  offer: string,
): Promise<StoredOffer | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from case_offers where customer = $1 and case_id = $2 and id = $3`,
    [customer, id, offer],
  )
  return row === undefined ? undefined : read(row)
}

/** What was offered in a case, newest first. */
export async function readOffers(tx: Tx, { customer, case: id }: Place): Promise<readonly StoredOffer[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from case_offers where customer = $1 and case_id = $2 order by offered_at desc, id`,
    [customer, id],
    'case-offers',
  )
  return rows.map(read)
}

/** What became of an offer. */
export type OfferOutcome = Readonly<{ state: 'chosen' | 'over'; chosen: number | null; at: Instant }>

/** Notes what became of an open offer; false when it was open no more. */
export async function settleOffer(
  tx: Tx,
  { customer, case: id, id: offer }: Pick<StoredOffer, 'customer' | 'case' | 'id'>,
  { state, chosen, at }: OfferOutcome,
): Promise<boolean> {
  const changed = await tx.change(
    `update case_offers set state = $4, chosen = $5, answered_at = $6
      where customer = $1 and case_id = $2 and id = $3 and state = 'open'`,
    [customer, id, offer, state, chosen, rfc3339(at)],
  )
  return changed === 1
}
