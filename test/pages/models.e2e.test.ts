import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { customersOf, numberOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 500, months: 24, kind: 'contract' })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

describe('Models', () => {
  test('say first how customers leave here, and which of the two models of leaving is for that', async () => {
    await hands.open('/', 'Overview')
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await hands.heading('Models')
    await hands.shows(/^Customers here say goodbye: 500 of 500/)
    const line = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })
    await line('Leaving').getByText('holds here').waitFor()
    await line('Falling silent').getByText('not for this firm').waitFor()
  })

  test('a model opens by keyboard, with what it learned and from how much', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await hands.heading('Leaving')
    await hands.shows('Version 1 is live.')
    await hands.shows(/It learned from \d+ exits, with data to/)
  })

  test('a driver is found, opened, and says how much of it lies on each side of no effect', async () => {
    await page.getByRole('searchbox', { name: 'Search drivers' }).fill('fixed in')
    const drivers = page.getByRole('region', { name: 'What drives it' })
    expect(await drivers.locator('button.driver').allTextContents()).toEqual(['not fixed in time'])
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const opened = page.getByRole('region', { name: 'How sure are we: not fixed in time' })
    await opened.locator('svg text', { hasText: /^lowers it/ }).waitFor()
    const sides = await opened.locator('svg text', { hasText: /^(raises|lowers) it/ }).allTextContents()
    expect(sides).toHaveLength(2)
    expect(sides.map(numberOf).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0)
    expect(await violationsOf(page)).toEqual([])
  })

  test('what the data say alone stands beside what was published and what is believed, in words where they cannot tell', async () => {
    await hands.click('Compare with flat priors')
    const told = await (await page.request.get('/v1/models/leave')).json()
    const rows = page.getByRole('region', { name: 'Compare with flat priors', exact: true }).locator('tbody tr')
    expect(await rows.count()).toBe(told.coefficients.length - 1)
    const open = told.coefficients.filter(({ flat }: { flat: unknown }) => flat === null)
    expect(open.length).toBeGreaterThan(0)
    expect(await rows.filter({ hasText: /cannot tell|no rows/ }).count()).toBe(open.length)
    expect(await violationsOf(page)).toEqual([])
    await hands.click('Compare with flat priors')
  })

  test('with t every chart is a table, whose rows hold what the server said', async () => {
    await page.getByRole('searchbox', { name: 'Search drivers' }).fill('')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('t')
    const told = await (await page.request.get('/v1/models/leave')).json()
    const rows = (name: string) => page.getByRole('region', { name, exact: true }).locator('tbody tr')
    expect(await rows('Month by month').count()).toBe(told.backtest.length)
    expect(await rows('What drives it').count()).toBe(told.coefficients.length - 1)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('t')
  })

  test('a fit that is asked for is followed to its end, and its version is on the page', async () => {
    await hands.click('Learn now')
    await page.getByText('It learned. What is shown is the newest live version.').waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'version 2' }).click()
    await page.locator('tr[aria-current]', { hasText: 'version 2' }).waitFor()
  })

  test('a model with too little to learn from shows what is published, and its refusal says so in words', async () => {
    await hands.open('/models/winback', 'Coming back')
    await hands.shows('Nothing was learned here yet: every number is prior only, from the literature.')
    await hands.shows(/^To learn at all it needs 10 returns after an offer/)
    await hands.click('Learn now')
    await page.getByRole('alert').getByText('There is too little to learn from yet.').waitFor({ timeout: 60_000 })
  })
})

describe('a customer', () => {
  const customerOf = async (filter: string) => {
    const [row] = await customersOf(page, `&filter=${filter}`)
    await page.goto(`/customers/${encodeURIComponent(row?.customer ?? '')}`)
  }

  test('with an open let-down has the chance of a public action: what it is for, its interval, and parts that add up', async () => {
    await customerOf('let-down')
    const chance = page.getByRole('region', { name: 'Public negative action within 6 months' })
    await chance.getByText(/^It calls for a senior owner and a faster repair/).waitFor()
    await chance.getByText(/^80.%: /).waitFor()
    await chance.getByText('What it is made of').click()
    const amounts = (await chance.locator('td.num').allInnerTexts()).map(numberOf)
    expect(amounts.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBeCloseTo(amounts.at(-1) ?? Number.NaN, 6)
    await hands.shows(/Model \d+, [\d,]+ exits? of your own\..*Data to/)
    expect(await violationsOf(page)).toEqual([])
  })

  test('who left has none of it, but the chance to come back', async () => {
    await customerOf('left')
    await page.getByRole('region', { name: 'Accepts a first offer within 3 months' }).waitFor()
    expect(await page.getByText('Public negative action').count()).toBe(0)
  })
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'dark', 360],
  ['ru', 'light', 360],
  ['ru', 'dark', 1280],
] as const)('in %s, %s and %i wide, the models have no fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  const paths = ['/models', '/models/leave', '/models/attrition', '/models/value', '/models/retaliation']
  expect(await faultsOf(seen, paths, language)).toEqual([])
  await seen.context.close()
})

test('of a shop, leaving is said to be learned from buying, with exits that are expected', async () => {
  const shop = await openFirm({ customers: 400, months: 18, kind: 'shop' })
  try {
    const seen = onPage(shop.visit.page)
    await seen.open('/models/leave', 'Leaving')
    await seen.shows(/^Customers here fall silent without a word/)
    await seen.shows(/^Learned from buying, because nobody says goodbye here/)
    await seen.shows(/It learned from \d+ expected exits, with data to/)
    await seen.shows(/customers who bought\)/)
    expect(await violationsOf(shop.visit.page)).toEqual([])
    expect(shop.visit.complaints()).toEqual([])
  } finally {
    await shop.close()
  }
}, 120_000)

test('nothing was complained about, and nothing was asked of anybody else', () => {
  expect(firm.visit.complaints()).toEqual([])
})
