import { afterAll, expect, test } from 'vitest'
import { toldFirm } from '../../../test/told-firm.ts'
import type { CaseEvidence } from '../../contract/case-evidence.ts'
import type { CasePage } from '../../contract/cases.ts'
import { evidenceDocument } from './evidence-pdf.ts'

const { sink, ask, agent, letDown, telling, delivered } = await toldFirm()
afterAll(() => sink.close())

/** Words of the wire that are no words of a reader. */
const CODES = /\b(minor|major|critical|late delivery|rule|clock|public-page|answer|sent|acknowledgement|own)\b/

test('the evidence on paper is in the words of its reader, with who did each step', async () => {
  const id = await letDown('read')
  await telling(id, { about: 'case.acknowledged', letter: { pack: 'own', letter: 'acknowledgement' } })
  await delivered('read')
  const page = (await ask('GET', `/v1/cases/${id}?lang=ru`, agent)).json as unknown as CasePage
  const evidence = (await ask('GET', `/v1/cases/${id}/evidence?lang=ru`, agent)).json as unknown as CaseEvidence
  const { blocks } = evidenceDocument({ page, evidence, firm: '', simulated: false, language: 'ru' })
  // What was written to the customer stands as it was written.
  const said = JSON.stringify(blocks.filter(({ is }) => is === 'pairs' || is === 'table' || is === 'paragraph'))
  expect(said.replaceAll(/case:\w+|https?:\S+/g, '')).not.toMatch(CODES)
  expect(said).toMatch(/Проблема признана","Simulated agent"/)
  expect(said).toContain('отправлено')
})

test('a promise that a program made names the key that answers for it', async () => {
  const id = await letDown('by-key')
  const told = await ask('POST', `/v1/cases/${id}/tellings`, { body: { about: 'case.acknowledged' } })
  expect(told.status).toBe(200)
  const page = (await ask('GET', `/v1/cases/${id}`, agent)).json as unknown as CasePage
  expect(page.told.promises).toMatchObject([{ promise: 'answer', owner: { name: expect.stringMatching(/^key /) } }])
})
