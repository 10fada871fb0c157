import type { SurveyFigures } from '../../../contract/listening.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { Heads } from '../../parts/heads.tsx'
import { linear } from '../../scale.ts'
import { useSpeech } from '../../words.ts'

const ROW = 20
const [LEFT, RIGHT] = [30, 64]

/** How often each answer was given: a bar for each, the highest answer first. */
export function Distribution({ of }: Readonly<{ of: SurveyFigures }>) {
  const speech = useSpeech()
  const { w } = speech
  const { kind, distribution, ratings } = of
  const all = Math.max(
    1,
    distribution.reduce((sum, { count }) => sum + count, 0),
  )
  const most = Math.max(1, ...distribution.map(({ count }) => count))
  const height = distribution.length * ROW + 4
  return (
    <ChartFrame
      title={w.listening.distribution}
      height={height}
      table={
        <table>
          <Heads
            heads={[
              w.listening.score,
              { name: w.listening.count, kind: 'num' },
              { name: w.listening.share, kind: 'num' },
            ]}
          />
          <tbody>
            {distribution.map(({ score, count }) => (
              <tr key={score}>
                <th scope="row">{speech.count(score)}</th>
                <td className="num">{speech.count(count)}</td>
                <td className="num">{speech.percent(count / all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      {(width) => {
        const x = linear([0, most], [0, width - LEFT - RIGHT])
        return (
          <svg
            className="chart"
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={w.listening.distributionAria(w.listening.kinds[kind], ratings)}
          >
            {distribution.map(({ score, count }, place) => (
              <g key={score}>
                <text x={LEFT - 8} y={place * ROW + 15} textAnchor="end">
                  {score}
                </text>
                <rect
                  x={LEFT}
                  y={place * ROW + 4}
                  width={Math.max(1, x(count))}
                  height={13}
                  className="band-repair-50"
                />
                <text x={LEFT + x(count) + 8} y={place * ROW + 15}>
                  {speech.percent(count / all)}
                </text>
              </g>
            ))}
          </svg>
        )
      }}
    </ChartFrame>
  )
}
