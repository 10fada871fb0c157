import { once } from 'node:events'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** Where in the talk a mail is. `data` comes after the whole message and before the answer. */
export type Stage = 'connect' | 'mail' | 'rcpt' | 'data'

/** A real mail server that keeps what it takes. */
export type SmtpSink = Readonly<{
  url: string
  taken: readonly ParsedMail[]
  /** Called at each stage; what it throws is the answer, and until it is done there is none. */
  at: { stage: (stage: Stage) => Promise<void> }
  close: () => Promise<void>
}>

/** An SMTP answer to throw, such as 550. */
export const smtpAnswer = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code })

/** Starts a mail server on a free port. */
export async function smtpSink(): Promise<SmtpSink> {
  const taken: ParsedMail[] = []
  const at: SmtpSink['at'] = { stage: async () => undefined }
  const reach = (stage: Stage, answer: (error?: Error) => void, before?: () => void) => {
    at.stage(stage).then(
      () => {
        before?.()
        answer()
      },
      (error: Error) => answer(error),
    )
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onConnect: (_session, answer) => reach('connect', answer),
    onMailFrom: (_address, _session, answer) => reach('mail', answer),
    onRcptTo: (_address, _session, answer) => reach('rcpt', answer),
    onData: (stream, _session, answer) => {
      simpleParser(stream).then(
        (mail) => reach('data', answer, () => taken.push(mail)),
        (error: Error) => answer(error),
      )
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    taken,
    at,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
