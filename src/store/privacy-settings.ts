import { type PrivacySettings, privacyAtFirst } from '../core/privacy/privacy.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Tx } from './db.ts'

/** What the firm tells customers about their data, and when it last said how long they, and words, are kept. */
export type StoredPrivacy = PrivacySettings & Readonly<{ keptSaidAt: Instant | null; wordsSaidAt: Instant | null }>

type Stored = Partial<Omit<StoredPrivacy, 'keptMonths'>> & Readonly<{ keptMonths?: unknown }>

/** What the firm tells customers about their data. */
export async function readPrivacySettings(tx: Tx): Promise<StoredPrivacy> {
  const [row] = await tx.query<{ value: Stored }>(
    `select value from settings where name = 'privacy'`,
    [],
    'privacy-settings',
  )
  const { keptMonths, ...said } = row?.value ?? {}
  // Periods by purpose, as they were before, were promises by which nothing was to be erased.
  const months = typeof keptMonths === 'number' ? keptMonths : null
  return { ...privacyAtFirst, keptSaidAt: null, wordsSaidAt: null, ...said, keptMonths: months }
}

/** Replaces it. */
export async function savePrivacySettings(tx: Tx, settings: StoredPrivacy): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('privacy', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}
