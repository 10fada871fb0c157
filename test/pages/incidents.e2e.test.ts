import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, visit } from '../browser.ts'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 20, months: 6 })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

test('an incident is opened with pasted keys, and a step is counted and done for all', async () => {
  const hit = (await customersOf(page)).slice(0, 3).map(({ customer }) => customer)
  await hands.open('/', 'Overview')
  for (const key of ['g', 'i']) await page.keyboard.press(key)
  await hands.heading('Incidents')
  await hands.shows('No incident')
  await hands.click('Open an incident')
  await page.getByLabel('What happened').fill('No network in the north')
  await page.getByLabel('Category').first().fill('outage')
  await page.getByLabel('Customer keys, one on a line').fill([...hit, 'nobody at all'].join('\n'))
  await hands.shows('4 keys.')
  await page.locator('form').getByRole('button', { name: 'Open an incident' }).click()
  await hands.heading('No network in the north')
  await hands.shows(/^3 customers hit, 0 put right so far/)
  await hands.shows(/3 done, 1 skipped/)
  await page.getByText('Why some were skipped').click()
  await hands.shows('No event has named this customer.')
  await hands.click('Count first')
  await hands.shows('3 cases at this step.')
  await hands.click('Do it for 3 cases')
  await hands.shows('Take it on: 3 cases')
  await hands.click('Undo')
  await hands.shows('Acknowledge: 3 cases')
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'light', 320],
  ['ru', 'dark', 320],
] as const)(
  'the page of one in %s, %s and %d pixels wide can be used by everybody',
  async (language, colorScheme, width) => {
    const { incidents } = await (await page.request.get('/v1/incidents')).json()
    const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
    expect(await faultsOf(seen, [`/incidents/${incidents[0].id}`], language)).toEqual([])
    await seen.context.close()
  },
)

test('nothing was complained about', () => {
  expect(firm.visit.complaints()).toEqual([])
})
