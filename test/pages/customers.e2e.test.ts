import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customersOf, onPage } from '../on-page.ts'
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

const rowLinks = () => page.locator('table.list [data-row]')

describe('Customers', () => {
  test('are searched, filtered, ordered, and read on', async () => {
    await hands.open('/customers', 'Customers')
    await hands.shows('First 50 customers')
    expect(await rowLinks().count()).toBe(50)
    await hands.click('Show more')
    await hands.shows('First 100 customers')
    expect(await rowLinks().count()).toBe(100)

    await page.getByLabel('Order').selectOption({ label: 'Name' })
    await page.locator('th[aria-sort=ascending]', { hasText: 'Customer' }).waitFor()
    await hands.choose('Left')
    await until(async () => {
      const all = await page.locator('table.list td.at-stake').allInnerTexts()
      return all.length > 0 && all.every((text) => text === 'left')
    })
    await hands.choose('All')

    const [someone] = await customersOf(page)
    await page.getByLabel('Search customers').fill(someone?.customer ?? '')
    await until(async () => (await rowLinks().count()) < 50)
    expect(await page.locator('.key').allInnerTexts()).toContain(someone?.customer)
    await page.getByLabel('Search customers').fill('nobody is called this')
    await hands.shows('No customer fits this.')
    await hands.click('Show all customers')
    await hands.shows(/^First \d+ customers$/)
  })

  test('are walked with j, k and Enter', async () => {
    await hands.open('/customers', 'Customers')
    const focused = async (place: number) =>
      until(() =>
        rowLinks()
          .nth(place)
          .evaluate((row) => row === row.ownerDocument.activeElement),
      )
    for (const [key, place] of [
      ['j', 0],
      ['j', 1],
      ['j', 2],
      ['k', 1],
    ] as const) {
      await page.keyboard.press(key)
      await focused(place)
    }
    const target = await rowLinks().nth(1).getAttribute('href')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${target}`)
    await page.getByRole('heading', { name: 'Balance today' }).waitFor()
  })

  test('are reached by g and c; after / single letters are text, and find a customer by the key', async () => {
    await hands.open('/', 'Overview')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await hands.heading('Customers')
    const key = (await customersOf(page, '&sort=recent'))[0]?.customer ?? ''
    await page.keyboard.press('/')
    await page.keyboard.type(key)
    await page.waitForURL((url) => url.searchParams.get('search') === key)
    await page.locator('.key', { hasText: key }).first().waitFor()
  })
})

test('nothing was complained about, and nothing was asked of anybody else', () => {
  expect(firm.visit.complaints()).toEqual([])
})
