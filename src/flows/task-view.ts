import type { Task } from '../contract/show.ts'
import type { StoredTask } from '../store/tasks.ts'

/** A stored task as it travels. */
export function taskView(task: StoredTask): Task {
  const { id, kind, title, state, problem, startedAt, endedAt } = task
  const { because = null, ...progress } = task.progress
  return {
    id,
    kind,
    title,
    demo: demoOf(task),
    state,
    ...progress,
    rejects: progress.rejects === null ? null : `/v1/imports/${id}/rejects`,
    problem,
    because,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

function demoOf({ kind: of, input: { kind, customers } }: StoredTask): Task['demo'] {
  if (of !== 'simulate' || (kind !== 'contract' && kind !== 'shop') || typeof customers !== 'number') return null
  return { kind, customers }
}
