import type { CustomerEvent } from '../core/event.ts'
import { isEventType } from '../core/event.ts'
import type { LedgerEntry, StaticCovariate } from '../core/goodwill.ts'
import type { Spoken } from '../core/may-contact.ts'
import type { EventData, EventType } from '../core/vocabulary.ts'
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
const say: Readonly<Record<Locale, Say>> = {
  en: speaker('en-GB', en.terms),
  nl: speaker('nl', nl.terms),
  ru: speaker('ru', ru.terms),
}

/** What a line of the ledger says: what happened, why it counts as it does, and how it goes away. */
export function ledgerSentence(
  locale: Locale,
  entry: LedgerEntry,
): Readonly<{ sentence: string; detail: string; fades: string }> {
  const said = words[locale]
  const fades = fadesWords(locale, entry)
  if (entry.facts.done === true) {
    return { sentence: said.done[entry.covariate as DoneStep] ?? '', detail: said.owed, fades }
  }
  const [sentence, detail] = said.entries[entry.covariate as EntryCovariate](toldBy(entry.facts), say[locale])
  return { sentence, detail, fades }
}

function fadesWords(locale: Locale, { fades }: LedgerEntry): string {
  const said = words[locale].fades
  switch (fades.kind) {
    case 'half-life':
      return said.halfLife(fades.days, say[locale])
    case 'until':
      return said.until(fades.until, say[locale])
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

/** Why a rule spoke against a message. */
export function contactSentence(locale: Locale, { rule, effect, told }: Spoken): string {
  const said = contactWords[locale]
  return said[effect === 'asks-for-a-person' ? 'person' : rule](toldToRule(told), say[locale])
}

/** One line of the timeline. Free texts are never in it. */
export function eventSentence(locale: Locale, event: CustomerEvent): string {
  if (!isEventType(event.type)) return words[locale].custom(event.type)
  // The type and the data of an event belong together; the compiler cannot follow that through the table.
  const tell = words[locale].events[event.type] as (data: EventData<EventType>, say: Say) => string
  return tell(event.data as EventData<EventType>, say[locale])
}
