import type { RecoveryCase } from '../core/cases/recovery-case.ts'
import { type Instant, instant, rfc3339 } from '../core/time/instant.ts'
import type { CaseName } from './cases.ts'
import type { Tx } from './db.ts'
import { readToldAs } from './exits.ts'

/** Removing what people wrote when its time is over, and nothing else: what happened stays as it is. */

/** A case that nobody else can change until the transaction ends, as far as its words go. */
export type CaseOfWords = Readonly<{
  state: RecoveryCase
  /** Also after it was closed, while something is still owed. */
  isOpen: boolean
  /** When its words were removed, unless it was closed again since. */
  goneAt: Date | null
}>

/** Locks a case. */
export async function lockCaseOfWords(tx: Tx, { customer, id }: CaseName): Promise<CaseOfWords | undefined> {
  const [row] = await tx.query<CaseOfWords>(
    `select state, is_open as "isOpen", case when words_gone_at >= closed_at then words_gone_at end as "goneAt"
       from cases where customer = $1 and id = $2 for update`,
    [customer, id],
    'lock-case-of-words',
  )
  return row
}

/** When the log first tells of each of these failures. */
export async function readFirstNamed(
  tx: Tx,
  customers: readonly string[],
  failures: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  if (failures.length === 0) return new Map()
  const rows = await tx.query<{ failure: string; at: Date }>(
    `select coalesce(data ->> 'failure', data ->> 'issue', data ->> 'about') as failure, min(at) as at from events
      where customer = any($1) and coalesce(data ->> 'failure', data ->> 'issue', data ->> 'about') = any($2) group by 1`,
    [customers, failures],
    'first-named',
  )
  return new Map(rows.map(({ failure, at }) => [failure, instant(at.getTime())]))
}

/** The exits of these customers: from when to when. */
export async function readExitTimes(
  tx: Tx,
  customers: readonly string[],
): Promise<readonly Readonly<{ since: Instant; endedAt: Instant | null }>[]> {
  const rows = await tx.query<{ since: Date; endedAt: Date | null }>(
    'select requested_at as since, ended_at as "endedAt" from exits where customer = any($1)',
    [customers],
    'exit-times',
  )
  return rows.map(({ since, endedAt }) => ({
    since: instant(since.getTime()),
    endedAt: endedAt === null ? null : instant(endedAt.getTime()),
  }))
}

/** Whose words go: those written before `before`, and all of these cases. */
export type WordsToRemove = Readonly<{ customers: readonly string[]; before: Instant; cases: readonly CaseName[] }>

// What a mail says goes; that there was one, to whom and what became of it stays. What may still leave by itself is left.
const NO_TEXT = `subject = '', body = '', html = '', secret = null,
  state = case when state = 'unconfigured' then 'cancelled' else state end`
const MAY_GO = `state not in ('queued', 'sending') and body <> ''`

/** Removes them, and answers how many texts that were. The same again finds none. */
export async function removeOldWords(
  tx: Tx,
  { customers, before, cases }: WordsToRemove,
  at: Instant,
): Promise<number> {
  const old = [customers, rfc3339(before)]
  let texts = await removeOldProse(tx, customers, before)
  texts += await tx.change(
    `update messages set ${NO_TEXT}
      where customer = any($1) and (created_at < $2 or case_id = any($3)) and ${MAY_GO}`,
    [[...customers, ...(await readToldAs(tx, customers))], rfc3339(before), cases.map(({ id }) => id)],
    'old-mails',
  )
  texts += await tx.change(
    'update exits set reason = null where customer = any($1) and ended_at < $2 and reason is not null',
    old,
    'old-reasons',
  )
  texts += await tx.change(
    'update data_requests set words = null where customer = any($1) and ended_at < $2 and words is not null',
    old,
    'old-requests',
  )
  texts += await tx.change(
    `update gestures set reason = null
      where customer = any($1) and at < $2 and state not in ('waiting', 'to-do') and reason is not null`,
    old,
    'old-gestures',
  )
  texts += await tx.change(
    `update ideas set answer = null
      where customer = any($1) and changed_at < $2 and state in ('done', 'not-done') and answer is not null`,
    old,
    'old-answers',
  )
  for (const one of cases) texts += await removeFromCase(tx, one, at)
  return texts
}

// What a customer proposed is needed until it is known what came of it.
async function removeOldProse(tx: Tx, customers: readonly string[], before: Instant): Promise<number> {
  const old = await tx.query<{ customer: string; source: string; id: string }>(
    `select p.customer, p.source, p.id
       from prose p join events e on e.customer = p.customer and e.source = p.source and e.id = p.id
       left join ideas i on i.customer = p.customer and i.source = p.source and i.event = p.id
      where p.customer = any($1) and e.at < $2 and (i.state is null or i.state in ('done', 'not-done'))`,
    [customers, rfc3339(before)],
    'old-prose',
  )
  let texts = 0
  // Citus deletes by no subquery, so it is told which: of one customer and one source at a time.
  for (const some of Map.groupBy(old, ({ customer, source }) => `${customer}\u0000${source}`).values()) {
    const ids = some.map(({ id }) => id)
    texts += await tx.change(
      'delete from prose where customer = $1 and source = $2 and id = any($3)',
      [some[0]?.customer, some[0]?.source, ids],
      'remove-prose',
    )
  }
  return texts
}

// The remedy that was agreed, what was offered and the root cause stay: they are what was done.
async function removeFromCase(tx: Tx, { customer, id }: CaseName, at: Instant): Promise<number> {
  const name = [customer, id]
  const notes = await tx.change(
    'delete from case_notes where customer = $1 and case_id = $2',
    name,
    'words-of-case-notes',
  )
  const entries = await tx.change(
    `update case_entries
        set entry = (case kind when 'fixed' then entry::jsonb || '{"how": null}'
                               when 'reopened' then entry::jsonb || '{"reason": null}'
                               else entry::jsonb || '{"what": ""}' end)::json
      where customer = $1 and case_id = $2 and kind in ('fixed', 'reopened', 'promised')
        and coalesce(entry ->> 'how', entry ->> 'reason', entry ->> 'what', '') <> ''`,
    name,
    'words-of-case-entries',
  )
  const approvals = await tx.change(
    `update case_approvals set reason = null, answer = null
      where customer = $1 and case_id = $2 and coalesce(reason, answer) is not null`,
    name,
    'words-of-case-approvals',
  )
  // A copy that the customer or the firm shows can still be told from another by its fingerprint.
  const letters = await tx.change(
    `update case_letters set gone_sha256 = encode(sha256(pdf), 'hex'), pdf = ''
      where customer = $1 and case_id = $2 and gone_sha256 is null`,
    name,
    'words-of-case-letters',
  )
  await tx.change(
    'update cases set about = null, words_gone_at = $3 where customer = $1 and id = $2',
    [customer, id, rfc3339(at)],
    'words-of-case',
  )
  return notes + entries + approvals + letters
}

/** Removes what somebody wrote who left and was not recognised, and what was answered; answers how many texts that were. */
export async function removeUnmatchedWords(tx: Tx, key: string): Promise<number> {
  const mails = await tx.change(
    `update messages set ${NO_TEXT} where customer = $1 and ${MAY_GO}`,
    [key],
    'unmatched-mails',
  )
  const reasons = await tx.change(
    'update exits set reason = null where customer = $1 and reason is not null',
    [key],
    'unmatched-reasons',
  )
  return mails + reasons
}
