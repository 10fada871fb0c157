import type { PreferencePurpose } from '../../core/contact/preferences.ts'
import type { Locale } from '../words.ts'

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
  /** Whether chances and values are worked out about the reader, and the button for the other. */
  profiling: Readonly<{ title: string; allowed: string; refused: string; refuse: string; allow: string }>
  /** The way to the page that tells what is held. */
  held: string
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
    profiling: {
      title: 'Working out what you may do',
      allowed:
        'From what happened between us we work out how likely you are to stay. You may object, without a reason. Nothing about your service changes.',
      refused: 'You objected. We work nothing out about you, and have deleted what we had. Your service is as before.',
      refuse: 'I object',
      allow: 'I no longer object',
    },
    held: 'What we hold about you, and why',
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
    profiling: {
      title: 'Berekenen wat u misschien gaat doen',
      allowed:
        'Uit wat er tussen ons gebeurde, berekenen wij hoe groot de kans is dat u klant blijft. U mag daartegen bezwaar maken, zonder reden. Aan de service verandert niets.',
      refused:
        'U hebt bezwaar gemaakt. Wij berekenen niets over u en hebben gewist wat er was. De service blijft zoals die was.',
      refuse: 'Ik maak bezwaar',
      allow: 'Ik trek mijn bezwaar in',
    },
    held: 'Wat wij over u bewaren, en waarom',
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
    profiling: {
      title: 'Расчёты о том, как вы поступите',
      allowed:
        'По тому, что было между нами, мы считаем, насколько вероятно, что вы останетесь клиентом. Вы можете возразить без объяснений. В обслуживании ничего не изменится.',
      refused: 'Вы возразили. Мы ничего о вас не считаем и удалили то, что было. Обслуживание осталось прежним.',
      refuse: 'Я возражаю',
      allow: 'Я больше не возражаю',
    },
    held: 'Что мы храним о вас и зачем',
    data: 'Ваши данные: копия, исправление или удаление',
  },
}
