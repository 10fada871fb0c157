import { type Context, Hono } from 'hono'
import type { AuditPage } from '../../contract/audit.ts'
import { auditActions, auditKinds } from '../../core/people/audit.ts'
import { type AuditRow, auditView } from '../../store/views/audit-view.ts'
import { Refusal } from '../respond.ts'
import { verifyAudit } from '../verify-audit.ts'
import type { World } from '../world.ts'

const PAGE_ENTRIES_MAX = 200
const PAGE_ENTRIES_AT_FIRST = 50
const TEXT_LENGTH_MAX = 200

/** The audit log: what was done, newest first, and whether the chain is whole. */
export function auditRoutes(world: World): Hono {
  const routes = new Hono()
  routes.get('/audit', async (c) => {
    const limit = whole(c, 'limit', PAGE_ENTRIES_MAX) ?? PAGE_ENTRIES_AT_FIRST
    const rows = await auditView(world.db, {
      actor: text(c, 'actor'),
      action: oneOf(c, 'action', auditActions),
      kind: oneOf(c, 'kind', auditKinds),
      subject: text(c, 'subject'),
      before: whole(c, 'cursor', Number.MAX_SAFE_INTEGER),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const answer: AuditPage = {
      entries: page.map(entryOf),
      cursor: rows.length > limit ? String(page.at(-1)?.position) : null,
    }
    return c.json(answer)
  })
  routes.get('/audit/verification', async (c) => c.json(await verifyAudit(world.db)))
  return routes
}

const entryOf = (row: AuditRow): AuditPage['entries'][number] => ({
  position: row.position,
  at: row.at.toISOString(),
  actor: row.actor,
  actorName: row.actorName,
  action: row.action,
  kind: row.kind,
  subject: row.subject,
  subjectName: row.subjectName,
  details: JSON.parse(row.details),
  hash: row.hash,
})

const malformed = (name: string, advice: string) =>
  new Refusal('parameter-malformed', `The parameter "${name}" ${advice}`, { pointer: `/${name}` })

function text(c: Context, name: string): string | null {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  if (value.length > TEXT_LENGTH_MAX || value.includes('\u0000')) throw malformed(name, 'is too long or unreadable.')
  return value
}

function oneOf<const Word extends string>(c: Context, name: string, words: readonly Word[]): Word | null {
  const value = text(c, name)
  if (value === null) return null
  const word = words.find((one) => one === value)
  if (word === undefined) throw malformed(name, `is one of ${words.join(', ')}.`)
  return word
}

function whole(c: Context, name: string, max: number): number | null {
  const value = text(c, name)
  if (value === null) return null
  const number = Number(value)
  if (!/^\d{1,16}$/.test(value) || number < 1 || number > max)
    throw malformed(name, `is a whole number from 1 to ${max}.`)
  return number
}
