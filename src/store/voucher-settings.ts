import type { Tx } from './db.ts'

/** What the firm sets about vouchers. */
export type VoucherSettings = Readonly<{
  /** Whether holders are reminded before a voucher ends. On until somebody turns it off (trap T19). */
  reminders: boolean
}>

const atFirst: VoucherSettings = { reminders: true }

/** The settings of vouchers. */
export async function readVoucherSettings(tx: Tx): Promise<VoucherSettings> {
  const [row] = await tx.query<{ value: Partial<VoucherSettings> }>(
    `select value from settings where name = 'vouchers'`,
    [],
    'voucher-settings',
  )
  return { ...atFirst, ...row?.value }
}

/** Replaces them. */
export async function saveVoucherSettings(tx: Tx, settings: VoucherSettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('vouchers', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}
