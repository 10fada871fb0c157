import type { Liability } from '../../../contract/liability.ts'
import type { VoucherRollForward } from '../../../contract/vouchers.ts'
import { voucherOrigins } from '../../../core/voucher/voucher.ts'
import { majorOf } from '../../numbers.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { useSpeech } from '../../words.ts'
import { shortMonth } from './months.ts'

const MONTHS = 6

type LedgerMonth = VoucherRollForward['months'][number]
type Flows = Readonly<{
  opening: number
  issued: number
  redeemed: number
  expired: number
  cancelled: number
  closing: number
}>
type Props = Readonly<{
  /** Everything that events told of; undefined before the first forecast: then what the ledger holds is shown. */
  roll: Liability['roll'] | undefined
  ledger: readonly LedgerMonth[]
  currency: string
}>

/** The last months from opening to closing, and what of the closing stands in our own ledger. */
export function RollForward({ roll, ledger, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const own = ledger.filter((one) => one.currency === currency)
  const flows = roll === undefined ? ofLedger(own) : ofLiability(roll)
  const months = [...flows.keys()].slice(-MONTHS)
  const cell = (minor: number) => speech.decimal(majorOf(minor, currency), 2)
  const row = (name: string, value: (of: Flows) => number, kind?: string) => (
    <tr className={kind}>
      <th scope="row">{name}</th>
      {months.map((month) => {
        const of = flows.get(month)
        return (
          <td key={month} className="num">
            {of === undefined ? '' : cell(value(of))}
          </td>
        )
      })}
    </tr>
  )
  const closingOf = (month: string, origin?: string) =>
    own
      .filter((one) => one.month === month && (origin === undefined || one.origin === origin))
      .reduce((sum, { closingMinor }) => sum + closingMinor, 0)
  const origins = voucherOrigins.filter((origin) => own.some((one) => one.origin === origin))
  // The newest month goes on: what was computed in the night and the ledger of now are not of one moment.
  const ended = months.slice(0, -1)
  const isElsewhere =
    roll !== undefined && months.some((month) => (flows.get(month)?.closing ?? 0) !== closingOf(month))
  return (
    <section aria-label={w.vouchers.roll}>
      <div className="section-head">
        <h2>{w.vouchers.roll}</h2>
        <span className="quiet xs">{w.vouchers.rollNote(currency)}</span>
      </div>
      <Scroll label={`${w.vouchers.roll}, ${w.table}`}>
        <table className="roll">
          <Heads
            heads={[
              { name: w.vouchers.month, heard: true },
              ...months.map((month) => ({ name: shortMonth(speech.language, month), kind: 'num' })),
            ]}
          />
          <tbody>
            {row(w.vouchers.opening, ({ opening }) => opening)}
            {row(w.vouchers.issued, ({ issued }) => issued)}
            {row(w.vouchers.redeemed, ({ redeemed }) => -redeemed)}
            {row(w.vouchers.expired, ({ expired }) => -expired)}
            {row(w.vouchers.cancelled, ({ cancelled }) => -cancelled)}
            {row(w.vouchers.closing, ({ closing }) => closing, 'close')}
            {origins.map((origin) => (
              <tr key={origin} className="part">
                <th scope="row">{w.vouchers.ofWhich(w.vouchers.origins[origin])}</th>
                {months.map((month) => (
                  <td key={month} className="num">
                    {cell(closingOf(month, origin))}
                  </td>
                ))}
              </tr>
            ))}
            {isElsewhere ? (
              <tr className="part">
                <th scope="row">{w.vouchers.elsewhere}</th>
                {months.map((month) => (
                  <td key={month} className="num">
                    {ended.includes(month) ? cell((flows.get(month)?.closing ?? 0) - closingOf(month)) : ''}
                  </td>
                ))}
              </tr>
            ) : null}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

const ofLiability = (roll: Liability['roll']): ReadonlyMap<string, Flows> =>
  new Map(
    roll.map((one) => [
      one.month,
      {
        opening: one.openingMinor,
        issued: one.issuedMinor,
        redeemed: one.redeemedMinor,
        expired: one.expiredMinor,
        cancelled: one.cancelledMinor,
        closing: one.closingMinor,
      },
    ]),
  )

function ofLedger(months: readonly LedgerMonth[]): ReadonlyMap<string, Flows> {
  const all = new Map<string, Flows>()
  for (const one of months) {
    const was = all.get(one.month)
    all.set(one.month, {
      opening: (was?.opening ?? 0) + one.openingMinor,
      issued: (was?.issued ?? 0) + one.issuedMinor,
      redeemed: (was?.redeemed ?? 0) + one.redeemedMinor - one.refundedMinor,
      expired: (was?.expired ?? 0) + one.expiredMinor,
      cancelled: (was?.cancelled ?? 0) + one.cancelledMinor + one.paidOutMinor,
      closing: (was?.closing ?? 0) + one.closingMinor,
    })
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}
