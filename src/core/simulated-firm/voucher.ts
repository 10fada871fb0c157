import { MONTH_MS } from '../time/instant.ts'
import { type Actor, happens } from './actor.ts'
import { dueOnWire } from './diary.ts'

const LIFE_MONTHS = 12

/** What a voucher is given for. */
export type Given = Readonly<{ value: number; origin: 'earned' | 'goodwill'; failure?: string }>

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** Issues a voucher that lives a year; the customer uses it in some month of its age, or it expires. */
export function issueVoucher(actor: Actor, at: number, given: Given): void {
  const { chance, diary, truth } = actor
  const voucher = actor.name('v')
  const expiresAt = at + LIFE_MONTHS * MONTH_MS
  const { value, origin, failure } = given
  diary.note(at, {
    type: 'voucher.issued',
    data: {
      voucher,
      value,
      currency: 'EUR',
      origin,
      expiresAt: dueOnWire(expiresAt),
      ...(failure === undefined ? {} : { failure }),
    },
  })
  const reminded = happens(chance, 0.5)
  const lastMonthAt = at + (LIFE_MONTHS - 1) * MONTH_MS
  for (let month = 0; month < LIFE_MONTHS; month += 1) {
    const base = truth.voucherMonthly[Math.min(month, truth.voucherMonthly.length - 1)] ?? 0
    const last = month === LIFE_MONTHS - 1
    const { v_expiry_month, v_reminder } = truth.voucherEffects
    const shift = last ? v_expiry_month + (reminded ? v_reminder : 0) : 0
    if (last && reminded) diary.note(lastMonthAt, { type: 'voucher.reminded', data: { voucher } })
    if (!happens(chance, logistic(Math.log(base / (1 - base)) + shift))) continue
    const used = at + (month + chance.uniform()) * MONTH_MS
    diary.note(used, { type: 'voucher.redeemed', data: { voucher, value, currency: 'EUR' } })
    return
  }
  diary.note(expiresAt, { type: 'voucher.expired', data: { voucher } })
}
