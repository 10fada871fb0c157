import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Overview } from '../../../contract/overview.ts'
import { api } from '../../api.ts'
import { categoryName } from '../../category.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { usualRange } from '../../numbers.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Loaded } from '../../parts/states.tsx'
import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'
import { Causes } from './causes.tsx'
import { FailingChecks } from './failing-checks.tsx'
import { againstUsual, type Cause, leaning, standsOut } from './findings.ts'
import { Kpis } from './kpis.tsx'
import { People } from './people.tsx'
import { Side } from './side.tsx'

const periods = ['1', '7', '28'] as const
type Period = (typeof periods)[number]
const REFRESH_MS = 60_000

/** What changed and why, who was let down, and whether it is put right in time. */
export function OverviewPage({ currency }: Readonly<{ currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const [period, setPeriod] = useState<Period>('7')
  const overview = useQuery({
    queryKey: ['overview', period],
    queryFn: () => api.overview(Number(period)),
    placeholderData: (old) => old,
    refetchInterval: REFRESH_MS,
  })
  useKeys({ ...rowKeys, 1: () => setPeriod('1'), 2: () => setPeriod('7'), 3: () => setPeriod('28') })
  const names = { 1: w.overview.periods[1], 7: w.overview.periods[7], 28: w.overview.periods[28] }
  const told = overview.data
  return (
    <>
      <PageHead title={w.overview.title}>
        {told === undefined ? null : (
          <span className="quiet">{w.overview.period(speech.day(at(told.from)), speech.fullDay(at(told.asOf)))}</span>
        )}
        <span className="grow" />
        <Segmented
          legend={w.overview.periodLabel}
          value={period}
          onChange={setPeriod}
          options={periods.map((value) => ({ value, label: names[value] }))}
        />
      </PageHead>
      <div className="body overview">
        <Loaded query={overview}>
          {(data) => (
            <>
              <Lead data={data} />
              <FailingChecks />
              <Kpis data={data} currency={currency} />
              <div className="columns">
                <div>
                  <Causes data={data} />
                  <People data={data} currency={currency} />
                </div>
                <Side data={data} currency={currency} />
              </div>
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

/** How the count lies to the usual, as the end of the sentence; nobody let down needs no comparison. */
function usualEnding({ letDown }: Overview, { overview }: Words): string {
  const away = againstUsual(letDown)
  if (letDown.count === 0) return ''
  if (away === undefined) return overview.usualUnknown
  if (away > 0) return overview.moreThanUsual(away)
  return away < 0 ? overview.fewerThanUsual(-away) : overview.asUsual
}

/** The sentence that somebody would say aloud. */
function Lead({ data }: Readonly<{ data: Overview }>) {
  const { w } = useSpeech()
  const cause = standsOut(data.causes)
  return (
    <p className="lead">
      <b>
        {w.overview.lead(data.letDown.count, data.days)}
        {usualEnding(data, w)}
      </b>{' '}
      {cause === undefined ? null : <CauseSentence cause={cause} />}
    </p>
  )
}

function CauseSentence({ cause }: Readonly<{ cause: Cause }>) {
  const speech = useSpeech()
  const { w } = speech
  const say = leaning(cause) === 'above' ? w.overview.rise : w.overview.fall
  const usual = usualRange(speech.count(cause.usualLow ?? 0), speech.count(cause.usualHigh ?? 0), w.to)
  return say(categoryName(w, cause.category).toLocaleLowerCase(), speech.count(cause.weeks.at(-1) ?? 0), usual)
}
