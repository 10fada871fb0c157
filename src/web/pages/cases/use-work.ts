import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TellingWish } from '../../../contract/case-tellings.ts'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import { api, Refused } from '../../api.ts'
import { hideUndo, lastDone, noteDone } from './last-done.ts'
import { ownRevisions } from './own-revisions.ts'

const own = ownRevisions()

/** A command for one case, as somebody saw it; `whom` is the name of who gets the case. */
export type Work = Readonly<{ id: string; revision: number; command: CaseCommandWish; whom?: string }>

/** Sends commands one after another; whatever is answered, the case and the queue are read again. */
export function useWork() {
  const read = useReadAgain()
  return useMutation({
    scope: { id: 'work' },
    mutationFn: async ({ id, revision, command, whom }: Work) => {
      const sent = own.of(id, revision)
      const answer = await api.workOnCase(id, command, sent)
      if ('revision' in answer) {
        own.note(id, sent, answer.revision)
        noteDone({ id, revision: answer.revision, kind: command.kind, whom })
      }
      return answer
    },
    onSettled: (_answer, _error, { id }) => read(id),
  })
}

/** Something to tell the customer of a case, as somebody saw it; the wish is asked for when its turn comes. */
type Tell = Readonly<{ id: string; revision: number; wish: () => Promise<TellingWish> }>

/** Tells customers, after whatever was sent before. */
export function useTell() {
  const read = useReadAgain()
  return useMutation({
    scope: { id: 'work' },
    mutationFn: async ({ id, revision, wish }: Tell) => {
      const wanted = await wish()
      const sent = own.of(id, revision)
      const answer = await api.tellCustomer(id, wanted, sent)
      // What is out cannot be taken back, nor what was done before it.
      hideUndo(lastDone())
      own.note(id, sent, answer.revision)
      return answer
    },
    onSettled: (_answer, _error, { id }) => read(id),
  })
}

function useReadAgain() {
  const client = useQueryClient()
  return (id: string) =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['case', id] }),
      client.invalidateQueries({ queryKey: ['cases'] }),
    ])
}

/** True when a command came too late: somebody else did something since the case was read. */
export const wasSlower = (error: unknown): boolean => error instanceof Refused && error.problem.status === 412
