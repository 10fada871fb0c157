import type { Liability } from '../../../contract/liability.ts'
import { useSpeech } from '../../words.ts'
import { monthOf } from './months.ts'

/** The amount and what is expected of it, in words. */
export function Lead({ of }: Readonly<{ of: Liability }>) {
  const speech = useSpeech()
  const { w } = speech
  const { currency, forecast } = of
  const [low = 0, high = 0] = forecast.total.redeemedMinor.band80
  const busiest = forecast.months.reduce<(typeof forecast.months)[number] | undefined>(
    (most, one) => (most === undefined || one.redeemedMinor.mean > most.redeemedMinor.mean ? one : most),
    undefined,
  )
  return (
    <p className="lead">
      <b>{w.vouchers.outstanding(speech.money(of.openMinor, currency))}</b>{' '}
      {of.openMinor === 0 || busiest === undefined
        ? null
        : w.vouchers.expected(
            speech.money(forecast.total.redeemedMinor.mean, currency),
            speech.moneyInterval({ low, high }, currency),
            monthOf(speech.language, busiest.month),
          )}
    </p>
  )
}
