import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Language } from './language.ts'
import {
  amountAsTyped,
  asTyped,
  bytes,
  count,
  majorOf,
  minorOf,
  money,
  moneyRange,
  percent,
  percentRange,
  range,
  signed,
  THIN,
  typedNumber,
} from './numbers.ts'

const plain = (text: string) => text.replaceAll(THIN, ' ')

describe('a sign is a true minus or a plus, and zero has none', () => {
  test.each([
    [0.06, '+0.06'],
    [-1.8, '−1.80'],
    [0, '0.00'],
    [-0.001, '0.00'],
  ])('%d is written %s', (value, text) => expect(signed('en', value)).toBe(text))
})

describe('a chance is a whole percentage, with one decimal under 10 and over 90', () => {
  test.each([
    [0.76, '76 %'],
    [0.062, '6.2 %'],
    [0.941, '94.1 %'],
    [0.9, '90 %'],
    [1, '100 %'],
    [0, '0 %'],
  ])('%d is written %s', (chance, text) => expect(plain(percent('en', chance))).toBe(text))

  test('a range is exact only where both ends need it', () => {
    expect(percentRange('en', { low: 0.67, high: 0.917 }, 'to')).toBe('67–92')
    expect(percentRange('en', { low: 0.927, high: 0.953 }, 'to')).toBe('92.7–95.3')
  })
})

describe('money', () => {
  test.each([
    ['en', 6_130_000, 'EUR', '€61,300'],
    ['nl', 6_130_000, 'EUR', '€ 61.300'],
    ['ru', 6_130_000, 'EUR', '61 300 €'],
    ['en', 995, 'EUR', '€9.95'],
    ['en', 900, 'EUR', '€9'],
    ['en', -42_200, 'EUR', '−€422'],
    ['en', 500, 'JPY', '¥500'],
  ] as const)('in %s, %d minor units of %s are %s', (language, minor, currency, text) =>
    expect(plain(money(language, minor, currency))).toBe(text),
  )

  test('a range says the symbol once, on the side where it stands', () => {
    expect(plain(moneyRange('en', { low: 55_400, high: 61_800 }, 'EUR', 'to'))).toBe('€554–618')
    expect(plain(moneyRange('ru', { low: 55_400, high: 61_800 }, 'EUR', 'до'))).toBe('554–618 €')
    expect(plain(moneyRange('en', { low: -1_900, high: 61_800 }, 'EUR', 'to'))).toBe('−€19 to €618')
  })

  test('the main unit follows the currency', () => {
    expect(majorOf(1999, 'EUR')).toBe(19.99)
    expect(majorOf(1999, 'JPY')).toBe(1999)
  })
})

test('a range with a sign says a word, so that minus and dash cannot be confused', () => {
  expect(range('−19', '−3', 'to')).toBe('−19 to −3')
  expect(range('67', '82', 'to')).toBe('67–82')
})

test('counts are grouped as the reader is used to', () => {
  expect([count('en', 18240), count('nl', 18240), plain(count('ru', 18240))]).toEqual(['18,240', '18.240', '18 240'])
})

test('bytes are told in the unit that a person would use', () => {
  expect([bytes('en', 1_230), bytes('en', 17_654_914), bytes('en', 2.5e9)].map(plain)).toEqual([
    '1.2 kB',
    '18 MB',
    '2.5 GB',
  ])
})

describe('what is typed', () => {
  test('is read with a comma or a point, whatever the language, and shown with the sign of the reader', () => {
    for (const typed of ['39,02', '39.02', ' 39,02 ']) expect(minorOf(typed, 'EUR')).toBe(3902)
    expect(minorOf('1\u00a0234,5', 'RUB')).toBe(123_450)
    expect((['en', 'nl', 'ru'] as const).map((language) => amountAsTyped(language, 3902, 'EUR'))).toEqual([
      '39.02',
      '39,02',
      '39,02',
    ])
    expect((['en', 'nl', 'ru'] as const).map((language) => asTyped(language, 12_345.5))).toEqual([
      '12345.5',
      '12345,5',
      '12345,5',
    ])
    expect(['', 'x', '1.2.3', '1,2,3'].map(typedNumber)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
  })

  test('comes back as it was, in each language and currency', () => {
    const languages = fc.constantFrom<Language>('en', 'nl', 'ru')
    fc.assert(
      fc.property(
        languages,
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.integer({ min: -1e9, max: 1e9 }),
        (language, currency, minor) => {
          expect(minorOf(amountAsTyped(language, minor, currency), currency)).toBe(minor)
          expect(typedNumber(asTyped(language, minor / 1e4))).toBeCloseTo(minor / 1e4, 4)
        },
      ),
    )
  })
})
