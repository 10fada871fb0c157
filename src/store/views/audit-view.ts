import type { Tx } from '../db.ts'

/** What to look for; what is left out fits everything. `before` is the position that ended the page above. */
export type AuditQuery = Readonly<{
  actor: string | null
  action: string | null
  kind: string | null
  subject: string | null
  before: number | null
  limit: number
}>

/** An entry as a reader sees it: with the names of people that are still known. */
export type AuditRow = {
  position: number
  at: Date
  actor: string
  actorName: string | null
  action: string
  kind: string
  subject: string
  subjectName: string | null
  details: string
  hash: string
}

/** Entries that fit, newest first. */
export async function auditView(tx: Tx, query: AuditQuery): Promise<readonly AuditRow[]> {
  const { actor, action, kind, subject, before, limit } = query
  return tx.query<AuditRow>(
    `select entry.position, entry.at, entry.actor, doer.name as "actorName", entry.action,
            entry.subject_kind as kind, entry.subject, coalesce(whom.name, team.name) as "subjectName",
            entry.details, encode(entry.hash, 'hex') as hash
       from audit_entries as entry
       left join people as doer on entry.actor = 'person:' || doer.id
       left join people as whom on entry.subject_kind = 'person' and entry.subject = whom.id::text
       left join teams as team on entry.subject_kind = 'team' and entry.subject = team.id::text
      where ($1::text is null or entry.actor = $1) and ($2::text is null or entry.action = $2)
        and ($3::text is null or entry.subject_kind = $3) and ($4::text is null or entry.subject = $4)
        and ($5::bigint is null or entry.position < $5)
      order by entry.position desc limit $6`,
    [actor, action, kind, subject, before, limit],
  )
}
