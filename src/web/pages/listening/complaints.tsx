import type { Listening } from '../../../contract/listening.ts'
import { at } from '../../dates.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { Heads } from '../../parts/heads.tsx'
import { ShareLine } from '../../parts/share-line.tsx'
import { useSpeech } from '../../words.ts'

const HEIGHT = 142
const WEEK_MS = 7 * 86_400_000

type Complained = Listening['complaints']

/** Whether people still say when something goes wrong; an alarm when they stop while it goes on (trap T3). */
export function Complaints({ of }: Readonly<{ of: Complained }>) {
  const speech = useSpeech()
  const { w } = speech
  const { weeks, now, before, trend } = of
  const until = at(of.until)
  const shares = weeks.map(({ failures, complaints }) =>
    failures === 0 ? null : { value: complaints / failures, low: complaints / failures, high: complaints / failures },
  )
  const last = shares.at(-1) ?? null
  const startOf = (place: number) => until - (weeks.length - place) * WEEK_MS
  return (
    <div>
      <ChartFrame
        title={w.listening.complaints}
        note={w.listening.complaintsNote(speech.day(until))}
        height={HEIGHT}
        table={
          <table>
            <Heads
              heads={[
                w.overview.week,
                ...[w.listening.failures, w.listening.complained].map((name) => ({ name, kind: 'num' })),
              ]}
            />
            <tbody>
              {weeks.map(({ failures, complaints }, place) => (
                <tr key={startOf(place)}>
                  <th scope="row" className="nowrap">
                    {speech.day(startOf(place))}
                  </th>
                  <td className="num">{speech.count(failures)}</td>
                  <td className="num">{speech.count(complaints)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      >
        {(width) => (
          <ShareLine
            width={width}
            weeks={shares}
            usual={null}
            usualWords=""
            ends={[speech.month(startOf(0)), speech.month(until)]}
            write={(share) => speech.percent(share)}
            label={w.listening.complaintsAria(last === null ? w.notKnown : speech.percent(last.value))}
          />
        )}
      </ChartFrame>
      <p className={trend === 'gave-up' ? 'harm strong' : undefined}>{w.listening.trends[trend]}</p>
      {now === null || before === null ? null : (
        <p className="quiet xs">
          {w.listening.nowBefore(
            `${speech.percent(now.value)} (${speech.percentInterval(now, 95)})`,
            `${speech.percent(before.value)} (${speech.percentInterval(before, 95)})`,
          )}
        </p>
      )}
    </div>
  )
}
