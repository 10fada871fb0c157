import { auditHash, readAuditEnd, readAuditEntries } from '../store/audit.ts'
import type { Db } from '../store/db.ts'

const PAGE_ENTRIES = 5_000
const HASH_BYTES = 32

/** A hash that was written down elsewhere, and the position that it belonged to. */
export type AuditAnchor = Readonly<{ position: number; hash: string }>

/** Whether the audit log is as it was written; if not, the first position that is not, and in what way. */
export type AuditVerified =
  | Readonly<{ kind: 'whole'; entries: number; hash: string }>
  | Readonly<{ kind: 'broken'; position: number; because: 'missing' | 'changed' | 'end-differs' | 'anchor-differs' }>

type Broken = Extract<AuditVerified, { kind: 'broken' }>

const broken = (position: number, because: Broken['because']): Broken => ({ kind: 'broken', position, because })

/**
 * Computes every hash of the chain again. It finds whatever was changed, removed, added, or swapped, wherever the one
 * who did it did not compute all later hashes and the head anew; against that, keep a hash elsewhere and give it as
 * `anchor`.
 */
export async function verifyAudit(db: Db, anchor?: AuditAnchor): Promise<AuditVerified> {
  const { head, lastPosition } = await readAuditEnd(db)
  const end = head?.position ?? 0
  const hash = await followChain(db, end, anchor)
  if ('kind' in hash) return hash
  if (head === undefined || lastPosition !== end || !hash.equals(head.hash))
    return broken(Math.min(end, lastPosition) + 1, 'end-differs')
  if (anchor !== undefined && anchor.position > end) return broken(end + 1, 'anchor-differs')
  return { kind: 'whole', entries: end, hash: hash.toString('hex') }
}

/** The hash of the entry at `end`, computed from the first one on, or where the chain breaks before. */
async function followChain(db: Db, end: number, anchor: AuditAnchor | undefined): Promise<Buffer | Broken> {
  let position = 0
  let hash: Buffer = Buffer.alloc(HASH_BYTES)
  while (position < end) {
    const entries = await readAuditEntries(db, position, Math.min(PAGE_ENTRIES, end - position))
    if (entries[0]?.position !== position + 1) return broken(position + 1, 'missing')
    for (const entry of entries) {
      position += 1
      if (entry.position !== position) return broken(position, 'missing')
      hash = auditHash(hash, entry)
      if (!hash.equals(entry.hash)) return broken(position, 'changed')
      if (anchor?.position === position && anchor.hash !== hash.toString('hex'))
        return broken(position, 'anchor-differs')
    }
  }
  return hash
}
