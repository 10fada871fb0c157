import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Refused } from '../api.ts'
import { useSpeech } from '../words.ts'

const PATIENCE_MS = 300

/** Nothing for 300 ms, then hairlines where text will be, and after a second the words and how long it takes. */
export function Waiting() {
  const { w } = useSpeech()
  const [ticks, setTicks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTicks((so) => so + 1), PATIENCE_MS)
    return () => clearInterval(timer)
  }, [])
  if (ticks === 0) return null
  const seconds = Math.floor((ticks * PATIENCE_MS) / 1000)
  return (
    <div className="waiting" aria-busy="true">
      <i />
      <i />
      <i />
      <p role="status">{seconds >= 1 ? (seconds >= 3 ? w.state.waitingLong(seconds) : w.state.waiting) : ''}</p>
    </div>
  )
}

type RefusalProps = Readonly<{ error: unknown; again?: (() => void) | undefined; title?: string }>

/** What was refused and why, in the words of the rule, beside the control; with the way out. */
export function Refusal({ error, again, title }: RefusalProps) {
  const { w } = useSpeech()
  const problem = error instanceof Refused ? error.problem : undefined
  const offline = problem?.status === 0
  const box = useRef<HTMLDivElement>(null)
  // What is refused below the fold of a long form would look as if nothing had happened.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div className="refusal" role="alert" ref={box}>
      <p className="strong">{title ?? (again === undefined ? w.state.refused : w.state.failed)}</p>
      <p>{offline ? w.offline : (problem?.detail ?? `${error}`)}</p>
      {problem?.pointer === undefined ? null : <p className="mono">{problem.pointer}</p>}
      {again === undefined ? null : (
        <button type="button" className="btn" onClick={again}>
          {w.state.again}
        </button>
      )}
    </div>
  )
}

type LoadedProps<Data> = Readonly<{ query: UseQueryResult<Data>; children: (data: Data) => ReactNode }>

/** Draws a query in its states: waiting, refused, or full. Old figures stay, dimmed, while newer ones are read. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError ? <Refusal error={query.error} again={() => void query.refetch()} /> : null}
        <div className={query.isPlaceholderData ? 'stale' : undefined}>{children(query.data)}</div>
      </>
    )
  }
  if (query.isError) return <Refusal error={query.error} again={() => void query.refetch()} />
  return <Waiting />
}

type EmptyProps = Readonly<{ title: string; text?: string; children?: ReactNode }>

/** What this place will show, and what to do first. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className="empty">
      <p className="md strong">{title}</p>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  )
}
