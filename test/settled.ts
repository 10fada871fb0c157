import type { Page, Request } from 'playwright-core'
import { until } from './started-app.ts'

const asked = new WeakMap<Page, Set<Request>>()

/** Counts from now on what a page asks for and has not got. */
export function countRequests(page: Page): void {
  const open = new Set<Request>()
  asked.set(page, open)
  page.on('request', (request) => open.add(request))
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Two frames: what an answer changes is drawn in the first, and what that asks for has left by the second. */
const drawn = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')

/** Waits until the page has every answer that it asked for, has drawn them, and asked for nothing after. */
export async function settled(page: Page): Promise<void> {
  const open = asked.get(page)
  if (open === undefined) throw new Error('nobody counts what this page asks for: open it with visit()')
  await until(
    async () => {
      if (open.size > 0) return false
      await drawn(page)
      return open.size === 0 && (await page.locator('[aria-busy=true]').count()) === 0
    },
    { pause: 20 },
  )
}
