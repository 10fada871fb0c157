import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { until } from '../started-app.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 20, months: 6 })
  page = firm.visit.page
  hands = onPage(page)
  for (const reference of ['what I bought', 'my other thing'])
    await page.request.post('/leave/confirm', { form: { kind: 'withdraw', reference, email: 'somebody@example.org' } })
})
afterAll(() => firm.close())

test('a notice in which nobody was recognised is given to a customer, settled, and done', async () => {
  const [someone] = await customersOf(page)
  await hands.open('/exits', 'Exits')
  await hands.shows('2 notices in twelve months; 2 of them not recognised yet.')
  await page.locator('summary', { hasText: 'what I bought' }).click()
  await page.getByLabel('Whose notice is it? Customer key').fill('nobody at all')
  await hands.click('It is this customer')
  await hands.shows(/No event has named this customer/)
  await page.getByLabel('Whose notice is it? Customer key').fill(someone?.customer ?? '')
  await hands.click('It is this customer')
  await hands.shows('at once')
  await page.getByLabel(/^Paid back/).fill('7.40')
  await page.getByLabel('Vouchers').selectOption({ label: 'stay valid' })
  await page.getByRole('button', { name: 'Settled' }).click()
  await hands.click('The customer has the data')
  await page.getByRole('button', { name: 'The customer has the data' }).waitFor({ state: 'detached' })
  await hands.shows(/2 notices in twelve months; 1 of them/)
})

test('a customer who says so to one of us leaves from the own page, confirmed at once', async () => {
  const someone = (await customersOf(page)).filter(({ left }) => !left).at(-1)
  await hands.open(`/customers/${encodeURIComponent(someone?.customer ?? '')}`, /./)
  await hands.shows('Letting go is not proposed: an honest repair comes first.')
  await page.locator('summary', { hasText: 'Take a notice of leaving' }).click()
  await page.getByLabel('Reason, if one was given').fill('Moves abroad')
  await hands.click('Take the notice, confirm it')
  await hands.shows(/Taken and confirmed: E-\w{5}-\w{5}, ends /)
  await hands.shows(/The customer asked to leave: no offer, and the way out is open\./)
  await page.getByRole('link', { name: 'Settle it under Exits' }).first().click()
  await hands.shows(/3 notices in twelve months/)
})

test('what fixed terms hold back is told once it was worked out', async () => {
  const at = new Date(Date.now() - 60_000).toISOString()
  const fixedUntil = new Date(Date.now() + 45 * 86_400_000).toISOString()
  const bound = { id: 't', customer: 'bound', source: 'crm', type: 'subscription.started', at }
  await page.request.post('/v1/events', { data: [{ ...bound, data: { subscription: 's', fixedUntil } }] })
  expect((await page.request.post('/v1/checks/runs')).status()).toBe(202)
  await until(async () => (await (await page.request.get('/v1/forecasts/terms')).json()).bound >= 1)
  await hands.open('/exits', 'Exits')
  await hands.shows(/^\d+ customers? (is|are) held by a fixed term\.$/)
  await page.getByRole('heading', { name: 'When fixed terms end' }).waitFor()
})

test('the functions of the law follow the country, and the links for the website say the words of the law', async () => {
  await hands.open('/exits/ways', 'Ways to leave')
  await hands.shows(/>Verträge hier kündigen<\/a>/)
  await hands.shows(/>Vertrag widerrufen<\/a>/)
  await page.getByLabel('Country of your customers').fill('ru')
  await hands.click('Save')
  await page.getByText(/>Vertrag widerrufen<\/a>/).waitFor({ state: 'detached' })
  await page.getByRole('group', { name: 'Withdrawal function' }).getByText('on', { exact: true }).click()
  await hands.shows(/>Vertrag widerrufen<\/a>/)
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'dark', 390],
  ['ru', 'light', 390],
] as const)(
  'in %s, %s and %i wide, the page has no fault, with its lines opened neither',
  async (language, colorScheme, width) => {
    const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
    expect(await faultsOf(seen, ['/exits/ways', '/exits'], language)).toEqual([])
    for (const summary of await seen.page.locator('summary').all()) await summary.click()
    await seen.page.locator('.whole').first().waitFor()
    expect(await violationsOf(seen.page)).toEqual([])
    await seen.context.close()
  },
)
