import { expect, test } from 'vitest'
import { countApologies, findPromises } from '../core/cases/reply-text.ts'
import { instantOf } from '../core/time/instant.ts'
import { tellingProposals } from './telling-proposals.ts'
import { locales } from './words.ts'

test.each(locales)('in %s a proposed answer apologises once where it is owed, and promises nothing', (language) => {
  const { reply, apology } = tellingProposals[language]
  const reading = { language, now: instantOf('2026-11-19T09:00:00Z'), calendar: { zone: 'UTC' } }
  expect(countApologies(reply('x'), language)).toBe(0)
  expect(countApologies(`${reply('x')} ${apology}`, language)).toBe(1)
  expect(findPromises(`${reply('x')} ${apology}`, reading)).toEqual([])
})
