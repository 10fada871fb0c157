import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, violationsOf, visit } from '../browser.ts'
import { onPage } from '../on-page.ts'
import { type OpenFirm, openFirm } from '../open-firm.ts'

let firm: OpenFirm
let page: Page
let hands: ReturnType<typeof onPage>
beforeAll(async () => {
  firm = await openFirm({ customers: 0 })
  page = firm.visit.page
  hands = onPage(page)
})
afterAll(() => firm.close())

describe('an administrator', () => {
  test('adds a team and invites an agent, whose link signs in and shows what an agent may', async () => {
    await page.goto('/settings/people')
    await hands.heading('People')
    await page.getByLabel('Name of the team').fill('North')
    await hands.click('Add the team')
    await page.getByRole('button', { name: 'Remove the team North' }).waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Simulated Agent')
    await page.getByLabel('E-mail').fill('agent@example.org')
    await hands.click('Make an invitation')
    await page.getByText('A link for Simulated Agent').waitFor()
    const link = (await page.locator('.copy pre').textContent()) ?? ''
    expect(link).toMatch(/\/join#[\w-]{43}$/)
    const agent = await visit(firm.browser, firm.app.address)
    await agent.page.goto(link)
    await agent.page.getByRole('heading', { name: 'Welcome' }).waitFor()
    expect(await violationsOf(agent.page)).toEqual([])
    await agent.page.getByLabel('Password').fill('some words in a row')
    await agent.page.getByRole('button', { name: 'Choose this password' }).click()
    const nav = agent.page.getByRole('navigation', { name: 'Main' })
    await nav.getByRole('link', { name: 'Customers' }).waitFor()
    expect(await nav.getByRole('link', { name: 'Data' }).count()).toBe(0)
    await nav.getByRole('link', { name: 'Settings' }).click()
    await agent.page.getByText('Only an administrator changes this.').waitFor()
    expect(await agent.page.getByRole('link', { name: 'People and permissions' }).count()).toBe(0)
    expect(await violationsOf(agent.page)).toEqual([])
    expect(agent.complaints()).toEqual([])
    await page.getByLabel('Simulated Agent in North').click()
    await hands.click('Deactivate Simulated Agent')
    await page.getByRole('button', { name: 'Let in again: Simulated Agent' }).waitFor()
    await agent.page.reload()
    await agent.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await agent.context.close()
  })

  test('reads in the audit log what was done, and verifies it', async () => {
    await page.goto('/settings/audit')
    await hands.heading('Audit log')
    for (const done of ['Invited', 'Joined', 'Team added', 'Deactivated'])
      await page.getByRole('cell', { name: done, exact: true }).waitFor()
    await page.getByLabel('Action').selectOption('person.invited')
    await page.getByRole('cell', { name: 'Joined', exact: true }).waitFor({ state: 'detached' })
    await hands.click('Verify the chain')
    await page.getByText(/entries, all as they were written/).waitFor()
    expect(firm.visit.complaints()).toEqual([])
  })
})

test.each([
  ['en', 'light', 1280],
  ['nl', 'dark', 1280],
  ['ru', 'light', 420],
  ['en', 'dark', 420],
] as const)('in %s and %s at %i pixels, the pages can be read by everybody', async (language, colorScheme, width) => {
  const look = await visit(firm.browser, firm.app.address, { language, colorScheme, width, as: firm.visit })
  expect(await faultsOf(look, ['/settings', '/settings/people', '/settings/audit'], language)).toEqual([])
  await look.context.close()
})
