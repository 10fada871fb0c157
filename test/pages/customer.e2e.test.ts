import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf } from '../browser.ts'
import { type CustomerRow, customersOf, numberOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { until } from '../started-app.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm()
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

describe('a customer', () => {
  let busiest: CustomerRow
  beforeAll(async () => {
    const all = [...(await customersOf(page)), ...(await customersOf(page, '&sort=recent'))]
    // One who left has no future, and so one chart less.
    busiest = all.filter((row) => !row.left).reduce((most, row) => (row.eventCount > most.eventCount ? row : most))
  })
  const openBusiest = async () => {
    await page.goto(`/customers/${encodeURIComponent(busiest.customer)}`)
    await page.getByRole('region', { name: 'Balance today' }).waitFor()
  }

  test('has a statement whose lines add up to the balance on the screen', async () => {
    await openBusiest()
    const statement = page.getByRole('region', { name: 'Balance today' })
    const all = statement.getByRole('button', { name: /Show all/ })
    if ((await all.count()) > 0) await all.click()
    const balance = numberOf((await statement.locator('.balance b').textContent()) ?? '')
    const amounts = (await statement.locator('tr.entry td.now').allInnerTexts()).map(numberOf)
    const sums = (await statement.locator('tr.entry td.sum').allInnerTexts()).map(numberOf)
    expect(amounts.length).toBeGreaterThan(2)
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(balance, 6)
    expect(sums[0]).toBe(balance)
    for (const [place, sum] of sums.entries())
      expect(sum - (sums[place + 1] ?? 0)).toBeCloseTo(amounts[place] ?? Number.NaN, 6)
  })

  test('has lines that add up in points as well, and says what a point is', async () => {
    await openBusiest()
    const statement = page.getByRole('region', { name: 'Balance today' })
    const inLogOdds = await statement.locator('.balance b').textContent()
    await hands.choose('Points')
    await hands.shows(/^Points of the chance to stay 12 months/)
    const all = statement.getByRole('button', { name: /Show all/ })
    if ((await all.count()) > 0) await all.click()
    const balance = (await statement.locator('.balance b').textContent()) ?? ''
    const amounts = (await statement.locator('tr.entry td.now').allInnerTexts()).map(numberOf)
    expect(balance).not.toBe(inLogOdds)
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(numberOf(balance), 6)
  })

  test('shows what one let-down takes away, and which one is chosen by keyboard', async () => {
    const [waiting] = await customersOf(page, '&filter=let-down')
    await page.goto(`/customers/${encodeURIComponent(waiting?.customer ?? '')}`)
    const goodwill = page.getByRole('region', { name: 'Goodwill', exact: true })
    await goodwill.getByRole('img', { name: /Without the chosen let-down it would be/ }).waitFor()
    expect(await goodwill.locator('path.dotted').count()).toBe(1)
    const choice = page.getByLabel('Dotted: without')
    await choice.focus()
    await page.keyboard.press('End')
    expect(await choice.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true)
    // While a choice has the focus, letters are for it.
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('t')
    await goodwill.getByRole('columnheader', { name: 'Without it' }).waitFor()
    await page.keyboard.press('t')
  })

  test('has a curve that becomes a table by the key t, and a timeline that reads on', async () => {
    await openBusiest()
    const goodwill = page.getByRole('region', { name: 'Goodwill', exact: true })
    await goodwill.getByRole('img', { name: /^Goodwill from / }).waitFor()
    await page.keyboard.press('t')
    await goodwill.getByRole('columnheader', { name: 'Posted' }).waitFor()
    expect(await page.locator('.chart-table table').count()).toBe(2)
    await page.keyboard.press('t')
    await goodwill.getByRole('img', { name: /^Goodwill from / }).waitFor()

    const items = page.locator('.timeline li')
    const first = await items.count()
    expect(first).toBeLessThan(busiest.eventCount)
    await page.locator('.timeline').getByRole('button', { name: 'Show more' }).click()
    await until(async () => (await items.count()) > first)
  })

  test('says what comes next for what is open, and leads to it', async () => {
    const [open] = (await customersOf(page)).filter(({ left }) => !left)
    await hands.open(`/customers/${encodeURIComponent(open?.customer ?? '')}`, /./)
    const next = page.getByRole('complementary', { name: 'What happens next' })
    const { cases } = await (await page.request.get(`/v1/cases?customer=${open?.customer}`)).json()
    if (cases.length === 0) {
      await next.getByRole('link', { name: 'Open a case' }).click()
      await hands.heading('Open a case')
    } else {
      await next.getByRole('link', { name: 'Go to the case' }).first().click()
      await page.waitForURL(`**/cases/${cases[0].id}`)
    }
  })

  test('takes in what somebody was told, and gives it back with one key', async () => {
    await hands.open(`/customers/${encodeURIComponent(busiest.customer)}`, /./)
    const newest = page.locator('.timeline li').first()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Add an event' })
    await dialog.getByLabel('What it is', { exact: true }).selectOption('A complaint')
    await dialog.getByLabel('Through which channel').selectOption('phone')
    await dialog.getByLabel('In the words of the customer').fill('Nobody called me back.')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add it' }).click()
    await hands.shows('Added: A complaint.')
    await newest.getByText('Nobody called me back.').waitFor()
    await newest.getByText('Got in touch by phone: complaint').waitFor()
    await page.keyboard.press('z')
    await newest.getByText(/^Event noted-.* taken back/).waitFor()
    await page.locator('.timeline li').nth(1).locator('.struck').waitFor()
  })

  test('is not proposed to be let go before conduct towards colleagues was noted, and again not after', async () => {
    await hands.open(`/customers/${encodeURIComponent(busiest.customer)}?add=conduct`, /./)
    await hands.shows(/^Letting go is not proposed/)
    const dialog = page.getByRole('dialog', { name: 'Add an event' })
    await dialog.getByRole('button', { name: 'Add it' }).click()
    expect(await dialog.isVisible()).toBe(true)
    await dialog.getByLabel('What it was', { exact: true }).selectOption('threat')
    await dialog.getByLabel('Who saw or heard it').fill('Team Parcels')
    await dialog.getByLabel('In words').fill('Said he would come by.')
    await dialog.getByRole('button', { name: 'Add it' }).click()
    await hands.shows(/^Conduct towards colleagues was noted/)
    // What was written is erased alone; what happened stays until it is taken back.
    const newest = page.locator('.timeline li').first()
    await newest.getByText('conduct.noted').click()
    await newest.getByText('Erase the words').click()
    await newest.getByRole('button', { name: 'Erase these words for good' }).click()
    await newest.getByText('Said he would come by.').waitFor({ state: 'detached' })
    await newest.getByRole('button', { name: 'Take back' }).click()
    await hands.shows(/^Letting go is not proposed/)
  })

  test('is erased once the key is typed, and not before', async () => {
    const [someone] = await customersOf(page, '&sort=name')
    const key = someone?.customer ?? ''
    await page.goto(`/customers/${encodeURIComponent(key)}`)
    await hands.click('Erase')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(`Type ${key} to confirm`).fill('something else')
    await page.keyboard.press('Enter')
    expect(await dialog.isVisible()).toBe(true)
    await dialog.getByLabel(`Type ${key} to confirm`).fill(key)
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await hands.heading('Customers')
    await page.goto(`/customers/${encodeURIComponent(key)}`)
    await hands.shows('Erased')
    await hands.heading(`Customer ${key}`)
  })
})

test('nothing was complained about, and nothing was asked of anybody else', () => {
  expect(firm.visit.complaints()).toEqual([])
})
