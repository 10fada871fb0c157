import type { Instant } from '../core/time/instant.ts'
import type { Db } from '../store/db.ts'

/** Structured log lines without personal data: keys, names, and texts of customers never enter one. */
export type Log = Readonly<{
  info: (facts: Readonly<Record<string, unknown>>, sentence: string) => void
  error: (facts: Readonly<Record<string, unknown>>, sentence: string) => void
}>

/** The mail server, with its password, and whom mails are from: `Name <address>`. Never written to a log. */
export type MailWay = Readonly<{ smtpUrl: string; from: string }>

/** What a flow may reach. A test builds its own. */
export type World = Readonly<{
  db: Db
  now: () => Instant
  random: () => number
  log: Log
  filesDir: string
  /** Undefined until the operator names a mail server: messages are kept then, and nothing is sent. */
  mail: MailWay | undefined
  /** Where customers reach the public pages, without a slash at the end; undefined until the operator says so. */
  publicUrl: string | undefined
  /** Whether events may be sent into the operator's own network. */
  allowPrivateWebhooks: boolean
}>
