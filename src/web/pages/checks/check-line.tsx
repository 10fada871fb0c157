import { Link } from 'wouter'
import type { Check } from '../../../contract/checks.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { OpeningLine } from '../../parts/opening-line.tsx'
import { useSpeech } from '../../words.ts'
import { checkEnds, checkNumber, checkRange, checkValue } from './check-number.ts'

type Props = Readonly<{ of: Check; currency: string }>

/** A check in a line, which opens to what it compares, what its number is made of, what to do, and its past. */
export function CheckLine({ of, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const isFailing = of.state === 'fails'
  return (
    <OpeningLine
      startsOpen={isFailing}
      line={
        <>
          <span className="strong">{of.title}</span>
          <span>
            {of.value === null ? (
              <span className="soft">{of.state === null ? '' : w.checks.needed(of.count, of.needed)}</span>
            ) : (
              <>
                <b className={isFailing ? 'harm' : undefined}>{checkValue(speech, of, currency)}</b>{' '}
                <span className="interval">{checkRange(speech, of, currency)}</span>
              </>
            )}
          </span>
          <span className="soft">{of.value === null || of.count === 0 ? '' : w.checks.behind(of.count)}</span>
          <span className="soft nowrap">{of.since === null ? '' : w.checks.since(speech.day(at(of.since)))}</span>
        </>
      }
    >
      {() => <Whole of={of} currency={currency} />}
    </OpeningLine>
  )
}

function Whole({ of, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <div className="whole">
      <p>{of.about}</p>
      {of.state === 'fails' || of.state === 'unsure' ? (
        <p>
          {of.state === 'unsure' ? w.checks.unsureText : <b>{of.todo}</b>}{' '}
          <Link className="q" href={of.page}>
            {w.checks.go}
          </Link>
        </p>
      ) : null}
      {of.parts.length === 0 ? null : <Parts of={of} currency={currency} />}
      <p className="quiet xs">
        {w.checks.every[of.every]}
        {of.at === null ? '' : ` · ${w.checks.ranAt(speech.dayTime(at(of.at)))}`}
        {of.asOf === null ? '' : ` · ${w.checks.asOf(speech.day(at(of.asOf)))}`}
      </p>
      {of.history.length < 2 ? null : <Past of={of} currency={currency} />}
    </div>
  )
}

function Parts({ of, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const hasRange = of.parts.some(({ low }) => low !== null)
  const hasCount = of.parts.some(({ count }) => count !== null)
  return (
    <table className="narrow">
      <Heads
        heads={[
          w.checks.what,
          { name: w.checks.number, kind: 'num' },
          ...(hasRange ? [{ name: w.checks.rangeHeads[of.range], kind: 'num' }] : []),
          ...(hasCount ? [{ name: w.checks.cases, kind: 'num' }] : []),
        ]}
      />
      <tbody>
        {of.parts.map((part) => (
          <tr key={part.name}>
            <th scope="row">{of.name === 'redemption' ? speech.month(at(`${part.name}-15`), true) : part.label}</th>
            <td className="num">{checkNumber(speech, part.value, of.partUnit, currency)}</td>
            {hasRange ? <td className="num quiet">{checkEnds(speech, part, of.partUnit, currency)}</td> : null}
            {hasCount ? <td className="num soft">{part.count === null ? '' : speech.count(part.count)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const PAST_MAX = 12

function Past({ of, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-label={w.checks.past}>
      <h3>{w.checks.past}</h3>
      <table className="narrow">
        <Heads heads={[w.checks.ran, w.checks.result, { name: w.checks.number, kind: 'num' }]} />
        <tbody>
          {of.history
            .slice(-PAST_MAX)
            .toReversed()
            .map((run) => (
              <tr key={run.at}>
                <th scope="row">{speech.dayTime(at(run.at))}</th>
                <td className={run.state === 'fails' ? 'harm' : undefined}>{w.checks.states[run.state]}</td>
                <td className="num">{run.value === null ? '' : checkNumber(speech, run.value, of.unit, currency)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
