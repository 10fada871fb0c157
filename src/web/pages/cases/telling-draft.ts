import type { LetterWish, OfferWish, TellingWish, tellingChannels } from '../../../contract/case-tellings.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { letterNamed, type WrittenLetter } from '../../../contract/letter.ts'
import { amountInWords } from '../../../contract/money-words.ts'
import { aboutInWords } from '../../../contract/page-texts/case-page-words.ts'
import { tellingProposals } from '../../../contract/telling-proposals.ts'
import { type Locale, locales } from '../../../contract/words.ts'
import { at } from '../../dates.ts'
import type { Language } from '../../language.ts'
import { amountAsTyped, minorOf } from '../../numbers.ts'
import { instantOfWall, wallAfter } from '../../wall-time.ts'
import type { Noted } from './promise-notes.ts'
import type { remedyForms } from './step-command.ts'

export type Telling = TellingWish['about']
/** What leads to a page of the customer, is told once and then waited for. */
export const asking: readonly Telling[] = ['remedy.choice', 'fix.confirmation', 'follow-up']
export type TellingChannel = (typeof tellingChannels)[number]
type Form = (typeof remedyForms)[number]

/** A remedy as it stands in its fields. */
export type Choice = Readonly<{
  isOffered: boolean
  what: string
  happens: string
  amount: string
  form: Form
  fixBy: string
}>

/** A telling as it stands in its fields: what was typed, else what is proposed. */
export type Filled = Readonly<{
  about: Telling
  channel: TellingChannel
  language: Locale
  what: string
  text: string
  how: string
  apologises: boolean
  choices: readonly Choice[]
  always: string
  until: string
  /** The pack that asks for the letter; empty for no letter. */
  pack: string
  letter: string
  found: string
  done: string
  body: string
}>

/** What somebody typed. What she left alone follows the case and the language. */
export type Typed = Partial<Omit<Filled, 'about' | 'choices'>> &
  Readonly<{ choices?: Readonly<Record<number, Partial<Choice>>> }>

const CHOOSE_DAYS = 3
const FIX_DAYS = 7
const CLOSING = '18:00'
/** Letters that the firm sends of its own, without any pack. */
export const OWN_PACK = 'own'

type Around = Readonly<{ about: Telling; timeZone: string; reader: Language; amountMinor: number | null }>

/** A telling as it is proposed for a case, with what was typed in its place. `amountMinor`: taken from the proposal; `reader`: in
 * whose language amounts stand in the fields. */
export function fillTelling(page: CasePage, typed: Typed, { about, timeZone, reader, amountMinor }: Around): Filled {
  const language = typed.language ?? locales.find((one) => one === page.told.language) ?? 'en'
  const what = typed.what ?? page.told.about ?? aboutInWords(language, page.category)
  return {
    channel: page.told.way === 'open' ? 'email' : about === 'final.response' ? 'post' : 'phone',
    text: replyFor(page, language, what),
    how: page.remedy?.what ?? '',
    apologises: false,
    always: '',
    until: wallAfter(at(page.asOf), CHOOSE_DAYS, CLOSING, timeZone),
    ...letterFor(page, about),
    found: '',
    done: '',
    body: '',
    ...typed,
    about,
    language,
    what,
    choices: choicesFor(page, typed, { language, timeZone, reader, amountMinor }),
  }
}

function replyFor(page: CasePage, language: Locale, what: string): string {
  const { reply, apology } = tellingProposals[language]
  return isFirstApology(page) ? `${reply(what)} ${apology}\n\n` : `${reply(what)}\n\n`
}

function choicesFor(
  page: CasePage,
  { choices }: Typed,
  { language, timeZone, reader, amountMinor }: Omit<Around, 'about'> & Readonly<{ language: Locale }>,
): readonly Choice[] {
  const { again, refund, voucher } = tellingProposals[language]
  const currency = page.currency ?? page.firmCurrency
  const { amountMinor: usual = null, range } = page.proposal ?? {}
  const first = (...amounts: readonly (number | null | undefined)[]) =>
    amounts.find((one) => one != null && one > 0) ?? 0
  const common = { isOffered: false, fixBy: wallAfter(at(page.asOf), FIX_DAYS, CLOSING, timeZone) }
  const money = (place: number, minor: number, form: 'refund' | 'voucher'): Choice => {
    const amount = choices?.[place]?.amount ?? amountAsTyped(reader, minor, currency)
    const words = form === 'refund' ? refund : voucher
    const known = minorOf(amount, currency)
    const what = known > 0 ? words.what(amountInWords(language, known, currency)) : ''
    return { ...common, what, happens: words.happens, amount, form }
  }
  const proposed: readonly Choice[] = [
    { ...common, ...again, amount: '0', form: 'none' },
    money(1, first(amountMinor, usual, range?.highMinor, page.lossMinor), 'refund'),
    money(2, first(amountMinor, range?.highMinor, usual, page.lossMinor), 'voucher'),
  ]
  return proposed.map((one, place) => ({ ...one, ...choices?.[place] }))
}

type AskedLetter = Readonly<{ pack: string; name: string; letter: WrittenLetter }>

/** The letters that the packs of a case ask for and that a telling can be. */
export const lettersOf = ({ legal }: CasePage, about: Telling): readonly AskedLetter[] =>
  legal.flatMap(({ pack, name, steps }) =>
    [...new Set(steps.map(({ letter }) => letter))]
      .flatMap((letter) => letterNamed(letter ?? '') ?? [])
      .filter((letter) => (letter === 'acknowledgement') === (about === 'case.acknowledged'))
      .map((letter) => ({ pack, name, letter })),
  )

function letterFor(page: CasePage, about: Telling): Readonly<{ pack: string; letter: string }> {
  const [asked] = lettersOf(page, about)
  if (about !== 'final.response') return { pack: '', letter: 'acknowledgement' }
  return asked === undefined ? { pack: OWN_PACK, letter: 'final_response' } : asked
}

/** What is asked of the server. What is not ready yet is left out: the server says what is missing. */
export function wishOf(page: CasePage, filled: Filled, noted: Noted, timeZone: string): TellingWish {
  const { about, channel, language } = filled
  const base: TellingWish = { about, channel, language }
  const text = (name: 'what' | 'text' | 'how') => (filled[name].trim() === '' ? {} : { [name]: filled[name].trim() })
  switch (about) {
    case 'case.reply':
      return {
        ...base,
        ...(filled.text.trim() === '' ? {} : { text: filled.text }),
        ...promisesOf(noted, timeZone),
        ...(filled.apologises ? { apology: isFirstApology(page) ? 'counts' : 'once more' } : {}),
      }
    case 'remedy.choice': {
      const offer = offerOf(filled, { timeZone, currency: page.currency ?? page.firmCurrency })
      return { ...base, ...text('what'), ...(offer === null ? {} : { offer }) }
    }
    case 'fix.done':
      return { ...base, ...text('what'), ...text('how') }
    case 'case.acknowledged':
    case 'final.response': {
      const letter = letterOf(filled)
      return { ...base, ...text('what'), ...(letter === null ? {} : { letter }) }
    }
    default:
      return { ...base, ...text('what') }
  }
}

/** Whether an apology would be the one that the firm owes. */
export const isFirstApology = ({ atFault, told }: CasePage): boolean => atFault === 'firm' && told.apologies === 0

function promisesOf({ notes }: Noted, timeZone: string): Pick<TellingWish, 'promises' | 'noPromises'> {
  const promises = notes.flatMap((note) => {
    const due = note.dueTyped === null ? note.due : instantOfWall(note.dueTyped, timeZone)
    return note.isNone || due == null ? [] : [{ phrase: note.phrase, what: note.what.slice(0, WHAT_LENGTH_MAX), due }]
  })
  const noPromises = notes.flatMap(({ isNone, phrase }) => (isNone ? [phrase] : []))
  return { promises, noPromises }
}

const WHAT_LENGTH_MAX = 200

/** Null as long as a field is missing that the server could not read without. */
function offerOf(
  filled: Filled,
  { timeZone, currency }: Readonly<{ timeZone: string; currency: string }>,
): OfferWish | null {
  const until = instantOfWall(filled.until, timeZone)
  const offered = filled.choices.filter(({ isOffered }) => isOffered)
  const choices = offered.flatMap(({ what, happens, amount, form, fixBy }) => {
    const by = instantOfWall(fixBy, timeZone)
    const valueMinor = minorOf(amount, currency)
    if (by === undefined || what.trim() === '' || happens.trim() === '' || !Number.isInteger(valueMinor)) return []
    return [{ what: what.trim(), happens: happens.trim(), fixBy: by, valueMinor, form: form === 'none' ? null : form }]
  })
  if (until === undefined || choices.length < offered.length || choices.length === 0) return null
  const always = filled.always.trim() === '' ? 0 : minorOf(filled.always, currency)
  return { choices, always: always > 0 ? { valueMinor: always } : null, until }
}

function letterOf({ about, pack, letter, found, done, body }: Filled): LetterWish | null {
  if (pack === '') return null
  return about === 'case.acknowledged' ? { pack, letter } : { pack, letter, found, done, body }
}
