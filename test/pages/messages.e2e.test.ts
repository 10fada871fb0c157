import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueMessage } from '../../src/flows/queue-message.ts'
import { startEmbeddedPostgres } from '../../src/main/embedded-postgres.ts'
import { connect } from '../../src/store/db.ts'
import { faultsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'
import { type SmtpSink, smtpAnswer, smtpSink } from '../smtp-sink.ts'
import { until } from '../started-app.ts'
import { testWorld } from '../test-world.ts'
import { type WebhookReceiver, webhookReceiver } from '../webhook-receiver.ts'

let sink: SmtpSink
let receiver: WebhookReceiver
let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  sink = await smtpSink()
  receiver = await webhookReceiver()
  const env = {
    AMENDS_SMTP_URL: sink.url,
    AMENDS_MAIL_FROM: 'Service <service@firm.example>',
    AMENDS_WEBHOOK_ALLOW_PRIVATE: '1',
  }
  firm = await openFirm({ customers: 0, env })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(async () => {
  await firm.close()
  await sink.close()
  receiver.close()
})

/** As a flow does it: in a transaction, on the database of the running server. */
async function queue(customer: string): Promise<void> {
  const engine = await startEmbeddedPostgres(firm.app.directory)
  const db = connect({ connectionString: engine.connectionString, connectionsMax: 1, name: 'test' })
  const world = { ...testWorld(db), mail: { smtpUrl: sink.url, from: 'service@firm.example' } }
  await db.transaction((tx) =>
    queueMessage(world, tx, {
      customer,
      to: `${customer}@example.org`,
      kind: 'exit.acknowledged',
      language: 'nl',
      timeZone: 'Europe/Amsterdam',
      values: { reference: 'E-1', content: 'Opzegging van het abonnement', received: '2026-03-06T14:05:00Z' },
      cause: 'exit E-1',
    }),
  )
  await db.close()
  await engine.release()
}

const line = (customer: string) => page.locator('details', { hasText: `${customer}@example.org` })

describe('Messages', () => {
  test('a message is sent by the worker, and is on the page as it was sent', async () => {
    await queue('C-1')
    await until(async () => sink.taken.length === 1)
    await hands.open('/messages', 'Messages')
    await line('C-1').locator('summary').click()
    const letter = await line('C-1').locator('.letter p').textContent()
    expect(letter?.replaceAll(/\s+/g, ' ').trim()).toBe(sink.taken[0]?.text?.replaceAll(/\s+/g, ' ').trim())
    await line('C-1').getByText('sent', { exact: true }).waitFor()
  })

  test('one that came back says why, and goes again when somebody says so', async () => {
    sink.at.stage = async (stage) => {
      if (stage === 'rcpt') throw smtpAnswer(550, '5.1.1 no such user')
    }
    await queue('C-2')
    await hands.open('/messages?state=bounced', 'Messages')
    await until(async () => (await line('C-2').count()) === 1)
    await line('C-2').locator('summary').click()
    await hands.shows(/no such user/)
    sink.at.stage = async () => undefined
    await hands.click('Send again')
    await until(async () => sink.taken.length === 2)
  })
})

describe('Settings', () => {
  test('a test message goes out, and the mail server is quoted', async () => {
    await hands.open('/settings', 'Settings')
    await page.getByLabel('Test message to').fill('me@example.org')
    await hands.click('Send a test message')
    await hands.shows('The mail server took it.')
    expect(sink.taken).toHaveLength(3)
  })

  test('who looks after a case is told by first name if the firm says so, and the address for answers stays', async () => {
    const mail = page.getByRole('region', { name: 'Mail' })
    await mail.getByLabel('Answers go to').fill('desk@example.org')
    await mail.getByLabel('By first name, without a surname').check()
    await mail.getByRole('button', { name: 'Save the mail settings' }).click()
    await mail.getByText('Saved.').waitFor()
    expect(await (await page.request.get('/v1/mail')).json()).toMatchObject({
      replyTo: 'desk@example.org',
      owner: 'first-name',
    })
  })

  test('the firm words a message itself, and goes back', async () => {
    await page.getByLabel('Message', { exact: true }).selectOption({ label: 'Survey' })
    await page.getByLabel('Subject').fill('One question about {what}')
    await page.locator('.wording .letter h4', { hasText: 'One question about (what)' }).waitFor()
    await hands.click('Save the wording')
    await hands.shows('Your wording, version 1.')
    await hands.click('Back to the wording that came with Amends')
    await hands.shows('The wording that came with Amends.')
  })

  test('a webhook is added, tested for real, and what it was sent can be delivered again', async () => {
    await page.getByLabel('Address').fill(receiver.url)
    await page.getByLabel('Case opened').check()
    await hands.click('Add webhook')
    const secret = (await page.locator('.new-webhook pre').textContent()) ?? ''
    const endpoint = page.locator('details', { hasText: receiver.url })
    await endpoint.locator('summary').click()
    await hands.click(`Send a test event: ${receiver.url}`)
    await endpoint.getByText('delivered', { exact: true }).waitFor()
    const { body, headers } = receiver.received[0] ?? { body: '', headers: { 'webhook-id': '' } }
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'webhook.test' })
    await endpoint.getByRole('button', { name: 'Deliver again' }).click()
    await until(async () => receiver.received.length === 2)
    expect(receiver.received[1]?.headers['webhook-id']).toBe(headers['webhook-id'])
  })
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'dark', 1280],
  ['ru', 'light', 390],
] as const)('in %s, %s and %i wide, the pages have no fault', async (language, colorScheme, width) => {
  const seen = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  expect(await faultsOf(seen, ['/messages', '/settings'], language)).toEqual([])
  await seen.page.goto('/messages')
  await seen.page.locator('summary').first().click()
  await seen.page.locator('.letter').waitFor()
  await seen.page.goto('/settings')
  await seen.page.locator('details summary').first().click()
  await seen.page.locator('details table').waitFor()
  await seen.context.close()
})
