import { linear, ticks } from '../scale.ts'

/** What was foretold of one part, and what happened in it. */
export type Foretold = Readonly<{
  key: string
  /** Under the axis; empty where there is no room. */
  words: string
  low: number
  high: number
  expected: number
  happened: number
  /** True for parts that the fit has not seen; they are tinted. */
  tinted?: boolean
}>

type Props = Readonly<{
  width: number
  items: readonly Foretold[]
  write: (value: number) => string
  tintWords?: string
  label: string
}>

const HEIGHT = 180
const [LEFT, TOP, BOTTOM] = [40, 24, 154]
const BAR_MAX = 14
const TICKS = 4

/** Whether what happened lies outside of what was foretold. */
export const isOutside = ({ low, high, happened }: Foretold): boolean => happened < low || happened > high

/** Was the forecast right? A bar for the band, a tick for the expected, a dot for what happened, hollow when outside. */
export function ForecastCheck({ width, items, write, tintWords = '', label }: Props) {
  const marks = ticks(0, Math.max(...items.map(({ high, happened }) => Math.max(high, happened))), TICKS)
  const x = linear([0, items.length], [LEFT, width])
  const y = linear([0, marks.at(-1) ?? 1], [BOTTOM, TOP])
  const step = (width - LEFT) / items.length
  const half = Math.min(BAR_MAX, step * 0.62) / 2
  const tinted = items.findIndex(({ tinted: so }) => so === true)
  const tintFrom = x(tinted)
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {tinted === -1 ? null : (
        <>
          <rect x={tintFrom} y={TOP - 6} width={width - tintFrom} height={BOTTOM - TOP + 6} className="band-neutral" />
          <text x={width} y={TOP - 10} textAnchor="end">
            {tintWords}
          </text>
        </>
      )}
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={LEFT} x2={width} y1={y(mark)} y2={y(mark)} className={mark === 0 ? 'axis-line' : 'grid-line'} />
          <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
            {write(mark)}
          </text>
        </g>
      ))}
      {items.map((item, index) => {
        const centre = x(index + 0.5)
        return (
          <g key={item.key}>
            <rect
              x={centre - half}
              y={y(item.high)}
              width={2 * half}
              height={Math.max(1, y(item.low) - y(item.high))}
              rx="1"
              className="band-repair-50"
            />
            <line
              x1={centre - half}
              x2={centre + half}
              y1={y(item.expected)}
              y2={y(item.expected)}
              className="line thin stroke-repair"
            />
            <circle
              cx={centre}
              cy={y(item.happened)}
              r={Math.min(3.5, half)}
              className={isOutside(item) ? 'hollow' : 'fill-ink rim'}
            />
            <text x={centre} y={BOTTOM + 18} textAnchor="middle">
              {item.words}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
