import type { Liability } from '../../../contract/liability.ts'
import { moneyRange } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { Heads } from '../../parts/heads.tsx'
import { bandPath, linear, linePath, ticks } from '../../scale.ts'
import { useSpeech } from '../../words.ts'
import { shortMonth } from './months.ts'

const FACTS = 12
const AHEAD = 12
const HEIGHT = 260
const LABEL_PX = 84

type Bands = Liability['forecast']['months'][number]['redeemedMinor']
type Ahead = Readonly<{ month: string; bands: Bands }>
type Fact = Readonly<{ month: string; minor: number }>

/** What was used each month, and the fan of what will be used of the vouchers that are open now. */
export function Redemptions({ of }: Readonly<{ of: Liability }>) {
  const { w } = useSpeech()
  const current = of.asOf.slice(0, 'yyyy-mm'.length)
  // The current month is still running: it is neither a whole fact nor a whole forecast, and is left out of both.
  const facts = of.roll
    .filter(({ month }) => month < current)
    .slice(-FACTS)
    .map(({ month, redeemedMinor }) => ({ month, minor: redeemedMinor }))
  const ahead = of.forecast.months
    .filter(({ month }) => month > current)
    .slice(0, AHEAD)
    .map(({ month, redeemedMinor }) => ({ month, bands: redeemedMinor }))
  return (
    <div>
      <ChartFrame
        title={w.vouchers.perMonth}
        note={w.vouchers.perMonthNote}
        height={HEIGHT}
        table={<FanTable facts={facts} ahead={ahead} currency={of.currency} />}
      >
        {(width) => <Fan facts={facts} ahead={ahead} currency={of.currency} width={width} />}
      </ChartFrame>
      <p className="quiet xs">
        {w.vouchers.openNow} {w.vouchers.learned(of.model.uses, of.model.draws)}
      </p>
    </div>
  )
}

type FanProps = Readonly<{ facts: readonly Fact[]; ahead: readonly Ahead[]; currency: string; width: number }>

function Fan({ facts, ahead, currency, width }: FanProps) {
  const speech = useSpeech()
  const { w } = speech
  const months = [...facts.map(({ month }) => month), ...ahead.map(({ month }) => month)]
  const highest = Math.max(1, ...facts.map(({ minor }) => minor), ...ahead.map(({ bands }) => bands.band95[1] ?? 0))
  const marks = ticks(0, highest, 4)
  const area = { left: 60, right: width - 8, top: 10, bottom: HEIGHT - 24 }
  const x = linear([0, Math.max(1, months.length - 1)], [area.left, area.right])
  const y = linear([0, marks.at(-1) ?? 1], [area.bottom, area.top])
  const ofAhead = (value: (bands: Bands) => number) =>
    ahead.map(({ bands }, nth) => [x(facts.length + nth), y(value(bands))] as const)
  const band = (name: 'band50' | 'band80' | 'band95') =>
    bandPath(
      ofAhead((bands) => bands[name][1] ?? 0),
      ofAhead((bands) => bands[name][0] ?? 0),
    )
  const every = Math.max(1, Math.ceil(LABEL_PX / ((area.right - area.left) / Math.max(1, months.length - 1))))
  const last = facts.at(-1)
  return (
    <svg
      className="chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={w.vouchers.perMonthAria(ahead.length)}
    >
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={area.left} x2={area.right} y1={y(mark)} y2={y(mark)} className="grid-line" />
          <text x={area.left - 8} y={y(mark) + 4} textAnchor="end">
            {speech.money(mark, currency)}
          </text>
        </g>
      ))}
      {months.map((month, nth) =>
        nth % every === 0 ? (
          <text key={month} x={x(nth)} y={HEIGHT - 6} textAnchor={nth === 0 ? 'start' : 'middle'}>
            {shortMonth(speech.language, month)}
          </text>
        ) : null,
      )}
      <path d={band('band95')} className="band-repair" />
      <path d={band('band80')} className="band-repair" />
      <path d={band('band50')} className="band-repair-50" />
      <path d={linePath(ofAhead(({ median }) => median))} className="line dashed stroke-repair" />
      <path d={linePath(facts.map(({ minor }, nth) => [x(nth), y(minor)] as const))} className="line stroke-ink" />
      {last === undefined ? null : (
        <circle cx={x(facts.length - 1)} cy={y(last.minor)} r="4" className="fill-ink rim" />
      )}
    </svg>
  )
}

function FanTable({ facts, ahead, currency }: Omit<FanProps, 'width'>) {
  const speech = useSpeech()
  const { w } = speech
  const range = (band: readonly number[]) =>
    moneyRange(speech.language, { low: band[0] ?? 0, high: band[1] ?? 0 }, currency, w.to)
  return (
    <table>
      <Heads
        heads={[
          w.vouchers.month,
          { name: w.vouchers.perMonth, kind: 'num' },
          { name: w.vouchers.forecast, kind: 'num' },
          { name: w.vouchers.band95, kind: 'num' },
        ]}
      />
      <tbody>
        {facts.map(({ month, minor }) => (
          <tr key={month}>
            <td>{shortMonth(speech.language, month)}</td>
            <td className="num">{speech.money(minor, currency)}</td>
            <td className="num quiet">{w.vouchers.fact}</td>
            <td />
          </tr>
        ))}
        {ahead.map(({ month, bands }) => (
          <tr key={month}>
            <td>{shortMonth(speech.language, month)}</td>
            <td className="num quiet">{speech.money(bands.median, currency)}</td>
            <td className="num quiet">{range(bands.band80)}</td>
            <td className="num quiet">{range(bands.band95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
