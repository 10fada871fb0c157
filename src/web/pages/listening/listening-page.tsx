import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Answers } from './answers.tsx'
import { Asking } from './asking.tsx'
import { Complaints } from './complaints.tsx'
import { Input } from './input.tsx'
import { NeverAsked } from './never-asked.tsx'
import { Summary } from './summary.tsx'
import { SurveyKindFigures } from './survey-kind-figures.tsx'

const views = ['figures', 'answers', 'asking', 'input'] as const
const steps = ['week', 'month'] as const

const bodies: Readonly<Record<(typeof views)[number], () => ReactNode>> = {
  figures: () => <Figures />,
  answers: () => <Answers />,
  asking: () => <Asking />,
  input: () => <Input />,
}

/** What customers say, how sure that is, and what their silence does not say. */
export function ListeningPage() {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'figures'
  const show = (next: string) => setParams(next === 'figures' ? {} : { view: next }, { replace: true })
  useKeys({
    ...rowKeys,
    ...Object.fromEntries(views.map((one, place) => [`${place + 1}`, () => show(one)])),
  })
  return (
    <>
      <PageHead title={w.listening.title}>
        <Segmented
          legend={w.listening.view}
          value={view}
          options={views.map((value) => ({ value, label: w.listening.views[value] }))}
          onChange={show}
        />
      </PageHead>
      <div className={view === 'figures' || view === 'answers' ? 'body listening' : 'body policy playbooks'}>
        {bodies[view]()}
      </div>
    </>
  )
}

function Figures() {
  const speech = useSpeech()
  const { w } = speech
  const [params, setParams] = useSearchParams()
  const step = steps.find((one) => one === params.get('step')) ?? 'week'
  const change = (name: string, value: string) =>
    setParams(
      (was) => {
        const next = new URLSearchParams(was)
        next.set(name, value)
        return next
      },
      { replace: true },
    )
  const figures = useQuery({
    queryKey: ['listening', step],
    queryFn: () => listeningApi.listening(step),
    placeholderData: (old) => old,
  })
  return (
    <Loaded query={figures}>
      {(of) => {
        const most = of.kinds.toSorted((a, b) => b.ratings - a.ratings)[0]
        const chosen = of.kinds.find(({ kind }) => kind === params.get('kind')) ?? most
        return (
          <>
            <p className="quiet xs">{w.listening.to(speech.dayTime(at(of.asOf)), of.scoreDays)}</p>
            {chosen === undefined ? (
              <Empty title={w.listening.none} text={w.listening.noneText} />
            ) : (
              <>
                <p className="lead">
                  <b>{w.listening.lead(of.silence.asked, of.silence.silent)}</b>{' '}
                  {of.silence.silent === 0 ? null : w.listening.silence(of.silence.withOpen)}
                </p>
                <Summary kinds={of.kinds} />
                <div className="tools">
                  <Segmented
                    legend={w.listening.chosen}
                    value={chosen.kind}
                    options={of.kinds.map(({ kind }) => ({ value: kind, label: w.listening.kinds[kind] }))}
                    onChange={(kind) => change('kind', kind)}
                  />
                  <Segmented
                    legend={w.listening.step}
                    value={step}
                    options={steps.map((value) => ({ value, label: w.listening.steps[value] }))}
                    onChange={(next) => change('step', next)}
                  />
                </div>
                <SurveyKindFigures of={chosen} starts={of.periodStarts} />
              </>
            )}
            <div className="heard">
              <Complaints of={of.complaints} />
              <NeverAsked of={of.neverAsked} />
            </div>
          </>
        )
      }}
    </Loaded>
  )
}
