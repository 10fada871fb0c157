import type { PreferencePurpose } from '../core/preferences.ts'
import type { Locale } from './words.ts'

/** The words of the page on which customers say what may be sent to them. */
export type PreferenceTexts = Readonly<{
  title: string
  lead: string
  purposes: Readonly<Record<PreferencePurpose, string>>
  yes: string
  no: string
  save: string
  noToAll: string
  saved: string
  /** What one click in a mail program did, by the purpose of the mail. */
  stopped: string
  stoppedText: string
  owed: string
  data: string
}>

/** The words, by language. */
export const preferenceTexts: Readonly<Record<Locale, PreferenceTexts>> = {
  en: {
    title: 'What may we send you?',
    lead: 'Say yes or no to each. What you leave open stays as it is.',
    purposes: { marketing: 'Offers and news', survey: 'Questions about how it went' },
    yes: 'Yes',
    no: 'No',
    save: 'Save',
    noToAll: 'No to everything',
    saved: 'Saved. This is how it stands now.',
    stopped: 'You get no more of these mails',
    stoppedText: 'You need not do anything else. Below you can say what else you want and do not want.',
    owed: 'Answers to your questions and complaints, confirmations and warnings come in any case.',
    data: 'Your data: a copy, a correction or erasure',
  },
  nl: {
    title: 'Wat mogen wij u sturen?',
    lead: 'Zeg bij elk ja of nee. Wat u open laat, blijft zoals het is.',
    purposes: { marketing: 'Aanbiedingen en nieuws', survey: 'Vragen over hoe het ging' },
    yes: 'Ja',
    no: 'Nee',
    save: 'Opslaan',
    noToAll: 'Overal nee',
    saved: 'Opgeslagen. Zo staat het nu.',
    stopped: 'U krijgt deze mails niet meer',
    stoppedText: 'U hoeft verder niets te doen. Hieronder kunt u zeggen wat u nog meer wel en niet wilt.',
    owed: 'Antwoorden op uw vragen en klachten, bevestigingen en waarschuwingen komen hoe dan ook.',
    data: 'Uw gegevens: een kopie, een verbetering of wissen',
  },
  ru: {
    title: 'Что можно вам присылать?',
    lead: 'По каждому пункту скажите да или нет. Что не отмечено, остаётся как есть.',
    purposes: { marketing: 'Предложения и новости', survey: 'Вопросы о том, как всё прошло' },
    yes: 'Да',
    no: 'Нет',
    save: 'Сохранить',
    noToAll: 'Нет на всё',
    saved: 'Сохранено. Сейчас действует следующее.',
    stopped: 'Такие письма больше не придут',
    stoppedText: 'Больше ничего делать не нужно. Ниже можно указать, что ещё вы хотите и чего не хотите.',
    owed: 'Ответы на вопросы и жалобы, подтверждения и предупреждения придут в любом случае.',
    data: 'Ваши данные: копия, исправление или удаление',
  },
}
