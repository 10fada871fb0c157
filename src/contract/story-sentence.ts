import type { CaseEntry } from '../core/cases/case-entry.ts'
import type { Instant } from '../core/time/instant.ts'
import { letterNamed } from './letter.ts'
import { letterWords } from './letter-words.ts'
import { channelWords } from './words/channels.ts'
import { storyWords } from './words/story.ts'
import { entrySentence, type Locale, momentInSentence } from './words.ts'

/**
 * What an entry says in the story of its case: who got it, what was told and how, what is waited for, which letter went
 * out. `names` are those of colleagues and teams by their id.
 */
export function storySentence(locale: Locale, entry: CaseEntry, names: ReadonlyMap<string, string>): string | null {
  const said = storyWords[locale]
  switch (entry.kind) {
    case 'assigned':
      return entry.to === null ? said.givenBack : said.given(names.get(entry.to) ?? null)
    case 'handed over':
      return said.handedOver(entry.team === null ? null : (names.get(entry.team) ?? null))
    case 'told':
      return said.told(said.about[entry.about] ?? entry.about, channelWords[locale][entry.channel])
    case 'waited':
      return said.waited[entry.for]
    case 'letter sent': {
      const letter = letterNamed(entry.letter)
      return letter === undefined ? entrySentence(locale, entry.kind) : said.letter(letterWords[locale].titles[letter])
    }
    default:
      return entrySentence(locale, entry.kind)
  }
}

/** A promise of a case in words, when it was made (`due`) or kept; `what` is null where it is an answer. */
export function promiseSentence(
  locale: Locale,
  { what, due }: Readonly<{ what: string | null; due: Instant | null }>,
  timeZone: string,
): string {
  const said = storyWords[locale]
  return due === null ? said.kept(what) : said.promised(what, momentInSentence(locale, due, timeZone))
}
