import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { countRequests, settled } from './settled.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const WIDTH = 1280
const HEIGHT = 900
const PATIENCE_MS = 15_000

/** The Chromium that comes as a package: nothing has to be installed on the machine. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await sparticuz.executablePath()
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
}

/** A page of the app, and everything that went wrong or left the house while it was used. */
export type Visit = Readonly<{ page: Page; context: BrowserContext; complaints: () => readonly string[] }>

/** How somebody looks at the app; what is left out is English, light, 1280 by 900, and not signed in. */
export type Look = Readonly<{
  language?: string
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
  /** The visit whose sign-in is shared. */
  as?: Visit
}>

/** Opens a window on `address`; nothing of an earlier visit is known to it, unless it comes `as` that visit. */
export async function visit(browser: Browser, address: string, look: Look = {}): Promise<Visit> {
  const { language, colorScheme = 'light', width = WIDTH, height = HEIGHT, as } = look
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    colorScheme,
    reducedMotion: 'reduce',
    ...(as === undefined ? {} : { storageState: await as.context.storageState() }),
  })
  if (language !== undefined) {
    await context.addInitScript((spoken) => {
      localStorage.setItem('amends-preferences', JSON.stringify({ language: spoken }))
    }, language)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  countRequests(page)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (isExpected(message.text(), new URL(message.location().url, address).pathname)) return
    complaints.push(`${message.type()}: ${message.text()} ${message.location().url}`)
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== address) complaints.push(`asked ${url.origin}`)
  })
  return { page, context, complaints: () => complaints }
}

/** Answers that the browser itself reports, whatever the app makes of them: nobody signed in yet, a refused mapping or step. */
const isExpected = (text: string, path: string) =>
  (/^\/v1\/policies\/\w+\/check$/.test(path) && text.includes('status of 422')) ||
  (/^\/v1\/customers\/[^/]+\/gestures$/.test(path) && text.includes('status of 409')) ||
  (/^\/v1\/equality\/traits\/[a-z-]+$/.test(path) && text.includes('status of 400')) ||
  (path === '/v1/session' && text.includes('status of 401')) ||
  (path === '/v1/imports/preview' && text.includes('status of 422')) ||
  (/^\/v1\/cases\/[^/]+\/(commands|tellings|tellings\/letter|approvals\/[^/]+)$/.test(path) &&
    /status of (409|412)/.test(text))

type Violation = Readonly<{ id: string; nodes: readonly Readonly<{ html: string; failureSummary: string }>[] }>

/** What axe-core finds on the page as it is now, against WCAG 2.2 AA and its own best practices: one line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((done) => done.violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}

/** How many pixels the page is wider than its window: 0 when nobody has to scroll sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/**
 * What nobody should meet on these pages: a violation, sideways scrolling, another language, a complaint of the
 * browser. Each page is drawn anew and waited for. Empty when all is well.
 */
export async function faultsOf(visited: Visit, paths: readonly string[], language = 'en'): Promise<readonly string[]> {
  const { page } = visited
  const faults: string[] = []
  for (const path of paths) {
    await page.goto(path)
    await page.locator('h1').waitFor()
    await settled(page)
    faults.push(...(await violationsOf(page)).map((violation) => `${path} ${violation}`))
    const overflow = await overflowOf(page)
    if (overflow > 0) faults.push(`${path} is ${overflow} pixels too wide`)
    const spoken = await page.locator('html').getAttribute('lang')
    if (spoken !== language) faults.push(`${path} speaks ${spoken}`)
  }
  return [...faults, ...visited.complaints()]
}
