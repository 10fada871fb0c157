import { expect, test } from 'vitest'
import { ageOf, at, day, dayTime, dueTime, fullDay, span } from './dates.ts'

const place = (language: 'en' | 'nl' | 'ru', timeZone = 'UTC') => ({ language, timeZone })
const now = at('2026-11-19T12:00:00Z')

test('a day carries its year only when it differs', () => {
  expect(day(place('en'), at('2026-10-24T12:00:00Z'), now)).toBe('24 Oct')
  expect(day(place('en'), at('2025-10-24T12:00:00Z'), now)).toBe('24 Oct 2025')
})

test('days and clocks are those of the time zone of the firm', () => {
  const late = at('2026-10-24T23:30:00Z')
  expect(dayTime(place('en', 'Europe/Amsterdam'), late, now)).toBe('25 Oct, 01:30')
  expect(dayTime(place('en', 'America/Sao_Paulo'), late, now)).toBe('24 Oct, 20:30')
})

test('what is due when a day is over names that day', () => {
  const firm = place('nl', 'Europe/Amsterdam')
  expect(dueTime(firm, at('2026-12-02T23:00:00Z'), now)).toBe('2 dec, 24:00')
  expect(dueTime(firm, at('2025-12-31T23:00:00Z'), now)).toBe('31 dec 2025, 24:00')
  expect(dueTime(firm, at('2026-12-02T23:01:00Z'), now)).toBe('3 dec, 00:01')
})

test('August keeps its last letter in Russian', () =>
  expect(fullDay(place('ru'), at('2025-08-15T12:00:00Z'))).toBe('15 авг 2025'))

test('abbreviations carry no full stops in any language', () => {
  for (const language of ['en', 'nl', 'ru'] as const) {
    for (let month = 1; month <= 12; month += 1) {
      const text = fullDay(place(language), at(`2025-${`${month}`.padStart(2, '0')}-15T12:00:00Z`))
      expect(text).not.toMatch(/[.]| г$/)
      expect(text).toContain('2025')
    }
  }
})

test.each([
  [2_000, 'now', 0],
  [41_000, 'second', 41],
  [4 * 60_000 + 59_000, 'minute', 4],
  [3 * 3_600_000, 'hour', 3],
  [50 * 3_600_000, 'day', 2],
  [-5_000, 'now', 0],
])('%d ms old is told in the unit %s', (old, unit, amount) => expect(ageOf(now - old, now)).toEqual({ unit, amount }))

test('a span is told in years and months', () => {
  expect(span(at('2022-03-14T00:00:00Z'), now)).toEqual({ years: 4, months: 8 })
  expect(span(now, now - 1)).toEqual({ years: 0, months: 0 })
})
