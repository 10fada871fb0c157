import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openBrowser, overflowOf, type Visit, violationsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { administrator } from '../open-firm.ts'
import { type SmtpSink, smtpSink } from '../smtp-sink.ts'
import {
  amends,
  freePort,
  freshDirectory,
  makeKey,
  removeDirectory,
  type StartedApp,
  startApp,
  until,
} from '../started-app.ts'

/** A day in the life of a service desk: everything that happens to twelve late orders, by hand and in a browser. */

const DAY_MS = 86_400_000
const LATE = Array.from({ length: 12 }, (_, index) => `C-${index + 1}`)
const PHONE = { width: 375, height: 740 }

let sink: SmtpSink
let directory: string
let app: StartedApp
let browser: Browser
let lead: Visit
let agent: Visit
let key: string

beforeAll(async () => {
  await buildWeb()
  sink = await smtpSink()
  directory = await freshDirectory()
  const port = await freePort()
  const env = {
    AMENDS_SMTP_URL: sink.url,
    AMENDS_MAIL_FROM: 'Service <service@firm.example>',
    AMENDS_PUBLIC_URL: `http://127.0.0.1:${port}`,
  }
  app = await startApp({ directory, port, env })
  key = await makeKey(directory)
  browser = await openBrowser()
  lead = await visit(browser, app.address)
  await lead.page.request.post('/v1/setup', { data: administrator })
  agent = await visit(browser, app.address)
  const invited = await lead.page.request.post('/v1/people', {
    data: { email: 'agent@example.org', name: 'Simulated Agent', role: 'agent', teams: [] },
  })
  const token = String((await invited.json()).path).split('#')[1]
  await agent.page.request.post('/v1/join', { data: { token, password: 'five words in a row' } })
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await sink.close()
  await removeDirectory(directory)
})

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${app.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: await response.json() }
}

const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

/** The name of the case of a customer. */
async function caseOf(customer: string): Promise<string> {
  const { json } = await ask('GET', `/v1/cases?customer=${customer}&limit=100`)
  const found = json.cases.find((one: { customer: string }) => one.customer === customer)
  return String(found.id)
}

/** A phone on which no script runs. */
async function phone(): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.address,
    viewport: PHONE,
    locale: 'nl-NL',
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

/** The link of a kind in the newest mail to a customer that has one. */
const linkIn = (customer: string, of: 'remedy' | 'answer'): Promise<string> =>
  until(async () => {
    const mails = sink.taken.filter(({ to }) => JSON.stringify(to).includes(`${customer.toLowerCase()}@example.org`))
    return mails.flatMap(({ text }) => new RegExp(`/${of}/\\S+`).exec(text ?? '')?.[0] ?? []).at(-1)
  })

const step = (name: string, page: Page) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor()

test('late orders arrive, and each opens one case', async () => {
  const events = LATE.flatMap((customer, index) => {
    const order = { order: `o-${customer}`, value: 8_900, currency: 'EUR', promisedAt: ago(4) }
    const profile = { email: `${customer.toLowerCase()}@example.org`, locale: 'nl', name: 'Marieke' }
    const consent = { channel: 'email', purpose: 'cross-sell', granted: true }
    return [
      { id: `p-${index}`, customer, type: 'customer.profiled', at: ago(400), data: profile },
      { id: `s-${index}`, customer, type: 'subscription.started', at: ago(400), data: { subscription: `AB-${index}` } },
      { id: `c-${index}`, customer, type: 'consent.changed', at: ago(400), data: consent },
      { id: `o-${index}`, customer, type: 'order.placed', at: ago(8), data: order },
      {
        id: `d-${index}`,
        customer,
        type: 'order.delivered',
        at: ago(1),
        data: { order: order.order, promisedAt: ago(4), deliveredAt: ago(1) },
      },
    ].map((event) => ({ source: 'shop', ...event }))
  })
  expect((await ask('POST', '/v1/events', events)).json).toMatchObject({ accepted: 60, rejected: 0 })
  await onPage(agent.page).open('/cases', 'Cases')
  await onPage(agent.page).shows(/^12 open/)
})

test('an agent works ten of them by keyboard alone', async () => {
  const { page } = agent
  const hands = onPage(page)
  const keys = async (...pressed: readonly string[]) => {
    for (const one of pressed) await page.keyboard.press(one)
  }
  for (const done of LATE.slice(2).keys()) {
    await hands.open('/cases', 'Cases')
    await page.locator('[data-row]').first().waitFor()
    await keys('j', 'Enter')
    await step('Acknowledge', page)
    await keys('a', 'e')
    await step('Take it on', page)
    await keys('e')
    await step('Apologise', page)
    await keys('e', 'Space', 'e')
    await step('Agree the remedy', page)
    await keys('e')
    await page.keyboard.type('An answer, and no more waiting')
    await keys('Enter')
    await step('Fix it', page)
    await keys('e')
    await page.keyboard.type('Delivered')
    await keys('Enter')
    await step('Have it confirmed', page)
    await keys('e', 'Space', 'e')
    await step('Close', page)
    await keys('e')
    await page.keyboard.type('carrier late')
    await keys('Enter')
    await step('Follow up', page)
    const { json } = await ask('GET', '/v1/cases?limit=100')
    expect(json.cases.filter((one: { closedAt: string | null }) => one.closedAt === null)).toHaveLength(11 - done)
  }
})
