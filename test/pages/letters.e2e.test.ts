import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, violationsOf } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { type SmtpSink, smtpAnswer, smtpSink } from '../smtp-sink.ts'
import { until } from '../started-app.ts'

/** What goes out of a case and comes back, with a real mail server at the end. */

let sink: SmtpSink
let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  sink = await smtpSink()
  const env = {
    AMENDS_SMTP_URL: sink.url,
    AMENDS_MAIL_FROM: 'Service <service@firm.example>',
    AMENDS_PUBLIC_URL: 'https://service.firm.example',
  }
  firm = await openFirm({ customers: 0, env })
  page = firm.visit.page
  hands = onPage(page)
  // Deadlines from law need to know whose holidays count.
  const settings = await (await page.request.get('/v1/settings')).json()
  const saved = await page.request.put('/v1/settings', { data: { ...settings, timeZone: 'Europe/Amsterdam' } })
  expect(saved.status()).toBe(200)
})
afterAll(async () => {
  await firm.close()
  await sink.close()
})

/** A customer with an address and a case; answers its name. */
async function letDown(customer: string): Promise<string> {
  const at = new Date().toISOString()
  const data = { email: `${customer}@example.org`, locale: 'nl', name: 'Marieke' }
  const profiled = { id: `p-${customer}`, customer, type: 'customer.profiled', at, data }
  expect((await page.request.post('/v1/events', { data: [profiled] })).status()).toBe(200)
  const opened = await page.request.post('/v1/cases', {
    data: { customer, severity: 'major', category: 'billing', lossMinor: 6_400, currency: 'EUR' },
  })
  return (await opened.json()).id
}

async function work(id: string, ...commands: readonly object[]): Promise<void> {
  for (const data of commands) {
    const answer = await page.request.post(`/v1/cases/${id}/commands`, { data })
    expect(answer.status(), await answer.text()).toBe(200)
  }
}

const regime = (pack: string, event: string) => ({ kind: 'apply regime', pack, event, since: new Date().toISOString() })
const owned = [{ kind: 'acknowledge' }, { kind: 'own' }, { kind: 'apologise', isSpecific: true }]
const papers = () =>
  page.locator('section', { has: page.getByRole('heading', { name: 'Letters and evidence' }) }).last()
const after = () => page.getByRole('region', { name: 'After you send' })

test('the acknowledgement that a regime asks for goes with the first mail, and stands with the case', async () => {
  const id = await letDown('ack')
  await work(id, regime('uk-fca-disp', 'complaint.received'))
  await hands.open(`/cases/${id}`, /./)
  await page
    .getByRole('combobox', { name: 'Letter', exact: true })
    .selectOption({ label: 'Acknowledgement of your complaint (UK financial complaints)' })
  await after()
    .getByText(/^UK financial complaints: .*\. Met by this\.$/)
    .first()
    .waitFor()
  await after()
    .getByText(/A letter is owed by/)
    .first()
    .waitFor()
  await hands.click(/^Send, start the clocks/)
  await papers().getByRole('link', { name: 'Acknowledgement of your complaint' }).waitFor()
  await until(async () => sink.taken.length === 1)
  expect(sink.taken[0]?.attachments.map(({ contentType }) => contentType)).toEqual(['application/pdf'])
})

test('a deadlock letter is seen before it is sent, and opens what it opens', async () => {
  const id = await letDown('deadlock')
  await work(id, regime('uk-ofcom-adr', 'deadlock.reached'), ...owned)
  await hands.open(`/cases/${id}`, /./)
  await page.locator('.seg label', { hasText: /^Letter$/ }).click()
  await page
    .getByRole('combobox', { name: 'Letter', exact: true })
    .selectOption({ label: 'Deadlock letter (UK telecom: alternative dispute resolution)' })
  await page.getByLabel('What we found').fill('We kunnen het niet eens worden.')
  await hands.click('See the letter as PDF')
  await hands.shows('Write what is done, or why nothing.')
  await page.getByLabel('What we do, or why nothing').fill('Wij blijven bij de rekening.')
  await page.getByLabel('Dispute body').fill('Communications Ombudsman')
  const saved = page.waitForEvent('download')
  await hands.click('See the letter as PDF')
  expect((await saved).suggestedFilename()).toBe(`preview-${id}.pdf`)
  expect(await papers().locator('li').count()).toBe(0)
  await after()
    .getByText(/Deadlock letter opens the scheme at once\. Met by this\./)
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await hands.click(/^Send, start the clocks/)
  await papers().getByRole('link', { name: 'Deadlock letter' }).waitFor()
})

test('a final response meets its deadline, and begins the time in which the customer may go on', async () => {
  const id = await letDown('final')
  await work(id, regime('uk-fca-disp', 'complaint.received'), ...owned)
  await hands.open(`/cases/${id}`, /./)
  await page.locator('.seg label', { hasText: /^Letter$/ }).click()
  await page
    .getByRole('combobox', { name: 'Letter', exact: true })
    .selectOption({ label: 'Our final response (UK financial complaints)' })
  await page.getByLabel('What we found').fill('De rekening was fout.')
  await page.getByLabel('What we do, or why nothing').fill('U krijgt uw geld terug.')
  await after().getByText('UK financial complaints: Final response. Met by this.').waitFor()
  await after()
    .getByText(/^UK financial complaints: Customer may go to the ombudsman\. The customer has from now until /)
    .waitFor()
  await hands.click(/^Send, start the clocks/)
  await papers().getByRole('link', { name: 'Our final response' }).waitFor()
})

test('what is told on the phone shows the address of the firm to pass on', async () => {
  const id = await letDown('phone')
  const remedy = { what: 'Geld terug', fixBy: null, valueMinor: 0, form: null }
  await work(id, ...owned, { kind: 'agree remedy', remedy }, { kind: 'fix', how: null })
  await hands.open(`/cases/${id}`, /./)
  await hands.shows('Links are made when it is sent; an ellipsis stands for what is still to come.')
  await page.locator('.letter').getByText('https://service.firm.example/answer/\u2026?lang=nl').first().waitFor()
  await page.getByLabel('Told by').selectOption('phone')
  await hands.click(/^Note it as told/)
  await hands.shows(/The page to pass on: https:\/\/service\.firm\.example\/answer\/\S+\?lang=nl$/)
})

test('a follow-up whose mail comes back says so on its case, and the next is told in another way', async () => {
  const id = await letDown('bounce')
  const remedy = { what: 'Geld terug', fixBy: null, valueMinor: 0, form: null }
  await work(
    id,
    ...owned,
    { kind: 'agree remedy', remedy },
    { kind: 'fix', how: null },
    { kind: 'confirm', satisfied: true },
    { kind: 'close', rootCause: 'billing' },
  )
  sink.at.stage = async (stage) => {
    if (stage === 'rcpt') throw smtpAnswer(550, '5.1.1 no such user')
  }
  await hands.open(`/cases/${id}`, /./)
  await hands.choose('Ask if it holds')
  await hands.click(/^Send, start the clocks/)
  await hands.shows('Sent: Follow-up.')
  const told = page.locator('section', { has: page.getByRole('heading', { name: 'What the customer was told' }) })
  // The page reads the case again as soon as something about it is new.
  await told.getByText(/^came back: .*5\.1\.1 no such user/).waitFor()
  await hands.choose('Ask if it holds')
  await hands.shows('Told in another way')
  sink.at.stage = async () => undefined
  expect(await faultsOf(firm.visit, [`/cases/${id}`])).toEqual([])
})

test('nothing went wrong in the browser meanwhile', () => {
  expect(firm.visit.complaints()).toEqual([])
})
