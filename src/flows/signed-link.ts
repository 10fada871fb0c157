import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Instant, instant } from '../core/time/instant.ts'
import type { Tx } from '../store/db.ts'
import { readSecret } from '../store/secret.ts'

/** What a link lets its holder do, for whom, about what, and until when. */
export type LinkClaim = Readonly<{ purpose: LinkPurpose; customer: string; subject: string; expiresAt: Instant }>

const purposes = [
  'exit-request',
  'exit-receipt',
  'exit-settle',
  'survey',
  'data-request',
  'data-pack',
  'preferences',
  'privacy',
  'case',
  'remedy',
  'question',
  'input',
] as const
/** The closed list of what links are for: one that was signed for one purpose is worth nothing for another. */
export type LinkPurpose = (typeof purposes)[number]

/** What a link turned out to be. */
export type ReadLink = Readonly<{ kind: 'valid'; claim: LinkClaim }> | Readonly<{ kind: 'expired' | 'forged' }>

const KEY_BYTES = 32
const TOKEN_LENGTH_MAX = 4_000

/** The firm's key for links. Whoever holds it can make any link, so it never leaves the server. */
export const readLinkKey = (tx: Tx): Promise<string> =>
  readSecret(tx, 'links', () => randomBytes(KEY_BYTES).toString('hex'))

/** The part of an address that carries a claim: letters, digits, `-`, `_` and one dot. */
export function signLink(key: string, { purpose, customer, subject, expiresAt }: LinkClaim): string {
  const told = Buffer.from(JSON.stringify([purpose, customer, subject, expiresAt])).toString('base64url')
  return `${told}.${signatureOf(key, told).toString('base64url')}`
}

const signatureOf = (key: string, told: string): Buffer => createHmac('sha256', key).update(told).digest()

/** Reads a link of one purpose. Whatever was changed in it, and whatever is no link at all, is 'forged'. */
export function readLink(key: string, purpose: LinkPurpose, token: string, now: Instant): ReadLink {
  const [told = '', signature = '', ...more] = token.split('.')
  if (token.length > TOKEN_LENGTH_MAX || more.length > 0) return { kind: 'forged' }
  const given = Buffer.from(signature, 'base64url')
  const right = signatureOf(key, told)
  // Several texts of base64 mean the same bytes; only the one that we write is taken.
  const isOurs =
    given.length === right.length && timingSafeEqual(given, right) && right.toString('base64url') === signature
  const claim = isOurs ? claimOf(told) : undefined
  if (claim === undefined || claim.purpose !== purpose) return { kind: 'forged' }
  return now < claim.expiresAt ? { kind: 'valid', claim } : { kind: 'expired' }
}

function claimOf(told: string): LinkClaim | undefined {
  const parts: unknown = JSON.parse(Buffer.from(told, 'base64url').toString())
  if (!Array.isArray(parts)) return undefined
  const [named, customer, subject, expiresAt]: readonly unknown[] = parts
  const purpose = purposes.find((one) => one === named)
  if (purpose === undefined || typeof customer !== 'string' || typeof subject !== 'string') return undefined
  return typeof expiresAt === 'number' ? { purpose, customer, subject, expiresAt: instant(expiresAt) } : undefined
}
