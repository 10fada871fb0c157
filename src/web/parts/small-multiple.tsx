import { linear, linePath } from '../scale.ts'

type Props = Readonly<{
  width: number
  title: string
  weeks: readonly number[]
  usual: Readonly<{ low: number; high: number }> | null
  usualWords: string
  /** The largest value of all charts beside this one: they share a scale. */
  most: number
  ends: readonly [string, string]
  write: (value: number) => string
  label: string
}>

const HEIGHT = 114

/** One curve among others on one scale, with its usual range in grey; coloured only when it left that range. */
export function SmallMultiple({ width, title, weeks, usual, usualWords, most, ends, write, label }: Props) {
  const last = weeks.at(-1) ?? 0
  const hue =
    usual === null || (last >= usual.low && last <= usual.high) ? 'ink' : last > usual.high ? 'harm' : 'repair'
  const right = width - 34
  const x = linear([0, Math.max(1, weeks.length - 1)], [0, right])
  const y = linear([0, Math.max(1, most)], [94, 40])
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <text x="0" y="13" className="text-ink text-strong">
        {title}
      </text>
      <text x="0" y="28" className={hue === 'ink' ? undefined : `text-${hue}`}>
        {usualWords}
      </text>
      {usual === null ? null : (
        <rect
          x="0"
          y={y(usual.high)}
          width={right}
          height={Math.max(1, y(usual.low) - y(usual.high))}
          className="band-neutral"
        />
      )}
      <line x1="0" x2={right} y1="94" y2="94" className="axis-line" />
      <path
        d={linePath(weeks.map((value, index) => [x(index), y(value)] as const))}
        className={`line thin stroke-${hue}`}
      />
      <circle cx={right} cy={y(last)} r="3.5" className={`fill-${hue} rim`} />
      <text x={right + 7} y={y(last) + 4} className={`text-${hue} text-strong`}>
        {write(last)}
      </text>
      <text x="0" y="109">
        {ends[0]}
      </text>
      <text x={right} y="109" textAnchor="end">
        {ends[1]}
      </text>
    </svg>
  )
}
