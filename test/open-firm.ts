import type { Browser } from 'playwright-core'
import { openBrowser, type Visit, visit } from './browser.ts'
import { amends, freshDirectory, removeDirectory, type StartedApp, startApp } from './started-app.ts'

/** Who may sign in to a firm that a test opened. */
export const administrator = {
  name: 'Administrator',
  email: 'administrator@example.org',
  password: 'four words in a row',
}

/** A running Amends with a simulated firm in it, and a browser in which the administrator is signed in. */
export type OpenFirm = Readonly<{ app: StartedApp; browser: Browser; visit: Visit; close: () => Promise<void> }>

/** Which firm; what is left out is a shop of 200 customers over 18 months. No customers: an empty installation. */
export type FirmWish = Readonly<{
  customers?: number
  months?: number
  kind?: 'shop' | 'contract'
  /** What the environment says beside. */
  env?: Readonly<Record<string, string>>
  /** False for a first visit: nobody is set up yet. */
  signedIn?: boolean
}>

/** Starts Amends on a directory of its own, and signs in. Always `close` it. */
export async function openFirm({
  customers = 200,
  months = 18,
  kind = 'shop',
  signedIn = true,
  env = {},
}: FirmWish = {}): Promise<OpenFirm> {
  const directory = await freshDirectory()
  if (customers > 0) {
    const size = ['--customers', String(customers), '--months', String(months), '--seed', '1', '--kind', kind]
    const { code, stderr } = await amends(directory, ['simulate', ...size, '--json'])
    if (code !== 0) throw new Error(`the firm was not made: ${stderr}`)
  }
  const app = await startApp({ directory, env })
  const browser = await openBrowser()
  const window = await visit(browser, app.address)
  if (signedIn) await window.page.request.post('/v1/setup', { data: administrator })
  const close = async () => {
    await browser.close()
    await app.stop()
    await removeDirectory(directory)
  }
  return { app, browser, visit: window, close }
}
