import { findPromises } from '../core/cases/reply-text.ts'
import { fieldsOfMessage, type MessageField, type MessageKind } from '../core/contact/outbox.ts'
import { gestureFault } from '../core/gestures/gesture-words.ts'
import { instant } from '../core/time/instant.ts'
import type { CustomerLocale } from './customer-languages.ts'
import { escapeHtml } from './escape-html.ts'
import { de } from './message-texts/de.ts'
import { en } from './message-texts/en.ts'
import { nl } from './message-texts/nl.ts'
import { ru } from './message-texts/ru.ts'
import type { MessageText, MessageTexts } from './message-texts/shape.ts'
import { momentInMail } from './moment-words.ts'
import type { Locale } from './words.ts'

/** Our wording of every message, by language. */
export const messageTexts: Readonly<Record<Locale, MessageTexts>> = { en, nl, ru }

/** The language in which a message of a kind can be written: the wanted one, or English where that has no words for it. */
export const writtenIn = (kind: MessageKind, wanted: CustomerLocale): CustomerLocale =>
  wanted === 'de' && de.kinds[kind] === undefined ? 'en' : wanted

/** Our wording of a kind in a language in which it can be written. */
const ourText = (kind: MessageKind, language: CustomerLocale): MessageText =>
  language === 'de' ? (de.kinds[kind] ?? en.kinds[kind]) : messageTexts[language].kinds[kind]

const greetingIn = (language: CustomerLocale): MessageTexts['greeting'] =>
  language === 'de' ? de.greeting : messageTexts[language].greeting

/** The values of the fields; instants as RFC 3339. */
export type MessageValues = Readonly<Record<string, string>>

/** What a message is written from. `own` is the wording of the firm, if it has one. */
export type MessageDraft = Readonly<{
  kind: MessageKind
  language: CustomerLocale
  values: MessageValues
  /** How the firm is called; empty when it has not said. */
  firm: string
  /** IANA name; instants are written in it, and it is named beside each. */
  timeZone: string
  own: MessageText | undefined
}>

/** A message as it is sent, twice the same: as text and as simple HTML. */
export type WrittenMessage = Readonly<{ kind: 'written'; subject: string; body: string; html: string }>

/** Why a message cannot be written or a wording cannot be kept. */
export type NotWritten = Readonly<{ kind: 'refused'; field: string; detail: string }>

const FIELD = /\{(\w+)\}/g
const LINK = /\[([^\]{}]+)\]\(\{(\w+)\}\)/g
const ALWAYS = ['greeting', 'firm']
const VALUE_LENGTH_MAX = 5_000
/** A scale of eleven links, each signed. */
const LINKS_LENGTH_MAX = 20_000

/** Writes a message, or says which field is wrong. */
export function writeMessage(draft: MessageDraft): WrittenMessage | NotWritten {
  const fields = fieldsOfMessage(draft.kind)
  const wrong = wrongValue(fields, draft)
  if (wrong !== undefined) return wrong
  const said = valuesInWords(fields, draft)
  const { subject, body } = draft.own ?? ourText(draft.kind, draft.language)
  const paragraphs = body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => [...paragraph.matchAll(FIELD)].every(([, name = '']) => (said[name] ?? '') !== ''))
  const written = fill(subject, said).replaceAll(/\s+/g, ' ').trim()
  const text = paragraphs.map((one) => fill(one.replaceAll(LINK, '$1: {$2}'), said)).join('\n\n')
  return { kind: 'written', subject: written, body: `${text}\n`, html: htmlOf(draft, written, paragraphs, said) }
}

// Filled in one pass: braces within a value stay what they are.
const fill = (text: string, said: MessageValues): string =>
  text.replaceAll(FIELD, (_, name: string) => said[name] ?? '')

function wrongValue(
  fields: Readonly<Record<string, MessageField>>,
  { kind, values, timeZone }: MessageDraft,
): NotWritten | undefined {
  const refused = (field: string, detail: string): NotWritten => ({ kind: 'refused', field, detail })
  const unknown = Object.keys(values).find((name) => fields[name] === undefined)
  if (unknown !== undefined) return refused(unknown, `A message "${kind}" has no field "${unknown}".`)
  for (const [name, field] of Object.entries(fields)) {
    const wrong = wrongField(field, values[name] ?? '')
    if (wrong !== undefined) return refused(name, `The field "${name}" of a message "${kind}" ${wrong}`)
  }
  return isTimeZone(timeZone)
    ? undefined
    : refused('timeZone', `"${timeZone}" is not a time zone such as Europe/Paris.`)
}

function wrongField({ is, required }: MessageField, value: string): string | undefined {
  if (value === '') return required ? 'is missing.' : undefined
  const most = is === 'links' ? LINKS_LENGTH_MAX : VALUE_LENGTH_MAX
  if (value.length > most) return `has more than ${most} characters.`
  if (is === 'instant' && Number.isNaN(Date.parse(value))) return 'is no time in RFC 3339.'
  const addresses = is === 'link' ? [value] : is === 'links' ? linksIn(value).map(({ address }) => address) : []
  return addresses.every(isLink) ? undefined : 'is no address that begins with https://.'
}

/** The links of a field, in order. */
const linksIn = (value: string): readonly Readonly<{ word: string; address: string }>[] =>
  value.split('\n').map((line) => {
    const [word = '', address = ''] = line.split('\t')
    return { word, address }
  })

const isLink = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function valuesInWords(
  fields: Readonly<Record<string, MessageField>>,
  { values, language, firm, timeZone }: MessageDraft,
): MessageValues {
  const said = Object.entries(fields).map(([name, { is }]) => {
    const value = values[name] ?? ''
    if (value === '') return [name, value] as const
    if (is === 'links')
      return [
        name,
        linksIn(value)
          .map(({ word, address }) => `${word}: ${address}`)
          .join('\n'),
      ] as const
    return [name, is === 'instant' ? momentInMail(language, Date.parse(value), timeZone) : value] as const
  })
  return { ...Object.fromEntries(said), firm, greeting: greetingIn(language)(values.name ?? '') }
}

// Mail programs read no style sheet: what makes a link as large as a finger stands on the link.
const TAP =
  'display:inline-block;min-width:28px;padding:9px 8px;margin:0 4px 8px 0;border:1px solid;border-radius:5px;text-align:center;text-decoration:none'

const tapsOf = (value: string): string =>
  linksIn(value)
    .map(({ word, address }) => `<a style="${TAP}" href="${escapeHtml(address)}">${escapeHtml(word)}</a>`)
    .join(' ')

function htmlOf(
  { language, kind, values }: MessageDraft,
  subject: string,
  paragraphs: readonly string[],
  said: MessageValues,
): string {
  const fields = fieldsOfMessage(kind)
  const safe = Object.fromEntries(
    Object.entries(said).map(([name, value]) =>
      fields[name]?.is === 'links' && value !== '' ? [name, tapsOf(values[name] ?? '')] : [name, escapeHtml(value)],
    ),
  )
  const blocks = paragraphs.map((paragraph) => {
    const linked = escapeHtml(paragraph).replaceAll(LINK, '<a href="{$2}">$1</a>')
    return `<p>${fill(linked, safe).replaceAll('\n', '<br>')}</p>`
  })
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:24px 16px}</style></head>
<body>
${blocks.join('\n')}
</body></html>
`
}

const FAULT_WORDS = { condition: 'a condition', offer: 'an offer', review: 'a request for a review' } as const
const SUBJECT_LENGTH_MAX = 200

/** A sentence whose time is a field: what fills it in stands in the ledger. */
const TIMED = /[^.!?\n]*\{(?:until|ends|received)\}[^.!?\n]*/g
const PROMISE_READING = { now: instant(0), calendar: { zone: 'UTC' } } as const

// What our own wording says is kept by the product itself.
const isOurs = (kind: MessageKind, language: Locale, phrase: string): boolean =>
  messageTexts[language].kinds[kind].body.includes(phrase)

/** What is wrong with a wording of the firm's own; undefined when it can be kept. What the customer needs must stay. */
export function wrongText(kind: MessageKind, language: Locale, { subject, body }: MessageText): NotWritten | undefined {
  const refused = (field: string, detail: string): NotWritten => ({ kind: 'refused', field, detail })
  const fields = fieldsOfMessage(kind)
  if (subject.trim() === '' || subject.length > SUBJECT_LENGTH_MAX || /[\r\n]/.test(subject)) {
    return refused('subject', `A subject is one line of 1 to ${SUBJECT_LENGTH_MAX} characters.`)
  }
  for (const [field, text] of Object.entries({ subject, body })) {
    const unknown = [...text.matchAll(FIELD)].find(
      ([, name = '']) => fields[name] === undefined && !ALWAYS.includes(name),
    )
    if (unknown !== undefined) return refused(field, `There is no field ${unknown[0]} in this message.`)
  }
  const missing = Object.entries(fields).find(
    ([name, { required, mustSay = false }]) => (required || mustSay) && !`${subject} ${body}`.includes(`{${name}}`),
  )
  if (missing !== undefined) return refused('body', `The message must say {${missing[0]}}.`)
  const fault = kind.startsWith('gesture.') ? gestureFault(`${subject}\n${body.replaceAll(LINK, '')}`, language) : null
  if (fault !== null)
    return refused('body', `"${fault.phrase}" reads as ${FAULT_WORDS[fault.fault]}. A gesture asks nothing in return.`)
  // Whoever sends it does not see that it promises something: no ledger would hold it, and nobody own it.
  const [promise] = findPromises(body.replaceAll(LINK, '').replaceAll(TIMED, '').replaceAll(FIELD, ''), {
    ...PROMISE_READING,
    language,
  })
  return promise === undefined || isOurs(kind, language, promise.phrase)
    ? undefined
    : refused(
        'body',
        `"${promise.phrase}" promises something that no ledger would hold. Write it in the answer to one customer.`,
      )
}

const SAMPLE_INSTANT = '2026-03-06T14:05:00Z'

/** Values to show a wording with, where there is no customer. */
export function sampleValues(kind: MessageKind): MessageValues {
  return Object.fromEntries(
    Object.entries(fieldsOfMessage(kind))
      .filter(([name]) => name !== 'name')
      .map(([name, { is }]) => [
        name,
        is === 'instant'
          ? SAMPLE_INSTANT
          : is === 'link'
            ? 'https://example.org/'
            : is === 'links'
              ? ['1', '2', '3', '4', '5'].map((word) => `${word}\thttps://example.org/`).join('\n')
              : name === 'reference'
                ? 'C-1001'
                : `(${name})`,
      ]),
  )
}
