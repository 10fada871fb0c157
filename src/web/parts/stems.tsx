import { linear, ticks } from '../scale.ts'

type Props = Readonly<{
  width: number
  values: readonly number[]
  usual: Readonly<{ low: number; high: number }> | null
  ends: readonly [string, string]
  write: (value: number) => string
  label: string
}>

const HEIGHT = 104

/** A few events a week: a stem and a dot for each week, on an axis that begins at zero. */
export function Stems({ width, values, usual, ends, write, label }: Props) {
  const most = Math.max(1, usual?.high ?? 0, ...values)
  const marks = ticks(0, most, 2).filter((tick) => tick > 0 && Number.isInteger(tick))
  const top = Math.max(most, ...marks)
  const x = linear([0, Math.max(1, values.length - 1)], [28, width - 6])
  const y = linear([0, top], [82, 8])
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
          x="20"
          y={y(usual.high)}
          width={width - 20}
          height={Math.max(1, y(usual.low) - y(usual.high))}
          className="band-neutral"
        />
      )}
      {marks.map((tick) => (
        <g key={tick}>
          <line x1="20" x2={width} y1={y(tick)} y2={y(tick)} className="grid-line" />
          <text x="14" y={y(tick) + 4} textAnchor="end">
            {write(tick)}
          </text>
        </g>
      ))}
      <line x1="20" x2={width} y1={y(0)} y2={y(0)} className="axis-line" />
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place in the row.
        <g key={index}>
          {value === 0 ? null : <line x1={x(index)} x2={x(index)} y1={y(0)} y2={y(value)} className="stroke-harm" />}
          <circle
            cx={x(index)}
            cy={y(value)}
            r={value === 0 ? 1.5 : 3}
            className={value === 0 ? 'ring' : 'fill-harm'}
          />
        </g>
      ))}
      <text x="20" y="100">
        {ends[0]}
      </text>
      <text x={width} y="100" textAnchor="end">
        {ends[1]}
      </text>
    </svg>
  )
}
