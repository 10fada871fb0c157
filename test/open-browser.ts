import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'

// One process would end with its first page.
const LONELY = new Set(['--single-process', '--no-zygote'])

/** A headless browser that comes with the packages: nothing has to be installed on the machine. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => !LONELY.has(arg)),
    headless: true,
  })
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds wrong with a page: one line for each rule, with the first place. Empty when nothing is. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(await axe)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0]?.target.join(' ')))`,
  )
}

/** How many pixels a page is wider than its window: 0 when nobody has to scroll sideways. */
export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`)
