import { Link } from 'wouter'
import type { CustomerPage, ScoredCustomerPage } from '../../../contract/show.ts'
import { at, span } from '../../dates.ts'
import { Sized } from '../../parts/chart-frame.tsx'
import { IntervalBar } from '../../parts/interval-bar.tsx'
import { useSpeech } from '../../words.ts'
import { Gestures } from './gestures.tsx'
import { MayContact } from './may-contact.tsx'
import { Moments } from './moments.tsx'
import { Profiling } from './profiling.tsx'

type Props = Readonly<{ page: CustomerPage; currency: string }>

/** The left column: who this is and what is known today. */
export function Who({ page, currency }: Props) {
  const { w } = useSpeech()
  return (
    <aside className="who" aria-label={w.customer.who}>
      <Person page={page} />
      {page.profilingRefusedAt === null ? <Numbers page={page} currency={currency} /> : null}
      {page.erased ? null : <Profiling page={page} />}
      {page.erased ? null : <MayContact customer={page.customer} />}
      <Facts page={page} currency={currency} />
    </aside>
  )
}

function Person({ page }: Readonly<{ page: CustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const long = page.since === null ? undefined : span(at(page.since), at(page.asOf))
  return (
    <section>
      <p className="soft">
        {page.since === null || long === undefined
          ? w.customer.sinceUnknown
          : w.customer.since(speech.fullDay(at(page.since)), w.customer.long(long.years, long.months))}
      </p>
      {page.segment === null ? null : <p className="soft">{page.segment}</p>}
      {page.email === null ? null : <p className="soft wrap">{page.email}</p>}
      {page.phone === null ? null : <p className="soft">{page.phone}</p>}
      {page.erased ? <p className="md">{w.customer.erasedText}</p> : null}
      {page.mergedInto === null ? null : (
        <p className="md">
          <Link className="q" href={`/customers/${encodeURIComponent(page.mergedInto)}`}>
            {w.customer.merged(page.mergedInto)}
          </Link>
        </p>
      )}
    </section>
  )
}

function Numbers({ page, currency }: Readonly<{ page: ScoredCustomerPage; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const { stay, points, value, model } = page
  const { outlook } = page.foreseen
  const interval = speech.percentInterval(stay)
  const reference = speech.percent(page.reference)
  const others = page.facts.otherMoney.map(({ currency: other }) => other).join(', ')
  return (
    <section>
      <div className="fact">
        <h3>{w.customer.stay}</h3>
        <p>
          <b className="value">{speech.percent(stay.value)}</b> <span className="interval">{interval}</span>
        </p>
        <Sized height={32}>
          {(width) => (
            <IntervalBar
              width={Math.min(width, 260)}
              value={stay.value}
              low={stay.low}
              high={stay.high}
              domain={[0, 1]}
              reference={{ value: page.reference, words: w.customer.reference(reference) }}
              label={w.customer.stayAria(
                speech.percent(stay.value),
                speech.percent(stay.low),
                speech.percent(stay.high),
                reference,
              )}
            />
          )}
        </Sized>
        {outlook?.model === 'leave' ? (
          <p className="xs quiet">{w.foreseen.ifStill(speech.percent(outlook.alive))}</p>
        ) : null}
      </div>
      <div className="fact">
        <h3>{w.customer.points}</h3>
        <p>
          <b className={points.high < 0 ? 'value harm' : 'value'}>{speech.signed(points.value, 0)}</b>{' '}
          <span className="interval">{speech.signedInterval(points, 0)}</span>
        </p>
      </div>
      <div className="fact">
        <h3>{w.customer.value(page.valueMonths)}</h3>
        {value.high === 0 ? (
          <p className="soft">{w.customer.valueUnknown}</p>
        ) : (
          <p>
            <b className="value">{speech.money(value.value, currency)}</b>{' '}
            <span className="interval">{speech.moneyInterval(value, currency)}</span>
          </p>
        )}
        {others === '' ? null : <p className="xs quiet">{w.customer.valueWithout(others)}</p>}
      </div>
      <p className="xs quiet">
        {w.customer.scored(speech.age(at(page.scoredAt)), model.version, model.exits)}{' '}
        {model.interceptFrom === 'prior' ? w.customer.fromPrior : w.customer.fromOwn}{' '}
        {model.dataTo === null ? w.foreseen.dataPrior : `${w.models.dataTo} ${speech.fullDay(at(model.dataTo))}.`}{' '}
        <Link className="q" href="/models/leave">
          {w.foreseen.openModel}
        </Link>
      </p>
    </section>
  )
}

function Facts({ page, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { facts } = page
  const rows: readonly (readonly [string, string])[] = [
    // Who has a contract and never orders is asked about nothing that this kind of firm does not have.
    ...(facts.monthlyValue !== null && facts.orders12 === 0
      ? []
      : [
          [w.customer.orders, speech.count(facts.orders12)] as const,
          [w.customer.paid, speech.money(facts.paid12, currency)] as const,
        ]),
    ...(facts.monthlyValue === null ? [] : [[w.customer.monthly, speech.money(facts.monthlyValue, currency)] as const]),
    ...(facts.voucherBalance === 0
      ? []
      : [[w.customer.voucher, speech.money(facts.voucherBalance, currency)] as const]),
    ...facts.otherMoney.flatMap((other) =>
      (
        [
          [w.customer.paid, other.paid12],
          [w.customer.monthly, other.monthlyValue],
          [w.customer.voucher, other.voucherBalance],
        ] as const
      )
        .filter(([, minor]) => minor > 0)
        .map(([name, minor]) => [w.inCurrency(name, other.currency), speech.money(minor, other.currency)] as const),
    ),
    ...(facts.openPromises === 0 ? [] : [[w.customer.promises, speech.count(facts.openPromises)] as const]),
    [w.customer.events, speech.count(page.eventCount)],
  ]
  return (
    <>
      {page.erased ? null : <Moments page={page} />}
      {page.erased ? null : <Gestures page={page} currency={currency} />}
      <section>
        <dl className="facts">
          {rows.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      {page.members.length < 2 ? null : (
        <section>
          <h3>{w.customer.members}</h3>
          {page.members.map((member) => (
            <p key={member} className="mono wrap">
              {member}
            </p>
          ))}
        </section>
      )}
    </>
  )
}
