import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customersOf, onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  const env = {
    AMENDS_SMTP_URL: 'smtp://127.0.0.1:9',
    AMENDS_MAIL_FROM: 'service@firm.example',
    AMENDS_PUBLIC_URL: 'https://service.firm.example',
  }
  firm = await openFirm({ customers: 60, env })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

async function whoMayBeAsked(): Promise<string> {
  for (const { customer } of await customersOf(page)) {
    const look = await page.request.post('/v1/surveys/invitations/preview', { data: { customer, kind: 'csat' } })
    if ((await look.json()).allowed) return customer
  }
  throw new Error('nobody in the simulated firm may be asked')
}

describe('who is asked', () => {
  test('a rule is tried on what happened, made live, and told as the version that it is', async () => {
    await hands.open('/listening?view=asking', 'Listening')
    await hands.shows('Nobody is asked by itself: none of the rules is on.')
    await hands.shows('Turn on a rule to try it.')
    await page.getByLabel('A delivery: asks by itself').click()
    await page.getByLabel('A delivery: Hours to wait').fill('48')
    await hands.click('Try the rules')
    await page.getByRole('row', { name: /A delivery \d+/ }).waitFor()
    await hands.shows(/invitations? on \d+ occasions?\./)
    await page.getByLabel('Why').fill('To hear sooner')
    await hands.click('Make it live')
    await hands.shows(/Version 1 is live\./)
    const { policy } = await (await page.request.get('/v1/policies/asking')).json()
    expect(policy.rules['order delivered']).toMatchObject({ on: true, waitHours: 48 })
    await page.locator('summary', { hasText: 'To hear sooner' }).click()
    await page.getByRole('row', { name: 'A delivery off asks by itself' }).waitFor()
  })

  test('one customer is asked from her page after a look, and the second time the policy says why not', async () => {
    const asked = await whoMayBeAsked()
    await hands.open(`/customers/${asked}`, /./)
    await page.getByRole('link', { name: 'Ask', exact: true }).click()
    await hands.click('Look first')
    await hands.shows('She may be asked.')
    await hands.shows(/score=5/)
    await hands.click('Send the question')
    await hands.shows('The question is on its way.')
    await page.getByRole('row', { name: /By hand 0 1/ }).waitFor()
    await hands.open(`/listening?view=asking&customer=${asked}`, 'Listening')
    await hands.click('Look first')
    await hands.shows('She may not be asked now.')
    await page.locator('.answer.refusal li').first().waitFor()
  })
})

describe('panels and ideas', () => {
  test('a round refuses only fans, invites by lot, and is closed', async () => {
    await hands.open('/listening?view=input', 'Listening')
    await hands.click('Invite to a panel, an interview or a visit')
    await page.getByLabel('Subject, as the customer reads it').fill('How deliveries are announced')
    await page.getByLabel('What is asked of her: when, where, how long').fill('One hour in the evening.')
    await page.getByLabel('How many are invited from each group: asked and silent').fill('0')
    await hands.shows('At least one who says nothing.')
    await page.getByLabel('How many are invited from each group: asked and silent').fill('2')
    await hands.click('Invite')
    const round = page.getByRole('article', { name: 'How deliveries are announced' })
    await round.getByText('open', { exact: true }).waitFor()
    await round.locator('summary').click()
    await round
      .getByRole('row', { name: /Invited/ })
      .last()
      .waitFor()
    await hands.click('Close the round')
    await round.getByText('closed', { exact: true }).waitFor()
    await hands.shows('The round is closed.')
    await page.keyboard.press('z')
    await round.getByText('open', { exact: true }).waitFor()
    await hands.click('Close the round')
    await hands.click('Open it again')
    await round.getByText('open', { exact: true }).waitFor()
  })

  test('an idea is noted, and the customer is told what came of it', async () => {
    const { customers } = await (await page.request.get('/v1/customers?limit=1')).json()
    await page.locator('summary', { hasText: 'Note an idea' }).click()
    await page.getByRole('combobox', { name: 'Customer', exact: true }).fill(customers[0].customer)
    await page.getByLabel('The idea, in her words').fill('Tell me the hour.')
    await hands.click('Note it')
    await hands.shows('Noted.')
    const line = page.getByRole('listitem').filter({ hasText: 'Tell me the hour.' })
    await line.locator('summary').click()
    await line.getByText('Say what came of it first.').waitFor()
    await line.getByLabel('How it stands').selectOption('done')
    await line.getByLabel('What came of it, as the customer reads it').fill('The hour comes the evening before.')
    await line.getByRole('button', { name: 'Keep and tell the customer' }).click()
    await line.getByText(/told on /).waitFor()
    await line.getByText('The hour comes the evening before.').first().waitFor()
    expect(firm.visit.complaints()).toEqual([])
  })
})
