import type { Page } from 'playwright-core'
import { settled } from './settled.ts'

/** What a test does on a page again and again, each until it has happened. */
export function onPage(page: Page) {
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  return {
    heading,
    /** Goes to a path and waits for its title and its answers. */
    open: async (path: string, title: string | RegExp): Promise<void> => {
      await page.goto(path)
      await heading(title)
      await settled(page)
    },
    click: (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
    /** Picks one of a few that stand side by side. */
    choose: (words: string) => page.locator('label', { hasText: new RegExp(`^${words}$`) }).click(),
    shows: (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor(),
  } as const
}

/** Customers as the API tells them to the person who is signed in. */
export async function customersOf(page: Page, query = ''): Promise<readonly CustomerRow[]> {
  const answer = await page.request.get(`/v1/customers?limit=200${query}`)
  return (await answer.json()).customers
}

export type CustomerRow = Readonly<{ customer: string; name: string | null; eventCount: number; left: boolean }>

/** A number as it stands on the screen, whatever stands around it. */
export const numberOf = (text: string): number => Number(text.replace('\u2212', '-').replaceAll(/[^\d.-]/g, ''))
