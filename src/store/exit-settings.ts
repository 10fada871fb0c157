import { type OfferedWays, usualWays } from '../core/exits/exit-ways.ts'
import { noReferral, type Referral } from '../core/exits/referral.ts'
import type { Tx } from './db.ts'

/** What the firm says about leaving; a way that is null follows the country. */
export type ExitSettings = Readonly<{
  country: string | null
  cancel: boolean | null
  withdraw: boolean | null
  referral: Referral
}>

/** Nothing was said. */
const atFirst: ExitSettings = { country: null, cancel: null, withdraw: null, referral: noReferral }

/** The settings of leaving. */
export async function readExitSettings(tx: Tx): Promise<ExitSettings> {
  const [row] = await tx.query<{ value: Partial<ExitSettings> }>(
    `select value from settings where name = 'exits'`,
    [],
    'exit-settings',
  )
  return { ...atFirst, ...row?.value }
}

/** The functions that are offered, as the firm or its country says. */
export async function readOfferedWays(tx: Tx): Promise<OfferedWays> {
  const { country, cancel, withdraw } = await readExitSettings(tx)
  const usual = usualWays(country)
  return { cancel: cancel ?? usual.cancel, withdraw: withdraw ?? usual.withdraw }
}

/** Replaces them. */
export async function saveExitSettings(tx: Tx, settings: ExitSettings): Promise<void> {
  await tx.change(
    `insert into settings (name, value) values ('exits', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(settings)],
  )
}
