import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openBrowser, sidewaysOf, violationsOf } from '../open-browser.ts'
import { type StartedAmends, startAmends } from '../start-amends.ts'
import { until } from '../started-app.ts'

const person = { name: 'First administrator', email: 'admin@example.org', password: 'a long enough password' }

let amends: StartedAmends
let browser: Browser
let context: BrowserContext
let page: Page
const wrong: string[] = []
const asked = new Set<string>()

/** Notes what no page may do: break, complain, or ask somebody else. */
function watch(watched: Page): void {
  watched.on('pageerror', (error) => wrong.push(error.message))
  watched.on('request', (request) => asked.add(new URL(request.url()).origin))
}

beforeAll(async () => {
  await buildWeb()
  amends = await startAmends()
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  page = await context.newPage()
  watch(page)
})
afterAll(async () => {
  await browser?.close()
  await amends?.stop()
})

const heading = (words: string) => page.getByRole('heading', { level: 1, name: words })

describe('the first visit', () => {
  test('sets up the administrator and comes to the three ways to begin', async () => {
    await page.goto(amends.address)
    await page.locator('h1').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Create the account' }).click()
    await heading('Start').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('an event sent with the command of the screen is counted', async () => {
    await page.getByRole('button', { name: 'Make a key and a command' }).click()
    const command = (await page.locator('.copy pre').textContent()) ?? ''
    const key = command.match(/Bearer ([^']+)'/)?.[1]
    const body = command.match(/-d '(.*)'$/)?.[1]
    const answer = await fetch(`${amends.address}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body ?? '',
    })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
    await page.getByText('1 event received').waitFor()
  })

  test('the demo firm comes in and leads to the overview, which says that it is simulated', async () => {
    await page.getByLabel('Customers', { exact: true }).fill('300')
    await page.getByRole('button', { name: 'Load the demo firm' }).click()
    await heading('Overview').waitFor({ timeout: 120_000 })
    await page.getByRole('navigation').getByText('Simulated data').waitFor()
    expect(await page.locator('.lead').textContent()).toMatch(/let down in the last 7 days/)
  })
})

describe('a customer', () => {
  test('is found by keyboard alone', async () => {
    await heading('Overview').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await heading('Customers').waitFor()
    await page.locator('tbody tr').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Balance today/ }).waitFor()
  })

  test('has a statement whose top line is the balance', async () => {
    const balance = await page.locator('.balance b').textContent()
    const sum = await page.locator('.entry .sum').first().textContent()
    expect(sum).toBe(balance)
  })

  test('has a table for every chart, under one key', async () => {
    await page.locator('svg[aria-label^="Goodwill from"]').waitFor()
    await page.keyboard.press('t')
    expect(await page.locator('.chart-table table').count()).toBe(2)
    await page.keyboard.press('t')
    expect(await page.locator('.chart-table table').count()).toBe(0)
  })

  test('a search for a key finds it, and single letters do not act while it is typed', async () => {
    const key = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await heading('Customers').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(key)
    await page.waitForURL((url) => url.searchParams.get('search') === key)
    await page.locator('.key', { hasText: key }).first().waitFor()
  })
})

describe('files', () => {
  test('come in through the wizard, with a look before, and the second time count as seen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'amends-files-'))
    const file = join(folder, 'orders.csv')
    await writeFile(
      file,
      'number,buyer,day,cents\no1,b1,2026-03-01,4995\no2,b2,2026-03-02,1200\no3,b1,2026-03-09,800\n',
    )
    const sql = `select 'order.placed' as type, number as id, buyer as customer, cast(day as timestamp) as at,
      json_object('order', number, 'value', cast(cents as integer), 'currency', 'EUR') as data from orders`
    for (const [accepted, repeated] of [
      ['3', '0'],
      ['0', '3'],
    ]) {
      await page.goto(`${amends.address}/data/bring`)
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByLabel('Mapping').selectOption('own')
      await page.getByRole('textbox', { name: 'Statement' }).fill(sql)
      await page.getByRole('button', { name: 'Show the events' }).click()
      await page.getByRole('heading', { name: 'The first events' }).waitFor()
      expect(await page.locator('.events tbody tr').count()).toBe(3)
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('button', { name: 'Bring in' }).click()
      await page.getByRole('link', { name: 'See the customers' }).waitFor({ timeout: 60_000 })
      expect(await page.locator('.counts dd').allTextContents()).toEqual([accepted, repeated, '0'])
    }
    await rm(folder, { recursive: true })
  })

  test('a statement that cannot run is refused beside it, and what was typed stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'amends-files-'))
    const file = join(folder, 'orders.csv')
    await writeFile(file, 'number\no1\n')
    await page.goto(`${amends.address}/data/bring`)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByLabel('Mapping').selectOption('own')
    await page.getByRole('textbox', { name: 'Statement' }).fill('select nothing from nowhere')
    await page.getByRole('button', { name: 'Show the events' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('textbox', { name: 'Statement' }).inputValue()).toBe('select nothing from nowhere')
    await rm(folder, { recursive: true })
  })
})

describe('settings', () => {
  test('are saved, and z takes them back', async () => {
    await page.goto(`${amends.address}/settings`)
    const margin = page.getByLabel('Margin share')
    const before = await margin.inputValue()
    await margin.fill('41')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('z')
    await until(async () => (await margin.inputValue()) === before)
  })

  test('a new key is shown once', async () => {
    await page.locator('.new-key').getByLabel('Name').fill('Shop')
    await page.getByRole('button', { name: 'Make a key' }).click()
    expect(await page.locator('.copy pre').textContent()).toMatch(/^amends_/)
    await page.reload()
    await page.getByRole('rowheader', { name: 'Shop' }).waitFor()
    expect(await page.locator('.copy pre').count()).toBe(0)
  })
})

const screens = [
  '/',
  '/start',
  '/customers',
  '/customers?filter=let-down',
  '/data',
  '/data/bring',
  '/settings',
  '/nowhere',
]

describe.each([
  ['en', 'light'],
  ['nl', 'dark'],
  ['ru', 'dark'],
] as const)('in %s and %s', (language, colorScheme) => {
  test.each([
    [1440, 900],
    [320, 640],
  ])(
    'every page of %d by %d pixels can be used by everybody and needs no sideways scrolling',
    async (width, height) => {
      const state = await context.storageState()
      const own = await browser.newContext({ viewport: { width, height }, colorScheme, storageState: state })
      const other = await own.newPage()
      watch(other)
      await other.addInitScript(
        (spoken) => localStorage.setItem('amends-preferences', JSON.stringify({ language: spoken })),
        language,
      )
      const customer = await (await own.request.get(`${amends.address}/v1/customers?limit=1`)).json()
      const findings: string[] = []
      for (const path of [...screens, `/customers/${encodeURIComponent(customer.customers[0].customer)}`]) {
        await other.goto(`${amends.address}${path}`, { waitUntil: 'networkidle' })
        await other.locator('h1').waitFor()
        findings.push(...(await violationsOf(other)).map((violation) => `${path} ${violation}`))
        const sideways = await sidewaysOf(other)
        if (sideways > 0) findings.push(`${path} is ${sideways} pixels too wide`)
        if ((await other.locator('html').getAttribute('lang')) !== language)
          findings.push(`${path} speaks another language`)
      }
      await own.close()
      expect(findings).toEqual([])
    },
  )
})

test('signing out shows the sign-in, a wrong password is refused there, and the right one comes back', async () => {
  await page.goto(`${amends.address}/settings`)
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await heading('Sign in').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password').fill('something else')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await heading('Settings').waitFor()
})

test('no page broke, and none asked anybody but its own server', () => {
  expect(wrong).toEqual([])
  expect([...asked]).toEqual([amends.address])
})
