import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Task } from '../../contract/show.ts'
import { api } from '../api.ts'
import type { Words } from '../words/en.ts'
import { useSpeech } from '../words.ts'
import { Refusal, Waiting } from './states.tsx'

const POLL_MS = 1_000

/** True while more may be heard from a task. */
export const isUnderWay = (task: Task): boolean => task.state === 'waiting' || task.state === 'running'

/** What a task is called: an import by the name that it was given, other work by its kind. */
export const nameOfTask = (task: Task, { task: words }: Words): string =>
  task.kind === 'import' ? task.title : words.kinds[task.kind]

/** What stands beside the name of a task: what it is, or what was asked for; empty when the name says all. */
export function detailOfTask({ kind, demo }: Task, { task: words, first }: Words): string {
  if (kind === 'import') return words.kinds.import
  if (demo === null) return ''
  return `${demo.kind === 'contract' ? first.demoContract : first.demoShop}, ${words.people(demo.customers)}`
}

/** What a task does now: the server's word in the reader's language, and the file that it names. */
function doingOf({ doing, state }: Task, { task: words }: Words): string {
  if (doing === null) return words[state]
  const [word = '', ...rest] = doing.split(' ')
  const known: Readonly<Record<string, string>> = words.doing
  return [known[word] ?? word, ...rest].join(' ')
}

/** A task, read every second while it runs. */
export const useTask = (id: string) =>
  useQuery({
    queryKey: ['task', id],
    queryFn: () => api.task(id),
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? POLL_MS : false),
  })

type Props = Readonly<{ id: string; onDone?: (task: Task) => void }>

/** Long work while it runs: what it does, how far it is, how fast, how long still; then what came of it. */
export function TaskProgress({ id, onDone }: Props) {
  const client = useQueryClient()
  const query = useTask(id)
  const task = query.data
  const state = task?.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the state becomes done.
  useEffect(() => {
    if (task === undefined || isUnderWay(task)) return
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'task' })
    if (task.state === 'done') onDone?.(task)
  }, [state])
  if (task === undefined)
    return query.isError ? <Refusal error={query.error} again={() => void query.refetch()} /> : <Waiting />
  return (
    <div className="task">
      {isUnderWay(task) ? <Running task={task} /> : <Outcome task={task} />}
      {query.isError ? <Refusal error={query.error} again={() => void query.refetch()} /> : null}
    </div>
  )
}

function Running({ task }: Readonly<{ task: Task }>) {
  const speech = useSpeech()
  const { w } = speech
  const share = task.total === null || task.total === 0 ? undefined : Math.min(1, task.done / task.total)
  const facts = [
    w.task.progress(task.done, task.total),
    task.perSecond === null ? '' : w.task.rate(Math.round(task.perSecond)),
    task.secondsLeft === null ? '' : w.task.left(Math.round(task.secondsLeft)),
  ].filter((text) => text !== '')
  return (
    <>
      <p>
        <b>{nameOfTask(task, w)}</b> <span className="soft">{doingOf(task, w)}</span>
      </p>
      <div
        className="progress"
        role="progressbar"
        aria-label={nameOfTask(task, w)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        aria-valuetext={facts[0]}
      >
        <i style={{ width: `${(share ?? 0) * 100}%` }} />
      </div>
      <p className="row">
        <span className="soft">{facts.join(' · ')}</span>
        <span className="grow" />
        <button type="button" className="btn" onClick={() => void api.cancelTask(task.id)}>
          {w.task.cancel}
        </button>
      </p>
    </>
  )
}

/** What came of a task: accepted, seen before, rejected, and the file with what was rejected. */
function Outcome({ task }: Readonly<{ task: Task }>) {
  const speech = useSpeech()
  const { w } = speech
  const counts = [
    [w.task.accepted, task.accepted],
    [w.task.repeated, task.repeated],
    [w.task.rejected, task.rejected],
  ] as const
  return (
    <>
      <p role="status">
        <b>{nameOfTask(task, w)}</b>{' '}
        <span className={task.state === 'failed' ? 'harm' : 'soft'}>{w.task[task.state]}</span>
      </p>
      {task.problem === null ? null : <p className="harm">{task.problem}</p>}
      <dl className="counts">
        {counts.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{speech.count(amount)}</dd>
          </div>
        ))}
      </dl>
      {task.rejects === null || task.rejected === 0 ? null : (
        <p>
          <a className="q" href={task.rejects} download>
            {w.task.downloadRejects}
          </a>{' '}
          <span className="quiet xs">{w.task.rejectsReason}</span>
        </p>
      )}
    </>
  )
}
