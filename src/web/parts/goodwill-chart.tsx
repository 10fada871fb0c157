import type { Estimate, GoodwillHistory } from '../../contract/show.ts'
import { at } from '../dates.ts'
import { bandPath, linePath } from '../scale.ts'
import { type Speech, useSpeech } from '../words.ts'
import { cut, type Frame, frameOf, gapOf, labelsOf, type MarkAt, type Point, stepped } from './goodwill-layout.ts'
import { Heads } from './heads.tsx'
import { MarkShape } from './marks.tsx'

const HEIGHT = 268
const DAY = 86_400_000

type Props = Readonly<{
  history: GoodwillHistory
  balance: Estimate
  now: number
  days: number
  width: number
}>

function cutHistory({ history, now, days }: Pick<Props, 'history' | 'now' | 'days'>) {
  const all = stepped(history)
  const points = days === 0 ? all : cut(all, now - days * DAY)
  const first = points[0]?.at ?? now
  const marks: MarkAt[] = history.marks.map((mark) => ({ ...mark, at: at(mark.at) })).filter((mark) => mark.at >= first)
  return { points, marks }
}

/** How it came to this: the goodwill as a line in ink that steps at events, with its band and the falls named. */
export function GoodwillChart({ history, balance, now, days, width }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { points, marks } = cutHistory({ history, now, days })
  const narrow = width < 480
  const area = { left: 36, right: width - (narrow ? 46 : 74), top: 22, bottom: HEIGHT - 24 }
  const frame = frameOf(points, marks, { to: now, area, timeZone: speech.timeZone })
  const labels = labelsOf(points, marks, frame, area, (step) => speech.signed(step))
  const falls = marks.filter(({ step }) => step <= -0.005).length
  const label = w.customer.chartAria(
    speech.fullDay(frame.from),
    speech.signed(points[0]?.balance ?? 0),
    speech.signed(balance.value),
    speech.signed(balance.low),
    speech.signed(balance.high),
    falls,
  )
  const without = points.at(-1)?.without ?? null
  const levelAt = (time: number) => points.findLast((point) => point.at <= time)?.balance ?? 0
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={without === null ? label : `${label} ${w.customer.withoutAria(speech.signed(without))}`}
    >
      <Axes frame={frame} area={area} speech={speech} />
      <Gap points={points} frame={frame} area={area} balance={balance.value} narrow={narrow} speech={speech} />
      <Line points={points} frame={frame} />
      {labels.map((item) => (
        <text
          key={`${item.x} ${item.y}`}
          x={item.x}
          y={item.y}
          textAnchor={item.anchor}
          className={`${frame.stretchedFrom === null ? 'halo' : 'halo on-desk'} text-ink`}
        >
          {item.text}
        </text>
      ))}
      {marks.map((mark) => (
        <MarkShape
          key={`${mark.at} ${mark.sentence} ${mark.step}`}
          kind={mark.mark}
          x={frame.x(mark.at)}
          y={frame.y(levelAt(mark.at))}
        />
      ))}
      <circle cx={frame.x(now)} cy={frame.y(balance.value)} r="4" className="fill-ink rim" />
      <text x={area.right + 8} y={frame.y(balance.value) - 10}>
        {w.customer.today}
      </text>
      <text x={area.right + 8} y={frame.y(balance.value) + 5} className="text-ink text-strong">
        {speech.signed(balance.value)}
      </text>
    </svg>
  )
}

const LABEL_APART = 34

type GapProps = AxesProps & Readonly<{ points: readonly Point[]; balance: number; narrow: boolean }>

/** Does it fade? What a let-down takes away, as the tinted gap under the dotted line without it. */
function Gap({ points, frame: { x, y }, area, balance, narrow, speech }: GapProps) {
  const gap = gapOf(points)
  const last = gap.at(-1)
  if (last === undefined) return null
  const upper = gap.map(({ at: time, without }) => [x(time), y(without)] as const)
  const lower = gap.map(({ at: time, balance: level }) => [x(time), y(level)] as const)
  // The label gives way to that of today, which is always drawn.
  const place = y(last.without)
  const [today, side] = [y(balance), last.without >= balance ? -1 : 1]
  const label = Math.abs(place - today) < LABEL_APART ? today + side * LABEL_APART : place
  return (
    <>
      <path d={bandPath(upper, lower)} className="band-harm" />
      <path d={linePath(upper)} className="line thin dotted stroke-harm" />
      {narrow ? null : (
        <text x={area.right + 8} y={label - 10}>
          {speech.w.customer.without}
        </text>
      )}
      <text x={area.right + 8} y={label + 5} className="text-harm">
        {speech.signed(last.without)}
      </text>
    </>
  )
}

function Line({ points, frame: { x, y } }: Readonly<{ points: readonly Point[]; frame: Frame }>) {
  const along = (level: (point: Point) => number) => points.map((point) => [x(point.at), y(level(point))] as const)
  return (
    <>
      <path
        d={bandPath(
          along(({ high }) => high),
          along(({ low }) => low),
        )}
        className="band-neutral"
      />
      <path d={linePath(along(({ balance }) => balance))} className="line stroke-ink" />
    </>
  )
}

type AxesProps = Readonly<{
  frame: Frame
  area: Readonly<{ left: number; right: number; top: number; bottom: number }>
  speech: Speech
}>

function Axes({ frame, area, speech }: AxesProps) {
  const { x, y, stretchedFrom } = frame
  const years = frame.to - frame.from > 400 * DAY
  return (
    <>
      {stretchedFrom === null ? null : (
        <>
          <rect
            x={x(stretchedFrom)}
            y={area.top}
            width={area.right - x(stretchedFrom)}
            height={area.bottom - area.top}
            className="fill-desk"
          />
          <text x={x(stretchedFrom)} y={14}>
            {speech.w.customer.stretched}
          </text>
        </>
      )}
      {frame.yTicks.map((tick) => (
        <g key={tick}>
          <line
            x1={area.left}
            x2={area.right}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? 'zero-line' : 'grid-line'}
          />
          <text x={area.left - 8} y={y(tick) + 4} textAnchor="end" className={tick === 0 ? 'text-ink' : undefined}>
            {tick === 0 ? '0' : speech.signed(tick, Number.isInteger(tick * 10) ? 1 : 2)}
          </text>
        </g>
      ))}
      {frame.xTicks.map((tick) => (
        <g key={tick.at}>
          <line x1={x(tick.at)} x2={x(tick.at)} y1={area.bottom} y2={area.bottom + 4} className="axis-line" />
          <text x={x(tick.at)} y={area.bottom + 18} textAnchor="middle">
            {tick.kind === 'day' ? speech.day(tick.at) : speech.month(tick.at, years)}
          </text>
        </g>
      ))}
    </>
  )
}

/** The same numbers as a table: every event that moved the goodwill, newest first. */
export function GoodwillTable({ history, now, days }: Pick<Props, 'history' | 'now' | 'days'>) {
  const speech = useSpeech()
  const { w } = speech
  const { points, marks } = cutHistory({ history, now, days })
  const levelAt = (time: number) => points.findLast((point) => point.at <= time)
  return (
    <table>
      <Heads
        heads={[
          w.customer.date,
          w.customer.what,
          { name: w.customer.posted, kind: 'num' },
          { name: w.customer.goodwill, kind: 'num' },
          ...(history.without === null ? [] : [{ name: w.customer.withoutColumn, kind: 'num' }]),
        ]}
      />
      <tbody>
        {marks.toReversed().map((mark) => (
          <tr key={`${mark.at} ${mark.sentence} ${mark.step}`}>
            <td className="nowrap">{speech.day(mark.at)}</td>
            <td>{mark.sentence}</td>
            <td className="num">{speech.signed(mark.step)}</td>
            <td className="num">{speech.signed(levelAt(mark.at)?.balance ?? 0)}</td>
            {history.without === null ? null : <td className="num">{speech.signed(levelAt(mark.at)?.without ?? 0)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
