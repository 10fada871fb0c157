import { type Instant, instantOf } from '../core/time/instant.ts'
import { letterWords } from './letter-words.ts'
import { dayInWords } from './page-texts/page-words.ts'
import type { Locale } from './words.ts'

/** A document as it is drawn: its parts in the order in which they are read. */
export type Block =
  | Readonly<{ is: 'heading' | 'paragraph' | 'small'; text: string }>
  | Readonly<{ is: 'pairs'; rows: readonly (readonly [name: string, value: string])[] }>
  | Readonly<{ is: 'table'; head: readonly string[]; widths: readonly number[]; rows: readonly (readonly string[])[] }>

/** A document before it is drawn. `firm` stands at its head; `foot` on each page. */
export type LetterDocument = Readonly<{
  title: string
  language: Locale
  firm: string
  foot: string
  madeAt: Instant
  blocks: readonly Block[]
}>

/** The letters that are written; a pack names which one it asks for. */
export const writtenLetters = [
  'acknowledgement',
  'final_response',
  'final_rejection',
  'deadlock',
  'summary_resolution',
  'decision',
] as const
/** One of them. */
export type WrittenLetter = (typeof writtenLetters)[number]

/** The letter of this name; undefined for one that is not written here. */
export const letterNamed = (name: string): WrittenLetter | undefined => writtenLetters.find((one) => one === name)

/** Where the customer may go when she does not agree: from a pack, and until when where it says so. */
export type DisputeNotice = Readonly<{ body: string; lastDay: string | null }>

/** What a letter is written from. */
export type LetterFacts = Readonly<{
  letter: WrittenLetter
  language: Locale
  firm: string
  timeZone: string
  reference: string
  name: string | null
  what: string
  receivedAt: Instant
  writtenAt: Instant
  /** By when she hears from us next; for an acknowledgement. */
  until: Instant | null
  owner: string | null
  found: string
  done: string
  /** What was agreed with her; null when nothing was. */
  remedy: string | null
  notice: DisputeNotice | null
}>

/** The bodies that packs lead to by name. Where a pack names none, the firm says which scheme it belongs to. */
export const disputeBodies: Readonly<Record<string, string>> = {
  'uk-fca-disp': 'Financial Ombudsman Service, www.financial-ombudsman.org.uk',
  'uk-payment-services': 'Financial Ombudsman Service, www.financial-ombudsman.org.uk',
  'nl-kifid': 'Kifid, www.kifid.nl',
}

/** Writes a letter. It says nothing that was not decided: no promise but what the case holds, and no offer. */
export function writeLetter(facts: LetterFacts): LetterDocument {
  const { language, firm, timeZone, reference, writtenAt, receivedAt, letter } = facts
  const w = letterWords[language]
  const isFirst = letter === 'acknowledgement'
  const paragraph = (text: string) => ({ is: 'paragraph', text }) as const
  const day = (at: Instant) => dayOf(language, at, timeZone)
  return {
    title: w.titles[letter],
    language,
    firm,
    foot: w.foot(reference),
    madeAt: writtenAt,
    blocks: [
      {
        is: 'pairs',
        rows: [
          [w.date, day(writtenAt)],
          [w.reference, reference],
          [w.about, facts.what],
          [w.received, day(receivedAt)],
        ],
      },
      paragraph(w.greeting(facts.name ?? '')),
      ...(isFirst ? firstBlocks(facts) : finalBlocks(facts)),
      // Nobody's regards are none.
      ...(firm === '' ? [] : [paragraph(`${w.closing}\n${firm}`)]),
    ],
  }
}

// The year ends in a dot in Russian, and a sentence after it in another.
const dayOf = (language: Locale, at: number, timeZone: string): string =>
  dayInWords(language, at, timeZone).replace(/ г\.$/, ' года')

const paragraphsOf = (text: string): readonly Block[] =>
  text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => ({ is: 'paragraph', text: one }))

function firstBlocks({ language, owner, until, timeZone }: LetterFacts): readonly Block[] {
  const w = letterWords[language]
  const said = [
    w.weHaveIt,
    ...(owner === null ? [] : [w.ownedBy(owner)]),
    ...(until === null ? [] : [w.hearBy(dayOf(language, until, timeZone))]),
    w.nothingToDo,
  ]
  return said.map((text) => ({ is: 'paragraph', text }))
}

function finalBlocks({ language, letter, found, done, remedy, notice }: LetterFacts): readonly Block[] {
  const w = letterWords[language]
  const heading = (text: string) => ({ is: 'heading', text }) as const
  return [
    { is: 'paragraph', text: w.thisIs[letter] },
    heading(w.found),
    ...paragraphsOf(found),
    heading(w.done),
    ...paragraphsOf(done),
    ...(remedy === null ? [] : paragraphsOf(w.agreed(remedy))),
    ...(notice === null ? [] : [heading(w.notAgree), ...noticeBlocks(notice, language)]),
  ]
}

function noticeBlocks({ body, lastDay }: DisputeNotice, language: Locale): readonly Block[] {
  const w = letterWords[language]
  const until = lastDay === null ? w.mayGoNow : w.mayGoUntil(dayOf(language, instantOf(`${lastDay}T12:00:00Z`), 'UTC'))
  return [
    { is: 'paragraph', text: w.mayGo(body) },
    { is: 'paragraph', text: until },
  ]
}
