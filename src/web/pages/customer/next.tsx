import type { ScoredCustomerPage } from '../../../contract/show.ts'
import { at } from '../../dates.ts'
import { majorOf } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { FanChart, FanTable } from '../../parts/fan-chart.tsx'
import { useSpeech } from '../../words.ts'
import { Foreseen } from './foreseen.tsx'
import { NextStep } from './next-step.tsx'
import { Parting } from './parting.tsx'

// Amounts under this many of the main unit are shown with their cents.
const SMALL = 10

type Props = Readonly<{ page: ScoredCustomerPage; currency: string }>

/** The right column: what may come, and what neglect and repair are worth. */
export function Next({ page, currency }: Props) {
  const { w } = useSpeech()
  const gone = page.facts.leftAt !== null || page.future.months.length === 0
  return (
    <aside className="next" aria-label={w.customer.next}>
      <NextStep page={page} />
      {gone ? (
        <section>
          <h2>{w.customer.next}</h2>
          <p className="soft">{w.customer.gone}</p>
        </section>
      ) : (
        <ChartFrame
          title={w.customer.next}
          note={w.customer.nextNote}
          height={216}
          table={<FanTable future={page.future} />}
        >
          {(width) => <FanChart future={page.future} from={at(page.asOf)} width={width} />}
        </ChartFrame>
      )}
      {gone ? null : <Stake page={page} currency={currency} />}
      <Foreseen page={page} currency={currency} />
      <Parting page={page} />
    </aside>
  )
}

function Stake({ page, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { atStake } = page
  if (atStake === null) {
    return (
      <section className="stake">
        <h3>{w.customer.atStake}</h3>
        <p className="soft">{w.customer.nothingAtStake}</p>
      </section>
    )
  }
  const { amount, repaired, neglected } = atStake
  // The three stand as a sum, so what rounding loses is taken from the amount left alone. Small amounts need the cents:
  // beside an interval of €3.17 to €3.69 an amount of €4 would be outside its own interval.
  const unit = amount.low < SMALL / majorOf(1, currency) ? 1 : 1 / majorOf(1, currency)
  const whole = (minor: number) => Math.round(minor / unit) * unit
  const adds = Math.abs(repaired.value - neglected.value - amount.value) < unit
  const alone = adds ? whole(repaired.value) - whole(amount.value) : neglected.value
  return (
    <section className="stake">
      <h3>{w.customer.atStake}</h3>
      <p>
        <b className="big">{speech.money(whole(amount.value), currency)}</b>{' '}
        <span className="interval">{speech.moneyInterval(amount, currency)}</span>
      </p>
      <dl>
        <div>
          <dt>{w.customer.valueRepaired}</dt>
          <dd>
            {speech.money(whole(repaired.value), currency)}
            <span className="interval">{speech.moneyInterval(repaired, currency)}</span>
          </dd>
        </div>
        <div>
          <dt>{w.customer.valueNeglected}</dt>
          <dd>
            {speech.money(alone, currency)}
            <span className="interval">{speech.moneyInterval(neglected, currency)}</span>
          </dd>
        </div>
      </dl>
    </section>
  )
}
