import { createHash } from 'node:crypto'
import { assert } from '../core/assert.ts'
import { type Actor, actorText } from '../core/people/actor.ts'
import {
  type AuditAction,
  type AuditDetails,
  type AuditEntry,
  type AuditSubject,
  auditDetailsText,
  auditHashedText,
} from '../core/people/audit.ts'
import type { Tx } from './db.ts'

/** An entry as it is stored, with its hash over itself and all before it. */
export type StoredAuditEntry = AuditEntry & Readonly<{ hash: Buffer }>

/** Where the chain ends: how many entries there are, and the hash of the last. 32 zero bytes before the first. */
export type AuditHead = Readonly<{ position: number; hash: Buffer }>

/** The hash of an entry: SHA-256 of the hash of the entry before, 32 bytes, and of its own text in UTF-8. */
export const auditHash = (before: Buffer, entry: AuditEntry): Buffer =>
  createHash('sha256').update(before).update(auditHashedText(entry)).digest()

/**
 * Appends an entry in the transaction of the change, so that neither is there without the other. Call it after
 * the flow's own rows were written, and let only the append of events follow: it locks the head of the chain until the
 * transaction ends, and one order of locks for everybody is what keeps two flows from waiting for each other.
 */
export const audit = (
  tx: Tx,
  who: Actor,
  action: AuditAction,
  subject: AuditSubject,
  details: AuditDetails = {},
): Promise<void> => auditAll(tx, who, [{ action, subject, details }])

/** One thing that was done, as `auditAll` takes it. */
export type AuditedChange = Readonly<{ action: AuditAction; subject: AuditSubject; details?: AuditDetails }>

/** As `audit`, for several changes of one transaction, in their order. None changes nothing. */
export async function auditAll(tx: Tx, who: Actor, changes: readonly AuditedChange[]): Promise<void> {
  if (changes.length === 0) return
  const [head] = await tx.query<{ position: number; hash: Buffer; at: Date }>(
    'select position, hash, clock_timestamp()::timestamptz(3) as at from audit_head for update',
    [],
    'lock-audit-head',
  )
  assert(head !== undefined, 'the audit log has a head')
  const entries: StoredAuditEntry[] = []
  let { hash } = head
  for (const { action, subject, details = {} } of changes) {
    const entry: AuditEntry = {
      position: head.position + entries.length + 1,
      at: head.at.toISOString(),
      actor: actorText(who),
      action,
      subjectKind: subject.kind,
      subject: subject.id,
      details: auditDetailsText(details),
    }
    hash = auditHash(hash, entry)
    entries.push({ ...entry, hash })
  }
  await saveEntries(tx, entries)
  await tx.change('update audit_head set position = $1, hash = $2', [head.position + entries.length, hash])
}

async function saveEntries(tx: Tx, entries: readonly StoredAuditEntry[]): Promise<void> {
  await tx.change(
    `insert into audit_entries (position, at, actor, action, subject_kind, subject, details, hash)
     select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::bytea[])`,
    [
      entries.map(({ position }) => position),
      entries.map(({ at }) => at),
      entries.map(({ actor }) => actor),
      entries.map(({ action }) => action),
      entries.map(({ subjectKind }) => subjectKind),
      entries.map(({ subject }) => subject),
      entries.map(({ details }) => details),
      entries.map(({ hash }) => hash),
    ],
    'save-audit-entries',
  )
}

/** Where the chain ends by its head, and the last position that is there; in a log nobody touched they agree. */
export async function readAuditEnd(tx: Tx): Promise<Readonly<{ head: AuditHead | undefined; lastPosition: number }>> {
  // One statement sees one moment: read one after the other, an entry appended in between would look like forgery.
  const [row] = await tx.query<{ position: number | null; hash: Buffer | null; last: number }>(
    `select head.position, head.hash, coalesce(stored.last, 0)::bigint as last
       from (select max(position) as last from audit_entries) as stored left join audit_head as head on true`,
  )
  const isThere = row !== undefined && row.position !== null && row.hash !== null
  return {
    head:
      isThere && row.position !== null && row.hash !== null ? { position: row.position, hash: row.hash } : undefined,
    lastPosition: row?.last ?? 0,
  }
}

type EntryRow = Omit<StoredAuditEntry, 'at'> & { at: Date }

/** The next entries after a position, at most `limit`, oldest first. */
export async function readAuditEntries(tx: Tx, after: number, limit: number): Promise<readonly StoredAuditEntry[]> {
  const rows = await tx.query<EntryRow>(
    `select position, at, actor, action, subject_kind as "subjectKind", subject, details, hash
       from audit_entries where position > $1 order by position limit $2`,
    [after, limit],
    'audit-entries',
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
