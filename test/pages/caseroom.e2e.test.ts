import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, type Visit, visit } from '../browser.ts'
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
  await page.keyboard.press('n')
  await page.keyboard.press('Enter')
  await hands.shows('Say why you refuse: whoever asked has to go on from it.')
  await page.keyboard.type('Ask the carrier first.')
  await page.keyboard.press('Enter')
  await hands.shows(/Ask the carrier first\./)
  await onPage(agent.page).shows(/by Administrator: Ask the carrier first\./)
  await hands.open(`/cases/${agreed}`, /./)
  await page.keyboard.press('y')
  await hands.shows(/^Agreed: The money back/)
  await hands.open('/cases', 'Cases')
  expect(await page.getByText('Waits for your answer').count()).toBe(0)
})

test('nothing went wrong in the browser meanwhile', () => {
  expect([...firm.visit.complaints(), ...agent.complaints()]).toEqual([])
})
