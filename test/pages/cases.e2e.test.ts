import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, visit } from '../browser.ts'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
const ids: string[] = []
beforeAll(async () => {
  firm = await openFirm({ customers: 20, months: 6 })
  page = firm.visit.page
  hands = onPage(page)
  for (const { customer } of (await customersOf(page)).slice(0, 3)) {
    const opened = await page.request.post('/v1/cases', {
      data: { customer, severity: 'major', category: 'late delivery', lossMinor: 6400, currency: 'EUR' },
    })
    expect(opened.status()).toBe(201)
    ids.push((await opened.json()).id)
  }
})
afterAll(() => firm.close())

const keys = async (...pressed: readonly string[]) => {
  for (const key of pressed) await page.keyboard.press(key)
}
const step = (name: string, of: Page = page) => of.getByRole('heading', { level: 2, name, exact: true }).waitFor()

test('the queue says why each case stands where it stands, and that none is late', async () => {
  await hands.open('/', 'Overview')
  await keys('g', 'q')
  await hands.heading('Cases')
  await hands.shows(/^3 open, none late, (\d|none) due within four hours$/)
  await hands.shows(/a minute$/)
  await hands.choose('Late 0')
  await expect.poll(() => page.locator('.empty').textContent()).toBe('No case is late.')
})

test('an agent works a case by keyboard alone, from acknowledging to closing', async () => {
  await hands.open('/cases', 'Cases')
  await page.locator('[data-row]').first().waitFor()
  await keys('j', 'a')
  await page.locator('[data-row]', { hasText: 'you' }).waitFor()
  await keys('e')
  await page.locator('[data-row]:focus', { hasText: 'Take it on' }).waitFor()
  await keys('Enter')
  await step('Take it on')
  await keys('e')
  await step('Apologise')
  await keys('e', 'e')
  await hands.shows('An apology names what went wrong.')
  await keys('Space', 'e')
  await step('Agree the remedy')
  await keys('e')
  await page.keyboard.type('A new parcel')
  await keys('Tab', 'ControlOrMeta+a')
  await page.keyboard.type('1')
  await keys('Enter')
  await hands.shows('The amount lies outside of the proposed range. Say why.')
  await keys('ControlOrMeta+a')
  await page.keyboard.type('64')
  await keys('Enter')
  await step('Fix it')
  await keys('e')
  await page.keyboard.type('Sent again')
  await keys('Enter')
  await step('Compensate')
  await keys('e', 'Enter')
  await step('Have it confirmed')
  await keys('e', 'Space', 'e')
  await step('Close')
  await keys('e', 'Enter')
  await hands.shows('Say what caused it before you close.')
  await page.keyboard.type('carrier late')
  await keys('Enter')
  await step('Follow up')
  await hands.shows('Done: Close.')
})

test('of two agents one wins; the other is told what happened and keeps what was typed', async () => {
  const other = await visit(firm.browser, firm.app.address, { as: firm.visit })
  const id = ids.at(-1) ?? ''
  await hands.open(`/cases/${id}`, /./)
  await onPage(other.page).open(`/cases/${id}`, /./)
  for (const kind of ['acknowledge', 'own']) {
    await page.request.post(`/v1/cases/${id}/commands`, { data: { kind } })
  }
  await page.request.post(`/v1/cases/${id}/commands`, { data: { kind: 'apologise', isSpecific: true } })
  await step('Agree the remedy')
  await step('Agree the remedy', other.page)
  await other.page.getByLabel('What the customer gets').fill('A slower answer')
  // The other window does not hear of it before it sends.
  await other.page.route('**/v1/cases/changes*', (route) => route.abort())
  await page.getByLabel('What the customer gets').fill('A faster answer')
  await keys('Enter')
  await step('Fix it')
  await other.page.keyboard.press('Enter')
  await onPage(other.page).shows('Somebody else was faster')
  await onPage(other.page).shows(/Meanwhile this happened/)
  expect(await other.page.getByLabel('What the customer gets').inputValue()).toBe('A slower answer')
  await other.context.close()
})

test('whoever comes to the queue sees its first case beside it, until it is closed', async () => {
  await hands.open('/cases', 'Cases')
  const first = await page.locator('[data-row]').first().getAttribute('data-case')
  await page.waitForURL(`**/cases/${first}`)
  await keys('Escape', 'Escape')
  await page.waitForURL('**/cases')
  await hands.shows(/^Choose a case/)
})

// Which cases were worked on before depends on what is at stake with each.
const firstUntouched = (cases: readonly Readonly<{ id: string; nextStep: string }>[]) =>
  cases.find(({ nextStep }) => nextStep === 'acknowledge')?.id

test('the last step can be taken back, and the next is told why it must wait; a case sleeps until any moment', async () => {
  const untouched = firstUntouched((await (await page.request.get('/v1/cases')).json()).cases)
  await hands.open(`/cases/${untouched}`, /./)
  await keys('e')
  await step('Take it on')
  await hands.shows('Done: Acknowledge.')
  await keys('z')
  await step('Acknowledge')
  await hands.click('Snooze')
  await page.getByLabel('Until').fill('2099-01-01T09:00')
  await page
    .locator('form', { has: page.getByLabel('Until') })
    .getByRole('button', { name: 'Snooze' })
    .click()
  await hands.shows(/^A case does not sleep past its own deadline/)
  await hands.click('Cancel')
  await page.getByLabel('Why it stands there').selectOption('overdue')
  await hands.shows('No case here')
  await hands.click('Show every open case')
  await page.locator('[data-row]').first().waitFor()
  await page.getByRole('button', { name: 'Fix it', exact: true }).click()
  await hands.shows(/Another step comes first/)
})

test('beside the queue, the case follows the focus, and closing gives it back', async () => {
  await hands.open('/cases', 'Cases')
  const focused = () => page.evaluate<string>('document.activeElement.dataset.case ?? document.activeElement.id')
  await page.locator('[data-row]').first().waitFor()
  await keys('j', 'j')
  const id = await focused()
  await page.getByRole('heading', { level: 2, name: 'What happened' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/cases/${id}`)
  await keys('Enter')
  await expect.poll(focused).toBe('pane-title')
  await keys('Escape')
  expect(await focused()).toBe(id)
  await keys('Escape')
  await hands.shows(/^Choose a case/)
  expect([new URL(page.url()).pathname, await focused()]).toEqual(['/cases', id])
  await page.setViewportSize({ width: 800, height: 900 })
  await page.locator(`[data-case="${id}"]`).click()
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor({ state: 'detached' })
  await page.locator('.crumb a').click()
  await hands.heading('Cases')
  await expect.poll(focused).toBe(id)
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('the page of a customer who was let down leads to the case', async () => {
  const opened = await page.request.get(`/v1/cases/${ids[1]}`)
  await page.goto(`/customers/${(await opened.json()).customer}`)
  await page.getByRole('link', { name: 'Go to the case' }).first().click()
  await page.waitForURL(`**/cases/${ids[1]}**`)
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'dark', 360],
  ['ru', 'light', 360],
] as const)('in %s, %s and %i wide, queue and case have no fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  expect(await faultsOf(seen, ['/cases', `/cases/${ids[1]}`], language)).toEqual([])
  await seen.context.close()
})

test('nothing went wrong in the browser meanwhile', () => {
  expect(firm.visit.complaints()).toEqual([])
})
