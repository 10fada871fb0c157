import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { Session } from '../../../contract/show.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Budget } from './budget.tsx'
import { Came } from './came.tsx'
import { Effect } from './effect.tsx'
import { Given } from './given.tsx'
import { Rules } from './rules.tsx'
import { Tasks } from './tasks.tsx'

const views = ['now', 'rules'] as const

type Props = Readonly<{ currency: string; session: Session }>

/** Gestures: what is to do and was given, what it cost, whether it changes anything, and the rules that give. */
export function GesturesPage({ currency, session }: Props) {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'now'
  const show = (next: string) => setParams(next === 'now' ? {} : { view: next }, { replace: true })
  useKeys({ ...rowKeys, 1: () => show('now'), 2: () => show('rules') })
  return (
    <>
      <PageHead title={w.gestures.title}>
        <Segmented
          legend={w.gestures.view}
          value={view}
          options={views.map((value) => ({ value, label: w.gestures.views[value] }))}
          onChange={show}
        />
      </PageHead>
      <div className="body policy playbooks">
        {view === 'now' ? <Now /> : <Rules currency={currency} session={session} />}
      </div>
    </>
  )
}

function Now() {
  const speech = useSpeech()
  const { w } = speech
  const overview = useQuery({ queryKey: ['gestures'], queryFn: gesturesApi.overview })
  return (
    <Loaded query={overview}>
      {(of) => {
        const { currency, monthMinor, spentMinor } = of.budget
        const toDo = of.came.filter(({ state }) => state === 'to-do').reduce((sum, { count }) => sum + count, 0)
        const left = speech.money(Math.max(0, monthMinor - spentMinor), currency)
        return (
          <>
            <p className="lead">{w.gestures.today(toDo, left, speech.money(monthMinor, currency))}</p>
            {of.canMail ? null : <p className="strong">{w.gestures.noMail}</p>}
            <Tasks />
            <Budget of={of.budget} />
            <Came of={of} />
            <Effect of={of.holdOut} />
            <Given />
          </>
        )
      }}
    </Loaded>
  )
}
