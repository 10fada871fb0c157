import { linear } from '../scale.ts'

type Props = Readonly<{
  width: number
  value: number
  low: number
  high: number
  domain: readonly [number, number]
  label: string
  reference?: Readonly<{ value: number; words: string }>
}>

/** One number with doubt: a bar for the interval, a dot for the value, a thin tick for the reference. */
export function IntervalBar({ width, value, low, high, domain, label, reference }: Props) {
  const x = linear(domain, [4, width - 4])
  const height = reference === undefined ? 14 : 32
  const from = x(Math.max(domain[0], low))
  const to = x(Math.min(domain[1], high))
  return (
    <svg
      className="chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <line x1="0" y1="7" x2={width} y2="7" className="axis-line" />
      <rect x={from} y="4" width={Math.max(1, to - from)} height="6" rx="1" className="band-neutral-50" />
      <circle cx={x(value)} cy="7" r="4" className="fill-ink rim" />
      {reference === undefined ? null : (
        <>
          <line x1={x(reference.value)} y1="1" x2={x(reference.value)} y2="13" className="zero-line" />
          <text x={Math.min(width, x(reference.value) + 40)} y="27" textAnchor="end">
            {reference.words}
          </text>
        </>
      )}
    </svg>
  )
}
