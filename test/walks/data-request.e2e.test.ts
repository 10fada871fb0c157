import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, overflowOf, violationsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { type SmtpSink, smtpSink } from '../smtp-sink.ts'
import { until } from '../started-app.ts'

const PUBLIC_URL = 'https://service.example.org'

let sink: SmtpSink
let firm: OpenFirm
beforeAll(async () => {
  sink = await smtpSink()
  const env = { AMENDS_SMTP_URL: sink.url, AMENDS_MAIL_FROM: 'Service <s@firm.example>', AMENDS_PUBLIC_URL: PUBLIC_URL }
  firm = await openFirm({ customers: 0, env })
  const at = '2026-01-05T10:00:00Z'
  const data = { email: 'marieke@example.org' }
  const told = await firm.visit.page.request.post('/v1/events', {
    data: { id: '1', customer: 'C-1', type: 'customer.profiled', at, data },
  })
  expect(told.status()).toBe(200)
})
afterAll(async () => {
  await firm.close()
  await sink.close()
})

const mailOf = async (subject: string): Promise<string> => {
  const mail = await until(async () => sink.taken.find((one) => one.subject?.includes(subject)))
  return new RegExp(`${PUBLIC_URL}(/\\S+)`).exec(mail.text ?? '')?.[1] ?? ''
}

test('a customer asks for a copy on a phone without scripts, confirms by mail, is answered by button, and downloads it', async () => {
  const { browser, app } = firm
  const context = await browser.newContext({
    baseURL: app.address,
    viewport: { width: 375, height: 740 },
    locale: 'nl-NL',
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto('/data-request')
  await page.getByLabel('Een kopie van mijn gegevens').check()
  await page.getByLabel('Uw e-mailadres').fill('Marieke@example.org')
  await page.getByRole('button', { name: 'Vragen' }).click()
  await page.getByRole('heading', { name: 'Kijk in uw mailbox' }).waitFor()
  await page.goto(await mailOf('Bevestig alstublieft'))
  await page.getByRole('button', { name: 'Bevestigen' }).click()
  await page.getByRole('heading', { name: 'Wij hebben uw verzoek' }).waitFor()

  const hands = onPage(firm.visit.page)
  await hands.open('/exits/data-requests', 'Data requests')
  await firm.visit.page.locator('summary', { hasText: 'C-1' }).click()
  expect(await violationsOf(firm.visit.page)).toEqual([])
  await hands.click('Make the copy and mail the link')
  await page.goto(await mailOf('Een kopie van uw gegevens'))
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Downloaden' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('mijn-gegevens.zip')
  await context.close()
})

test('what may be sent is chosen from a link in a mail, on a phone without scripts', async () => {
  const { page: own } = firm.visit
  const live = await (await own.request.get('/v1/policies/contact')).json()
  // Nobody is held out: who is asked here is asked.
  const data = { policy: { ...live.policy, neverAskedShare: 0 }, note: 'for a test' }
  await own.request.put('/v1/policies/contact', { data, headers: { 'if-match': `"${live.version}"` } })
  const consent = { channel: 'email', purpose: 'survey', granted: true }
  await own.request.post('/v1/events', {
    data: { id: '2', customer: 'C-1', type: 'consent.changed', at: '2026-01-06T10:00:00Z', data: consent },
  })
  await own.request.post('/v1/surveys/invitations', { data: { customer: 'C-1', kind: 'csat' } })
  const mail = await until(async () =>
    sink.taken.find(({ headerLines }) => headerLines.some(({ key }) => key === 'list-unsubscribe')),
  )
  const path = /\/preferences\/[\w.-]+/.exec(
    mail.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '',
  )?.[0]
  const seen = await visit(firm.browser, firm.app.address, { colorScheme: 'dark', width: 375 })
  expect(await faultsOf(seen, [`${path}?lang=nl`], 'nl')).toEqual([])
  await seen.page.getByRole('button', { name: 'Overal nee' }).click()
  await seen.page.getByText('Opgeslagen. Zo staat het nu.').waitFor()
  expect(await seen.page.getByRole('radio', { name: 'Nee', checked: true }).count()).toBe(10)
  expect([...(await violationsOf(seen.page)), await overflowOf(seen.page)]).toEqual([0])
  await seen.page.getByRole('link', { name: 'Wat wij over u bewaren, en waarom' }).click()
  await seen.page.getByRole('heading', { name: 'Wat wij bewaren' }).waitFor()
  const held = new URL(seen.page.url()).pathname
  for (const language of ['nl', 'ru']) expect(await faultsOf(seen, [`${held}?lang=${language}`], language)).toEqual([])
  await seen.page.goto(`${held}?lang=nl`)
  await seen.page.getByRole('button', { name: 'Hiertegen bezwaar maken' }).click()
  await seen.page.getByRole('button', { name: 'Mijn bezwaar intrekken' }).waitFor()
  expect([...(await violationsOf(seen.page)), await overflowOf(seen.page)]).toEqual([0])
  await seen.context.close()
  const hands = onPage(own)
  await hands.open('/customers/C-1', /./)
  await hands.shows('Objects to profiling since')
  expect(await violationsOf(own)).toEqual([])
  await hands.click('Objection taken back')
  await hands.click('Write down an objection')
  await hands.click('Objection taken back')
})

test.each([
  ['en', 'light', 375],
  ['ru', 'dark', 375],
] as const)('in %s, %s and %i wide, each page is without fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { colorScheme, width })
  const paths = [`/data-request?lang=${language}`, `${(await mailOf('Een kopie')).split('?')[0]}?lang=${language}`]
  expect(await faultsOf(seen, paths, language)).toEqual([])
  const { page } = seen
  await page.goto(`/data-request?lang=${language}`)
  await page.locator('input[value=erasure]').check()
  await page.locator('input[name=email]').fill('nobody@example.org')
  await page.locator('main form button').click()
  await page.locator('.after').waitFor()
  expect([...(await violationsOf(page)), await overflowOf(page)]).toEqual([0])
  await seen.context.close()
})
