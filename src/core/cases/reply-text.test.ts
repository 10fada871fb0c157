import { describe, expect, test } from 'vitest'
import { instantOf, rfc3339 } from '../time/instant.ts'
import { countApologies, findPromises } from './reply-text.ts'
import type { ReplyLanguage } from './reply-words.ts'

/** A Thursday, 10:30 in Amsterdam. */
const now = instantOf('2026-11-19T09:30:00Z')
const calendar = { zone: 'Europe/Amsterdam', holidays: ['2026-11-20'] }

/** `phrase -> when`, one for each promise. */
const found = (language: ReplyLanguage, text: string): readonly string[] =>
  findPromises(text, { language, now, calendar }).map(
    ({ phrase, dueAt }) => `${phrase} -> ${dueAt === null ? 'when?' : rfc3339(dueAt).slice(0, 16)}`,
  )

describe('a promise is found', () => {
  test.each<[ReplyLanguage, string, readonly string[]]>([
    [
      'en',
      'Would you rather have a new grinder, with you on Saturday 21 November, or your €129.00 back, on your account within two working days?',
      ['on Saturday 21 November -> 2026-11-21T23:00', 'within two working days -> 2026-11-24T23:00'],
    ],
    ['en', 'The courier comes on Friday at 18:00.', ['on Friday -> 2026-11-20T17:00']],
    ['en', 'You hear from us tomorrow before 12.00.', ['tomorrow -> 2026-11-20T11:00']],
    ['en', 'We’ll ring you in 3 hours.', ['in 3 hours -> 2026-11-19T12:30']],
    ['en', 'I will look into it.', ['I will look into it -> when?']],
    ['en', 'It was lost. We will send a new one.', ['We will send a new one -> when?']],
    ['nl', 'U krijgt het geld binnen twee werkdagen terug.', ['binnen twee werkdagen -> 2026-11-24T23:00']],
    ['nl', 'De koerier komt op zaterdag 21 november, vóór 18.00 uur.', ['op zaterdag 21 november -> 2026-11-21T17:00']],
    ['nl', 'Wij bellen u morgen.', ['morgen -> 2026-11-20T23:00']],
    ['nl', 'Wij regelen dat voor u.', ['Wij regelen dat voor u -> when?']],
    ['ru', 'Деньги вернутся в течение двух рабочих дней.', ['в течение двух рабочих дней -> 2026-11-24T23:00']],
    ['ru', 'Курьер приедет 21 ноября до 18:00.', ['21 ноября -> 2026-11-21T17:00']],
    ['ru', 'Мы отправим новую посылку завтра.', ['завтра -> 2026-11-20T23:00']],
    ['ru', 'Мы отправим новую посылку.', ['Мы отправим новую посылку -> when?']],
  ])('%s: %s', (language, text, expected) => {
    expect(found(language, text)).toEqual(expected)
  })

  test('and stands where it says that it stands', () => {
    const text = 'Dear Ann,\n\nIt was lost.\nYou have it by 24 November, and we will call you.'
    for (const { start, end, phrase } of findPromises(text, { language: 'en', now, calendar }))
      expect(text.slice(start, end)).toBe(phrase)
  })
})

test.each<[ReplyLanguage, string]>([
  ['en', 'You wrote to us on 9 November, and the parcel was lost on 2 November 2026.'],
  ['en', 'The parcel with order 88 214 was lost. You also had to tell it twice.'],
  ['nl', 'Uw pakket is zoekgeraakt en de vervanging kwam op 9 november kapot aan.'],
  ['ru', 'Посылка потерялась 9 ноября, и вам пришлось рассказывать об этом дважды.'],
  ['en', ''],
])('no promise in %s: %s', (language, text) => {
  expect(found(language, text)).toEqual([])
})

test.each<[ReplyLanguage, string, number]>([
  ['en', 'We are sorry. We apologise for the delay, and regret it. Thank you.', 2],
  ['en', 'What a sorrysome day.', 0],
  ['nl', 'Onze excuses voor het verloren pakket.', 1],
  ['ru', 'Приносим извинения за потерянную посылку. Простите.', 2],
  ['nl', 'Het pakket is verloren.', 0],
])('%s: "%s" apologises %i times', (language, text, count) => {
  expect(countApologies(text, language)).toBe(count)
})
