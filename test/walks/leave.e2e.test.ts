import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openBrowser, overflowOf, violationsOf, visit } from '../browser.ts'
import { type SmtpSink, smtpSink } from '../smtp-sink.ts'
import { askWith, freshDirectory, makeKey, removeDirectory, type StartedApp, startApp, until } from '../started-app.ts'

const PHONE = { width: 360, height: 740 }

let sink: SmtpSink
let directory: string
let app: StartedApp
let browser: Browser
const env = () => ({ AMENDS_SMTP_URL: sink.url, AMENDS_MAIL_FROM: 'Service <service@firm.example>' })

beforeAll(async () => {
  sink = await smtpSink()
  directory = await freshDirectory()
  app = await startApp({ directory, env: env() })
  const key = await makeKey(directory)
  const at = '2026-01-05T10:00:00Z'
  const events = [
    { id: '1', customer: 'C-1', type: 'customer.profiled', at, data: { email: 'marieke@example.org' } },
    { id: '2', customer: 'C-1', type: 'subscription.started', at, data: { subscription: 'AB-40118' } },
  ]
  const answer = await askWith({ address: app.address, key }, 'POST', '/v1/events', events)
  expect(answer.status).toBe(200)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.stop()
  await sink.close()
  await removeDirectory(directory)
})

/** A phone on which no script runs. */
async function phone(locale: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.address, viewport: PHONE, locale, javaScriptEnabled: false })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

async function fill(page: Page): Promise<void> {
  await page.getByLabel('Opzeggen', { exact: false }).first().check()
  await page.getByLabel('Contract- of bestelnummer').fill('AB-40118')
  await page.getByLabel('E-mailadres voor de bevestiging').fill('marieke@example.org')
  await page.getByRole('button', { name: 'Hier opzeggen of herroepen' }).click()
}

test('a customer leaves on a phone without scripts in two steps, and the confirmation is in her mailbox', async () => {
  const page = await phone('nl-NL')
  await page.goto('/leave')
  await fill(page)
  await page.getByRole('heading', { name: 'Controleer en bevestig' }).waitFor()
  await page.getByRole('button', { name: 'Opzegging bevestigen' }).click()
  await page.getByRole('heading', { name: 'Wij hebben uw bericht ontvangen' }).waitFor()
  const number = /E-\w{5}-\w{5}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? ''
  const mail = await until(async () => sink.taken.find(({ text }) => text?.includes(number)))
  expect(mail.to).toMatchObject({ text: 'marieke@example.org' })
  expect(mail.text).toContain('Opzegging, AB-40118')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByText('Bevestiging opslaan').click()])
  expect(file.suggestedFilename()).toBe(`bevestiging-${number}.txt`)
  await page.context().close()
})

test('the server may be killed between the two steps and after the last: nothing is lost, and nothing is sent twice', async () => {
  const page = await phone('nl-NL')
  await page.goto('/leave')
  await fill(page)
  await page.getByRole('heading', { name: 'Controleer en bevestig' }).waitFor()
  const { port } = app
  await app.kill()
  app = await startApp({ directory, port, env: env() })
  const before = sink.taken.length
  await page.getByRole('button', { name: 'Opzegging bevestigen' }).click()
  await page.getByRole('heading', { name: 'Wij hebben uw bericht ontvangen' }).waitFor()
  await app.kill()
  app = await startApp({ directory, port, env: env() })
  await page.reload()
  await page.getByRole('heading', { name: 'Wij hebben uw bericht ontvangen' }).waitFor()
  await until(async () => sink.taken.length > before)
  const number = /E-\w{5}-\w{5}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? ''
  expect(sink.taken.filter(({ text }) => text?.includes(number))).toHaveLength(1)
  await page.context().close()
})

test.each([
  ['en', 'light', 360],
  ['nl', 'dark', 360],
  ['ru', 'light', 1280],
] as const)('in %s, %s and %i wide, each step is without fault', async (language, colorScheme, width) => {
  const seen = await visit(browser, app.address, { colorScheme, width })
  expect(await faultsOf(seen, [`/leave?lang=${language}`, `/leave/done/lost?lang=${language}`], language)).toEqual([
    `error: Failed to load resource: the server responded with a status of 410 (Gone) ${app.address}/leave/done/lost?lang=${language}`,
  ])
  const { page } = seen
  await page.goto(`/leave?lang=${language}`)
  await page.locator('input[value=withdraw]').check()
  await page.locator('input[name=reference]').fill('AB-1')
  await page.locator('main form button').first().click()
  await page.locator('dl').waitFor()
  expect([...(await violationsOf(page)), await overflowOf(page)]).toEqual([0])
  await page.locator('main form button').first().click()
  await page.locator('.after').waitFor()
  expect([...(await violationsOf(page)), await overflowOf(page)]).toEqual([0])
  await seen.context.close()
})

test.each(['/cancel', '/withdraw'])('%s is one form and one button on a phone, in German too', async (path) => {
  const seen = await visit(browser, app.address, { colorScheme: 'dark', width: 375 })
  expect(await faultsOf(seen, [`${path}?lang=de`], 'de')).toEqual([])
  await seen.context.close()
  const page = await phone('de-DE')
  await page.goto(path)
  const radio = page.locator('input[type=radio]').first()
  if (path === '/cancel') await radio.check()
  await page.getByLabel('Vertrags- oder Bestellnummer').fill('AB-40118')
  await page.getByLabel('E-Mail-Adresse').fill('erika@example.org')
  await page.getByRole('button', { name: path === '/cancel' ? 'jetzt kündigen' : 'Widerruf bestätigen' }).click()
  await page.getByRole('heading', { name: 'Wir haben Ihre Erklärung erhalten' }).waitFor()
  const number = /E-\w{5}-\w{5}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? ''
  const mail = await until(async () => sink.taken.find(({ text }) => text?.includes(number)))
  expect(mail.headers.get('content-language')).toBe('de')
  expect(mail.text).toMatch(/Eingegangen: .* um \d\d:\d\d/)
  await page.context().close()
})

test('the language can be changed at each step, and nothing that was typed is lost', async () => {
  const page = await phone('en-GB')
  await page.goto('/leave')
  await page.getByRole('link', { name: 'Nederlands' }).click()
  await fill(page)
  await page.getByRole('button', { name: 'Русский' }).click()
  await page.getByText('AB-40118').waitFor()
  await page.getByRole('button', { name: 'Назад' }).click()
  expect(await page.locator('input[name=reference]').inputValue()).toBe('AB-40118')
  await page.context().close()
})
