import { describe, expect, test } from 'vitest'
import { instantOf } from '../core/time/instant.ts'
import { type Block, type LetterFacts, writeLetter, writtenLetters } from './letter.ts'
import { casePageTexts } from './page-texts/case-page-words.ts'
import { locales } from './words.ts'

const facts: LetterFacts = {
  letter: 'final_response',
  language: 'en',
  firm: 'Firm',
  timeZone: 'Europe/London',
  reference: '7K2M9QXR4TBN',
  name: 'Ann',
  what: 'a parcel',
  receivedAt: instantOf('2026-06-15T23:30:00Z'),
  writtenAt: instantOf('2026-06-20T10:00:00Z'),
  until: instantOf('2026-06-22T10:00:00Z'),
  owner: 'Noor',
  found: 'It was lost.\n\nTwice.',
  done: 'We pay.',
  remedy: 'The money back',
  notice: { body: 'Ombudsman', lastDay: '2026-12-20' },
}

const textOf = (blocks: readonly Block[]): string =>
  blocks.map((block) => ('text' in block ? block.text : block.rows.map((row) => row.join(': ')).join('\n'))).join('\n')
const said = (more: Partial<LetterFacts> = {}) => textOf(writeLetter({ ...facts, ...more }).blocks)

describe.each(locales.flatMap((language) => writtenLetters.map((letter) => [letter, language] as const)))(
  '%s in %s',
  (letter, language) => {
    const { title, blocks } = writeLetter({ ...facts, letter, language })
    const text = textOf(blocks)
    test('is written whole, plainly, with its number', () => {
      expect(title).not.toBe('')
      expect(text).toContain('7K2M9QXR4TBN')
      expect(`${title} ${text}`).not.toMatch(/[{}!…]|undefined|null/)
      if (language === 'nl') expect(text).not.toMatch(/\b(je|jij|jou|jouw)\b/i)
    })
    test('says where else to go when it is final, and not when it only acknowledges', () => {
      expect(text.includes('Ombudsman')).toBe(letter !== 'acknowledgement')
      expect(text.includes('It was lost.')).toBe(letter !== 'acknowledgement')
    })
  },
)

test('days are those of the firm’s zone, and the last day is told as a day', () => {
  expect(said()).toContain('Received by us: 16 June 2026')
  expect(said()).toContain('by 20 December 2026 at the latest')
  expect(said({ notice: { body: 'Scheme', lastDay: null } })).toContain('You may do so from today.')
  expect(said({ notice: null })).not.toContain('do not agree')
})

test('promises nothing that is not so: no owner, no date, no remedy where there is none', () => {
  const bare = said({ letter: 'acknowledgement', owner: null, until: null, name: null })
  expect(bare).not.toMatch(/Noor|You hear from us|Ann/)
  expect(said({ remedy: null })).not.toContain('Agreed with you')
})

test('a firm that has not said its name sends no regards of nobody', () => {
  expect(said()).toMatch(/With kind regards,\nFirm$/)
  expect(said({ firm: '' })).not.toContain('regards')
})

test.each(locales)('the words of the pages of a case hold their values apart in %s', (language) => {
  const VALUE = '#'
  const filled: string[] = []
  const walk = (words: unknown): void => {
    if (typeof words === 'string') filled.push(words)
    else if (typeof words === 'function') filled.push(String(words(VALUE, VALUE)))
    else if (typeof words === 'object' && words !== null) Object.values(words).forEach(walk)
  }
  walk(casePageTexts[language])
  expect(filled.length).toBeGreaterThan(60)
  for (const one of filled) expect(one).not.toMatch(/#\p{L}|\p{L}#|undefined|[{}!]/u)
})
