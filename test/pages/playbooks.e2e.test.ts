import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 20 })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

const rulesNow = async (kind: 'case' | 'remedy') => (await page.request.get(`/v1/policies/${kind}`)).json()
const allowed = () => page.getByLabel('Acknowledge, minor: minutes allowed')

describe('playbooks', () => {
  test('a changed number is compared, and is the new version once it is live', async () => {
    await hands.open('/', 'Overview')
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await hands.heading('Playbooks')
    const { policy } = await rulesNow('case')
    expect(await allowed().inputValue()).toBe(`${policy.minutes.minor.acknowledge}`)
    await allowed().fill('95')
    await page.getByLabel('A public post: opens a case').uncheck()
    await page.getByRole('row', { name: /Acknowledge, minor: minutes allowed .* 1 h 35 min/ }).waitFor()
    await hands.shows('2 changes that are not live')
    await hands.shows('Say why first.')
    await page.getByLabel('Why').fill('Slower mornings')
    await hands.click('Make it live')
    await hands.shows(/Version 1 is live\./)
    expect(await rulesNow('case')).toMatchObject({
      version: 1,
      policy: { minutes: { minor: { acknowledge: 95 } }, opening: { rules: { length: 5 } } },
    })
    await page.locator('summary', { hasText: 'Slower mornings' }).click()
    await page.getByRole('row', { name: 'A public post opens a case opens no case' }).waitFor()
  })

  test('changed rules are tried on what happened before they are live', async () => {
    await page.getByLabel('Late by so many days is still minor').fill('1')
    await hands.click('Try these rules')
    await hands.shows(/These rules would have opened/)
    await hands.shows(/^Simulated data: a simulated firm tells each of its let-downs itself/)
    await hands.click('Throw the changes away')
  })

  test('what the server would refuse is told beside the rule, and does not go live', async () => {
    await page.getByLabel('A day of work ends, for legal deadlines, at').fill('25:00')
    await hands.shows('Times from 00:00 to 24:00 and dates, open often enough for the time that is allowed.')
    await page.getByLabel('Why').fill('No such hour')
    await page.getByRole('button', { name: 'Make it live' }).press('Enter')
    await hands.click('Throw the changes away')
    expect(await rulesNow('case')).toMatchObject({ version: 1 })
    expect(await page.getByLabel('A day of work ends, for legal deadlines, at').inputValue()).toBe('17:30')
  })

  test('a regime tells its steps, source and open questions, and can be put in force', async () => {
    await page.locator('summary', { hasText: 'UK financial complaints' }).click()
    await page.getByRole('heading', { name: 'Open questions' }).waitFor()
    await page.getByLabel('UK financial complaints applies to cases here').click()
    await page
      .getByRole('row', { name: /^UK financial complaints: It starts when none the complaint comes in/ })
      .waitFor()
    await page.getByRole('row', { name: /Regimes: UK financial complaints none in force here/ }).waitFor()
    await hands.click('Throw the changes away')
  })

  test('limits are changed in the main unit of the currency', async () => {
    await page.getByText('Remedies and authority', { exact: true }).click()
    const limit = page.getByLabel(/^Agent, In a case/)
    await limit.fill('999')
    await hands.shows('Of a case no more than of a day, of a day no more than of a month.')
    await limit.fill('75.5')
    await page.getByLabel('Why').fill('A little more room')
    await hands.click('Make it live')
    await hands.shows(/Version 1 is live\./)
    expect(await rulesNow('remedy')).toMatchObject({
      policy: { authority: { limits: { agent: { caseMinor: 7_550 } } } },
    })
    const other = await visit(firm.browser, firm.app.address, { colorScheme: 'dark', width: 375, as: firm.visit })
    expect(await faultsOf(other, ['/playbooks', '/playbooks?view=remedies'])).toEqual([])
    await other.context.close()
  })
})
