import type { Liability } from '../../../contract/liability.ts'
import { moneyRange } from '../../numbers.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { useSpeech } from '../../words.ts'
import { shortMonth } from './months.ts'

const COHORTS = 12

/** What each month gave out, what of it is open, and what of that will be used. */
export function Cohorts({ of: { forecast, currency } }: Readonly<{ of: Liability }>) {
  const speech = useSpeech()
  const { w } = speech
  const shown = forecast.cohorts.filter(({ openMinor }) => openMinor > 0).slice(-COHORTS)
  return (
    <section aria-label={w.vouchers.cohorts}>
      <div className="section-head">
        <h2>{w.vouchers.cohorts}</h2>
        <span className="quiet xs">{w.vouchers.cohortsNote}</span>
      </div>
      <Scroll label={`${w.vouchers.cohorts}, ${w.table}`}>
        <table>
          <Heads
            heads={[
              w.vouchers.cohort,
              { name: w.vouchers.value, kind: 'num' },
              { name: w.vouchers.open, kind: 'num' },
              { name: w.vouchers.willBeUsed, kind: 'num' },
            ]}
          />
          <tbody>
            {shown.map(({ cohort, issuedMinor, openMinor, redeemedMinor }) => (
              <tr key={cohort}>
                <td className="nowrap">{shortMonth(speech.language, cohort)}</td>
                <td className="num">{speech.money(issuedMinor, currency)}</td>
                <td className="num">{speech.money(openMinor, currency)}</td>
                <td className="num quiet">
                  {redeemedMinor === null ? (
                    w.notKnown
                  ) : (
                    <>
                      {speech.money(redeemedMinor.mean, currency)}{' '}
                      <span className="interval">
                        {moneyRange(
                          speech.language,
                          { low: redeemedMinor.band80[0] ?? 0, high: redeemedMinor.band80[1] ?? 0 },
                          currency,
                          w.to,
                        )}
                      </span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="quiet xs">{w.vouchers.goal}</p>
    </section>
  )
}
