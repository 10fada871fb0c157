import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '../../src/core/time/instant.ts'
import { openBrowser, overflowOf, type Visit, violationsOf, visit } from '../browser.ts'
import { type MailingApp, startMailingApp } from '../mailing-app.ts'
import { onPage } from '../on-page.ts'
import { administrator } from '../open-firm.ts'
import { amends, until } from '../started-app.ts'

/** A day in the life of a service desk: everything that happens to twelve late orders, by hand and in a browser. */

const LATE = Array.from({ length: 12 }, (_, index) => `C-${index + 1}`)
const PHONE = { width: 375, height: 740 }

let firm: MailingApp
let browser: Browser
let lead: Visit
let agent: Visit

beforeAll(async () => {
  firm = await startMailingApp()
  browser = await openBrowser()
  lead = await visit(browser, firm.app.address)
  await lead.page.request.post('/v1/setup', { data: administrator })
  agent = await visit(browser, firm.app.address)
  const invited = await lead.page.request.post('/v1/people', {
    data: { email: 'agent@example.org', name: 'Simulated Agent', role: 'agent', teams: [] },
  })
  const token = String((await invited.json()).path).split('#')[1]
  await agent.page.request.post('/v1/join', { data: { token, password: 'five words in a row' } })
})
afterAll(async () => {
  await browser.close()
  await firm.close()
})

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await firm.ask(method, path, body)
  // biome-ignore lint/suspicious/noExplicitAny: each test reads of an answer what it is about.
  return { status: response.status, json: (await response.json()) as any }
}

const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

type Row = Readonly<{
  id: string
  customer: string
  closedAt: string | null
  failedRounds: number
  reason: string
  nextStep: string
}>
const queue = async (): Promise<readonly Row[]> => (await ask('GET', '/v1/cases?limit=100')).json.cases
const unfinished = async () => (await queue()).filter(({ closedAt }) => closedAt === null)

/** Two of the twelve are left for others than the agent's keyboard. */
async function leftOver(): Promise<readonly [Row, Row]> {
  const [one, other] = (await unfinished()).toSorted((a, b) => (a.customer < b.customer ? -1 : 1))
  if (one === undefined || other === undefined) throw new Error('nothing is left to do')
  return [one, other]
}

/** What somebody does with a case from her browser, one command after another; each must be taken. */
async function work({ page }: Visit, id: string, commands: readonly object[]): Promise<void> {
  for (const data of commands)
    expect((await page.request.post(`/v1/cases/${id}/commands`, { data })).status()).toBeLessThan(300)
}

const tell = async ({ page }: Visit, id: string, data: object): Promise<void> => {
  const told = await page.request.post(`/v1/cases/${id}/tellings`, { data })
  expect(await told.json()).toMatchObject({ id })
}
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString()

/** A phone on which no script runs. */
async function phone(): Promise<Page> {
  const context = await browser.newContext({
    baseURL: firm.app.address,
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
    const mails = firm.sink.taken.filter(({ to }) =>
      JSON.stringify(to).includes(`${customer.toLowerCase()}@example.org`),
    )
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
    expect(await unfinished()).toHaveLength(11 - done)
  }
})

test('the customer is told by keyboard: what is promised is read with its date, and an apology is meant', async () => {
  const [{ id, customer }] = await leftOver()
  const { page } = agent
  const hands = onPage(page)
  await hands.open(`/cases/${id}`, /./)
  await hands.shows('E-mail to')
  await page.keyboard.press('Control+Enter')
  await step('Take it on', page)
  await page.keyboard.press('e')
  await step('Apologise', page)
  await page.keyboard.press('r')
  await page.keyboard.press('Control+End')
  await page.keyboard.type('Wij bellen u.')
  await page.getByLabel('Due: Wij bellen u').fill(`${inDays(2).slice(0, 10)}T10:00`)
  await page.getByRole('textbox', { name: 'Answer', exact: true }).press('Backspace')
  await page.keyboard.type(' thuis op.')
  await page.getByLabel('Due: Wij bellen u thuis op').waitFor()
  await hands.shows(/^1 promise found\..* Simulated Agent answers for it\./)
  await page.keyboard.press('Control+Enter')
  await hands.shows(/Say whether this is the one apology for this failure\./)
  await page.getByLabel('It is the one apology for this failure').check()
  await page.keyboard.press('Control+Enter')
  await step('Agree the remedy', page)
  const { told, story } = (await ask('GET', `/v1/cases/${id}`)).json
  // On the clock of the firm, which is not that of the browser.
  expect(told.promises.at(-1)).toMatchObject({
    what: 'Wij bellen u thuis op',
    due: `${inDays(2).slice(0, 10)}T10:00:00.000Z`,
  })
  expect(JSON.stringify(story)).not.toContain('case:')
  await page.keyboard.press('r')
  await page.keyboard.press('1')
  await page.keyboard.press('Control+Enter')
  await hands.shows(/Pick at least two/)
  await page.keyboard.press('3')
  await hands.shows('Kies hoe wij dit rechtzetten')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await hands.shows('Sent: Choose a remedy.')
  await linkIn(customer, 'remedy')
})

test('a customer chooses a remedy on her phone, and the agent sees it at once', async () => {
  const [{ customer }] = await leftOver()
  const link = await linkIn(customer, 'remedy')
  const seen = await visit(browser, firm.app.address, { width: PHONE.width, height: PHONE.height })
  await seen.page.goto(link)
  expect(await violationsOf(seen.page)).toEqual([])
  expect(await overflowOf(seen.page)).toBe(0)
  expect(await seen.page.getByRole('radio', { checked: true }).count()).toBe(0)
  await seen.context.close()
  const page = await phone()
  await page.goto(link)
  await page.getByLabel('Wij doen alsnog wat was afgesproken').check()
  await page.getByRole('button', { name: 'Bevestigen' }).click()
  await page.getByRole('heading', { name: 'Genoteerd: Wij doen alsnog wat was afgesproken' }).waitFor()
  await page.context().close()
  await step('Fix it', agent.page)
})

test('what was put right goes wrong: she says no, and the case comes back before all others', async () => {
  const [{ id, customer }] = await leftOver()
  await tell(agent, id, { about: 'fix.done', how: 'Bezorgd.' })
  await tell(agent, id, { about: 'fix.confirmation' })
  const page = await phone()
  await page.goto(await linkIn(customer, 'answer'))
  await page.getByRole('button', { name: 'Nee, dat is het niet' }).click()
  await page.getByRole('heading', { name: 'Genoteerd: nee' }).waitFor()
  await page.context().close()
  const [first] = await queue()
  expect(first).toMatchObject({ id, reason: 'double deviation', failedRounds: 1, nextStep: 'acknowledge' })
  await onPage(lead.page).open('/cases', 'Cases')
  await lead.page.locator('[data-row]').first().locator(`xpath=self::*[@data-case="${id}"]`).waitFor()
})

test('a manager agrees by one key to more than the agent may give', async () => {
  const [, { id }] = await leftOver()
  await work(agent, id, [{ kind: 'acknowledge' }, { kind: 'own' }, { kind: 'apologise', isSpecific: true }])
  const remedy = { what: 'Het geld terug', fixBy: inDays(2), valueMinor: 8_900, form: 'refund' }
  await work(agent, id, [{ kind: 'agree remedy', remedy, reason: 'A wedding.' }])
  await onPage(lead.page).open('/cases', 'Cases')
  await onPage(lead.page).shows('Waits for your answer: 1')
  await onPage(lead.page).open(`/cases/${id}`, /./)
  await lead.page.getByRole('heading', { name: 'Simulated Agent asks for €89' }).waitFor()
  await lead.page.keyboard.press('y')
  await onPage(lead.page).shows(/^Agreed: Het geld terug/)
  expect((await queue()).find((one) => one.id === id)).toMatchObject({ nextStep: 'fix' })
})

test('another leaves through the public page in two steps, and the acknowledgement is in her mailbox', async () => {
  const leaver = (await leftOver()).some(({ customer }) => customer === 'C-1') ? 'C-5' : 'C-1'
  const reference = `AB-${LATE.indexOf(leaver)}`
  const page = await phone()
  await page.goto('/leave')
  await page.getByLabel('Opzeggen', { exact: false }).first().check()
  await page.getByLabel('Contract- of bestelnummer').fill(reference)
  await page.getByLabel('E-mailadres voor de bevestiging').fill(`${leaver.toLowerCase()}@example.org`)
  await page.getByRole('button', { name: 'Hier opzeggen of herroepen' }).click()
  await page.getByRole('button', { name: 'Opzegging bevestigen' }).click()
  await page.getByRole('heading', { name: 'Wij hebben uw bericht ontvangen' }).waitFor()
  const number = /E-\w{5}-\w{5}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? ''
  const mail = await until(async () => firm.sink.taken.find(({ text }) => text?.includes(number)))
  expect(mail.text).toContain(`Opzegging, ${reference}`)
  await page.context().close()

  // A marketing tool asks about all of them the same evening.
  const { json } = await ask('POST', '/v1/decisions/contacts', {
    customers: LATE,
    purpose: 'cross-sell',
    channel: 'email',
  })
  const [reopened, agreed] = await leftOver()
  const rulesOf = (customer: string): readonly string[] =>
    json.decisions
      .find((one: { customer: string }) => one.customer === customer)
      .spoke.map(({ rule }: { rule: string }) => rule)
  expect(rulesOf(reopened.customer)).toEqual(expect.arrayContaining(['open-failure', 'double-deviation']))
  expect(rulesOf(agreed.customer)).toContain('open-failure')
  expect(rulesOf(leaver)).toContain('exit')
  const others = LATE.filter((one) => ![reopened.customer, agreed.customer, leaver].includes(one))
  expect(others.flatMap(rulesOf).filter((rule) => ['open-failure', 'double-deviation', 'exit'].includes(rule))).toEqual(
    [],
  )
})

test('at the end of the day the log proves every state, and nothing went wrong in a browser', async () => {
  const verified = await amends(firm.directory, ['verify', '--json'])
  expect(JSON.parse(verified.stdout)).toMatchObject({ customers: 12, differences: 0 })
  const chained = await amends(firm.directory, ['audit', 'verify', '--json'])
  expect(chained.code).toBe(0)
  expect([...lead.complaints(), ...agent.complaints()]).toEqual([])
})
