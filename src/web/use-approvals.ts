import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useMay } from './may.ts'

const EVERY_MS = 15_000

/** What waits for a second person, for those who may answer; the same for the inbox and the navigation. */
export function useApprovals() {
  const may = useMay()
  return useQuery({
    queryKey: ['approvals'],
    queryFn: api.approvals,
    refetchInterval: EVERY_MS,
    enabled: may('remedies.approve'),
  })
}
