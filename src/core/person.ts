import type { Instant } from './instant.ts'

/** What the customer told about himself. Erasure empties it. */
export type Person = Readonly<{
  name: string | null
  email: string | null
  phone: string | null
  locale: string | null
  timezone: string | null
  segment: string | null
  identities: readonly Readonly<{ kind: string; value: string }>[]
  attributes: Readonly<Record<string, string | number | boolean>>
  moments: readonly Readonly<{ kind: string; at: Instant }>[]
  erased: boolean
}>
