import { describe, expect, test } from 'vitest'
import { findPromises } from '../../../core/cases/reply-text.ts'
import { instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { type Noted, noteAgain, nothingNoted } from './promise-notes.ts'

const now = instantOf('2026-11-19T09:00:00Z')
const found = (text: string) =>
  findPromises(text, { language: 'en', now, calendar: { zone: 'Europe/Amsterdam' } }).map(({ dueAt, ...one }) => ({
    ...one,
    due: dueAt === null ? null : rfc3339(dueAt),
  }))
const read = (was: Noted, text: string): Noted => noteAgain(was, text, found(text))
const say = (was: Noted, place: number, said: object): Noted => ({
  ...was,
  notes: was.notes.map((note, index) => (index === place ? { ...note, ...said } : note)),
})
const told = ({ notes }: Noted) => notes.map(({ phrase, dueTyped, isNone }) => [phrase, dueTyped ?? isNone])

describe('what was said of a promise', () => {
  const text = 'It is our fault. We will call you. You have the money within two working days.'
  const noted = say(say(read(nothingNoted, text), 0, { dueTyped: '2026-11-20T12:00' }), 1, { isNone: true })

  test('stays when other words of the text change', () => {
    const next = read(noted, `Dear Marieke,\n${text} Thank you.`)
    expect(told(next)).toEqual([
      ['We will call you', '2026-11-20T12:00'],
      ['within two working days', true],
    ])
    expect(next.notes[1]?.what).toBe('You have the money within two working days')
  })

  test('stays when its own words change', () => {
    expect(told(read(noted, text.replace('call you', 'phone you at home')))[0]).toEqual([
      'We will phone you at home',
      '2026-11-20T12:00',
    ])
    expect(told(read(noted, text.replace('two', 'three')))[1]).toEqual(['within three working days', true])
  })

  test('comes back with a sentence that was cut and put elsewhere', () => {
    const cut = read(noted, text.replace(' We will call you.', ''))
    expect(told(cut)).toEqual([['within two working days', true]])
    expect(told(read(cut, `We will call you. ${cut.text}`))[0]).toEqual(['We will call you', '2026-11-20T12:00'])
  })

  test('is not passed on to another promise', () => {
    expect(told(read(noted, 'We will write tomorrow.'))).toEqual([['tomorrow', false]])
  })
})
