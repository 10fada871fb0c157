import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useMay } from '../../may.ts'

/** More open cases of one customer are in the queue. */
const SHOWN = 3

/** The open cases of a customer, for whoever may read them. */
export function useCasesOf(customer: string) {
  const may = useMay()
  return useQuery({
    queryKey: ['cases-of', customer],
    queryFn: () => api.cases({ filter: 'all', customer, limit: SHOWN }, undefined),
    enabled: may('cases.read'),
  })
}
