import { stackDots } from '../dot-stack.ts'
import { linear, ticks } from '../scale.ts'

type Props = Readonly<{
  width: number
  values: readonly number[]
  range: Readonly<{ low: number; high: number }> | null
  rangeWords: string
  /** The amount that is looked at. */
  mark: number | null
  write: (value: number) => string
  label: string
}>

const RADIUS = 3
const TOP = 20
const STACK = 84
const STEP_MAX = 7
const EDGE = RADIUS + 2
/** How high the drawing is. */
export const DOT_PLOT_HEIGHT = TOP + STACK + 38

/** What others got: one dot for each, the recommended range shaded, the amount in question as a mark on the axis. */
export function DotPlot({ width, values, range, rangeWords, mark, write, label }: Props) {
  const most = Math.max(1, range?.high ?? 0, mark ?? 0, ...values)
  const marks = ticks(0, most, 3)
  const top = Math.max(most, ...marks)
  const inner = width - 2 * EDGE
  const dots = stackDots(values, { width: inner, most: top, dot: 2 * RADIUS })
  const step = Math.min(STEP_MAX, STACK / Math.max(1, ...dots.map(({ level }) => level + 1)))
  const x = linear([0, top], [EDGE, EDGE + inner])
  const axis = TOP + STACK + 4
  return (
    <svg
      className="chart"
      width={width}
      height={DOT_PLOT_HEIGHT}
      viewBox={`0 0 ${width} ${DOT_PLOT_HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {range === null ? null : (
        <>
          <rect
            x={x(range.low) - 1}
            y={TOP - 4}
            width={Math.max(3, x(range.high) - x(range.low) + 2)}
            height={STACK + 8}
            className="band-repair"
          />
          <text {...anchored((x(range.low) + x(range.high)) / 2, width)} y="10" className="text-repair">
            {rangeWords}
          </text>
        </>
      )}
      <line x1="0" x2={width} y1={axis} y2={axis} className="axis-line" />
      {dots.map(({ at, level }) => (
        <circle
          key={`${at} ${level}`}
          cx={EDGE + at}
          cy={axis - 4 - level * step}
          r={RADIUS}
          className="fill-neutral"
        />
      ))}
      {mark === null ? null : <path d={`M${x(mark)} ${axis + 2}l4.5 8h-9z`} className="fill-repair" />}
      {marks.map((tick) => (
        <text key={tick} {...anchored(x(tick), width)} y={DOT_PLOT_HEIGHT - 6}>
          {write(tick)}
        </text>
      ))}
    </svg>
  )
}

/** Words near an edge grow away from it. */
function anchored(x: number, width: number): Readonly<{ x: number; textAnchor: 'start' | 'middle' | 'end' }> {
  if (x < width / 5) return { x: Math.max(0, x - EDGE), textAnchor: 'start' }
  return x > (width * 4) / 5 ? { x: Math.min(width, x + EDGE), textAnchor: 'end' } : { x, textAnchor: 'middle' }
}
