import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import { api, Refused } from '../../api.ts'

/** A command for one case, as somebody saw it. */
export type Work = Readonly<{ id: string; revision: number; command: CaseCommandWish }>

/** Sends commands; whatever is answered, the case and the queue are read again. */
export function useWork() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, revision, command }: Work) => api.workOnCase(id, command, revision),
    onSettled: (_answer, _error, { id }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['case', id] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
      ]),
  })
}

/** True when a command came too late: somebody else did something since the case was read. */
export const wasSlower = (error: unknown): boolean => error instanceof Refused && error.problem.status === 412
