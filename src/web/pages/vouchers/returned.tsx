import type { VoucherRollForward } from '../../../contract/vouchers.ts'
import { useSpeech } from '../../words.ts'

const MONTHS = 12

/** What vouchers gave back to customers in a year: that is the figure to be glad of, not what expired (trap T19). */
export function Returned({ ledger, currency }: Readonly<{ ledger: VoucherRollForward['months']; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const own = ledger.filter((one) => one.currency === currency)
  const months = new Set([...new Set(own.map(({ month }) => month))].toSorted().slice(-MONTHS))
  const year = own.filter(({ month }) => months.has(month))
  if (year.length === 0) return null
  const sum = (minor: (of: (typeof year)[number]) => number) => year.reduce((all, one) => all + minor(one), 0)
  const used = sum((one) => one.redeemedMinor - one.refundedMinor)
  const paid = sum((one) => one.paidOutMinor)
  return (
    <section aria-label={w.vouchers.returned}>
      <div className="section-head">
        <h2>{w.vouchers.returned}</h2>
      </div>
      <p className="md strong">{speech.money(used + paid, currency)}</p>
      <p>{w.vouchers.returnedText(speech.money(used, currency), speech.money(paid, currency))}</p>
      <p className="quiet xs">
        {w.vouchers.unused(
          speech.money(
            sum((one) => one.expiredMinor),
            currency,
          ),
        )}
      </p>
    </section>
  )
}
