import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openBrowser, overflowOf, type Visit, violationsOf, visit } from '../browser.ts'
import { freshDirectory, removeDirectory, type StartedApp, startApp, until } from '../started-app.ts'

const me = { name: 'Lead', email: 'lead@example.org', password: 'four words in a row' }

let app: StartedApp
let browser: Browser
let window: Visit
let page: Page

beforeAll(async () => {
  await buildWeb()
  app = await startApp({ directory: await freshDirectory() })
  browser = await openBrowser()
  window = await visit(browser, app.address)
  page = window.page
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await removeDirectory(app.directory)
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const click = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const choose = (words: string) => page.locator('label', { hasText: new RegExp(`^${words}$`) }).click()
const shows = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()

async function open(path: string, title: string | RegExp): Promise<void> {
  await page.goto(path)
  await heading(title)
  await page.waitForLoadState('networkidle')
}

type Row = Readonly<{ customer: string; name: string | null; eventCount: number; left: boolean }>

/** Customers as the API tells them to the person who is signed in. */
async function customers(query = ''): Promise<readonly Row[]> {
  const answer = await page.request.get(`/v1/customers?limit=200${query}`)
  return (await answer.json()).customers
}

const rowLinks = () => page.locator('table.list [data-row]')
const numberOf = (text: string) => Number(text.replace('\u2212', '-').replaceAll(/[^\d.-]/g, ''))

describe('a first visit', () => {
  test('sets up the administrator and shows three ways to begin', async () => {
    await page.goto('/')
    await heading('Set up Amends')
    await page.getByLabel('Your name').fill(me.name)
    await page.getByLabel('E-mail').fill(me.email)
    await page.getByLabel('Password').fill(me.password)
    await click('Create the account')
    await heading('Start')
    for (const way of ['Load the demo firm', 'Bring in your own files', 'Send events'])
      await page.getByRole('heading', { level: 2, name: way }).waitFor()
  })

  test('the command that is shown sends an event, and the count moves', async () => {
    await click('Make a key and a command')
    const command = (await page.locator('pre').textContent()) ?? ''
    const [, address = '', key = '', body = ''] =
      /^curl (\S+)[\s\S]*Bearer ([^']+)'[\s\S]*-d '([^']+)'/.exec(command) ?? []
    await shows('0 events received')
    const sent = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    })
    expect(sent.status).toBe(200)
    await shows('1 event received')
  })

  test('a file comes in through the wizard, with a preview, a report, and the rejected rows', async () => {
    await page.getByRole('link', { name: 'Choose files' }).click()
    await heading('Bring in files')
    const csv = await readFile('examples/import/deliveries.csv', 'utf8')
    const [header = '', ...rows] = csv.trim().split('\n')
    const wrong = (rows[0] ?? '').replaceAll(/[^;,]/g, '?')
    const files = {
      name: 'deliveries.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...rows, wrong, ''].join('\n')),
    }
    await page.locator('input[type=file]').setInputFiles(files)
    await shows('Tables found')
    await page.getByLabel('Mapping').selectOption({ label: 'My own statement' })
    await page.getByLabel('Statement').fill(await readFile('examples/import/deliveries.sql', 'utf8'))
    await click('Show the events')
    await page.getByRole('heading', { name: 'The first events' }).waitFor()
    expect(await page.getByRole('cell', { name: 'order.placed' }).count()).toBeGreaterThan(0)
    await click('Bring in')
    await page.getByRole('link', { name: 'See the customers' }).waitFor()
    const counts = await page.locator('dl.counts dd').allInnerTexts()
    expect(numberOf(counts[0] ?? '')).toBeGreaterThan(rows.length)
    expect(numberOf(counts[2] ?? '')).toBeGreaterThan(0)
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the rejected rows' }).click()
    const saved = await readFile(await (await saving).path(), 'utf8')
    expect(saved.trim().split('\n').length).toBeGreaterThan(1)
  })

  test('the demo firm comes in while one watches, and is marked as simulated', async () => {
    await open('/start', 'Start')
    await page.getByLabel('Customers').fill('300')
    await page.getByLabel('Months').fill('24')
    await click('Load the demo firm')
    await page.getByRole('progressbar', { name: 'Demo firm' }).waitFor()
    await heading('Overview')
    await shows('Simulated data')
    expect(await customers()).toHaveLength(200)
  })
})

describe('signing out and in', () => {
  test('a wrong password is refused, the right one opens the page that was asked for', async () => {
    await click('Sign out')
    await heading('Sign in')
    await page.getByLabel('E-mail').fill(me.email)
    await page.getByLabel('Password').fill('not the password')
    await click('Sign in')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').fill(me.password)
    await click('Sign in')
    await heading('Overview')
  })
})

describe('Customers', () => {
  test('are searched, filtered, ordered, and read on', async () => {
    await open('/customers', 'Customers')
    await shows('First 50 customers')
    expect(await rowLinks().count()).toBe(50)
    await click('Show more')
    await shows('First 100 customers')
    expect(await rowLinks().count()).toBe(100)

    await page.getByLabel('Order').selectOption({ label: 'Name' })
    await page.locator('th[aria-sort=ascending]', { hasText: 'Customer' }).waitFor()
    await choose('Left')
    await until(async () => {
      const all = await page.locator('table.list td.at-stake').allInnerTexts()
      return all.length > 0 && all.every((text) => text === 'left')
    })
    await choose('All')

    const [someone] = await customers()
    await page.getByLabel('Search customers').fill(someone?.customer ?? '')
    await shows(/^1 customer$/)
    await page.getByLabel('Search customers').fill('nobody is called this')
    await shows('No customer fits this.')
    await click('Show all customers')
    await shows(/^First \d+ customers$/)
  })

  test('are walked with j, k and Enter', async () => {
    await open('/customers', 'Customers')
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
})

describe('a customer', () => {
  let busiest: Row
  beforeAll(async () => {
    const all = [...(await customers()), ...(await customers('&sort=recent'))]
    busiest = all.reduce((most, row) => (row.eventCount > most.eventCount ? row : most))
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

  test('has a curve that becomes a table by the key t, and a timeline that reads on', async () => {
    await openBusiest()
    const goodwill = page.getByRole('region', { name: 'Goodwill', exact: true })
    await goodwill.getByRole('img', { name: /^Goodwill from / }).waitFor()
    await page.keyboard.press('t')
    await goodwill.getByRole('columnheader', { name: 'Posted' }).waitFor()
    await page.keyboard.press('t')
    await goodwill.getByRole('img', { name: /^Goodwill from / }).waitFor()

    const items = page.locator('.timeline li')
    const first = await items.count()
    expect(first).toBeLessThan(busiest.eventCount)
    await page.locator('.timeline').getByRole('button', { name: 'Show more' }).click()
    await until(async () => (await items.count()) > first)
  })

  test('is erased once the key is typed, and not before', async () => {
    const [someone] = await customers('&sort=name')
    const key = someone?.customer ?? ''
    await page.goto(`/customers/${encodeURIComponent(key)}`)
    await click('Erase')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(`Type ${key} to confirm`).fill('something else')
    await page.keyboard.press('Enter')
    expect(await dialog.isVisible()).toBe(true)
    await dialog.getByLabel(`Type ${key} to confirm`).fill(key)
    await dialog.getByRole('button', { name: 'Erase for good' }).click()
    await heading('Customers')
    await page.goto(`/customers/${encodeURIComponent(key)}`)
    await shows('Erased')
    await heading(`Customer ${key}`)
  })
})

describe('Settings', () => {
  test('another margin share gives other values', async () => {
    const firstValue = async () => {
      await open('/customers', 'Customers')
      return (await page.locator('table.list td.at-stake').first().textContent()) ?? ''
    }
    const before = await firstValue()
    await open('/settings', 'Settings')
    await page.getByLabel('Margin share').fill('7')
    await click('Save')
    await shows('Saved.')
    const after = await until(async () => {
      const value = await firstValue()
      return value !== before && value
    })
    expect(numberOf(after)).toBeLessThan(numberOf(before))
  })

  test('a key is shown once', async () => {
    await open('/settings', 'Settings')
    const form = page.locator('form.new-key')
    await form.getByLabel('Name').fill('till')
    await form.getByRole('button', { name: 'Make a key' }).click()
    await shows('Copy it now: it is not shown again.')
    const key = (await form.locator('pre').textContent()) ?? ''
    expect(key).toMatch(/^amends_[0-9a-f]+_/)
    await open('/settings', 'Settings')
    await page.getByRole('rowheader', { name: 'till' }).waitFor()
    expect(await page.content()).not.toContain(key)
  })

  test('the language changes at once, everywhere, and stays', async () => {
    await open('/settings', 'Settings')
    for (const [language, label, settings, list] of [
      ['nl', 'Nederlands', 'Instellingen', 'Klanten'],
      ['ru', 'Русский', 'Настройки', 'Клиенты'],
      ['en', 'English', 'Settings', 'Customers'],
    ] as const) {
      await choose(label)
      await heading(settings)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await open('/customers', list)
      await open('/settings', settings)
    }
  })

  test('the colours change', async () => {
    await open('/settings', 'Settings')
    const paper = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
    const colours: string[] = []
    for (const theme of ['Light', 'Dark']) {
      await choose(theme)
      colours.push(await paper())
    }
    expect(colours[0]).not.toBe(colours[1])
    await choose('As the system')
    expect(await paper()).toBe(colours[0])
  })
})

describe('every page', () => {
  const pages = [
    ['/', 'Overview'],
    ['/start', 'Start'],
    ['/customers', 'Customers'],
    ['/customers?search=nobody-at-all', 'Customers'],
    ['a customer', /./],
    ['/data', 'Data'],
    ['/data/bring', 'Bring in files'],
    ['/settings', 'Settings'],
    ['/nowhere', 'There is no such page'],
  ] as const

  const go = async (path: string, title: string | RegExp) => {
    const [someone] = path === 'a customer' ? await customers() : []
    await open(someone === undefined ? path : `/customers/${encodeURIComponent(someone.customer)}`, title)
  }

  test.each(pages)(
    '%s: accessible in light and dark, marked as simulated, not wider than a phone',
    async (path, title) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await go(path, title)
        await shows('Simulated data')
        expect(await violationsOf(page)).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 320, height: 800 })
      await go(path, title)
      expect(await overflowOf(page)).toBe(0)
      await shows('Simulated data')
      expect(await violationsOf(page)).toEqual([])
      await page.setViewportSize({ width: 1280, height: 900 })
    },
  )

  test('what is not accessible would have been found, and what goes wrong heard', async () => {
    const stranger = await visit(browser, app.address)
    await stranger.page.goto('/')
    await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await stranger.page.evaluate(`document.body.append(new Image()); fetch('http://127.0.0.1:1/').catch(() => 0)`)
    expect(await violationsOf(stranger.page)).toEqual([expect.stringMatching(/^image-alt: <img>/)])
    // The content security policy refuses it before it leaves, and the browser says so.
    await until(async () => stranger.complaints().some((one) => one.includes('http://127.0.0.1:1')))
    await stranger.context.close()
  })

  test('the door is accessible too', async () => {
    const stranger = await visit(browser, app.address)
    for (const colorScheme of ['light', 'dark'] as const) {
      await stranger.page.emulateMedia({ colorScheme })
      await stranger.page.goto('/')
      await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor()
      expect(await violationsOf(stranger.page)).toEqual([])
    }
    expect(stranger.complaints()).toEqual([])
    await stranger.context.close()
  })

  test('nothing was complained about, and nothing was asked of anybody else', () => {
    expect(window.complaints()).toEqual([])
  })
})
