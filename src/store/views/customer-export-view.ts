import type { Tx } from '../db.ts'
import { readToldAs } from '../exits.ts'

/** The rows that a table holds of some customers, as they are stored. */
export type StoredRows = readonly Readonly<Record<string, unknown>>[]

/** Everything that is held about these customers, table by table; times as RFC 3339. */
export type Held = Readonly<{
  relationships: StoredRows
  states: StoredRows
  events: StoredRows
  prose: StoredRows
  searchTerms: StoredRows
  messages: StoredRows
  bouncedAddresses: StoredRows
  webhookDeliveries: StoredRows
  exits: StoredRows
  cases: StoredRows
  caseEntries: StoredRows
  caseNotes: StoredRows
  caseGifts: StoredRows
  caseApprovals: StoredRows
  promiseAlarms: StoredRows
  vouchers: StoredRows
  voucherTransfers: StoredRows
  surveyOccasions: StoredRows
  gestures: StoredRows
  inputMembers: StoredRows
  ideas: StoredRows
  contactSlots: StoredRows
  dataRequests: StoredRows
  incidentItems: StoredRows
  caseOffers: StoredRows
  caseLetters: StoredRows
  traits: StoredRows
}>

/** What proves something to the firm and tells nothing about the customer. */
const SECRET = ['code_hash', 'secret']

/** Reads all of it, in a stable order. What PostgreSQL generates from other columns says nothing more and is left out. */
export async function readHeld(tx: Tx, customers: readonly string[]): Promise<Held> {
  const rows = async (table: string, order: string, keys = customers): Promise<StoredRows> => {
    const left = [...(await generatedColumns(tx, table)), ...SECRET]
    const found: Record<string, unknown>[] = []
    // One by one: a whole row is read only where its customer lives.
    for (const customer of [...new Set(keys)].sort()) {
      const rows = await tx.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) - $2::text[] as row from ${table} t where customer = $1 order by ${order}`,
        [customer, left],
      )
      found.push(...rows.map(({ row }) => row))
    }
    return found
  }
  return {
    relationships: await rows('relationships', 'customer'),
    states: await rows('states', 'customer'),
    events: await rows('events', 'at, id, source'),
    prose: await rows('prose', 'source, id, field'),
    searchTerms: await rows('search_terms', 'term'),
    messages: await rows('messages', 'created_at, id', [...customers, ...(await readToldAs(tx, customers))]),
    bouncedAddresses: await rows('bounced_addresses', 'address'),
    webhookDeliveries: await rows('webhook_deliveries', 'created_at, id'),
    exits: await rows('exits', 'requested_at, id'),
    cases: await rows('cases', 'id'),
    caseEntries: await rows('case_entries', 'case_id, position'),
    caseNotes: await rows('case_notes', 'case_id, at, id'),
    caseGifts: await rows('case_gifts', 'case_id, round'),
    caseApprovals: await rows('case_approvals', 'case_id, asked_at, id'),
    promiseAlarms: await rows('promise_alarms', 'due_at'),
    vouchers: await rows('vouchers', 'voucher'),
    voucherTransfers: await rows('voucher_transfers', 'at, voucher, movement, line'),
    surveyOccasions: await rows('survey_occasions', 'at, occasion'),
    gestures: await rows('gestures', 'at, id'),
    inputMembers: await rows('input_members', 'invited_at, round'),
    ideas: await rows('ideas', 'at, id'),
    contactSlots: await rows('contact_slots', 'customer'),
    dataRequests: await rows('data_requests', 'asked_at, id'),
    incidentItems: await rows('incident_items', 'step, case_id'),
    caseOffers: await rows('case_offers', 'case_id, offered_at, id'),
    caseLetters: await rows('case_letters', 'case_id, made_at, id'),
    traits: await rows('customer_traits', 'trait'),
  }
}

async function generatedColumns(tx: Tx, table: string): Promise<readonly string[]> {
  const columns = await tx.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = $1::regclass and attgenerated <> ''",
    [table],
  )
  return columns.map(({ name }) => name)
}
