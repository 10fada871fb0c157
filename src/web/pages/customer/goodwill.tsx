import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { GoodwillHistory, ScoredCustomerPage } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { ChartFrame } from '../../parts/chart-frame.tsx'
import { GoodwillChart, GoodwillTable } from '../../parts/goodwill-chart.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Loaded } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'

const spans = ['90', '365', '0'] as const
type Span = (typeof spans)[number]

/** How it came to this, as a curve. */
export function Goodwill({ page }: Readonly<{ page: ScoredCustomerPage }>) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const [span, setSpan] = useState<Span>('365')
  const [without, setWithout] = useState<string>()
  const history = useQuery({
    queryKey: ['goodwill', page.customer, page.scoredAt, language, without],
    queryFn: () => api.goodwill(page.customer, without),
    placeholderData: (old) => old,
  })
  const names = { 90: w.customer.spans[90], 365: w.customer.spans[365], 0: w.customer.spans[0] }
  const now = at(page.asOf)
  return (
    <Loaded query={history}>
      {(told) =>
        told.points.length === 0 ? (
          <section aria-label={w.customer.goodwill}>
            <h2>{w.customer.goodwill}</h2>
            <p className="soft">{w.customer.noHistory}</p>
          </section>
        ) : (
          <ChartFrame
            title={w.customer.goodwill}
            note={w.customer.goodwillNote}
            height={268}
            controls={
              <>
                <Without history={told} choose={setWithout} />
                <Segmented
                  small
                  legend={w.customer.spanLabel}
                  value={span}
                  onChange={setSpan}
                  options={spans.map((value) => ({ value, label: names[value] }))}
                />
              </>
            }
            table={<GoodwillTable history={told} now={now} days={Number(span)} />}
          >
            {(width) => (
              <GoodwillChart history={told} balance={page.goodwill} now={now} days={Number(span)} width={width} />
            )}
          </ChartFrame>
        )
      }
    </Loaded>
  )
}

type WithoutProps = Readonly<{ history: GoodwillHistory; choose: (failure: string) => void }>

/** Which let-down the dotted line leaves out; the weightiest at first. */
function Without({ history, choose }: WithoutProps) {
  const speech = useSpeech()
  const id = useId()
  if (history.without === null) return null
  return (
    <span className="without">
      <label className="xs quiet" htmlFor={id}>
        {speech.w.customer.withoutLabel}
      </label>
      <select id={id} className="plain-select" value={history.without} onChange={(event) => choose(event.target.value)}>
        {history.letDowns.map(({ failure, at: when, sentence, now }) => (
          <option key={failure} value={failure}>
            {speech.day(at(when))}, {sentence} ({speech.signed(now)})
          </option>
        ))}
      </select>
    </span>
  )
}
