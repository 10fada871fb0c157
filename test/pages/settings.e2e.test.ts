import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberOf, onPage } from '../on-page.ts'
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

const saveFirm = () =>
  page.getByRole('region', { name: 'Firm', exact: true }).getByRole('button', { name: 'Save' }).click()

describe('Settings', () => {
  test('another margin share gives other values', async () => {
    const firstValue = async () => {
      await hands.open('/customers', 'Customers')
      return (await page.locator('table.list td.at-stake').first().textContent()) ?? ''
    }
    const before = await firstValue()
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Margin share').fill('7,5')
    await saveFirm()
    await hands.shows('Saved.')
    const after = await until(async () => {
      const value = await firstValue()
      return value !== before && value
    })
    expect(numberOf(after)).toBeLessThan(numberOf(before))
  })

  test('another time zone gives other clocks, and each page says which one', async () => {
    const clock = async () => {
      await hands.open('/customers', 'Customers')
      return (await page.locator('aside.keys > span').first().textContent()) ?? ''
    }
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Time zone').selectOption('UTC')
    await saveFirm()
    await hands.shows('Saved.')
    const before = await clock()
    await hands.shows('Days and times: UTC.')
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
    await saveFirm()
    await hands.shows('Saved.')
    expect(await clock()).not.toBe(before)
    await hands.shows('Days and times: Asia/Tokyo.')
  })

  test('how long data are kept is saved after a look at how many customers it is about', async () => {
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Erase after so many months of silence').fill('1')
    await hands.shows(/^Silent for so long: \d+ customers?\. From a day after saving/)
    await hands.click('Save what customers read')
    await hands.shows('Saved.')
    expect(await (await page.request.get('/v1/privacy-settings')).json()).toMatchObject({ keptMonths: 1 })
    await page.getByLabel('Erase after so many months of silence').fill('')
    await hands.click('Save what customers read')
    await until(async () => (await (await page.request.get('/v1/privacy-settings')).json()).keptMonths === null)
  })

  test('how long words are kept is saved after a look at how many texts are older', async () => {
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Remove what people wrote after so many months').fill('1')
    await hands.shows(/^So old by now: [\d,]+ texts? of [\d,]+ customers?\. From a day after saving/)
    await hands.click('Save what customers read')
    await until(async () => (await (await page.request.get('/v1/privacy-settings')).json()).wordsMonths === 1)
    await page.getByLabel('Remove what people wrote after so many months').fill('')
    await hands.click('Save what customers read')
    await until(async () => (await (await page.request.get('/v1/privacy-settings')).json()).wordsMonths === null)
  })

  test('a key is shown once', async () => {
    await hands.open('/settings', 'Settings')
    const form = page.locator('form.new-key')
    await form.getByLabel('Name').fill('till')
    await form.getByRole('button', { name: 'Make a key' }).click()
    await hands.shows('Copy it now: it is not shown again.')
    const key = (await form.locator('pre').textContent()) ?? ''
    expect(key).toMatch(/^amends_[0-9a-f]+_/)
    await hands.open('/settings', 'Settings')
    await page.getByRole('rowheader', { name: 'till' }).waitFor()
    expect(await page.content()).not.toContain(key)
  })

  test('the language changes at once, everywhere, and stays', async () => {
    await hands.open('/settings', 'Settings')
    for (const [language, label, settings, list] of [
      ['nl', 'Nederlands', 'Instellingen', 'Klanten'],
      ['ru', 'Русский', 'Настройки', 'Клиенты'],
      ['en', 'English', 'Settings', 'Customers'],
    ] as const) {
      await hands.choose(label)
      await hands.heading(settings)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await hands.open('/customers', list)
      await hands.open('/settings', settings)
    }
  })

  test('the colours change', async () => {
    await hands.open('/settings', 'Settings')
    const paper = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
    const colours: string[] = []
    for (const theme of ['Light', 'Dark']) {
      await hands.choose(theme)
      colours.push(await paper())
    }
    expect(colours[0]).not.toBe(colours[1])
    await hands.choose('As the system')
    expect(await paper()).toBe(colours[0])
  })

  test('are saved, and z takes them back', async () => {
    await hands.open('/settings', 'Settings')
    const margin = page.getByLabel('Margin share')
    const before = await margin.inputValue()
    await margin.fill('41')
    await saveFirm()
    await hands.shows('Saved.')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('z')
    await until(async () => (await margin.inputValue()) === before)
  })
})

test('nothing was complained about, and nothing was asked of anybody else', () => {
  expect(firm.visit.complaints()).toEqual([])
})
