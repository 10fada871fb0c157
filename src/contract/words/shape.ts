import type { StaticCovariate } from '../../core/goodwill/goodwill.ts'
import type { CovariateName } from '../../core/goodwill/leave-priors.ts'
import type { EntryFacts } from '../../core/goodwill/ledger-draft.ts'
import type { EventData, EventType } from '../../core/relationship/vocabulary.ts'
import { type Instant, instantOf } from '../../core/time/instant.ts'

/** The words of a count, by the plural rules of the language; # stands for the number. */
type Forms = Readonly<{ one?: string; few?: string; many?: string; other: string }>

/**
 * Categories and topics that our own mappings and the simulator use, so that they can be told in every language. What
 * a firm calls its own things is told as it calls them.
 */
const terms = [
  'late delivery',
  'not delivered',
  'delivery',
  'order unavailable',
  'order cancelled',
  'outage',
  'billing',
  'refund late',
  'complaint',
  'question',
  'other plan',
  'delivered',
  'put right',
  'lost or damaged',
  'wrong or missing item',
  'no answer in time',
  'installation',
  'price',
  'carrier late',
  'packed late',
  'depot full',
  'damaged in transport',
  'lost parcel',
  'picking error',
  'stock error',
  'refund queue',
  'return not scanned',
  'understaffed',
  'lost message',
  'double charge',
  'discount not applied',
  'power at node',
  'cable cut',
  'software update',
  'wrong tariff',
  'engineer absent',
  'wrong part',
  'discount ended early',
  'unannounced rise',
] as const
type Term = (typeof terms)[number]

/** Numbers, dates and counts in one language. */
export type Say = Readonly<{
  number: (value: number) => string
  date: (at: Instant) => string
  /** Date and time of day. */
  moment: (at: Instant) => string
  /** A validated RFC 3339 text as a date. */
  day: (text: string) => string
  count: (value: number, forms: Forms) => string
  /** A category or topic, in the language where it is a known one. */
  term: (text: string | undefined | null) => string | null
  /** Money with its currency; without one, nothing can be said and it is an empty text. */
  money: (minor: number | undefined, currency: string | undefined) => string
}>

/** What happened, and one line on why it counts as it does; the line may be empty. */
export type Line = readonly [sentence: string, detail: string]

/** The facts of an entry, read by name. */
export type Told = Readonly<{
  yes: (name: string) => boolean
  number: (name: string) => number
  /** The text with dashes and underscores as spaces, cut to 80 characters; null when there is none. */
  text: (name: string) => string | null
}>

/** Covariates that entries of the ledger are about. */
export type EntryCovariate = Exclude<CovariateName, StaticCovariate>

/** Everything the product says about events and entries, in one language. A sentence left out does not compile. */
export type Words = Readonly<{
  terms: Readonly<Record<Term, string>>
  entries: Readonly<Record<EntryCovariate, (told: Told, say: Say) => Line>>
  /** A step of putting right that was done: worth nothing, and told all the same. */
  done: Readonly<Record<DoneStep, string>>
  owed: string
  statics: Readonly<Record<StaticCovariate, string>>
  fades: Readonly<{
    halfLife: (days: number, say: Say) => string
    until: (at: Instant, say: Say) => string
    whileOpen: string
    moves: string
  }>
  events: Readonly<{ [Type in EventType]: (data: EventData<Type>, say: Say) => string }>
  /** An event of a type that the vocabulary does not know. */
  custom: (type: string) => string
}>

/** A recovery step that can be done as it should be, by the covariate that it then does not cost. */
export type DoneStep = 'miss_ack' | 'miss_fix' | 'miss_apology' | 'comp_short' | 'unconfirmed' | 'miss_followup'

/** Reads the facts of an entry. */
export const toldBy = (facts: EntryFacts): Told => ({
  yes: (name) => facts[name] === true,
  number: (name) => {
    const value = facts[name]
    return typeof value === 'number' ? value : 0
  },
  text: (name) => {
    const value = facts[name]
    return typeof value === 'string' && value !== '' ? plain(value) : null
  },
})

/** A key of the firm as words: `late-delivery` becomes `late delivery`. What has spaces is words already. */
export const plain = (key: string): string => (key.includes(' ') ? key : key.replaceAll(/[-_]+/g, ' ')).slice(0, 80)

/** `: detail`, or nothing when there is no detail. */
export const after = (text: string | undefined | null): string =>
  text === undefined || text === null || text === '' ? '' : `: ${plain(text)}`

/** The formats of a language; dates are those that the wall shows in a time zone. */
export function speaker(locale: string, known: Words['terms'], timeZone: string): Say {
  const dictionary = new Map<string, string>(Object.entries(known))
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const plurals = new Intl.PluralRules(locale)
  // Russian dates end in "г.", which doubles the full stop of a sentence.
  const date = (at: Instant) => (Number.isFinite(at) ? dates.format(at).replace(/\sг\.$/, '') : '')
  return {
    number: (value) => numbers.format(value),
    date,
    moment: (at) => (Number.isFinite(at) ? moments.format(at) : ''),
    day: (text) => date(instantOf(text)),
    // A text may put two together: `late delivery: put right`.
    term: (text) =>
      text === undefined || text === null
        ? null
        : text
            .split(': ')
            .map((part) => dictionary.get(plain(part).toLowerCase()) ?? part)
            .join(': '),
    count: (value, forms) => {
      const rule = plurals.select(value)
      const form = rule === 'zero' || rule === 'two' ? undefined : forms[rule]
      return (form ?? forms.other).replace('#', numbers.format(value))
    },
    money: (minor, currency) => {
      if (minor === undefined || currency === undefined) return ''
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
  }
}
