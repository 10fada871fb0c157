import type { Tx } from './db.ts'
import { readToldAs } from './exits.ts'
import { eraseCustomerTraits } from './traits.ts'

/** Takes what is personal out of the log of these customers, and answers how much that was. */
export async function erasePersonal(tx: Tx, customers: readonly string[]): Promise<{ events: number; prose: number }> {
  const prose = await tx.change('delete from prose where customer = any($1)', [customers])
  const profiles = await tx.change(
    // Citus changes rows only by functions that are immutable, which jsonb_build_object is not.
    `update events set data = case when data ? 'startedAt' then jsonb_set('{}', '{startedAt}', data->'startedAt') else '{}' end
      where customer = any($1) and type = 'customer.profiled'`,
    [customers],
  )
  const others = await tx.change(
    `update events set data = '{"kind": "erased", "value": ""}'
      where customer = any($1) and type in ('customer.identified', 'moment.told')`,
    [customers],
  )
  // That something was noted stays in the log; what it was and who saw it goes.
  const conduct = await tx.change(
    `update events set data = '{"kind": "other", "seenBy": ""}' where customer = any($1) and type = 'conduct.noted'`,
    [customers],
  )
  const custom = await tx.change(`update events set data = '{}' where customer = any($1) and type like 'custom.%'`, [
    customers,
  ])
  // What was sent stays as a fact; what it said and to whom goes. What had not left stays here.
  await tx.change(
    `update messages set recipient = null, subject = '', body = '', html = '', problem = null, secret = null,
        state = case when state in ('queued', 'unconfigured') then 'cancelled' else state end
      where customer = any($1)`,
    [[...customers, ...(await readToldAs(tx, customers))]],
  )
  await tx.change(
    `update exits set reference = '', name = null, email = null, reason = null where customer = any($1)`,
    [customers],
  )
  await tx.change('update data_requests set email = null, words = null where customer = any($1)', [customers])
  await tx.change('delete from data_packs where customer = any($1)', [customers])
  await eraseCustomerTraits(tx, customers)
  // That there was an idea, and what came of it, stays; what it was and what was said to it goes.
  await tx.change('update ideas set answer = null where customer = any($1)', [customers])
  // What was given stays as a cost of the firm; for which moment, and why, goes. What waits waits no longer.
  await tx.change(`delete from gestures where customer = any($1) and state in ('waiting', 'to-do')`, [customers])
  await tx.change(`update gestures set occasion = null, rule = 'erased', reason = null where customer = any($1)`, [
    customers,
  ])
  await eraseCases(tx, customers)
  await tx.change('delete from bounced_addresses where customer = any($1)', [customers])
  await tx.change('delete from search_terms where customer = any($1)', [customers])
  return { events: profiles + others + conduct + custom, prose }
}

/** Takes the free text of one event of these customers away, and answers how many texts that were. */
export const eraseProse = (
  tx: Tx,
  customers: readonly string[],
  { source, id }: Readonly<{ source: string; id: string }>,
): Promise<number> =>
  tx.change(
    'delete from prose where customer = any($1) and source = $2 and id = $3',
    [customers, source, id],
    'erase-prose',
  )

// What was done about a case stays, without the words in which people wrote it.
async function eraseCases(tx: Tx, customers: readonly string[]): Promise<void> {
  await tx.change('delete from case_notes where customer = any($1)', [customers])
  await tx.change(
    `update case_entries
        set entry = (case kind when 'fixed' then entry::jsonb || '{"how": null}'
                               when 'reopened' then entry::jsonb || '{"reason": null}'
                               when 'promised' then entry::jsonb || '{"what": ""}'
                               else jsonb_set(entry::jsonb, '{remedy,what}', '""') end)::json
      where customer = any($1) and kind in ('fixed', 'reopened', 'promised', 'remedy agreed')`,
    [customers],
  )
  await tx.change(
    `update case_approvals set remedy = jsonb_set(remedy::jsonb, '{what}', '""')::json, reason = null, answer = null where customer = any($1)`,
    [customers],
  )
  await tx.change(`update cases set about = null where customer = any($1)`, [customers])
  await tx.change(
    `update case_offers set choices = '[]', always = null,
        state = case when state = 'open' then 'withdrawn' else state end
      where customer = any($1)`,
    [customers],
  )
  await tx.change('delete from case_letters where customer = any($1)', [customers])
  // The last entry is kept for taking it back; after this there is nothing to take back.
  await tx.change(
    `update cases
        set state = (case when state #> '{round,remedy,what}' is null then state::jsonb
                          else jsonb_set(state::jsonb, '{round,remedy,what}', '""') end || '{"last": null}')::json
      where customer = any($1)`,
    [customers],
  )
}
