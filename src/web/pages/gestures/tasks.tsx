import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { GestureList } from '../../../contract/gestures.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { at } from '../../dates.ts'
import { momentName, whyNoGesture } from '../../gesture-words.ts'
import { useMay } from '../../may.ts'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

type Gesture = GestureList['gestures'][number]
type Step = 'made' | 'not-done' | 'to-do'
const SHOWN_MAX = 200

/** What a person has to do, each with what has come between, to be done, given up, and taken back. */
export function Tasks() {
  const { w } = useSpeech()
  const g = w.gestures
  const client = useQueryClient()
  const [last, setLast] = useState<Readonly<{ of: Gesture; step: Step }>>()
  const tasks = useQuery({
    queryKey: ['gestures', 'tasks'],
    queryFn: () => gesturesApi.list({ state: 'to-do', limit: SHOWN_MAX }, undefined),
  })
  const step = useMutation({
    mutationFn: ({ of, step }: Readonly<{ of: Gesture; step: Step }>) => gesturesApi.step(of.customer, of.id, step),
    onSuccess: (_, taken) => {
      setLast(taken)
      return client.invalidateQueries()
    },
  })
  const take = (of: Gesture, next: Step) => (step.isPending ? undefined : step.mutate({ of, step: next }))
  return (
    <section aria-labelledby="tasks-title" className="band">
      <h2 id="tasks-title">{g.tasks}</h2>
      <Loaded query={tasks}>
        {({ gestures }) =>
          gestures.length === 0 ? (
            <p className="soft">{g.tasksNone}</p>
          ) : (
            <ul className="gesture-tasks">
              {gestures.map((of) => (
                <Task key={of.id} of={of} take={(next) => take(of, next)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <p role="status">
        {last === undefined ? null : (
          <>
            {last.of.name ?? last.of.customer}: {g.stepped[last.step]}{' '}
            {last.step === 'to-do' ? null : (
              <button type="button" className="q" onClick={() => take(last.of, 'to-do')}>
                {w.undo}
              </button>
            )}
          </>
        )}
      </p>
      {step.isError ? <Refusal error={step.error} /> : null}
    </section>
  )
}

function Task({ of, take }: Readonly<{ of: Gesture; take: (step: Step) => void }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const mayGive = useMay()('gestures.give')
  const name = of.name ?? of.customer
  const about = g.taskOf(g.kinds[of.gesture], name)
  return (
    <li>
      <span className="strong">{g.kinds[of.gesture]}</span>
      <span>
        <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
          {name}
        </Link>{' '}
        <span className="soft">
          {momentName(speech, of.rule)}, {g.since(speech.day(at(of.at)))}
          {of.team === null ? '' : `, ${of.team.name ?? g.unknownTeam}`}
        </span>
        {of.reason === null ? null : <span className="block">{of.reason}</span>}
        {of.because === null ? null : <span className="block harm">{g.wait(whyNoGesture(speech, of.because))}</span>}
      </span>
      {mayGive ? (
        <span className="row">
          <button type="button" className="btn" aria-label={`${g.done}: ${about}`} onClick={() => take('made')}>
            {g.done}
          </button>
          <button type="button" className="btn" aria-label={`${g.notDone}: ${about}`} onClick={() => take('not-done')}>
            {g.notDone}
          </button>
        </span>
      ) : null}
    </li>
  )
}
