import { bandPath, linear, linePath } from '../scale.ts'

type Norm = Readonly<{ mean: number; sd: number }>

type Props = Readonly<{
  width: number
  prior: Norm
  /** Null while nothing was learned. */
  posterior: Norm | null
  /** Ticks in the unit of the axis, each with its words. */
  ticks: readonly Readonly<{ at: number; words: string }>[]
  axisWords: string
  /** What stands on each side of zero, the first line stronger. */
  sides: Readonly<{ below: readonly [string, string]; above: readonly [string, string] }>
  names: Readonly<{ prior: string; posterior: string }>
  label: string
}>

const HEIGHT = 196
const [TOP, BOTTOM] = [48, 148]
const SDS = 3.3
/** No effect lies on the axis, with something on both sides of it. */
const ZERO_ROOM = 0.1
const STEPS = 120

/** Two densities on one axis: what was believed dashed, what is believed now filled on the larger side of zero. */
export function Densities({ width, prior, posterior, ticks, axisWords, sides, names, label }: Props) {
  const now = posterior ?? prior
  const both = [prior, now]
  const low = Math.min(-ZERO_ROOM, ...both.map(({ mean, sd }) => mean - SDS * sd))
  const high = Math.max(ZERO_ROOM, ...both.map(({ mean, sd }) => mean + SDS * sd))
  const x = linear([low, high], [0, width])
  const y = linear([0, 1 / Math.min(prior.sd, now.sd)], [BOTTOM, TOP])
  const curve = ({ mean, sd }: Norm) =>
    Array.from({ length: STEPS + 1 }, (_, step) => {
      const at = low + ((high - low) * step) / STEPS
      return [x(at), y(Math.exp(-0.5 * ((at - mean) / sd) ** 2) / sd), at] as const
    })
  const line = (norm: Norm) => linePath(curve(norm).map(([px, py]) => [px, py] as const))
  const side = curve(now).filter(([, , at]) => (now.mean >= 0 ? at >= 0 : at <= 0))
  const flank = prior.mean >= now.mean ? 1 : -1
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {posterior === null ? null : (
        <path
          d={bandPath(
            side.map(([px, py]) => [px, py] as const),
            side.map(([px]) => [px, BOTTOM] as const),
          )}
          className="band-repair"
        />
      )}
      <line x1="0" x2={width} y1={BOTTOM} y2={BOTTOM} className="axis-line" />
      <line x1={x(0)} x2={x(0)} y1="0" y2={BOTTOM + 5} className="zero-line" />
      <path d={line(prior)} className="line thin dashed stroke-prior" />
      {posterior === null ? null : <path d={line(posterior)} className="line thin stroke-repair" />}
      <Name words={names.prior} at={[x(prior.mean + flank * 1.5 * prior.sd), y(0.32 / prior.sd)]} flank={flank} />
      {posterior === null ? null : (
        <text
          x={x(now.mean)}
          y={y(1 / now.sd) - 6}
          textAnchor={anchorAt(x(now.mean), width)}
          className="halo text-repair text-strong"
        >
          {names.posterior}
        </text>
      )}
      <text x="0" y="13" className="halo text-ink text-strong">
        {sides.below[0]}
      </text>
      <text x="0" y="29" className="halo">
        {sides.below[1]}
      </text>
      <text x={width} y="13" textAnchor="end" className="halo text-ink text-strong">
        {sides.above[0]}
      </text>
      <text x={width} y="29" textAnchor="end" className="halo">
        {sides.above[1]}
      </text>
      {ticks
        .filter(({ at }) => at >= low && at <= high)
        .map(({ at, words }) => (
          <text key={at} x={x(at)} y={BOTTOM + 18} textAnchor={anchorAt(x(at), width)}>
            {words}
          </text>
        ))}
      <text x={width / 2} y={BOTTOM + 38} textAnchor="middle">
        {axisWords}
      </text>
    </svg>
  )
}

const EDGE_PX = 44

// Words near an edge begin or end there, so that nothing is cut.
const anchorAt = (x: number, width: number) => (x < EDGE_PX ? 'start' : x > width - EDGE_PX ? 'end' : 'middle')

function Name({ words, at: [x, y], flank }: Readonly<{ words: string; at: readonly [number, number]; flank: 1 | -1 }>) {
  return (
    <text x={x + flank * 6} y={y} textAnchor={flank === 1 ? 'start' : 'end'} className="halo">
      {words}
    </text>
  )
}
