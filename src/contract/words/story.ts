import type { MessageKind } from '../../core/contact/outbox.ts'
import type { Locale } from '../words.ts'

/** What the story of a case says of what its customer was told, was promised, and is waited for. */
type StoryWords = Readonly<{
  /** To whom; null where the name is not known any more. */
  given: (name: string | null) => string
  givenBack: string
  handedOver: (team: string | null) => string
  told: (what: string, way: string) => string
  about: Partial<Readonly<Record<MessageKind, string>>>
  waited: Readonly<Record<'remedy' | 'confirmation' | 'information', string>>
  letter: (title: string) => string
  promised: (what: string | null, by: string) => string
  kept: (what: string | null) => string
}>

const en: StoryWords = {
  given: (name) => (name === null ? 'Given to a colleague' : `Given to ${name}`),
  givenBack: 'Given back',
  handedOver: (team) => (team === null ? 'Handed over' : `Handed over to team ${team}`),
  told: (what, way) => `Told ${way}: ${what}`,
  about: {
    'case.acknowledged': 'the report was received',
    'case.reply': 'an answer',
    'remedy.choice': 'remedies to choose from',
    'remedy.chosen': 'what was chosen',
    'fix.done': 'it is done',
    'fix.confirmation': 'the question whether it is put right',
    'follow-up': 'the question whether it holds',
    'final.response': 'the final response',
  },
  waited: {
    remedy: 'Waiting for the customer to choose a remedy',
    confirmation: 'Waiting for the customer to confirm',
    information: 'Waiting for information from the customer',
  },
  letter: (title) => `Letter sent: ${title}`,
  promised: (what, by) => (what === null ? `An answer promised by ${by}` : `Promised by ${by}: ${what}`),
  kept: (what) => (what === null ? 'The promised answer was given' : `Promise kept: ${what}`),
}

const nl: StoryWords = {
  given: (name) => (name === null ? 'Aan een collega gegeven' : `Gegeven aan ${name}`),
  givenBack: 'Teruggegeven',
  handedOver: (team) => (team === null ? 'Overgedragen' : `Overgedragen aan team ${team}`),
  told: (what, way) => `Verteld ${way}: ${what}`,
  about: {
    'case.acknowledged': 'de melding is ontvangen',
    'case.reply': 'een antwoord',
    'remedy.choice': 'oplossingen om uit te kiezen',
    'remedy.chosen': 'wat is gekozen',
    'fix.done': 'het is gebeurd',
    'fix.confirmation': 'de vraag of het is opgelost',
    'follow-up': 'de vraag of het zo is gebleven',
    'final.response': 'het definitieve antwoord',
  },
  waited: {
    remedy: 'Wacht tot de klant een oplossing kiest',
    confirmation: 'Wacht tot de klant bevestigt',
    information: 'Wacht op informatie van de klant',
  },
  letter: (title) => `Brief verstuurd: ${title}`,
  promised: (what, by) => (what === null ? `Antwoord toegezegd vóór ${by}` : `Toegezegd vóór ${by}: ${what}`),
  kept: (what) => (what === null ? 'Het toegezegde antwoord is gegeven' : `Toezegging nagekomen: ${what}`),
}

const ru: StoryWords = {
  given: (name) => (name === null ? 'Передано коллеге' : `Передано: ${name}`),
  givenBack: 'Возвращено в общую очередь',
  handedOver: (team) => (team === null ? 'Передано' : `Передано команде ${team}`),
  told: (what, way) => `Сообщено ${way}: ${what}`,
  about: {
    'case.acknowledged': 'обращение получено',
    'case.reply': 'ответ',
    'remedy.choice': 'решения на выбор',
    'remedy.chosen': 'что выбрано',
    'fix.done': 'всё сделано',
    'fix.confirmation': 'вопрос, исправлено ли',
    'follow-up': 'вопрос, осталось ли так',
    'final.response': 'окончательный ответ',
  },
  waited: {
    remedy: 'Ждём, пока клиент выберет решение',
    confirmation: 'Ждём подтверждения клиента',
    information: 'Ждём сведений от клиента',
  },
  letter: (title) => `Отправлено письмо: ${title}`,
  promised: (what, by) => (what === null ? `Обещан ответ до ${by}` : `Обещано до ${by}: ${what}`),
  kept: (what) => (what === null ? 'Обещанный ответ дан' : `Обещание выполнено: ${what}`),
}

/** The words of the story of a case, by language. */
export const storyWords: Readonly<Record<Locale, StoryWords>> = { en, nl, ru }
