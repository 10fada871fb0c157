/** What a customer who leaves is owed, as far as cases and events tell. No score or value is asked (trap T20). */

import { isOwedMoney, type RecoveryCase } from '../cases/recovery-case.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { inForce } from '../relationship/relationship.ts'
import type { Voucher } from '../relationship/standing.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import type { ExitKind } from './exit-case.ts'

/**
 * `remedy`: agreed in a case and not given. `withdrawn`: paid for the order that the notice withdraws from. `returned`:
 * sent back lately. `voucher`: left on a voucher that another system keeps.
 */
export const owedKinds = ['remedy', 'withdrawn', 'returned', 'voucher'] as const

/** One amount. `isSure`: the log tells that it is owed; else somebody looks whether it was paid back already. */
export type Owed = Readonly<{
  is: (typeof owedKinds)[number]
  /** The case, order or voucher. */
  about: string
  minor: number
  /** Null is that of the firm. */
  currency: string | null
  isSure: boolean
}>

/** What came back longer ago was looked at long since. */
const RETURNED_DAYS = 90

/** What there is to settle; `kept` are the vouchers that Amends keeps itself, which are settled apart. */
export function owedTo({
  cases,
  history,
  vouchers,
  kept,
  exit,
  at,
}: Readonly<{
  cases: readonly RecoveryCase[]
  history: readonly CustomerEvent[]
  vouchers: readonly Voucher[]
  kept: readonly string[]
  exit: Readonly<{ kind: ExitKind; reference: string }>
  at: Instant
}>): readonly Owed[] {
  const log = inForce(history)
  const withdrawn = exit.kind === 'withdraw' ? exit.reference.trim() : null
  return [
    ...cases.flatMap(remedyOwed),
    ...log.flatMap((event): readonly Owed[] => {
      if (event.type === 'order.placed' && event.data.order === withdrawn)
        return amount('withdrawn', event.data.order, event.data, true)
      if (event.type === 'order.returned' && event.data.order !== withdrawn && at - event.at < RETURNED_DAYS * DAY_MS)
        return amount('returned', event.data.order, event.data, false)
      return []
    }),
    ...vouchers
      .filter(({ voucher, expiresAt }) => !kept.includes(voucher) && (expiresAt === null || expiresAt > at))
      .flatMap(({ voucher, leftMinor: value, currency }) =>
        amount('voucher', voucher, { value, ...(currency === null ? {} : { currency }) }, true),
      ),
  ]
}

function remedyOwed({ case: id, round, currency }: RecoveryCase): readonly Owed[] {
  if (!isOwedMoney(round)) return []
  const value = (round.remedy?.valueMinor ?? 0) - round.compensatedMinor
  return amount('remedy', id, { value, ...(currency === null ? {} : { currency }) }, true)
}

const amount = (
  is: Owed['is'],
  about: string,
  { value = 0, currency }: Readonly<{ value?: number; currency?: string }>,
  isSure: boolean,
): readonly Owed[] => (value === 0 ? [] : [{ is, about, minor: value, currency: currency ?? null, isSure }])
