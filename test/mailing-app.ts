import { type SmtpSink, smtpSink } from './smtp-sink.ts'
import {
  askWith,
  freePort,
  freshDirectory,
  makeKey,
  removeDirectory,
  type StartedApp,
  startApp,
} from './started-app.ts'

/** A running Amends that sends its mail to a server of the test, and whose public pages are at its own address. */
export type MailingApp = Readonly<{
  app: StartedApp
  sink: SmtpSink
  directory: string
  /** Asks the API with a key that may do everything. */
  ask: (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Response>
  close: () => Promise<void>
}>

/** Starts one on a directory of its own. Always `close` it. */
export async function startMailingApp(): Promise<MailingApp> {
  const sink = await smtpSink()
  const directory = await freshDirectory()
  const port = await freePort()
  const env = {
    AMENDS_SMTP_URL: sink.url,
    AMENDS_MAIL_FROM: 'Service <service@firm.example>',
    AMENDS_PUBLIC_URL: `http://127.0.0.1:${port}`,
  }
  const app = await startApp({ directory, port, env })
  const key = await makeKey(directory)
  return {
    app,
    sink,
    directory,
    ask: (method, path, body, headers) => askWith({ address: app.address, key }, method, path, body, headers),
    close: async () => {
      await app.stop()
      await sink.close()
      await removeDirectory(directory)
    },
  }
}
