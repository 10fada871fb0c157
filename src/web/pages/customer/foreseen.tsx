import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ScoredCustomerPage } from '../../../contract/show.ts'
import { at } from '../../dates.ts'
import { Sized } from '../../parts/chart-frame.tsx'
import { IntervalBar } from '../../parts/interval-bar.tsx'
import { roundParts } from '../../rounding.ts'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Readonly<{ page: ScoredCustomerPage; currency: string }>
type Chance = NonNullable<ScoredCustomerPage['foreseen']['winBack']>

const BAR_HEIGHT = 14

/** What is foreseen beside leaving, each with its interval, what it is made of, and how old its model is. */
export function Foreseen({ page, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { retaliation, winBack, outlook } = page.foreseen
  return (
    <>
      {outlook === null ? null : <Outlook outlook={outlook} currency={currency} speech={speech} />}
      {winBack === null ? null : (
        <ChanceSection chance={winBack} kind="winback" title={w.foreseen.winBack(winBack.months)} speech={speech}>
          <p className="soft">{w.foreseen.winBackText}</p>
        </ChanceSection>
      )}
      {retaliation === null ? null : (
        <ChanceSection
          chance={retaliation}
          kind="retaliation"
          title={w.foreseen.retaliation(retaliation.months)}
          speech={speech}
        >
          <p className="soft">{w.foreseen.retaliationText}</p>
        </ChanceSection>
      )}
    </>
  )
}

type SectionProps = Readonly<{
  chance: Chance
  kind: 'retaliation' | 'winback'
  title: string
  speech: Speech
  children: ReactNode
}>

// What to do about it comes before the number: it is there to help, not to label somebody.
function ChanceSection({ chance, kind, title, speech, children }: SectionProps) {
  const { w } = speech
  const value = speech.percent(chance.value)
  const interval = speech.percentInterval(chance)
  return (
    <section className="stake" aria-label={title}>
      <h3>{title}</h3>
      {children}
      <p>
        <b className="value">{value}</b> <span className="interval">{interval}</span>
      </p>
      <Sized height={BAR_HEIGHT}>
        {(width) => (
          <IntervalBar
            width={width}
            value={chance.value}
            low={chance.low}
            high={chance.high}
            domain={[0, 1]}
            label={`${value}, ${interval}`}
          />
        )}
      </Sized>
      <Parts chance={chance} sum={kind === 'winback' ? w.foreseen.sumOffer : w.foreseen.sum} speech={speech} />
      <p className="xs quiet">
        {chance.events === 0 ? w.foreseen.priorOnly : w.foreseen.behind(w.models.events[kind](chance.events))}{' '}
        {chance.version === 0 || chance.dataTo === null
          ? ''
          : w.foreseen.data(chance.version, speech.fullDay(at(chance.dataTo)))}{' '}
        <Link className="q" href={`/models/${kind}`}>
          {w.foreseen.openModel}
        </Link>
      </p>
    </section>
  )
}

function Parts({ chance, sum, speech }: Readonly<{ chance: Chance; sum: string; speech: Speech }>) {
  const { w } = speech
  const amounts = roundParts(
    chance.parts.map(({ amount }) => amount),
    2,
  )
  const total = amounts.reduce((all, amount) => all + amount, 0)
  return (
    <details>
      <summary>{w.foreseen.parts}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.models.driver}</th>
            <th scope="col" className="num">
              {w.foreseen.logOdds}
            </th>
          </tr>
        </thead>
        <tbody>
          {chance.parts.map(({ covariate, label }, index) => (
            <tr key={covariate}>
              <th scope="row">{label}</th>
              <td className="num">{speech.signed(amounts[index] ?? 0)}</td>
            </tr>
          ))}
          <tr className="total">
            <th scope="row">{sum}</th>
            <td className="num">{speech.signed(total)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  )
}

type OutlookProps = Readonly<{
  outlook: NonNullable<ScoredCustomerPage['foreseen']['outlook']>
  currency: string
  speech: Speech
}>

function Outlook({ outlook, currency, speech }: OutlookProps) {
  const { w } = speech
  const rows = [
    [w.foreseen.alive, speech.percent(outlook.alive)],
    [w.foreseen.orders, speech.decimal(outlook.orders, 1)],
    [w.foreseen.orderValue, speech.money(outlook.orderValue, currency)],
    [w.foreseen.margin, speech.money(outlook.value, currency)],
  ] as const
  const title = w.foreseen.outlook(outlook.months)
  return (
    <section className="stake" aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="xs quiet">
        {outlook.model === 'leave' ? w.foreseen.behindValue : w.foreseen.noInterval}{' '}
        <Link className="q" href={`/models/${outlook.model}`}>
          {w.foreseen.openModel}
        </Link>
      </p>
    </section>
  )
}
