import type { ScoredCustomerPage } from '../../contract/show.ts'
import { percentRange } from '../numbers.ts'
import { bandPath, linear, linePath, type Scale, ticks } from '../scale.ts'
import { type Speech, useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'

type Future = ScoredCustomerPage['future']
type Fan = Future['neglected']
type Props = Readonly<{ future: Future; from: number; width: number }>

const HEIGHT = 216
const MONTH_MS = 2_629_800_000

const LABEL_PX = 64

/** The months that get a label: every third, or fewer where they would touch. */
function monthsShown(end: number, width: number): number[] {
  const every = [3, 6, 12, 24].find((step) => (width * step) / end >= LABEL_PX) ?? end
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, index) => index * every)
}

/** The ends of an interval where its level is said beside. */
const bare = (speech: Speech, ends: Readonly<{ low: number; high: number }>) =>
  percentRange(speech.language, ends, speech.w.to)

/** A fan that begins where we stand: at month 0 the customer is here, for certain. */
function fromNow(months: readonly number[], values: readonly number[]): (readonly [number, number])[] {
  const points = months.map((month, index) => [month, values[index] ?? 0] as const)
  return months[0] === 0 ? points : [[0, 1], ...points]
}

/** What will happen, if: two fans from one point, rust when left alone and petrol when put right, medians dashed. */
export function FanChart({ future, from, width }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { months, repaired, neglected } = future
  const end = months.at(-1) ?? 12
  const lowest = Math.min(...neglected.low80, ...(repaired?.low80 ?? []), 0.98)
  const marks = ticks(Math.max(0, lowest * 100 - 4), 100, 4).filter((tick) => tick <= 100)
  const area = { left: 30, right: width - 2, top: 26, bottom: HEIGHT - 24 }
  const x = linear([0, end], [area.left, area.right])
  const y = linear([(marks[0] ?? 0) / 100, 1], [area.bottom, area.top])
  const last = (fan: Fan) => fan.median.at(-1) ?? 0
  const range = (fan: Fan) => ({ low: fan.low80.at(-1) ?? 0, high: fan.high80.at(-1) ?? 0 })
  const words = (fan: Fan) => [speech.percent(last(fan)), bare(speech, range(fan))] as const
  const label =
    repaired === null
      ? w.customer.fanOneAria(speech.percent(last(neglected)), end)
      : w.customer.fanAria(speech.percent(last(repaired)), speech.percent(last(neglected)), end)
  const under = y(range(neglected).low) + 16
  const ceiling = repaired === null ? area.top : y(range(repaired).low)
  const fits = under <= area.bottom - 4 || y(range(neglected).high) - ceiling < 22
  const below = fits ? Math.min(area.bottom - 6, under) : y(range(neglected).high) - 7
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {marks.map((tick) => (
        <g key={tick}>
          <line x1={area.left} x2={area.right} y1={y(tick / 100)} y2={y(tick / 100)} className="grid-line" />
          <text x={area.left - 8} y={y(tick / 100) + 4} textAnchor="end">
            {speech.decimal(tick, 0)}
          </text>
        </g>
      ))}
      {monthsShown(end, area.right - area.left).map((month) => (
        <text
          key={month}
          x={x(month)}
          y={HEIGHT - 6}
          textAnchor={month === 0 ? 'start' : month === end ? 'end' : 'middle'}
        >
          {month === 0 ? w.customer.nowMonth : speech.month(from + month * MONTH_MS, month === end)}
        </text>
      ))}
      <FanShape fan={neglected} months={months} x={x} y={y} hue={repaired === null ? 'repair' : 'harm'} />
      {repaired === null ? null : <FanShape fan={repaired} months={months} x={x} y={y} hue="repair" />}
      <circle cx={x(0)} cy={y(1)} r="4" className="fill-ink rim" />
      {repaired === null ? null : (
        <text x={area.right} y={y(range(repaired).high) - 7} textAnchor="end" className="halo text-repair text-strong">
          {w.customer.repaired(...words(repaired))}
        </text>
      )}
      <text
        x={area.right}
        y={below}
        textAnchor="end"
        className={`halo text-strong ${repaired === null ? 'text-repair' : 'text-harm'}`}
      >
        {repaired === null ? w.customer.expected(...words(neglected)) : w.customer.neglected(...words(neglected))}
      </text>
    </svg>
  )
}

type FanProps = Readonly<{ fan: Fan; months: readonly number[]; x: Scale; y: Scale; hue: 'harm' | 'repair' }>

function FanShape({ fan, months, x, y, hue }: FanProps) {
  const along = (values: readonly number[]) =>
    fromNow(months, values).map(([month, value]) => [x(month), y(value)] as const)
  return (
    <>
      <path d={bandPath(along(fan.high80), along(fan.low80))} className={`band-${hue}`} />
      <path d={bandPath(along(fan.high50), along(fan.low50))} className={`band-${hue}-50`} />
      <path d={linePath(along(fan.median))} className={`line dashed stroke-${hue}`} />
    </>
  )
}

/** The same numbers as a table, month by month. */
export function FanTable({ future }: Pick<Props, 'future'>) {
  const speech = useSpeech()
  const { w } = speech
  const fans = [
    ...(future.repaired === null ? [] : [{ name: w.customer.ifRepaired, fan: future.repaired }]),
    { name: future.repaired === null ? w.customer.ifNothing : w.customer.ifNeglected, fan: future.neglected },
  ]
  return (
    <table>
      <Heads
        heads={[w.customer.month, ...fans.map(({ name }) => ({ name: `${name}, ${w.customer.band80}`, kind: 'num' }))]}
      />
      <tbody>
        {future.months.map((month, index) => (
          <tr key={month}>
            <td>{month}</td>
            {fans.map(({ name, fan }) => (
              <td key={name} className="num">
                {speech.percent(fan.median[index] ?? 0)}{' '}
                <span className="interval">
                  {bare(speech, { low: fan.low80[index] ?? 0, high: fan.high80[index] ?? 0 })}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
