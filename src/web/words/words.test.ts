import { describe, expect, test } from 'vitest'
import { en } from './en.ts'
import { nl } from './nl.ts'
import { ru } from './ru.ts'

/** Every text of a dictionary with its path; functions are kept as they are. */
function entries(words: object, path = ''): (readonly [string, unknown])[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? entries(value, `${path}${name}.`)
      : [[`${path}${name}`, value] as const],
  )
}

describe.each([
  ['en', en],
  ['nl', nl],
  ['ru', ru],
])('%s', (_, words) => {
  test('no text is empty, cheerful, or cut', () => {
    const texts = entries(words).filter(([, value]) => typeof value === 'string')
    expect(texts.length).toBeGreaterThan(200)
    for (const [path, text] of texts) {
      expect(text, path).not.toBe('')
      expect(text, path).not.toMatch(/!|…|\.\.\.| - /)
    }
  })
})

test('Russian is written in Russian, but for names and units', () => {
  const latin = entries(ru).filter(([, value]) => typeof value === 'string' && /^[\x20-\x7e]+$/.test(value))
  expect(latin.map(([path]) => path).sort()).toEqual(['customer.band80', 'wizard.id'])
})

test('counted sentences take the form of the number', () => {
  expect(en.overview.lead(1, 7)).toBe('1 customer was let down in the last 7 days')
  expect(nl.overview.lead(2, 1)).toBe('2 klanten zijn vandaag teleurgesteld')
  expect(ru.overview.lead(21, 7)).toBe('За последние 7 дней подвели 21 клиента')
  expect(ru.overview.lead(0, 1)).toBe('Сегодня никого не подвели.')
})
