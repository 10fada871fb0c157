import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerPage } from '../../../contract/show.ts'
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
export function Goodwill({ page }: Readonly<{ page: CustomerPage }>) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const [span, setSpan] = useState<Span>('365')
  const history = useQuery({
    queryKey: ['goodwill', page.customer, page.scoredAt, language],
    queryFn: () => api.goodwill(page.customer),
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
              <Segmented
                small
                legend={w.customer.spanLabel}
                value={span}
                onChange={setSpan}
                options={spans.map((value) => ({ value, label: names[value] }))}
              />
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
