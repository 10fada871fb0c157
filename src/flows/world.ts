import type { Instant } from '../core/instant.ts'
import type { Db } from '../store/db.ts'

/** Structured log lines without personal data: keys, names, and texts of customers never enter one. */
export type Log = Readonly<{
  info: (facts: Readonly<Record<string, unknown>>, sentence: string) => void
  error: (facts: Readonly<Record<string, unknown>>, sentence: string) => void
}>

/** What a flow may reach. A test builds its own. */
export type World = Readonly<{ db: Db; now: () => Instant; random: () => number; log: Log; filesDir: string }>
