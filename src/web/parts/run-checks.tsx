import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { useMay } from '../may.ts'
import { useSpeech } from '../words.ts'
import { Refusal } from './states.tsx'
import { TaskProgress } from './task-progress.tsx'

/** Runs all checks, and shows how far it is; `running` is a run that somebody else, or the night, has begun. */
export function RunChecks({ running }: Readonly<{ running: string | null }>) {
  const { w } = useSpeech()
  const may = useMay()('checks.run')
  const [ended, setEnded] = useState<string>()
  const start = useMutation({ mutationFn: api.runChecks })
  const begun = running ?? start.data?.id
  const task = begun === ended ? undefined : begun
  if (task !== undefined) return <TaskProgress key={task} id={task} onDone={() => setEnded(task)} />
  return (
    <>
      {start.isError ? <Refusal error={start.error} /> : null}
      {may ? (
        <p>
          <button type="button" className="btn" disabled={start.isPending} onClick={() => start.mutate()}>
            {w.checks.run}
          </button>
        </p>
      ) : (
        <p className="quiet xs">{w.checks.runMay}</p>
      )}
    </>
  )
}
