import type { Estimate, Overview } from '../../../contract/show.ts'
import { at } from '../../dates.ts'
import { ChartFrame, Sized } from '../../parts/chart-frame.tsx'
import { IntervalBar } from '../../parts/interval-bar.tsx'
import { Stems } from '../../parts/stems.tsx'
import { type Speech, useSpeech } from '../../words.ts'

/** Are we putting right in time, and do we fail twice? */
export function Side({ data }: Readonly<{ data: Overview }>) {
  const speech = useSpeech()
  const { w } = speech
  const weeks = data.doubleDeviations
  const last = weeks.at(-1) ?? 0
  const ends = [data.weekStarts[0], data.weekStarts.at(-1)].map((start) =>
    start === undefined ? '' : speech.month(at(start)),
  )
  return (
    <div className="side">
      <section aria-labelledby="in-time">
        <div className="section-head">
          <h2 id="in-time">{w.overview.sides}</h2>
          <span className="quiet xs">{w.overview.sidesNote}</span>
        </div>
        <Share name={w.overview.promises} share={data.promises.kept} speech={speech} />
        <Share name={w.overview.fixed} share={data.fixedInTime.share} speech={speech} />
        <Sized height={16}>
          {(width) => (
            <svg className="chart" width={width} height="16" aria-hidden="true">
              <text x="0" y="12">
                0
              </text>
              <text x={width / 2} y="12" textAnchor="middle">
                50
              </text>
              <text x={width} y="12" textAnchor="end">
                100
              </text>
            </svg>
          )}
        </Sized>
      </section>
      <div>
        <ChartFrame
          title={w.overview.double}
          note={w.overview.doubleNote}
          height={104}
          table={<StemsTable data={data} speech={speech} />}
        >
          {(width) => (
            <>
              <p className="big">{speech.count(last)}</p>
              <Stems
                width={width}
                values={weeks}
                ends={[ends[0] ?? '', ends[1] ?? '']}
                write={speech.count}
                label={w.overview.doubleAria(last, weeks.length)}
              />
            </>
          )}
        </ChartFrame>
      </div>
    </div>
  )
}

function Share({ name, share, speech }: Readonly<{ name: string; share: Estimate | null; speech: Speech }>) {
  const { w } = speech
  return (
    <div className="share">
      <p>
        <span>{name}</span>
        <span>
          <b>{share === null ? w.notKnown : speech.percent(share.value)}</b>{' '}
          {share === null ? null : <span className="interval">{speech.percentInterval(share, 95)}</span>}
        </span>
      </p>
      {share === null ? null : (
        <Sized height={14}>
          {(width) => (
            <IntervalBar
              width={width}
              value={share.value}
              low={share.low}
              high={share.high}
              domain={[0, 1]}
              label={`${name}: ${w.overview.aria(speech.percent(share.low), speech.percent(share.high), speech.percent(share.value))}`}
            />
          )}
        </Sized>
      )}
    </div>
  )
}

function StemsTable({ data, speech }: Readonly<{ data: Overview; speech: Speech }>) {
  const { w } = speech
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{w.overview.week}</th>
          <th scope="col" className="num">
            {w.overview.double}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.weekStarts.map((start, index) => (
          <tr key={start}>
            <th scope="row">{speech.day(at(start))}</th>
            <td className="num">{speech.count(data.doubleDeviations[index] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
