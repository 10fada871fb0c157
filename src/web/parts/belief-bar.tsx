import { linear } from '../scale.ts'

type Ends = Readonly<{ low: number; high: number }>

type Props = Readonly<{
  width: number
  domain: readonly [number, number]
  prior: Ends
  /** Null while nothing was learned: the prior stands alone. */
  posterior: (Ends & Readonly<{ mean: number }>) | null
  label: string
}>

const HEIGHT = 30

/** How sure are we now? The prior dashed and grey above, the posterior filled below with its dot, on one axis. */
export function BeliefBar({ width, domain, prior, posterior, label }: Props) {
  const x = linear(domain, [4, width - 4])
  const clip = (value: number) => x(Math.max(domain[0], Math.min(domain[1], value)))
  const wide = ({ low, high }: Ends) => Math.max(2, clip(high) - clip(low))
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {domain[0] <= 0 && domain[1] >= 0 ? <line x1={x(0)} x2={x(0)} y1="0" y2={HEIGHT} className="axis-line" /> : null}
      <rect x={clip(prior.low)} y="6.5" width={wide(prior)} height="5" rx="1" className="outline-prior" />
      {posterior === null ? null : (
        <>
          <rect x={clip(posterior.low)} y="17" width={wide(posterior)} height="6" rx="1" className="band-repair-50" />
          <circle cx={clip(posterior.mean)} cy="20" r="3.6" className="fill-repair rim" />
        </>
      )}
    </svg>
  )
}
