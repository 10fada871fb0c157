import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useMay } from './may.ts'
import type { TeamNames } from './rules-told.ts'

/** The names of teams by their id, for whom may read them. */
export function useTeams(): TeamNames {
  const may = useMay()
  const staff = useQuery({ queryKey: ['people'], queryFn: api.people, enabled: may('people.read') })
  return Object.fromEntries((staff.data?.teams ?? []).map(({ id, name }) => [id, name]))
}
