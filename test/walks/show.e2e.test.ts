import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { customersOf, numberOf, onPage } from '../on-page.ts'
import { administrator, type OpenFirm, openFirm } from '../open-firm.ts'
import { until } from '../started-app.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 0, signedIn: false })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

const csv = (text: string) => ({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

async function chooseOwn(file: ReturnType<typeof csv>, statement: string): Promise<void> {
  await page.goto('/data/bring')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Mapping').selectOption('own')
  await page.getByRole('textbox', { name: 'Statement' }).fill(statement)
  await hands.click('Show the events')
}

describe('a first visit', () => {
  test('sets up the administrator and shows three ways to begin', async () => {
    await page.goto('/')
    await hands.heading('Set up Amends')
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Your name').fill(administrator.name)
    await page.getByLabel('E-mail').fill(administrator.email)
    await page.getByLabel('Password').fill(administrator.password)
    await hands.click('Create the account')
    await hands.heading('Start')
    for (const way of ['Load the demo firm', 'Bring in your own files', 'Send events'])
      await page.getByRole('heading', { level: 2, name: way }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('the command that is shown sends an event, and the count moves', async () => {
    await hands.click('Make a key and a command')
    const command = (await page.locator('pre').textContent()) ?? ''
    const [, address = '', key = '', body = ''] =
      /^curl (\S+)[\s\S]*Bearer ([^']+)'[\s\S]*-d '([^']+)'/.exec(command) ?? []
    await hands.shows('0 events received')
    const sent = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    })
    expect(sent.status).toBe(200)
    await hands.shows('1 event received')
  })

  test('a file comes in through the wizard, with a preview, a report, and the rejected rows', async () => {
    await page.getByRole('link', { name: 'Choose files' }).click()
    await hands.heading('Bring in files')
    const csv = await readFile('examples/import/deliveries.csv', 'utf8')
    const [header = '', ...rows] = csv.trim().split('\n')
    const wrong = (rows[0] ?? '').replaceAll(/[^;,]/g, '?')
    const files = {
      name: 'deliveries.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...rows, wrong, ''].join('\n')),
    }
    await page.locator('input[type=file]').setInputFiles(files)
    await hands.shows('Tables found')
    await page.getByLabel('Mapping').selectOption({ label: 'My own statement' })
    await page.getByLabel('Statement').fill(await readFile('examples/import/deliveries.sql', 'utf8'))
    await hands.click('Show the events')
    await page.getByRole('heading', { name: 'The first events' }).waitFor()
    expect(await page.getByRole('cell', { name: 'order.placed' }).count()).toBeGreaterThan(0)
    expect(await violationsOf(page)).toEqual([])
    await hands.click('Bring in')
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
    await hands.open('/start', 'Start')
    await page.getByLabel('Customers').fill('300')
    await page.getByLabel('Months').fill('24')
    await hands.click('Load the demo firm')
    await page.getByRole('progressbar', { name: 'Demo firm' }).waitFor()
    await hands.heading('Overview')
    await hands.shows('Simulated data')
    expect(await page.locator('.lead').textContent()).toMatch(/let down in the last 7 days/)
    expect(await customersOf(page)).toHaveLength(200)
  })
})

describe('files', () => {
  test('brought in again count as seen', async () => {
    const orders = csv('number,buyer,day,cents\no1,b1,2026-03-01,4995\no2,b2,2026-03-02,1200\no3,b1,2026-03-09,800\n')
    const statement = `select 'order.placed' as type, number as id, buyer as customer, cast(day as timestamp) as at,
      json_object('order', number, 'value', cast(cents as integer), 'currency', 'EUR') as data from orders`
    for (const [accepted, repeated] of [
      ['3', '0'],
      ['0', '3'],
    ]) {
      await chooseOwn(orders, statement)
      await page.getByRole('heading', { name: 'The first events' }).waitFor()
      expect(await page.locator('.events tbody tr').count()).toBe(3)
      await hands.click('Bring in')
      await page.getByRole('link', { name: 'See the customers' }).waitFor({ timeout: 60_000 })
      expect(await page.locator('.counts dd').allTextContents()).toEqual([accepted, repeated, '0'])
    }
  })

  test('with a statement that cannot run are refused beside it, and what was typed stays', async () => {
    await chooseOwn(csv('number\no1\n'), 'select nothing from nowhere')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('textbox', { name: 'Statement' }).inputValue()).toBe('select nothing from nowhere')
  })
})

describe('every page', () => {
  // Those that a test of their own looks at in three languages are left to it.
  const paths = [
    '/',
    '/start',
    '/customers',
    '/customers?filter=let-down',
    '/customers?search=nobody-at-all',
    '/cases/new',
    '/incidents',
    '/listening',
    '/listening?view=answers',
    '/listening?view=asking',
    '/listening?view=input',
    '/gestures',
    '/gestures?view=rules',
    '/exits/data-requests',
    '/playbooks',
    '/playbooks?view=remedies',
    '/checks',
    '/teams',
    '/data',
    '/data/bring',
    '/nowhere',
  ]

  test.each([
    ['en', 'light', 1440],
    ['nl', 'dark', 320],
    ['ru', 'light', 320],
    ['ru', 'dark', 1280],
  ] as const)(
    'in %s, %s and %d pixels wide can be used by everybody, speaks one language, and needs no sideways scrolling',
    async (language, colorScheme, width) => {
      const other = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
      const [someone] = await customersOf(other.page)
      const all = [...paths, `/customers/${encodeURIComponent(someone?.customer ?? '')}`]
      expect(await faultsOf(other, all, language)).toEqual([])
      await other.context.close()
    },
  )

  test.each(['/', '/customers', '/settings'])(
    '%s says that the data are simulated, on a phone and on paper too',
    async (path) => {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(path)
        await hands.shows('Simulated data')
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.emulateMedia({ media: 'print' })
      await hands.shows('Simulated data')
      expect(await page.getByRole('navigation').count()).toBe(0)
      await page.emulateMedia({ media: 'screen' })
    },
  )

  test('what is not accessible would have been found, and what goes wrong heard', async () => {
    const stranger = await visit(firm.browser, firm.app.address)
    await stranger.page.goto('/')
    await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await stranger.page.evaluate(`document.body.append(new Image()); fetch('http://127.0.0.1:1/').catch(() => 0)`)
    expect(await violationsOf(stranger.page)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^image-alt: <img>/)]),
    )
    // The content security policy refuses it before it leaves, and the browser says so.
    await until(async () => stranger.complaints().some((one) => one.includes('http://127.0.0.1:1')))
    await stranger.context.close()
  })

  test('the door is accessible too', async () => {
    const stranger = await visit(firm.browser, firm.app.address)
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
    expect(firm.visit.complaints()).toEqual([])
  })
})

describe('signing out and in', () => {
  test('a wrong password is refused, the right one opens the page that was asked for', async () => {
    await hands.open('/', 'Overview')
    await hands.click('Sign out')
    await hands.heading('Sign in')
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('E-mail').fill(administrator.email)
    await page.getByLabel('Password').fill('not the password')
    await hands.click('Sign in')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').fill(administrator.password)
    await hands.click('Sign in')
    await hands.heading('Overview')
  })
})
