import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Overview } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { categoryName } from '../../category.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { range } from '../../numbers.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Causes } from './causes.tsx'
import { againstUsual, leaning, standsOut } from './findings.ts'
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
              <Kpis data={data} currency={currency} />
              <div className="columns">
                <div>
                  <Causes data={data} />
                  <People data={data} currency={currency} />
                </div>
                <Side data={data} />
              </div>
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

/** The sentence that somebody would say aloud. */
function Lead({ data }: Readonly<{ data: Overview }>) {
  const speech = useSpeech()
  const { w } = speech
  const away = againstUsual(data.letDown)
  const cause = standsOut(data.causes)
  const usual =
    data.letDown.count === 0 && away === 0
      ? ''
      : away === undefined
        ? data.letDown.count === 0
          ? ''
          : w.overview.usualUnknown
        : away > 0
          ? w.overview.moreThanUsual(away)
          : away < 0
            ? data.letDown.count === 0
              ? ''
              : w.overview.fewerThanUsual(-away)
            : w.overview.asUsual
  return (
    <p className="lead">
      <b>
        {w.overview.lead(data.letDown.count, data.days)}
        {usual}
      </b>{' '}
      {cause === undefined ? null : causeSentence(cause)}
    </p>
  )

  function causeSentence(found: Overview['causes'][number]) {
    const say = leaning(found) === 'above' ? w.overview.rise : w.overview.fall
    const words = range(speech.count(found.usualLow ?? 0), speech.count(found.usualHigh ?? 0), w.to)
    return say(categoryName(w, found.category).toLocaleLowerCase(), speech.count(found.weeks.at(-1) ?? 0), words)
  }
}
