import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelList } from '../../../contract/models.ts'
import type { Session } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { Refusal } from '../../parts/states.tsx'
import { TaskProgress, useTask } from '../../parts/task-progress.tsx'
import { useSpeech } from '../../words.ts'

type Kind = ModelList['models'][number]['kind']

/** Starts a fit and follows it; without the permission the button says who may. */
export function Learn({ kind, session }: Readonly<{ kind: Kind; session: Session }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [task, setTask] = useState<string>()
  const [ended, setEnded] = useState(false)
  const may = session.permissions.includes('models.fit')
  const start = useMutation({
    mutationFn: () => api.fitModel(kind),
    onSuccess: ({ id }) => {
      setEnded(false)
      setTask(id)
    },
  })
  return (
    <div className="learn">
      <p className="row">
        <button
          type="button"
          className="btn"
          aria-disabled={!may || start.isPending}
          aria-describedby={may ? undefined : 'learn-may'}
          onClick={() => {
            if (may && !start.isPending) start.mutate()
          }}
        >
          {w.models.learn}
        </button>
        {may ? null : (
          <span className="quiet" id="learn-may">
            {w.models.learnMay}
          </span>
        )}
      </p>
      {start.isError ? <Refusal error={start.error} /> : null}
      {task === undefined ? null : (
        <Following
          key={task}
          task={task}
          ended={ended}
          onEnd={() => {
            setEnded(true)
            void client.invalidateQueries({ queryKey: ['models'] })
          }}
        />
      )}
    </div>
  )
}

type FollowingProps = Readonly<{ task: string; ended: boolean; onEnd: () => void }>

function Following({ task: id, ended, onEnd }: FollowingProps) {
  const { w } = useSpeech()
  const task = useTask(id).data
  if (task?.state === 'failed') {
    const words: Readonly<Record<string, string>> = w.models.refusals
    return (
      <div className="refusal" role="alert">
        <p className="strong">{w.models.refused}</p>
        <p>{(task.because === null ? undefined : words[task.because]) ?? task.problem}</p>
      </div>
    )
  }
  if (ended) return <p role="status">{w.models.learned}</p>
  return <TaskProgress id={id} onDone={onEnd} />
}
