import type { RegimePack, RegimeStep } from '../core/cases/regime-pack.ts'
import { regimesNl } from './words/regimes-nl.ts'
import { regimesRu } from './words/regimes-ru.ts'
import type { Locale } from './words.ts'

const others: Readonly<Record<Exclude<Locale, 'en'>, Readonly<Record<string, string>>>> = {
  nl: regimesNl,
  ru: regimesRu,
}

/** What a pack says in English, in a language; as it is where a pack of the firm's own says something else. */
const said = (locale: Locale, text: string): string =>
  locale === 'en' || !Object.hasOwn(others[locale], text) ? text : (others[locale][text] ?? text)

/** The name, step and source of a deadline in a language. */
export const stepInWords = <Step extends Pick<RegimeStep, 'name' | 'source'>>(locale: Locale, step: Step): Step => ({
  ...step,
  name: said(locale, step.name),
  source: {
    ...step.source,
    title: said(locale, step.source.title),
    note: step.source.note === null ? null : said(locale, step.source.note),
  },
})

/** The name of a pack in a language. */
export const packName = (locale: Locale, name: string): string => said(locale, name)

/** A pack with all that it says in a language; what it is known by stays. */
export const packInWords = (locale: Locale, pack: RegimePack): RegimePack => ({
  ...pack,
  name: said(locale, pack.name),
  jurisdiction: said(locale, pack.jurisdiction),
  appliesTo: said(locale, pack.appliesTo),
  letters: pack.letters.map((letter) => ({ ...letter, name: said(locale, letter.name) })),
  steps: pack.steps.map((step) => stepInWords(locale, step)),
  openQuestions: pack.openQuestions.map((question) => said(locale, question)),
})

type Starts = Readonly<Record<string, string>>

const starts: Readonly<Record<Locale, Starts>> = {
  en: {
    standing: 'always',
    previous_stage: 'the step before',
    'case.opened': 'the case opens',
    'remedy.agreed': 'the remedy is agreed',
    'failure.fixed': 'it is fixed',
    'failure.confirmed': 'the fix is confirmed',
    'withdrawal_period.started': 'the time to withdraw begins',
    'withdrawal.received': 'the withdrawal comes in',
    'complaint.received': 'the complaint comes in',
    'final_response.sent': 'the final response is sent',
    'deadlock.reached': 'nothing more can be agreed',
    'final_rejection.sent': 'the final rejection is sent',
    'request.received': 'the request comes in',
    'exit.requested': 'the customer cancels',
  },
  nl: {
    standing: 'altijd',
    previous_stage: 'de stap ervoor',
    'case.opened': 'de zaak opengaat',
    'remedy.agreed': 'de oplossing is afgesproken',
    'failure.fixed': 'het is hersteld',
    'failure.confirmed': 'het herstel is bevestigd',
    'withdrawal_period.started': 'de bedenktijd begint',
    'withdrawal.received': 'de herroeping binnenkomt',
    'complaint.received': 'de klacht binnenkomt',
    'final_response.sent': 'het definitieve antwoord is verstuurd',
    'deadlock.reached': 'partijen er niet meer uitkomen',
    'final_rejection.sent': 'de definitieve afwijzing is verstuurd',
    'request.received': 'het verzoek binnenkomt',
    'exit.requested': 'de klant opzegt',
  },
  ru: {
    standing: 'всегда',
    previous_stage: 'предыдущий шаг',
    'case.opened': 'открыто дело',
    'remedy.agreed': 'решение согласовано',
    'failure.fixed': 'исправлено',
    'failure.confirmed': 'исправление подтверждено',
    'withdrawal_period.started': 'начался срок для отказа',
    'withdrawal.received': 'получен отказ от договора',
    'complaint.received': 'получена жалоба',
    'final_response.sent': 'отправлен окончательный ответ',
    'deadlock.reached': 'договориться больше нельзя',
    'final_rejection.sent': 'отправлен окончательный отказ',
    'request.received': 'получен запрос',
    'exit.requested': 'клиент расторгает договор',
  },
}

/** From when a step counts, in words. */
export const startInWords = (locale: Locale, event: string): string => starts[locale][event] ?? event
