import { expect, test } from 'vitest'
import { momentInMail, momentInWords } from './moment-words.ts'

// Which space stands before "г." differs from one engine to another.
const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
const ms = Date.parse('2026-12-02T19:16:00Z')

test('a moment names the clock that is meant, as people of each language know it', () => {
  expect(momentInWords('en', ms, 'Europe/Amsterdam')).toBe('Wednesday, 2 December 2026 at 20:16 CET')
  expect(momentInWords('nl', ms, 'Europe/Amsterdam')).toBe('woensdag 2 december 2026 om 20:16 CET')
  expect(plain(momentInWords('ru', ms, 'Europe/Amsterdam'))).toBe('среда, 2 декабря 2026 г. в 20:16 (Нидерланды)')
  expect(momentInWords('de', ms, 'Europe/Berlin')).toBe('Mittwoch, 2. Dezember 2026 um 20:16 MEZ')
  expect(plain(momentInMail('ru', ms, 'Europe/Moscow'))).toBe('2 декабря 2026 г. в 22:16 (Москва)')
  expect(plain(momentInMail('ru', ms, 'UTC'))).toBe('2 декабря 2026 г. в 19:16 UTC')
})
