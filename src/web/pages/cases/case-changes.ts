import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api } from '../../api.ts'

const EVERY_MS = 5_000

/** Reads the queue and the cases on the screen again when somebody, or a rule, did something with one of them. */
export function useCaseChanges(): void {
  const client = useQueryClient()
  const cursor = useRef<string>(undefined)
  const known = useRef(new Map<string, string>())
  const answer = useQuery({
    queryKey: ['case-changes'],
    queryFn: () => api.caseChanges(cursor.current),
    refetchInterval: EVERY_MS,
    retry: false,
  })
  const { data } = answer
  useEffect(() => {
    if (data === undefined) return
    cursor.current = data.cursor
    // The last seconds are told twice.
    const fresh = data.changes.filter(({ id, changedAt }) => known.current.get(id) !== changedAt)
    for (const { id, changedAt } of fresh) {
      known.current.set(id, changedAt)
      void client.invalidateQueries({ queryKey: ['case', id] })
    }
    if (fresh.length === 0) return
    void client.invalidateQueries({ queryKey: ['cases'] })
    void client.invalidateQueries({ queryKey: ['approvals'] })
  }, [data, client])
}
