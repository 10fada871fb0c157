import type { SurveyFigures } from '../../../contract/listening.ts'
import { type SurveyKind, surveyScales } from '../../../core/listening/survey.ts'
import { percentRange } from '../../numbers.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Estimated = NonNullable<SurveyFigures['figure']>

/** The decimals of a mean, and of a net promoter score. */
const decimalsOf = (kind: SurveyKind): number => (kind === 'nps' ? 0 : 2)

/** The ends of the scale on which the figure of a kind stands. */
export const figureEnds = (kind: SurveyKind): readonly [number, number] =>
  kind === 'nps' ? [-100, 100] : surveyScales[kind]

/** A mean on its scale, or a signed net promoter score. */
export const figureText = ({ signed, decimal }: Speech, kind: SurveyKind, value: number): string =>
  kind === 'nps' ? signed(value, 0) : decimal(value, decimalsOf(kind))

/** A figure with its interval; the words for too few where there is none. */
export function Figure({ kind, of }: Readonly<{ kind: SurveyKind; of: Estimated | null }>) {
  const speech = useSpeech()
  if (of === null) return <span className="quiet">{speech.w.listening.tooFew}</span>
  const ends = [of.low, of.high].map((end) => figureText(speech, kind, end))
  const joiner = kind === 'nps' ? ` ${speech.w.to} ` : '–'
  return (
    <>
      {figureText(speech, kind, of.value)} <span className="interval">{ends.join(joiner)}</span>
    </>
  )
}

/** A share with its interval. */
export function ShareText({ of }: Readonly<{ of: Estimated | null }>) {
  const speech = useSpeech()
  if (of === null) return <span className="quiet">{speech.w.listening.tooFew}</span>
  return (
    <>
      {speech.percent(of.value)} <span className="interval">{percentRange(speech.language, of, speech.w.to)}</span>
    </>
  )
}

/** Every kind of survey on one line: whom it reached, and what it came to. */
export function Summary({ kinds }: Readonly<{ kinds: readonly SurveyFigures[] }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <section aria-label={w.listening.summary}>
      <div className="section-head">
        <h2>{w.listening.summary}</h2>
        <span className="quiet xs">{w.listening.summaryNote}</span>
      </div>
      <Scroll label={`${w.listening.summary}, ${w.table}`}>
        <table>
          <Heads
            heads={[
              w.listening.kind,
              w.listening.scale,
              ...[
                w.listening.asked,
                w.listening.answered,
                w.listening.response,
                w.listening.ratings,
                w.listening.figure,
              ].map((name) => ({ name, kind: 'num' })),
            ]}
          />
          <tbody>
            {kinds.map((one) => {
              const [low, high] = surveyScales[one.kind]
              return (
                <tr key={one.kind}>
                  <th scope="row">{w.listening.kinds[one.kind]}</th>
                  <td className="soft nowrap">{w.listening.scaleOf(speech.count(low), speech.count(high))}</td>
                  <td className="num">{speech.count(one.asked)}</td>
                  <td className="num">{speech.count(one.answered)}</td>
                  <td className="num">
                    <ShareText of={one.response} />
                  </td>
                  <td className="num">{speech.count(one.ratings)}</td>
                  <td className="num">
                    <Figure kind={one.kind} of={one.figure} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
