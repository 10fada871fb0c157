import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailWay } from '../../world.ts'

/** A mail, ready to go. `messageId` is without its angle brackets, and the same each time the same mail is tried. */
export type Mail = Readonly<{
  messageId: string
  to: string
  replyTo: string | null
  subject: string
  body: string
  html: string
  language: string
  /** Where one click says no to more of these; null for what is owed. */
  unsubscribe: string | null
  /** A letter that goes along. */
  letter: Readonly<{ name: string; pdf: Uint8Array }> | null
}>

/**
 * What the mail server answered. `later`: not taken, may be tried again. `no-such-address`: the recipient was refused for
 * good. `refused`: the message was refused for good. `unknown`: it had the whole message, and its answer never came.
 */
export type Handed =
  | Readonly<{ kind: 'taken' }>
  | Readonly<{ kind: 'later' | 'no-such-address' | 'refused' | 'unknown'; problem: string }>

const CONNECT_MS_MAX = 15_000
const SOCKET_MS_MAX = 60_000
const PROBLEM_LENGTH_MAX = 500

/** Hands one mail to the mail server. It never throws, and never tries twice. */
export async function sendMail(way: MailWay, mail: Mail): Promise<Handed> {
  let handedOver = false
  try {
    const { message, envelope } = await compose(way, mail)
    // The connection reads nothing before the server said that it takes the message, and comes back only when it has
    // all of it: from then on the server may have accepted it, whatever becomes of the connection.
    const content = Readable.from(
      (function* () {
        yield message
        handedOver = true
      })(),
    )
    await speak(way, (connection, done) => connection.send(envelope, content, done))
    return { kind: 'taken' }
  } catch (error) {
    return failureOf(error, handedOver)
  }
}

async function compose({ from }: MailWay, mail: Mail) {
  const composed = new MailComposer({
    from,
    to: { name: '', address: mail.to },
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: mail.body,
    html: mail.html,
    ...(mail.letter === null
      ? {}
      : {
          attachments: [
            { filename: mail.letter.name, content: Buffer.from(mail.letter.pdf), contentType: 'application/pdf' },
          ],
        }),
    messageId: `<${mail.messageId}>`,
    headers: {
      'Content-Language': mail.language,
      'Auto-Submitted': 'auto-generated',
      ...(mail.unsubscribe === null ? {} : oneClick(mail.unsubscribe)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  return { message: await composed.build(), envelope: composed.getEnvelope() }
}

/** The headers of RFC 8058: mail programs show a button, and post to the address when it is pressed. */
const oneClick = (address: string) => ({
  'List-Unsubscribe': { prepared: true, foldLines: false, value: `<${address}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

type Done = (error?: Error | null) => void

/** One connection for one errand; ends with it, or throws what went wrong. */
function speak({ smtpUrl }: MailWay, errand: (connection: SMTPConnection, done: Done) => void): Promise<void> {
  const { auth, ...options } = parseConnectionUrl(smtpUrl)
  const connection = new SMTPConnection({
    // A password is not sent in the clear unless the operator wrote ?ignoreTLS=true.
    ...(auth === undefined ? {} : { requireTLS: true }),
    ...options,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: SOCKET_MS_MAX,
  })
  return new Promise<void>((resolve, reject) => {
    const done: Done = (error) => {
      if (error === null || error === undefined) resolve()
      else reject(error)
    }
    connection.once('error', reject)
    connection.connect((error) => {
      if (error !== undefined && error !== null) return reject(error)
      if (auth === undefined) return errand(connection, done)
      connection.login({ credentials: { user: auth.user, pass: auth.pass } }, (refused) =>
        refused === null || refused === undefined ? errand(connection, done) : reject(refused),
      )
    })
  }).finally(() => connection.close())
}

const PERMANENT = 500
/** Enhanced status 5.7.x (RFC 3463): a matter of security or policy, so of ours and not of the address. */
const OUR_FAULT = /\b5\.7\.\d+/

function failureOf(error: unknown, handedOver: boolean): Handed {
  const problem = problemOf(error)
  const { responseCode, command, code } = factsOf(error)
  if (responseCode === undefined) return { kind: handedOver ? 'unknown' : 'later', problem }
  // Signing in fails for every message alike: nothing is wrong with this one.
  if (responseCode < PERMANENT || code === 'EAUTH') return { kind: 'later', problem }
  if (command === 'RCPT TO' && !OUR_FAULT.test(problem)) return { kind: 'no-such-address', problem }
  return { kind: 'refused', problem }
}

function factsOf(error: unknown): Readonly<{ responseCode?: number; command?: string; code?: string }> {
  if (!(error instanceof Error)) return {}
  return {
    ...('responseCode' in error && typeof error.responseCode === 'number' ? { responseCode: error.responseCode } : {}),
    ...('command' in error && typeof error.command === 'string' ? { command: error.command } : {}),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
  }
}

const problemOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_LENGTH_MAX)
