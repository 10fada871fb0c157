import type { Instant } from '../../core/time/instant.ts'

/** What an import task is given. */
export type ImportInput = Readonly<{ upload: string; name: string; mapping?: string; sql?: string }>

/** What a simulation task is given. */
export type SimulateInput = Readonly<{
  kind: 'contract' | 'shop'
  customers: number
  months: number
  seed: number
  endAt: Instant
}>
