import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { amends } from '../started-app.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
let customer = ''
beforeAll(async () => {
  firm = await openFirm({ customers: 300, months: 24 })
  page = firm.visit.page
  hands = onPage(page)
  const made = await amends(firm.app.directory, ['liability', '--json'])
  expect(made.code).toBe(0)
  customer = (await customersOf(page))[0]?.customer ?? ''
})
afterAll(() => firm.close())

describe('Vouchers', () => {
  test('one is issued, its code redeems it, and every movement is on its page', async () => {
    await hands.open('/vouchers?view=list', 'Vouchers')
    await page.getByText('Issue a voucher', { exact: true }).click()
    const form = page.locator('details.issue')
    await form.getByLabel('Customer').fill(customer)
    await form.getByLabel(/^Amount in/).fill('25,00')
    await hands.click('Issue')
    await hands.shows('The code is shown once. Give it to the customer now.')
    const code = (await form.locator('pre').textContent()) ?? ''
    const redeemed = await page.request.post('/v1/vouchers/redeem', {
      data: { code, value: 1_000, movement: 'till-1' },
    })
    expect(redeemed.status()).toBe(200)
    await page.getByRole('link', { name: 'See the voucher' }).click()
    await hands.heading(`Voucher …${code.slice(-4)}`)
    await page.getByRole('cell', { name: 'Redeemed', exact: true }).waitFor()
    await page.getByLabel(/^Put back/).fill('4')
    await hands.click('Put back')
    await page.getByRole('cell', { name: 'Refunded', exact: true }).waitFor()
    await hands.click('Pay out')
    await hands.shows('Done: Pay out.')
    await page.keyboard.press('z')
    await page.getByRole('cell', { name: 'Paid out, undone', exact: true }).waitFor()
    await hands.click('Pay out')
    await page.getByRole('cell', { name: 'Paid out', exact: true }).nth(1).waitFor()
    await hands.shows('paid out')
    // Nothing is left that could be done with it.
    expect(await page.getByRole('button', { name: 'Pay out' }).count()).toBe(0)
    await page.goto('/voucher')
    await page.getByLabel('Code of the voucher').fill(code.toLowerCase())
    await hands.click('Look')
    await hands.heading('€0.00 is left')
    expect(await violationsOf(page)).toEqual([])
  })

  test('what is owed is said in words first, then as a roll-forward whose months close as the next opens', async () => {
    await hands.open('/vouchers', 'Vouchers')
    await hands.shows(/is outstanding\./)
    const row = (name: string) =>
      page
        .getByRole('row', { name: new RegExp(`^${name} `) })
        .first()
        .getByRole('cell')
        .allInnerTexts()
    const [opening, closing] = [await row('Opening'), await row('Closing')]
    expect(opening.length).toBeGreaterThan(1)
    expect(closing.slice(0, -1)).toEqual(opening.slice(1))
    await page.keyboard.press('t')
    await page.getByRole('columnheader', { name: '95 % band' }).waitFor()
    await page.keyboard.press('t')
  })
})

test.each([
  ['en', 'light', 1440],
  ['nl', 'dark', 1280],
  ['ru', 'light', 390],
] as const)('in %s, %s and %i wide, the pages have no fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  const { vouchers } = await (await page.request.get('/v1/vouchers')).json()
  const paths = ['/vouchers', '/vouchers?view=list', `/vouchers/${vouchers[0].id}`]
  expect(await faultsOf(seen, paths, language)).toEqual([])
  await seen.context.close()
})

test('nothing was complained of', () => {
  expect(firm.visit.complaints()).toEqual([])
})
