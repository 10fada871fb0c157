import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, overflowOf, violationsOf, visit } from '../browser.ts'
import { type MailingApp, startMailingApp } from '../mailing-app.ts'
import { until } from '../started-app.ts'

let firm: MailingApp
let ask: MailingApp['ask']
let browser: Browser

beforeAll(async () => {
  firm = await startMailingApp()
  ask = firm.ask
  browser = await openBrowser()
  // Nobody is held out: who is asked here is asked.
  const live = await (await ask('GET', '/v1/policies/contact')).json()
  const { policy, version } = live as { policy: object; version: number }
  const changed = { ...policy, neverAskedShare: 0 }
  const put = await ask(
    'PUT',
    '/v1/policies/contact',
    { policy: changed, note: 'for a test' },
    { 'if-match': `"${version}"` },
  )
  expect(put.status).toBe(200)
})
afterAll(async () => {
  await browser.close()
  await firm.close()
})

/** Asks a new customer, and answers the link in the mail that arrives. */
async function linkFor(customer: string, kind: string): Promise<string> {
  const at = '2026-01-05T10:00:00Z'
  const consent = { channel: 'email', purpose: 'survey', granted: true }
  await ask('POST', '/v1/events', [
    { id: '1', customer, type: 'customer.profiled', at, data: { email: `${customer}@example.org`, locale: 'nl' } },
    { id: '2', customer, type: 'consent.changed', at, data: consent },
  ])
  const invited = await (await ask('POST', '/v1/surveys/invitations', { customer, kind })).json()
  expect(invited).toMatchObject({ invited: true, mailed: true })
  const mail = await until(async () =>
    firm.sink.taken.find(({ to }) => JSON.stringify(to).includes(`${customer}@example.org`)),
  )
  return /http\S+\/survey\/[^\s&]+$/m.exec(mail.text ?? '')?.[0] ?? ''
}

test('a customer taps an answer in her mail, sends it with one press and adds words, on a phone without scripts', async () => {
  const link = await linkFor('C-1', 'ces')
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${link}&score=6`)
  await page.getByRole('heading', { name: 'Hoe makkelijk hebben wij het u gemaakt?' }).waitFor()
  await page.getByRole('button', { name: '6 versturen' }).click()
  await page.getByRole('heading', { name: 'Dank u. Uw antwoord: 6' }).waitFor()
  await page.getByLabel('Wilt u er iets bij zeggen?').fill('Zo hoort het.')
  await page.getByRole('button', { name: 'Toevoegen' }).click()
  await page.getByText('Toegevoegd.').waitFor()
  await page.goto(link)
  await page.getByRole('heading', { name: 'Dank u. Uw antwoord: 6' }).waitFor()
  await context.close()
})

test.each([
  ['nps', 'light'],
  ['attachment', 'dark'],
] as const)('the page of %s is without fault in the %s', async (kind, colorScheme) => {
  const link = await linkFor(`C-${kind}`, kind)
  const { page, context, complaints } = await visit(browser, firm.app.address, { colorScheme, width: 360 })
  await page.goto(link)
  await page.locator('h1').waitFor()
  expect([...(await violationsOf(page)), await overflowOf(page), ...complaints()]).toEqual([0])
  await context.close()
})
