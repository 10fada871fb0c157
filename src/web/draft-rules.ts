import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Rules that are being changed: the version they were made from, and a reason that was proposed. */
type Draft<Rules> = Readonly<{ from: number; policy: Rules; note: string }>

/** The rules as they stand in the form, and what can be done to them. */
export type DraftRules<Rules> = Readonly<{
  policy: Rules
  from: number
  note: string
  changed: boolean
  /** Counts how often the form was filled as a whole: inputs begin anew with each. */
  filled: number
  change: (part: Partial<Rules>) => void
  /** Fills the form with other rules as a whole: a former version, a file. */
  fill: (policy: Rules, note: string) => void
  /** Takes the version that is live now as the one these rules were made from. */
  rebase: () => void
  discard: () => void
}>

/**
 * The changed rules stay in memory while somebody goes through the app, and go with the session. Before the window
 * closes on them the browser asks.
 */
export function useDraftRules<Rules>(
  name: string,
  { version, policy: live }: Readonly<{ version: number; policy: Rules }>,
): DraftRules<Rules> {
  const key = [name, 'draft']
  const client: QueryClient = useQueryClient()
  const { data: draft = null } = useQuery<Draft<Rules> | null>({
    queryKey: key,
    queryFn: () => null,
    enabled: false,
    initialData: null,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  useEffect(() => {
    if (draft === null) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [draft])
  // The cache tells its readers after the event is over, when React has put the input back to what it was: a tick
  // would flicker and a caret jump. So the form is drawn again within the event.
  const [, redraw] = useState(0)
  const keep = (next: Draft<Rules> | null) => {
    client.setQueryData(key, next)
    redraw((so) => so + 1)
  }
  const [filled, setFilled] = useState(0)
  const base: Draft<Rules> = draft ?? { from: version, policy: live, note: '' }
  const refill = (next: Draft<Rules> | null) => {
    keep(next)
    setFilled((so) => so + 1)
  }
  return {
    ...base,
    filled,
    changed: draft !== null,
    change: (part) => {
      const latest = client.getQueryData<Draft<Rules> | null>(key) ?? base
      keep({ ...latest, policy: { ...latest.policy, ...part } })
    },
    fill: (policy, note) => refill({ from: version, policy, note }),
    rebase: () => keep({ ...base, from: version }),
    discard: () => refill(null),
  }
}
