import type { CaseRefusal } from '../core/cases/decide-case.ts'
import type { Spoken } from '../core/contact/may-contact.ts'
import type { LedgerEntry, StaticCovariate } from '../core/goodwill/goodwill.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { isEventType } from '../core/relationship/event.ts'
import type { EventData, EventType } from '../core/relationship/vocabulary.ts'
import type { Instant } from '../core/time/instant.ts'
import { caseWords, deskKinds, type GiftReason } from './words/cases.ts'
import { contactWords, toldToRule } from './words/contact.ts'
import { en } from './words/en.ts'
import { nl } from './words/nl.ts'
import { ru } from './words/ru.ts'
import { type DoneStep, type EntryCovariate, type Say, speaker, toldBy, type Words } from './words/shape.ts'

/** The languages of the product. */
export const locales = ['en', 'nl', 'ru'] as const
/** A language of the product. */
export type Locale = (typeof locales)[number]

const words: Readonly<Record<Locale, Words>> = { en, nl, ru }
const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl', ru: 'ru' }
const speakers = new Map<string, Say>()

function sayOf(locale: Locale, timeZone: string): Say {
  const key = `${locale} ${timeZone}`
  const known = speakers.get(key)
  if (known !== undefined) return known
  const made = speaker(tags[locale], words[locale].terms, timeZone)
  speakers.set(key, made)
  return made
}

/**
 * What a line of the ledger says: what happened, why it counts as it does, and how it goes away. Dates are those of a
 * time zone.
 */
export function ledgerSentence(
  locale: Locale,
  entry: LedgerEntry,
  timeZone = 'UTC',
): Readonly<{ sentence: string; detail: string; fades: string }> {
  const said = words[locale]
  const say = sayOf(locale, timeZone)
  const fades = fadesWords(locale, entry, say)
  if (entry.facts.done === true) {
    return { sentence: said.done[entry.covariate as DoneStep] ?? '', detail: said.owed, fades }
  }
  const [sentence, detail] = said.entries[entry.covariate as EntryCovariate](toldBy(entry.facts), say)
  return { sentence, detail, fades }
}

function fadesWords(locale: Locale, { fades }: LedgerEntry, say: Say): string {
  const said = words[locale].fades
  switch (fades.kind) {
    case 'half-life':
      return said.halfLife(fades.days, say)
    case 'until':
      return said.until(fades.until, say)
    case 'while-open':
      return said.whileOpen
    case 'moves':
      return said.moves
    case 'none':
      return ''
  }
}

/** The name of a term that belongs to no event. */
export const staticSentence = (locale: Locale, covariate: StaticCovariate): string => words[locale].statics[covariate]

/** Why a rule spoke against a message, its dates in a time zone. */
export function contactSentence(locale: Locale, { rule, effect, told }: Spoken, timeZone = 'UTC'): string {
  const said = contactWords[locale]
  return said[effect === 'asks-for-a-person' ? 'person' : rule](toldToRule(told), sayOf(locale, timeZone))
}

/** Why a command about a case is refused, its dates in a time zone. */
export function caseSentence(locale: Locale, { because, step, fromAt }: CaseRefusal, timeZone = 'UTC'): string {
  const { steps, refusals } = caseWords[locale]
  const from = fromAt === undefined ? '' : sayOf(locale, timeZone).moment(fromAt)
  return refusals[because]({ step: step === undefined ? '' : steps[step], from })
}

/** A moment as sentences have it, in a time zone. */
export const momentInSentence = (locale: Locale, at: Instant, timeZone: string): string =>
  sayOf(locale, timeZone).moment(at)

/** A category or topic in words; what a firm calls its own things stays as it calls them. */
export const termInWords = (locale: Locale, term: string): string => sayOf(locale, 'UTC').term(term) ?? term

/** An amount of money in words, with its cents. */
export const moneyInWords = (locale: Locale, minor: number, currency: string): string =>
  sayOf(locale, 'UTC').money(minor, currency)

/** Why an amount is not given, or a second person's yes does not count. */
export const giftSentence = (locale: Locale, because: GiftReason): string => caseWords[locale].gifts[because]

/** What an entry of a case says; null where the customer's log tells of it. */
export function entrySentence(locale: Locale, kind: string): string | null {
  const found = deskKinds.find((one) => one === kind)
  return found === undefined ? null : caseWords[locale].entries[found]
}

/** One line of the timeline, its dates in a time zone. Free texts are never in it. */
export function eventSentence(locale: Locale, event: CustomerEvent, timeZone = 'UTC'): string {
  if (!isEventType(event.type)) return words[locale].custom(event.type)
  // The type and the data of an event belong together; the compiler cannot follow that through the table.
  const tell = words[locale].events[event.type] as (data: EventData<EventType>, say: Say) => string
  return tell(event.data as EventData<EventType>, sayOf(locale, timeZone))
}
