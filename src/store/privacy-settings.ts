import { type PrivacySettings, privacyAtFirst } from '../core/privacy.ts'
import type { Tx } from './db.ts'

/** What the firm tells customers about their data. */
export async function readPrivacySettings(tx: Tx): Promise<PrivacySettings> {
  const [row] = await tx.query<{ value: Partial<PrivacySettings> }>(
    `select value from settings where name = 'privacy'`,
    [],
    'privacy-settings',
  )
  return { ...privacyAtFirst, ...row?.value }
}

/** Replaces it. */
export async function savePrivacySettings(tx: Tx, settings: PrivacySettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('privacy', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}
