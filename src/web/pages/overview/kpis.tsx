import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Overview } from '../../../contract/overview.ts'
import { at } from '../../dates.ts'
import { usualRange } from '../../numbers.ts'
import { useSpeech } from '../../words.ts'

type Props = Readonly<{ data: Overview; currency: string }>

/** The five numbers of the morning, each with its range, its base and its age. */
export function Kpis({ data, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { letDown, atStake, promises, fixedInTime, left } = data
  const to = w.toDay(speech.day(at(data.asOf)))
  const told = letDown.detectedByCustomer
  return (
    <div className="kpis">
      <Kpi
        name={w.overview.letDown}
        age={to}
        href="/customers?filter=let-down"
        value={speech.count(letDown.count)}
        interval={
          letDown.usualLow === null || letDown.usualHigh === null
            ? w.overview.usualNotKnown
            : w.overview.usual(usualRange(speech.count(letDown.usualLow), speech.count(letDown.usualHigh), w.to))
        }
      >
        {w.overview.ofActive(letDown.active)} {told === null ? '' : w.overview.toldThemselves(speech.percent(told))}
      </Kpi>
      <Kpi
        name={w.overview.atStake}
        age={atStake.scoredAt === null ? to : speech.age(at(atStake.scoredAt))}
        href="/customers?filter=at-stake"
        value={speech.money(atStake.amount.value, currency)}
        interval={speech.moneyInterval(atStake.amount, currency)}
      >
        {w.overview.atStakeOf(atStake.customers)}
      </Kpi>
      <Kpi
        name={w.overview.promises}
        age={to}
        value={promises.kept === null ? w.notKnown : speech.percent(promises.kept.value)}
        interval={promises.kept === null ? '' : speech.percentInterval(promises.kept, 95)}
      >
        {promises.due === 0
          ? w.overview.promisesNone
          : w.overview.promisesOf(promises.due - promises.broken, promises.due, promises.broken)}
      </Kpi>
      <Kpi
        name={w.overview.fixed}
        age={to}
        value={fixedInTime.share === null ? w.notKnown : speech.percent(fixedInTime.share.value)}
        interval={fixedInTime.share === null ? '' : speech.percentInterval(fixedInTime.share, 95)}
      >
        {fixedInTime.due === 0 ? w.overview.fixedNone : w.overview.fixedOf(fixedInTime.due)}
      </Kpi>
      <Kpi
        name={w.overview.left}
        age={to}
        href="/customers?filter=left"
        value={speech.count(left.count)}
        interval={w.overview.counted}
      >
        {w.overview.leftAfter(left.afterFailure)}
      </Kpi>
    </div>
  )
}

type KpiProps = Readonly<{
  name: string
  age: string
  value: string
  interval: string
  href?: string
  children: ReactNode
}>

function Kpi({ name, age, value, interval, href, children }: KpiProps) {
  return (
    <section className="kpi">
      <h2>
        {name} <span>{age}</span>
      </h2>
      <p className={value.length > 9 ? 'big long' : 'big'}>
        {href === undefined ? value : <Link href={href}>{value}</Link>}
      </p>
      <p className="interval">{interval}</p>
      <p className="xs soft">{children}</p>
    </section>
  )
}
