import type { Estimate } from '../../contract/show.ts'
import { bandPath, linear, linePath } from '../scale.ts'

type Props = Readonly<{
  width: number
  /** The ends of the scale, and what is written at its marks; shares from 0 to 100 % if left out. */
  domain?: readonly [number, number]
  marks?: readonly number[]
  writeMark?: (value: number) => string
  /** A share by week with its interval; null where there was nothing to take a share of. */
  weeks: readonly (Estimate | null)[]
  usual: Readonly<{ low: number; high: number }> | null
  usualWords: string
  ends: readonly [string, string]
  write: (share: number) => string
  label: string
}>

const HEIGHT = 142
const [TOP, BOTTOM] = [14, 116]
const LEFT = 30

/** A share by week: line with its band, and what is usual in grey behind it. A week of nothing is a gap. */
export function ShareLine({
  width,
  domain = [0, 1],
  marks = [0, 0.5, 1],
  writeMark = (share) => `${share * 100}`,
  weeks,
  usual,
  usualWords,
  ends,
  write,
  label,
}: Props) {
  const right = width - 52
  const x = linear([0, Math.max(1, weeks.length - 1)], [LEFT, right])
  const y = linear(domain, [BOTTOM, TOP])
  const last = weeks.at(-1) ?? null
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {usual === null ? null : (
        <rect
          x={LEFT}
          y={y(usual.high)}
          width={right - LEFT}
          height={Math.max(1, y(usual.low) - y(usual.high))}
          className="band-neutral"
        />
      )}
      {marks.map((mark) => (
        <g key={mark}>
          <line
            x1={LEFT}
            x2={right}
            y1={y(mark)}
            y2={y(mark)}
            className={mark === domain[0] ? 'axis-line' : 'grid-line'}
          />
          <text x={LEFT - 6} y={y(mark) + 4} textAnchor="end">
            {writeMark(mark)}
          </text>
        </g>
      ))}
      {runsOf(weeks).map((run) => (
        <g key={run[0]?.week}>
          <path
            d={bandPath(
              run.map(({ week, share }) => [x(week), y(share.high)] as const),
              run.map(({ week, share }) => [x(week), y(share.low)] as const),
            )}
            className="band-repair"
          />
          {run.length > 1 ? (
            <path
              d={linePath(run.map(({ week, share }) => [x(week), y(share.value)] as const))}
              className="line stroke-repair"
            />
          ) : (
            run.map(({ week, share }) => (
              <circle key={week} cx={x(week)} cy={y(share.value)} r="2" className="fill-repair" />
            ))
          )}
        </g>
      ))}
      {last === null ? null : (
        <>
          <circle cx={right} cy={y(last.value)} r="3.5" className="fill-repair rim" />
          <text x={right + 8} y={y(last.value) + 4} className="text-repair text-strong">
            {write(last.value)}
          </text>
        </>
      )}
      <text x={LEFT} y="134">
        {ends[0]}
      </text>
      <text x={(LEFT + right) / 2} y="134" textAnchor="middle">
        {usualWords}
      </text>
      <text x={right} y="134" textAnchor="end">
        {ends[1]}
      </text>
    </svg>
  )
}

type Known = Readonly<{ week: number; share: Estimate }>

/** The weeks with a share, in runs without a gap. */
function runsOf(weeks: readonly (Estimate | null)[]): readonly (readonly Known[])[] {
  const runs: Known[][] = []
  for (const [week, share] of weeks.entries()) {
    if (share === null) continue
    const run = runs.at(-1)
    if (run === undefined || run.at(-1)?.week !== week - 1) runs.push([{ week, share }])
    else run.push({ week, share })
  }
  return runs
}
