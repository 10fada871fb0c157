import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsOfMessage, messageKinds } from '../core/contact/outbox.ts'
import { locales } from './words.ts'
import { messageTexts, sampleValues, writeMessage, wrongText } from './write-message.ts'

const all = messageKinds.flatMap((kind) => locales.map((language) => [kind, language] as const))
const draft = { kind: 'survey.invitation', language: 'en', firm: 'Firm', timeZone: 'UTC', own: undefined } as const
const link = 'https://example.org/'

describe.each(all)('%s in %s', (kind, language) => {
  const text = messageTexts[language].kinds[kind]
  test('says everything that must be said, and only fields that there are', () => {
    expect(wrongText(kind, language, text)).toBeUndefined()
  })
  test('is written plainly, without cheer, and with u in Dutch', () => {
    expect(text.body).not.toMatch(/!|…| - /)
    if (language === 'nl') expect(`${text.subject} ${text.body}`).not.toMatch(/\b(je|jij|jou|jouw|jullie)\b/i)
  })
  test('leaves nothing in braces, with and without what may be missing', () => {
    const values = sampleValues(kind)
    const fields = fieldsOfMessage(kind)
    const needed = Object.fromEntries(Object.entries(values).filter(([name]) => fields[name]?.required))
    for (const given of [values, needed]) {
      const written = writeMessage({ ...draft, kind, language, values: given })
      if (written.kind === 'refused') throw new Error(written.detail)
      expect(`${written.subject}${written.body}${written.html.replace(/<style>.*<\/style>/, '')}`).not.toMatch(/[{}]/)
    }
  })
})

test('whatever a value holds, it is text in the HTML and one line in the subject', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (what) => {
      const written = writeMessage({ ...draft, values: { what: `a${what}<b>\r\nBcc: x`, link } })
      if (written.kind === 'refused') throw new Error(written.detail)
      expect(written.html).not.toContain('<b>')
      expect(written.subject).not.toMatch(/[\r\n]/)
    }),
  )
})

test('braces within a value stay what they are', () => {
  const written = writeMessage({ ...draft, values: { what: '{link} $& {firm}', link } })
  expect(written).toMatchObject({ subject: 'A question about {link} $& {firm}' })
})

test('a link that is none, a time that is none, and a field that is none are refused by name', () => {
  for (const [values, field] of [
    [{ what: 'x', link: 'javascript:alert(1)' }, 'link'],
    [{ what: 'x' }, 'link'],
    [{ what: 'x', link, secret: 'y' }, 'secret'],
  ] as const)
    expect(writeMessage({ ...draft, values })).toMatchObject({ kind: 'refused', field })
  expect(writeMessage({ ...draft, values: { what: 'x', link }, timeZone: 'Nowhere' })).toMatchObject({
    field: 'timeZone',
  })
})
