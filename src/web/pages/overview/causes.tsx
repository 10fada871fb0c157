import type { Overview } from '../../../contract/overview.ts'
import { categoryName } from '../../category.ts'
import { at } from '../../dates.ts'
import { usualRange } from '../../numbers.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { SmallMultiple } from '../../parts/small-multiple.tsx'
import { type Speech, useSpeech } from '../../words.ts'
import { type Cause, chosenCauses, leaning } from './findings.ts'
import { WeeksTable } from './weeks-table.tsx'

const CHARTS_MAX = 6
const GAP = 18
const NARROWEST = 150

/** Let-downs a week by cause, as small multiples on one scale. */
export function Causes({ data }: Readonly<{ data: Overview }>) {
  const speech = useSpeech()
  const { w } = speech
  const chosen = chosenCauses(data.causes, CHARTS_MAX)
  const most = Math.max(1, ...chosen.flatMap((cause) => [...cause.weeks, cause.usualHigh ?? 0]))
  if (chosen.length === 0) {
    return (
      <section aria-label={w.overview.causes}>
        <h2>{w.overview.causes}</h2>
        <p className="soft empty">{w.overview.causesNone}</p>
      </section>
    )
  }
  const ends = [data.weekStarts[0], data.weekStarts.at(-1)].map((start) =>
    start === undefined ? '' : speech.month(at(start)),
  )
  const hidden = data.causes.length - chosen.length
  return (
    <>
      <ChartFrame
        title={w.overview.causes}
        note={w.overview.causesNote(data.weekStarts.length)}
        height={114}
        table={
          <WeeksTable
            data={data}
            columns={data.causes.map(({ category, weeks }) => ({
              name: categoryName(w, category),
              write: (week) => speech.count(weeks[week] ?? 0),
            }))}
          />
        }
      >
        {(width) => {
          const columns = Math.max(1, Math.min(3, chosen.length, Math.floor((width + GAP) / (NARROWEST + GAP))))
          const each = Math.floor((width - GAP * (columns - 1)) / columns)
          return (
            <div className="multiples" style={{ gridTemplateColumns: `repeat(${columns}, ${each}px)` }}>
              {chosen.map((cause) => (
                <SmallMultiple
                  key={cause.category}
                  width={each}
                  title={categoryName(w, cause.category)}
                  weeks={cause.weeks}
                  usual={usualOf(cause)}
                  usualWords={usualWords(cause, speech)}
                  most={most}
                  ends={[ends[0] ?? '', ends[1] ?? '']}
                  write={speech.count}
                  label={`${w.overview.lastWeek(categoryName(w, cause.category), cause.weeks.at(-1) ?? 0)}, ${usualWords(cause, speech)}`}
                />
              ))}
            </div>
          )
        }}
      </ChartFrame>
      {hidden > 0 ? <p className="xs quiet">{w.overview.causesHidden(hidden)}</p> : null}
    </>
  )
}

const usualOf = (cause: Cause) =>
  cause.usualLow === null || cause.usualHigh === null ? null : { low: cause.usualLow, high: cause.usualHigh }

function usualWords(cause: Cause, speech: Speech): string {
  const { w } = speech
  const usual = usualOf(cause)
  if (usual === null) return w.overview.usualNotKnown
  const words = usualRange(speech.count(usual.low), speech.count(usual.high), w.to)
  const side = leaning(cause)
  if (side === 'above') return w.overview.above(words)
  return side === 'below' ? w.overview.below(words) : w.overview.usual(words)
}
