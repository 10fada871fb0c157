import type { MessageKind } from '../core/contact/outbox.ts'
import type { Tx } from './db.ts'

/** The firm's own wording of a kind of message in one language. Version 0 and empty: there is none, ours counts. */
export type OwnText = Readonly<{ version: number; subject: string; body: string }>

/** Ours counts. */
export const noOwnText: OwnText = { version: 0, subject: '', body: '' }

/** The wording in force. */
export async function readOwnText(tx: Tx, kind: MessageKind, language: string): Promise<OwnText> {
  const [row] = await tx.query<OwnText>(
    `select version, subject, body from message_texts where kind = $1 and language = $2 order by version desc limit 1`,
    [kind, language],
  )
  return row ?? noOwnText
}

/** Every wording in force of which the firm ever had its own, at once. */
export function readOwnTexts(tx: Tx): Promise<readonly (OwnText & Readonly<{ kind: string; language: string }>)[]> {
  return tx.query(
    `select distinct on (kind, language) kind, language, version, subject, body from message_texts
      order by kind, language, version desc`,
  )
}

/** Adds a version above the last; former ones stay. Empty texts bring ours back. */
export async function addOwnText(
  tx: Tx,
  kind: MessageKind,
  language: string,
  { subject, body }: Omit<OwnText, 'version'>,
): Promise<void> {
  // Two at once take their numbers one after the other.
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`message text ${kind} ${language}`])
  const { version } = await readOwnText(tx, kind, language)
  await tx.change('insert into message_texts (kind, language, version, subject, body) values ($1, $2, $3, $4, $5)', [
    kind,
    language,
    version + 1,
    subject,
    body,
  ])
}
