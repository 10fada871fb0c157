import { expect, test } from 'vitest'
import { languageOf, plural } from './language.ts'

test.each([
  ['nl-BE', 'nl'],
  ['RU', 'ru'],
  ['en-US', 'en'],
  ['fr-FR', undefined],
  ['nlx', undefined],
])('%s is spoken as %s', (tag, language) => expect(languageOf(tag)).toBe(language))

test('Russian counts have their three forms', () => {
  const forms = { one: 'клиент', few: 'клиента', many: 'клиентов', other: 'клиента' }
  expect([1, 2, 5, 11, 21, 112].map((amount) => plural('ru', amount, forms))).toEqual([
    'клиент',
    'клиента',
    'клиентов',
    'клиентов',
    'клиент',
    'клиентов',
  ])
})
