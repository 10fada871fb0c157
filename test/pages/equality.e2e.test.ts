import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '../../src/core/time/instant.ts'
import { faultsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { settled } from '../settled.ts'

const PATH = '/equal-treatment'
const PEOPLE = 120

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>

/** Let-downs of six weeks ago; every second customer waits four days longer. */
const events = Array.from({ length: PEOPLE }, (_, place) => {
  const customer = `c${place}`
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
  const failure = { failure: `f${place}` }
  const told = (type: string, days: number, data: object) => ({ type, at: ago(days), data })
  return [
    told('customer.profiled', 100, { locale: place % 3 === 0 ? 'en' : 'nl' }),
    told('order.placed', 90, { order: `o${place}` }),
    told('failure.occurred', 42, { ...failure, severity: 'major', category: 'late', loss: 2_000, currency: 'EUR' }),
    told('failure.acknowledged', 41, failure),
    told('failure.compensated', 40, { ...failure, value: place % 5 === 0 ? 1_000 : 2_000, currency: 'EUR' }),
    told('failure.fixed', 38 + (place % 7) * 0.2 - (place % 2) * 4, failure),
    told('order.placed', 1, { order: `p${place}` }),
  ].map((event, number) => ({ ...event, id: `e${place}-${number}`, source: 'crm', customer }))
}).flat()

beforeAll(async () => {
  firm = await openFirm({ customers: 0 })
  page = firm.visit.page
  hands = onPage(page)
  const sent = await page.request.post('/v1/events', { data: events })
  expect(sent.status()).toBe(200)
})
afterAll(() => firm.close())

/** What nobody should meet on the page, in three languages, light and dark, wide and narrow. */
async function faults(): Promise<readonly string[]> {
  const found: string[] = []
  for (const language of ['en', 'nl', 'ru'] as const)
    for (const [colorScheme, width] of [
      ['light', 1440],
      ['dark', 390],
    ] as const) {
      const other = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
      found.push(...(await faultsOf(other, [PATH], language)))
      await other.context.close()
    }
  return found
}

test('at first nothing is compared, in three languages', async () => {
  await hands.open(PATH, 'Equal treatment')
  await hands.shows('No comparison is turned on.')
  expect(await faults()).toEqual([])
})

test('a comparison is turned on with a reason; one that is too short is refused', async () => {
  await hands.open(PATH, 'Equal treatment')
  await hands.click('Turn a comparison on')
  await page.getByRole('combobox', { name: 'What is compared' }).selectOption('Sex')
  await page.getByRole('textbox', { name: 'Groups' }).fill('women\nmen\nneither')
  await page.getByRole('textbox', { name: 'Why this is lawful' }).fill('because')
  await hands.click('Turn on')
  await hands.shows(/must say in 20 characters or more why this is lawful/)
  await page
    .getByLabel('Why this is lawful')
    .fill('Assessed by the data protection officer: to see that nobody waits longer.')
  await hands.click('Turn on')
  await hands.shows('women, men, neither')
  await hands.shows('Legitimate interest: Assessed by the data protection officer: to see that nobody waits longer.')
})

test('a file says who belongs to which group, and what comes of it is told in words', async () => {
  const lines = Array.from({ length: PEOPLE }, (_, place) => `c${place},${place % 2 === 0 ? 'men' : 'women'}`)
  const text = ['customer,group', ...lines, 'nobody,men'].join('\n')
  await page.locator('input[type=file]').setInputFiles({
    name: 'groups.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
  await hands.shows(/The group of 120 customers is known/)
  await hands.shows(/Not taken: 1 unknown/)
  await hands.click('Turn a comparison on')
  await page.getByRole('textbox', { name: 'Groups' }).fill('nl\nen')
  await page
    .getByRole('textbox', { name: 'Why this is lawful' })
    .fill('To see that nobody waits longer for the language.')
  await hands.click('Turn on')
  await hands.shows('known from the profiles of customers')
  await settled(page)
  await hands.open(PATH, 'Equal treatment')
  if (await page.getByRole('button', { name: 'Check everything now' }).isVisible())
    await hands.click('Check everything now')
  // The row of those who waited longer, once the worker has looked.
  await page
    .getByRole('listitem')
    .filter({ hasText: /^women: waited .* working hours longer until it was put right/ })
    .waitFor()
  await page.getByRole('table').filter({ hasText: 'Compensation as a share of the loss' }).first().waitFor()
  await hands.shows(/1 of \d+ comparisons shows a group that is treated otherwise/)
})

test('full, it can be read in three languages, light and dark, wide and narrow', async () => {
  expect(await faults()).toEqual([])
})

test('turning off asks once more, and then forgets', async () => {
  await hands.open(PATH, 'Equal treatment')
  await hands.click('Turn off: Sex')
  await hands.click('Keep it')
  await hands.click('Turn off: Sex')
  await hands.click('Turn it off and forget')
  await page.getByRole('button', { name: 'Turn it off and forget' }).waitFor({ state: 'detached' })
  const { found } = await (await page.request.get('/v1/equality')).json()
  expect(found.traits.map(({ trait }: { trait: string }) => trait)).toEqual(['language'])
  expect(firm.visit.complaints()).toEqual([])
})
