import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { contactPolicyAtFirst } from '../../src/core/contact/contact-policy.ts'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { customersOf, numberOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 400 })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

const ignoredByMail = () => page.getByLabel('Ignored offers tolerated by e-mail')
const policyNow = async () => (await page.request.get('/v1/policies/contact')).json()
const section = (title: string) =>
  page.locator('section', { has: page.getByRole('heading', { level: 2, name: title }) })

describe('the contact policy', () => {
  test('says first what the rules do, and the counts are those of the trial', async () => {
    await hands.open('/', 'Overview')
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await hands.heading('Contact policy')
    const trial = await (
      await page.request.post('/v1/policies/contact/try', { data: { policy: contactPolicyAtFirst, days: 30 } })
    ).json()
    expect(trial.messages).toBeGreaterThan(10)
    await hands.shows(
      `Of ${trial.messages} messages reported in the last 30 days, the rules would have held back ${trial.blockedByLive}.`,
    )
    await page.locator('summary', { hasText: 'To whom' }).click()
    const held = page.getByRole('region', { name: 'To whom' }).locator('tbody tr')
    expect(await held.count()).toBe(Math.min(trial.blockedByLive, 50))
    await held.first().getByText(trial.blocked[0].customer, { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('answers a question with the reason, and as a command that a program can send', async () => {
    const [someone] = await customersOf(page, '&filter=let-down')
    const customer = someone?.customer ?? ''
    await page.getByLabel('Customer', { exact: true }).fill(customer)
    await hands.click('May we?')
    await hands.shows('No, this may not be sent.')
    await hands.shows(/it is not put right/)
    await page.getByText('The same for a program').click()
    const command = (await page.locator('.copy pre').textContent()) ?? ''
    const question = JSON.parse(/-d '(.*)'$/.exec(command)?.[1] ?? '')
    const answer = await page.request.post('/v1/decisions/contact', { data: question })
    expect(await answer.json()).toMatchObject({ customer, allowed: false })
    await page.getByLabel('What for', { exact: true }).selectOption({ label: 'service' })
    await hands.click('May we?')
    await hands.shows('Yes, this may be sent.')
  })

  test('marks what is wrong beside it, and lets nothing be tried before it is right', async () => {
    await ignoredByMail().fill('many')
    await hands.shows('A whole number, 0 to 32')
    expect(await page.getByRole('button', { name: 'Try on what was sent' }).getAttribute('aria-disabled')).toBe('true')
    await ignoredByMail().fill('0')
    expect(await page.getByText('A whole number, 0 to 32').count()).toBe(0)
  })

  test('keeps changes while somebody goes to another page', async () => {
    await page.getByRole('link', { name: 'Overview' }).click()
    await hands.heading('Overview')
    await page.getByRole('link', { name: 'Contact policy' }).click()
    await hands.heading('Contact policy')
    expect(await ignoredByMail().inputValue()).toBe('0')
    await hands.shows('1 change that is not live')
  })

  test('goes live only after a trial and with a reason', async () => {
    const makeLive = page.getByRole('button', { name: 'Make it live' })
    await hands.shows('Try the changes first: see what they do before they are live.')
    await hands.click('Try on what was sent')
    await hands.shows(/more held back/)
    const more = numberOf((await page.getByText(/^\d+ more held back$/).textContent()) ?? '')
    expect(more).toBeGreaterThan(0)
    expect(await page.locator('#change .differing tbody tr').count()).toBe(Math.min(more, 50))
    // The button can be reached and says why it does nothing yet.
    await makeLive.press('Enter')
    await hands.shows('Say why first.')
    expect(await policyNow()).toMatchObject({ version: 0 })
    await page.getByLabel('Why').fill('One ignored offer is enough')
    await makeLive.click()
    await hands.shows(/Version 1 is live\./)
    expect(await policyNow()).toMatchObject({ version: 1, policy: { tolerance: { email: 0 } } })
  })

  test('a version tells who changed what and why, and is restored through the same trial', async () => {
    await page.locator('summary', { hasText: 'One ignored offer is enough' }).click()
    await page.getByRole('row', { name: 'Ignored offers tolerated by e-mail 4 0' }).waitFor()
    await page.locator('summary', { hasText: 'by Administrator' }).waitFor()
    await page.locator('summary', { hasText: 'The rules that everybody starts with.' }).click()
    await hands.click('Restore these rules')
    expect(await ignoredByMail().inputValue()).toBe('4')
    await hands.click('Try on what was sent')
    await hands.shows(/more let through/)
    expect(await page.getByLabel('Why').inputValue()).toBe('Back to the rules at first.')
  })

  test('of two who change the rules the second is told, and keeps what was typed', async () => {
    const { policy } = await policyNow()
    const other = { ...policy, surveyRestDays: 45 }
    const put = await page.request.put('/v1/policies/contact', {
      headers: { 'if-match': '"1"' },
      data: { policy: other, note: 'Meanwhile' },
    })
    expect(put.status()).toBe(200)
    await hands.click('Make it live')
    await hands.shows('Somebody made other rules live meanwhile. Your changes are kept.')
    expect(await ignoredByMail().inputValue()).toBe('4')
    await hands.click('Compare with the rules that are live now')
    await page.getByRole('row', { name: 'Rest after a survey, days 45 30' }).waitFor()
    await hands.click('Throw the changes away')
    expect(await page.getByLabel('Rest after a survey, days').inputValue()).toBe('45')
  })

  test('rules leave as a file and come back as changes; what is no such file is refused', async () => {
    const saving = page.waitForEvent('download')
    await hands.click('Export the live rules')
    const download = await saving
    expect(download.suggestedFilename()).toMatch(/^contact-policy-\d+\.yaml$/)
    const saved = parse(await readFile(await download.path(), 'utf8'))
    expect(saved.policy).toEqual((await policyNow()).policy)
    const file = (body: unknown, write: (body: unknown) => string = JSON.stringify) => ({
      name: 'rules.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(write(body)),
    })
    const input = page.locator('input[type=file]')
    await input.setInputFiles(file({ policy: { restDays: 'long' } }))
    await hands.shows('This is no file of rules')
    for (const write of [stringify, JSON.stringify]) {
      await input.setInputFiles(file({ policy: { ...saved.policy, restDays: 60 }, note: 'From a file' }, write))
      await page.getByRole('row', { name: 'Rest after too many ignored offers, days 90 60' }).waitFor()
      await hands.click('Throw the changes away')
    }
  })

  test('the suppression list is a file of the purpose and channel that are chosen', async () => {
    await section('Suppression list').getByLabel('Suppression list: By which way').selectOption({ label: 'phone' })
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the list' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toBe('suppression-upsell-phone.csv')
    const [head, ...lines] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    expect(head).toBe('customer,rule,next_allowed_at')
    expect(lines.length).toBeGreaterThan(10)
  })
})

test('the page of a customer says whether she may be contacted, and leads to the whole answer', async () => {
  const [someone] = await customersOf(page, '&filter=let-down')
  await page.goto(`/customers/${encodeURIComponent(someone?.customer ?? '')}`)
  await page.locator('.may li', { hasText: /Selling by e-mail: no/ }).waitFor()
  await page.locator('.may li', { hasText: /Service by e-mail: yes/ }).waitFor()
  await page.getByRole('link', { name: 'Selling by phone' }).click()
  await hands.heading('Contact policy')
  await hands.shows('No, this may not be sent.')
})

test.each([
  ['en', 'dark', 1280],
  ['nl', 'light', 360],
  ['ru', 'dark', 360],
] as const)('in %s, %s and %i wide, the page has no fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  const [someone] = await customersOf(page)
  const asked = `/policy?customer=${encodeURIComponent(someone?.customer ?? '')}&purpose=retention&channel=phone`
  expect(await faultsOf(seen, ['/policy', asked], language)).toEqual([])
  await seen.context.close()
})

test('nothing was complained about', () => {
  // The browser itself reports the two refusals that were provoked.
  const provoked = /\/v1\/policies\/contact/
  expect(firm.visit.complaints().filter((one) => !provoked.test(one))).toEqual([])
})
