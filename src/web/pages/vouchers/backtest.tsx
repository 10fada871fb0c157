import type { Liability } from '../../../contract/liability.ts'
import { moneyRange } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { Heads } from '../../parts/heads.tsx'
import { linear, ticks } from '../../scale.ts'
import { useSpeech } from '../../words.ts'
import { shortMonth } from './months.ts'

const AHEAD = 3
const FORECASTS_MIN = 3
const HEIGHT = 196
const BAR_PX = 10
const LABEL_PX = 56

type Made = Liability['backtest']['made'][number]
type Checked = Readonly<{ month: string; of: NonNullable<Made['minor']> }>

const isInside = ({ of }: Checked, band: 'band50' | 'band80' | 'band95'): boolean => {
  const [low = 0, high = 0] = of.forecast[band]
  return of.actual >= low && of.actual <= high
}

/** Whether earlier forecasts held: band, median, and what happened. */
export function Backtest({ of: { backtest, currency } }: Readonly<{ of: Liability }>) {
  const speech = useSpeech()
  const { w } = speech
  const checked: readonly Checked[] = backtest.made.flatMap(({ month, months, minor }) =>
    months === AHEAD && minor !== null ? [{ month, of: minor }] : [],
  )
  if (checked.length < FORECASTS_MIN) {
    return (
      <section aria-label={w.vouchers.right}>
        <div className="section-head">
          <h2>{w.vouchers.right}</h2>
        </div>
        <p>
          {w.vouchers.tooFew}. {w.vouchers.tooFewText(checked.length)}
        </p>
      </section>
    )
  }
  const inside = (band: 'band50' | 'band80' | 'band95') => checked.filter((one) => isInside(one, band)).length
  const happened = checked.reduce((sum, { of }) => sum + of.actual, 0)
  const foretold = checked.reduce((sum, { of }) => sum + of.forecast.mean, 0)
  const bands = [
    ['band50', 0.5],
    ['band80', 0.8],
    ['band95', 0.95],
  ] as const
  return (
    <div>
      <ChartFrame
        title={w.vouchers.right}
        note={w.vouchers.rightNote(AHEAD)}
        height={HEIGHT}
        table={<BacktestTable checked={checked} currency={currency} />}
      >
        {(width) => <BacktestChart checked={checked} currency={currency} width={width} />}
      </ChartFrame>
      <dl className="coverage">
        {bands.map(([band, level]) => (
          <div key={band}>
            <dt>{w.vouchers.inBand(`${speech.decimal(level * 100, 0)} %`)}</dt>
            <dd>{w.vouchers.ofAll(inside(band), checked.length)}</dd>
          </div>
        ))}
        <div>
          <dt>{w.vouchers.bias}</dt>
          <dd>{foretold === 0 ? w.notKnown : `${speech.signed((100 * (happened - foretold)) / foretold, 1)} %`}</dd>
        </div>
      </dl>
      <p className="quiet xs">{w.vouchers.key}</p>
    </div>
  )
}

type ChartProps = Readonly<{ checked: readonly Checked[]; currency: string; width: number }>

function BacktestChart({ checked, currency, width }: ChartProps) {
  const speech = useSpeech()
  const { w } = speech
  const ends = checked.flatMap(({ of }) => [...of.forecast.band80, of.actual])
  const marks = ticks(Math.min(...ends), Math.max(...ends), 4)
  const area = { left: 60, right: width - 4, top: 8, bottom: HEIGHT - 24 }
  const y = linear([marks[0] ?? 0, marks.at(-1) ?? 1], [area.bottom, area.top])
  const step = (area.right - area.left) / checked.length
  const x = (nth: number) => area.left + step * (nth + 0.5)
  const every = Math.max(1, Math.ceil(LABEL_PX / step))
  const inside = checked.filter((one) => isInside(one, 'band80')).length
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={w.vouchers.rightAria(inside, checked.length)}
    >
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={area.left} x2={area.right} y1={y(mark)} y2={y(mark)} className="grid-line" />
          <text x={area.left - 8} y={y(mark) + 4} textAnchor="end">
            {speech.money(mark, currency)}
          </text>
        </g>
      ))}
      {checked.map((one, nth) => {
        const [low = 0, high = 0] = one.of.forecast.band80
        const { median } = one.of.forecast
        return (
          <g key={one.month}>
            <rect
              x={x(nth) - BAR_PX / 2}
              width={BAR_PX}
              y={y(high)}
              height={y(low) - y(high)}
              className="band-repair-50"
            />
            <line
              x1={x(nth) - BAR_PX / 2}
              x2={x(nth) + BAR_PX / 2}
              y1={y(median)}
              y2={y(median)}
              className="line stroke-repair"
            />
            <circle
              cx={x(nth)}
              cy={y(one.of.actual)}
              r="4"
              className={isInside(one, 'band80') ? 'fill-ink rim' : 'hollow'}
            />
            {nth % every === 0 ? (
              <text x={x(nth)} y={HEIGHT - 6} textAnchor="middle">
                {shortMonth(speech.language, one.month)}
              </text>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}

function BacktestTable({ checked, currency }: Omit<ChartProps, 'width'>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <table>
      <Heads
        heads={[
          w.vouchers.month,
          { name: w.vouchers.forecast, kind: 'num' },
          { name: w.vouchers.happened, kind: 'num' },
        ]}
      />
      <tbody>
        {checked.map(({ month, of }) => {
          const [low = 0, high = 0] = of.forecast.band80
          return (
            <tr key={month}>
              <td>{shortMonth(speech.language, month)}</td>
              <td className="num">
                {speech.money(of.forecast.median, currency)}{' '}
                <span className="interval">{moneyRange(speech.language, { low, high }, currency, w.to)}</span>
              </td>
              <td className="num">{speech.money(of.actual, currency)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
