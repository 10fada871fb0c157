import { Link } from 'wouter'
import type { Overview } from '../../../contract/overview.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { IntervalBar } from '../../parts/interval-bar.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Readonly<{ data: Overview; currency: string }>
type Person = Overview['people'][number]

const BAR = 108

/** Who was let down and waits, by what is at stake. */
export function People({ data, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const most = Math.max(1, ...data.people.map(({ atStake }) => atStake.high))
  return (
    <section className="people" aria-labelledby="people-title">
      <div className="section-head">
        <h2 id="people-title">{w.overview.who}</h2>
        <span className="quiet xs">{w.overview.whoNote}</span>
        <span className="grow" />
        {data.people.length === 0 ? null : (
          <Link className="go" href="/customers?filter=let-down">
            {w.overview.all}
          </Link>
        )}
      </div>
      {data.people.length === 0 ? (
        <p className="md">{w.overview.whoNone}</p>
      ) : (
        <table>
          <Heads
            heads={[
              w.overview.customer,
              w.overview.what,
              w.overview.severity,
              w.overview.since,
              { name: w.overview.stay, kind: 'num' },
              { name: w.list.atStake, kind: 'num' },
              { name: w.overview.axis(speech.money(most, currency)), kind: 'bar' },
            ]}
          />
          <tbody>
            {data.people.map((person) => (
              <Row key={person.customer} person={person} most={most} currency={currency} speech={speech} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

type RowProps = Readonly<{ person: Person; most: number; currency: string; speech: Speech }>

function Row({ person, most, currency, speech }: RowProps) {
  const { w } = speech
  const stake = speech.money(person.atStake.value, currency)
  const interval = speech.moneyInterval(person.atStake, currency)
  return (
    <tr>
      <th scope="row" className="name">
        <Link className="q" data-row href={`/customers/${encodeURIComponent(person.customer)}`}>
          {person.name ?? w.customer.unnamed(person.customer)}
        </Link>
      </th>
      <td className="what soft">{categoryName(w, person.category)}</td>
      <td className="severity">
        {person.doubleDeviation ? (
          <span className="harm strong">{w.overview.again}</span>
        ) : (
          severityName(w, person.severity)
        )}
      </td>
      <td className="since soft nowrap">{speech.day(at(person.since))}</td>
      <td className="num stay">{speech.percent(person.stay.value)}</td>
      <td className="num at-stake strong">{stake}</td>
      <td className="bar">
        <IntervalBar
          width={BAR}
          value={person.atStake.value}
          low={person.atStake.low}
          high={person.atStake.high}
          domain={[0, most]}
          label={`${stake}, ${interval}`}
        />
      </td>
    </tr>
  )
}
