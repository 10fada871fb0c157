import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { settled } from '../settled.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  const env = {
    AMENDS_SMTP_URL: 'smtp://127.0.0.1:9',
    AMENDS_MAIL_FROM: 'service@firm.example',
    AMENDS_PUBLIC_URL: 'https://service.firm.example',
  }
  firm = await openFirm({ customers: 60, env })
  page = firm.visit.page
  hands = onPage(page)
  const sent = await page.request.post('/v1/events', {
    data: [
      { id: '1', type: 'customer.profiled', data: { name: 'Ada Visser', email: 'ada@example.org', locale: 'nl' } },
      { id: '2', type: 'order.placed', data: { order: 'o', value: 5_000, currency: 'EUR' } },
    ].map((event) => ({ ...event, customer: 'ada', source: 'crm', at: new Date(Date.now() - 60_000).toISOString() })),
  })
  expect(sent.status()).toBe(200)
})
afterAll(() => firm.close())

test('a rule is tried on what happened, made live, and told as the version that it is', async () => {
  await hands.open('/gestures?view=rules', 'Gestures')
  await hands.shows('Nothing is given by itself: none of the rules is on.')
  await hands.shows('Turn on a rule to try it.')
  await page.getByLabel('Move: gives by itself').click()
  await page.getByLabel('Move: Cost of one, EUR').fill('0')
  await hands.shows('A voucher needs an amount, and none costs more than one gesture may.')
  await page.getByLabel('Move: Cost of one, EUR').fill('7.50')
  await page.getByLabel('Move: Gesture').selectOption('card')
  await hands.click('Try the rules')
  await page.getByRole('row', { name: /Move \d+/ }).waitFor()
  await page.getByLabel('Why').fill('A card for a new home')
  await hands.click('Make it live')
  await hands.shows(/Version 1 is live\./)
  const { policy } = await (await page.request.get('/v1/policies/gesture')).json()
  expect(policy.rules.move).toMatchObject({ on: true, gesture: 'card', costMinor: 750 })
})

test('a card is asked for from the page of the customer, refused again in the months of rest, done, and taken back', async () => {
  await hands.open('/customers/ada', /Ada/)
  await page.locator('summary', { hasText: 'Make a gesture' }).click()
  await page.getByLabel('What it costs, EUR').fill('5')
  await page.getByLabel('Why', { exact: true }).fill('Opened a shop')
  await hands.click('Put on the list')
  await hands.shows('It is on the list of what is to do.')
  await page.getByLabel('Why', { exact: true }).fill('Once more')
  await hands.click('Put on the list')
  await hands.shows('Not now: had a gesture lately.')
  await hands.open('/gestures', 'Gestures')
  await hands.shows('1 task waits for a person. €245 of €250 is left this month.')
  await hands.shows('Opened a shop')
  await hands.click('Done: Handwritten card, Ada Visser')
  await hands.shows('Ada Visser: Written down as done.')
  await page.getByRole('row', { name: /Ada Visser Handwritten card By hand Opened a shop €5 Administrator/ }).waitFor()
  await hands.click('Undo')
  await hands.shows('Ada Visser: Is to do again.')
  await hands.click('Cannot be done: Handwritten card, Ada Visser')
  await hands.shows('Nothing is to do by hand. €250 of €250 is left this month.')
})

test('a moment is written down with its day, and waits for it', async () => {
  await hands.open('/customers/ada', /Ada/)
  await page.locator('summary', { hasText: 'Write down a moment' }).click()
  await page.getByLabel('Told by the customer or the family').selectOption('birthday')
  await page.getByLabel('On which day').fill('1980-06-20')
  await hands.click('Save')
  await hands.shows('20 Jun 1980')
  await page.getByLabel('Told by the customer or the family').selectOption('move')
  await page.getByLabel('On which day').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
  await hands.click('Save')
  await settled(page)
  await hands.open('/gestures', 'Gestures')
  await page.getByRole('row', { name: /Move 1 0 0/ }).waitFor()
})

test.each([
  ['en', 'light', 1440],
  ['nl', 'dark', 390],
  ['ru', 'light', 390],
] as const)('in %s, %s and %d pixels wide the pages can be used by everybody', async (language, colorScheme, width) => {
  const other = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  expect(await faultsOf(other, ['/gestures', '/gestures?view=rules', '/customers/ada'], language)).toEqual([])
  await other.context.close()
})

test('nothing went wrong on the way', () => expect(firm.visit.complaints()).toEqual([]))
