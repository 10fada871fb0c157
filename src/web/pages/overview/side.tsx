import type { Overview } from '../../../contract/overview.ts'
import { at } from '../../dates.ts'
import { percentRange, THIN, usualRange } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { ShareLine } from '../../parts/share-line.tsx'
import { Stems } from '../../parts/stems.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { WeeksTable } from './weeks-table.tsx'

const PERCENT = `${THIN}%`

type Props = Readonly<{ data: Overview; currency: string }>

/** Are we putting right in time, do we fail twice, and what did it cost and keep? */
export function Side({ data, currency }: Props) {
  const speech = useSpeech()
  return (
    <div className="side">
      <InTime data={data} speech={speech} />
      <Twice data={data} speech={speech} />
      <Given data={data} currency={currency} speech={speech} />
    </div>
  )
}

type PartProps = Readonly<{ data: Overview; speech: Speech }>

const endsOf = ({ weekStarts }: Overview, speech: Speech): readonly [string, string] => {
  const month = (start: string | undefined) => (start === undefined ? '' : speech.month(at(start)))
  return [month(weekStarts[0]), month(weekStarts.at(-1))]
}

function usualOf({ usualLow, usualHigh }: Readonly<{ usualLow: number | null; usualHigh: number | null }>) {
  return usualLow === null || usualHigh === null ? null : { low: usualLow, high: usualHigh }
}

function InTime({ data, speech }: PartProps) {
  const { w } = speech
  const { weeks, ...rest } = data.fixedInTime
  const usual = usualOf(rest)
  const words =
    usual === null ? w.overview.usualNotKnown : w.overview.usual(percentRange(speech.language, usual, w.to) + PERCENT)
  const last = weeks.at(-1) ?? null
  if (weeks.every((share) => share === null)) {
    return (
      <section aria-label={w.overview.fixed}>
        <h2>{w.overview.fixed}</h2>
        <p className="soft">{w.overview.fixedNever}</p>
      </section>
    )
  }
  const written = (index: number) => {
    const share = weeks[index] ?? null
    return share === null
      ? w.overview.fixedNone
      : `${speech.percent(share.value)} (${speech.percentInterval(share, 95)})`
  }
  return (
    <div>
      <ChartFrame
        title={w.overview.fixed}
        note={w.overview.fixedNote}
        height={142}
        table={<WeeksTable data={data} columns={[{ name: w.overview.fixed, write: written }]} />}
      >
        {(width) => (
          <ShareLine
            width={width}
            weeks={weeks}
            usual={usual}
            usualWords={words}
            ends={endsOf(data, speech)}
            write={speech.percent}
            label={`${w.overview.fixed}: ${last === null ? w.overview.fixedNone : speech.percent(last.value)}, ${words}`}
          />
        )}
      </ChartFrame>
    </div>
  )
}

function Twice({ data, speech }: PartProps) {
  const { w } = speech
  const { weeks, ...rest } = data.doubleDeviations
  const usual = usualOf(rest)
  const last = weeks.at(-1) ?? 0
  const words =
    usual === null
      ? w.overview.usualNotKnown
      : w.overview.usual(usualRange(speech.count(usual.low), speech.count(usual.high), w.to))
  if (weeks.every((count) => count === 0)) {
    return (
      <section aria-label={w.overview.double}>
        <h2>{w.overview.double}</h2>
        <p className="soft">{w.overview.doubleNone}</p>
      </section>
    )
  }
  return (
    <div>
      <ChartFrame
        title={w.overview.double}
        note={w.overview.doubleNote}
        height={104}
        table={
          <WeeksTable
            data={data}
            columns={[{ name: w.overview.double, write: (index) => speech.count(weeks[index] ?? 0) }]}
          />
        }
      >
        {(width) => (
          <>
            <p>
              <b className="big">{speech.count(last)}</b> <span className="interval">{words}</span>
            </p>
            <Stems
              width={width}
              values={weeks}
              usual={usual}
              ends={endsOf(data, speech)}
              write={speech.count}
              label={`${w.overview.doubleAria(last, weeks.length)}, ${words}`}
            />
          </>
        )}
      </ChartFrame>
    </div>
  )
}

/** What was given, by currency, and what it kept: known only against customers who were left without it. */
function Given({ data, currency, speech }: PartProps & Props) {
  const { w } = speech
  const { given } = data
  const rows = [{ ...given, currency }, ...given.others].flatMap((one) =>
    (
      [
        [w.overview.compensation, one.compensation],
        [w.overview.gestures, one.gestures],
      ] as const
    )
      .filter(([, minor]) => minor > 0)
      .map(([name, minor]) => ({
        name: one.currency === currency ? name : w.inCurrency(name, one.currency),
        amount: speech.money(minor, one.currency),
      })),
  )
  return (
    <section aria-labelledby="given">
      <div className="section-head">
        <h2 id="given">{w.overview.given}</h2>
        <span className="quiet xs">{w.overview.lastDays(data.days)}</span>
      </div>
      {rows.length === 0 ? <p className="soft">{w.overview.givenNone}</p> : null}
      <dl className="facts">
        {rows.map(({ name, amount }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {amount} <span className="interval">{w.overview.counted}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{w.overview.kept}</dt>
          <dd>{w.notKnown}</dd>
        </div>
      </dl>
      <p className="xs quiet">{w.overview.keptNote}</p>
    </section>
  )
}
