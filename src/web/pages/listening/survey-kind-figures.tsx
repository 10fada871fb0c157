import type { SurveyFigures } from '../../../contract/listening.ts'
import { at } from '../../dates.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { ShareLine } from '../../parts/share-line.tsx'
import { useSpeech } from '../../words.ts'
import { Distribution } from './distribution.tsx'
import { Figure, figureEnds, figureText, ShareText } from './summary.tsx'

const HEIGHT = 142

type Props = Readonly<{ of: SurveyFigures; starts: readonly string[] }>

/** One kind of survey: over time, how it was answered, and by parts of the firm that are large enough. */
export function SurveyKindFigures({ of, starts }: Props) {
  const { w } = useSpeech()
  return (
    <div className="heard">
      <OverTime of={of} starts={starts} />
      <Distribution of={of} />
      <Parts title={w.listening.segments} head={w.listening.segment} of={of} parts={of.segments} />
      <Parts title={w.listening.teams} head={w.listening.team} of={of} parts={of.teams} />
    </div>
  )
}

function OverTime({ of, starts }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { kind, periods } = of
  const domain = figureEnds(kind)
  const last = periods.at(-1)?.figure ?? null
  const told = last === null ? w.listening.tooFew : figureText(speech, kind, last.value)
  const month = (start: string | undefined) => (start === undefined ? '' : speech.month(at(start)))
  return (
    <ChartFrame
      title={`${w.listening.kinds[kind]}: ${w.listening.over}`}
      note={w.listening.overNote}
      height={HEIGHT}
      table={<PeriodsTable of={of} starts={starts} />}
    >
      {(width) =>
        periods.every(({ figure }) => figure === null) ? (
          <p className="quiet">{w.listening.tooFewInTime}</p>
        ) : (
          <ShareLine
            width={width}
            domain={domain}
            marks={[domain[0], (domain[0] + domain[1]) / 2, domain[1]]}
            writeMark={(mark) => speech.decimal(mark, Number.isInteger(mark) ? 0 : 1)}
            weeks={periods.map(({ figure }) => figure)}
            usual={null}
            usualWords=""
            ends={[month(starts[0]), month(starts.at(-1))]}
            write={(value) => figureText(speech, kind, value)}
            label={w.listening.overAria(w.listening.kinds[kind], told)}
          />
        )
      }
    </ChartFrame>
  )
}

function PeriodsTable({ of: { kind, periods }, starts }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const heads = [w.listening.asked, w.listening.response, w.listening.ratings, w.listening.figure]
  return (
    <table>
      <Heads heads={[w.listening.period, ...heads.map((name) => ({ name, kind: 'num' }))]} />
      <tbody>
        {periods.map((period, place) => (
          <tr key={starts[place]}>
            <th scope="row" className="nowrap">
              {speech.day(at(starts[place] ?? ''))}
            </th>
            <td className="num">{speech.count(period.asked)}</td>
            <td className="num">
              <ShareText of={period.response} />
            </td>
            <td className="num">{speech.count(period.ratings)}</td>
            <td className="num">
              <Figure kind={kind} of={period.figure} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type PartsProps = Readonly<{ title: string; head: string; of: SurveyFigures; parts: SurveyFigures['segments'] }>

function Parts({ title, head, of, parts }: PartsProps) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="quiet xs">{w.listening.partsNote}</span>
      </div>
      {parts.length === 0 ? (
        <p className="quiet">{w.listening.noParts}</p>
      ) : (
        <Scroll label={`${title}, ${w.table}`}>
          <table>
            <Heads
              heads={[head, ...[w.listening.ratings, w.listening.figure].map((name) => ({ name, kind: 'num' }))]}
            />
            <tbody>
              {parts.map(({ name, ratings, figure }) => (
                <tr key={name}>
                  <th scope="row" className="anywhere">
                    {name}
                  </th>
                  <td className="num">{speech.count(ratings)}</td>
                  <td className="num">
                    <Figure kind={of.kind} of={figure} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}
