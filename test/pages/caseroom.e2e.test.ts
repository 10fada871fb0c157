import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, type Visit, violationsOf, visit } from '../browser.ts'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
let agent: Visit
let customers: readonly string[]
beforeAll(async () => {
  firm = await openFirm({ customers: 20, months: 6 })
  page = firm.visit.page
  hands = onPage(page)
  customers = (await customersOf(page)).map(({ customer }) => customer)
  agent = await visit(firm.browser, firm.app.address)
  const data = { email: 'agent@example.org', name: 'Simulated Agent', role: 'agent', teams: [] }
  const invited = await (await page.request.post('/v1/people', { data })).json()
  const token = String(invited.path).split('#')[1]
  await agent.page.request.post('/v1/join', { data: { token, password: 'five words in a row' } })
})
afterAll(() => firm.close())

/** A case in which the agent has asked for more than she may give. */
async function askedFor(customer: string): Promise<string> {
  const asked = { customer, severity: 'major', category: 'late delivery', lossMinor: 6400, currency: 'EUR' }
  const { id } = await (await agent.page.request.post('/v1/cases', { data: asked })).json()
  const remedy = { what: 'The money back', fixBy: null, valueMinor: 9_000, form: 'refund' }
  for (const data of [
    { kind: 'acknowledge' },
    { kind: 'own' },
    { kind: 'apologise', isSpecific: true },
    { kind: 'agree remedy', remedy, reason: 'A wedding.' },
  ]) {
    expect((await agent.page.request.post(`/v1/cases/${id}/commands`, { data })).ok()).toBe(true)
  }
  return id
}

test('a second person answers from the inbox by keyboard, and whoever asked sees it live', async () => {
  const refused = await askedFor(customers[0] ?? '')
  const agreed = await askedFor(customers[1] ?? '')
  await onPage(agent.page).open(`/cases/${refused}`, /./)
  await onPage(agent.page).shows('You asked. Somebody else answers; this page shows it by itself.')
  await hands.open('/cases', 'Cases')
  await hands.shows('2 to answer')
  await hands.shows('Waits for your answer: 2')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Simulated Agent asks for €90' }).waitFor()
  await hands.shows(/The limit of this case: €0 given, €50 allowed/)
  expect(await faultsOf(firm.visit, [`/cases/${refused}`])).toEqual([])
  await page.getByRole('heading', { name: 'Simulated Agent asks for €90' }).waitFor()
  await page.keyboard.press('n')
  await page.locator('input:focus').waitFor()
  await page.keyboard.press('Enter')
  await hands.shows('Say why you refuse: whoever asked has to go on from it.')
  await page.keyboard.type('Ask the carrier first.')
  await page.keyboard.press('Enter')
  await hands.shows(/Ask the carrier first\./)
  await onPage(agent.page).shows(/by Administrator: Ask the carrier first\./)
  await hands.open(`/cases/${agreed}`, /./)
  await page.getByRole('heading', { name: 'Simulated Agent asks for €90' }).waitFor()
  await page.keyboard.press('y')
  await hands.shows(/^Agreed: The money back/)
  await hands.open('/cases', 'Cases')
  expect(await page.getByText('Waits for your answer').count()).toBe(0)
})

test('a case is opened by hand: the rule proposes how bad it is, and what is open of the same order is offered', async () => {
  const customer = customers[2] ?? ''
  await hands.open(`/customers/${encodeURIComponent(customer)}`, /./)
  await page.keyboard.press('c')
  await hands.heading('Open a case')
  await page.getByLabel('What went wrong').fill('billing')
  await page.getByLabel('Order').fill('o-77')
  await page.getByLabel('What it cost the customer').fill('60')
  await hands.shows('The rule proposes: major.')
  await page.getByLabel('How bad').selectOption('critical')
  await page.getByLabel('Why another severity').fill('Her rent depends on it.')
  expect(await violationsOf(page)).toEqual([])
  await hands.click('Open the case, start the clocks')
  await hands.shows('Her rent depends on it.')
  await page.keyboard.press('h')
  await page.getByLabel('To whom').selectOption({ label: 'Simulated Agent' })
  await page.getByLabel('What they should know').fill('She wants no calls.')
  await hands.click('Hand it over')
  await hands.shows('With Simulated Agent')
  await hands.shows('She wants no calls.')
  await hands.shows('Given to Simulated Agent')
  // The note stays; who has the case is as before, by one key.
  await hands.shows('Given to Simulated Agent.')
  await page.keyboard.press('z')
  await hands.shows('With nobody')
  await hands.shows('She wants no calls.')
  await hands.open(`/cases/new?customer=${encodeURIComponent(customer)}`, 'Open a case')
  await page.getByLabel('Order').fill('o-77')
  await page.getByRole('alert').getByRole('link', { name: 'Go to its case' }).click()
  await hands.shows('She wants no calls.')
})

test('nothing went wrong in the browser meanwhile', () => {
  expect([...firm.visit.complaints(), ...agent.complaints()]).toEqual([])
})
