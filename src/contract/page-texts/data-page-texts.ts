import type { DataRequestKind } from '../../core/privacy/data-request.ts'
import type { Locale } from '../words.ts'

/** The words of the pages on which customers ask about their data, and of the copy that they get. */
export type DataTexts = Readonly<{
  title: string
  lead: string
  off: string
  kind: string
  kinds: Readonly<Record<DataRequestKind, Readonly<{ name: string; text: string; said: string }>>>
  email: string
  words: string
  wordsHint: string
  ask: string
  missing: Readonly<Record<'kind' | 'email' | 'words', string>>
  /** The same for an address that is known and one that is not. */
  asked: string
  askedText: readonly string[]
  confirm: string
  confirmLead: (what: string) => string
  confirmButton: string
  confirmed: string
  /** With the day by which an answer comes. */
  confirmedText: (day: string) => string
  pack: string
  packText: (until: string) => string
  download: string
  footer: string
  fileName: string
  /** What is said with an answer by button, by kind and outcome. */
  answers: Readonly<{
    erasure: string
    correction: string
    refused: (why: string) => string
    extended: (day: string, why: string) => string
  }>
  readme: (firm: string) => string
}>

const en: DataTexts = {
  title: 'Your data',
  lead: 'See what we hold about you, object, ask for a copy, or have it corrected or erased. You need not sign in.',
  off: 'This cannot be asked for here yet. Call or write to us: that counts just as well.',
  kind: 'What do you want?',
  kinds: {
    look: {
      name: 'See what we hold, and object',
      text: 'We mail you a page that tells what there is and why, with buttons to object.',
      said: 'a page about your data',
    },
    access: {
      name: 'A copy of my data',
      text: 'Everything that we hold, as tables and as one file.',
      said: 'a copy of your data',
    },
    correction: { name: 'Correct my data', text: 'Say below what is wrong.', said: 'a correction of your data' },
    erasure: { name: 'Erase my data', text: 'We keep only what the law asks.', said: 'the erasure of your data' },
  },
  email: 'Your e-mail address',
  words: 'What is wrong, or what we should know',
  wordsHint: 'Write nothing about others.',
  ask: 'Ask for it',
  missing: {
    kind: 'Choose what you want.',
    email: 'Write your e-mail address.',
    words: 'This is too long: 1,000 characters at most.',
  },
  asked: 'Look into your mailbox',
  askedText: [
    'If we know this address, a mail is on its way to it. Confirm your request with the link in it.',
    'If no mail comes within an hour, we do not know the address. Try another one, or call or write to us.',
  ],
  confirm: 'Confirm your request',
  confirmLead: (what) => `You ask for ${what}.`,
  confirmButton: 'Confirm',
  confirmed: 'We have your request',
  confirmedText: (day) => `A person looks at it. You get an answer by mail by ${day} at the latest.`,
  pack: 'Your data are ready',
  packText: (until) => `This page is open until ${until}. Whoever has its address can read your data.`,
  download: 'Download',
  footer: 'Rather call or write? That counts just as well.',
  fileName: 'my-data',
  answers: {
    erasure: 'We have erased what we held about you. What the law asks us to keep is left without your name.',
    correction: 'We have corrected your data.',
    refused: (why) => `We cannot do that. The reason: ${why}`,
    extended: (day, why) => `We need more time, until ${day} at the latest. The reason: ${why}`,
  },
  readme: (firm) =>
    `What ${firm === '' ? 'we' : firm} hold${firm === '' ? '' : 's'} about you.\r\n\r\ndata.json holds everything in one file, for programs. Each .csv file is one part of it as a table: events is what happened, messages what was sent to you, states and relationships what was computed from it, exits and cases what was done about it. Times are in UTC, amounts in the smallest unit of the currency.\r\n\r\nAddresses and numbers of other people in texts were replaced by […].\r\n`,
}

const nl: DataTexts = {
  title: 'Uw gegevens',
  lead: 'Zie wat wij over u bewaren, maak bezwaar, vraag een kopie, of laat het verbeteren of wissen. U hoeft niet in te loggen.',
  off: 'Dit kan hier nog niet worden gevraagd. Bel of schrijf ons: dat telt net zo goed.',
  kind: 'Wat wilt u?',
  kinds: {
    look: {
      name: 'Zien wat wij bewaren, en bezwaar maken',
      text: 'Wij mailen u een pagina met wat er is en waarom, en knoppen om bezwaar te maken.',
      said: 'een pagina over uw gegevens',
    },
    access: {
      name: 'Een kopie van mijn gegevens',
      text: 'Alles wat wij bewaren, als tabellen en als één bestand.',
      said: 'een kopie van uw gegevens',
    },
    correction: {
      name: 'Mijn gegevens verbeteren',
      text: 'Schrijf hieronder wat er niet klopt.',
      said: 'verbetering van uw gegevens',
    },
    erasure: {
      name: 'Mijn gegevens wissen',
      text: 'Wij bewaren alleen wat de wet vraagt.',
      said: 'het wissen van uw gegevens',
    },
  },
  email: 'Uw e-mailadres',
  words: 'Wat er niet klopt, of wat wij moeten weten',
  wordsHint: 'Schrijf niets over anderen.',
  ask: 'Vragen',
  missing: {
    kind: 'Kies wat u wilt.',
    email: 'Vul uw e-mailadres in.',
    words: 'Dit is te lang: hooguit 1000 tekens.',
  },
  asked: 'Kijk in uw mailbox',
  askedText: [
    'Kennen wij dit adres, dan is er een mail naar onderweg. Bevestig uw verzoek met de link daarin.',
    'Komt er binnen een uur geen mail, dan kennen wij het adres niet. Probeer een ander, of bel of schrijf ons.',
  ],
  confirm: 'Bevestig uw verzoek',
  confirmLead: (what) => `U vraagt om ${what}.`,
  confirmButton: 'Bevestigen',
  confirmed: 'Wij hebben uw verzoek',
  confirmedText: (day) => `Een mens kijkt ernaar. U krijgt uiterlijk ${day} antwoord per mail.`,
  pack: 'Uw gegevens staan klaar',
  packText: (until) => `Deze pagina is open tot ${until}. Wie het adres heeft kan uw gegevens lezen.`,
  download: 'Downloaden',
  footer: 'Liever bellen of schrijven? Dat telt net zo goed.',
  fileName: 'mijn-gegevens',
  answers: {
    erasure: 'Wij hebben gewist wat wij over u bewaarden. Wat de wet ons laat bewaren, staat er nog zonder uw naam.',
    correction: 'Wij hebben uw gegevens verbeterd.',
    refused: (why) => `Dat kunnen wij niet doen. De reden: ${why}`,
    extended: (day, why) => `Wij hebben meer tijd nodig, uiterlijk tot ${day}. De reden: ${why}`,
  },
  readme: (firm) =>
    `Wat ${firm === '' ? 'wij' : firm} over u bewa${firm === '' ? 'ren' : 'art'}.\r\n\r\ndata.json bevat alles in één bestand, voor programma's. Elk .csv-bestand is één deel ervan als tabel: events is wat er gebeurde, messages wat u werd gestuurd, states en relationships wat daaruit werd berekend, exits en cases wat eraan werd gedaan. Tijden zijn in UTC, bedragen in de kleinste eenheid van de munt.\r\n\r\nAdressen en nummers van anderen in teksten zijn vervangen door […].\r\n`,
}

const ru: DataTexts = {
  title: 'Ваши данные',
  lead: 'Посмотрите, что мы храним о вас, возразите, попросите копию, исправление или удаление. Входить в личный кабинет не нужно.',
  off: 'Здесь об этом пока попросить нельзя. Позвоните или напишите нам: это имеет ту же силу.',
  kind: 'Что вы хотите?',
  kinds: {
    look: {
      name: 'Посмотреть, что мы храним, и возразить',
      text: 'Мы пришлём страницу: что есть, зачем, и кнопки, чтобы возразить.',
      said: 'страница о ваших данных',
    },
    access: { name: 'Копию моих данных', text: 'Всё, что мы храним: таблицы и один файл.', said: 'копия ваших данных' },
    correction: { name: 'Исправить мои данные', text: 'Напишите ниже, что неверно.', said: 'исправление ваших данных' },
    erasure: {
      name: 'Удалить мои данные',
      text: 'Мы сохраним только то, чего требует закон.',
      said: 'удаление ваших данных',
    },
  },
  email: 'Ваш адрес электронной почты',
  words: 'Что неверно или что нам нужно знать',
  wordsHint: 'Не пишите ничего о других.',
  ask: 'Попросить',
  missing: {
    kind: 'Выберите, что вы хотите.',
    email: 'Укажите адрес электронной почты.',
    words: 'Слишком длинно: не больше 1000 знаков.',
  },
  asked: 'Проверьте почту',
  askedText: [
    'Если мы знаем этот адрес, письмо уже в пути. Подтвердите запрос по ссылке в нём.',
    'Если за час письмо не придёт, мы не знаем этого адреса. Попробуйте другой, позвоните или напишите нам.',
  ],
  confirm: 'Подтвердите запрос',
  confirmLead: (what) => `Ваш запрос: ${what}.`,
  confirmButton: 'Подтвердить',
  confirmed: 'Мы получили ваш запрос',
  confirmedText: (day) => `Его рассмотрит человек. Ответ придёт по почте не позднее ${day}.`,
  pack: 'Ваши данные готовы',
  packText: (until) => `Эта страница открыта до ${until}. Кто знает её адрес, может прочитать ваши данные.`,
  download: 'Скачать',
  footer: 'Удобнее позвонить или написать? Это имеет ту же силу.',
  fileName: 'moi-dannye',
  answers: {
    erasure: 'Мы удалили то, что хранили о вас. То, что требует хранить закон, осталось без вашего имени.',
    correction: 'Мы исправили ваши данные.',
    refused: (why) => `Мы не можем этого сделать. Причина: ${why}`,
    extended: (day, why) => `Нам нужно больше времени, не позднее ${day}. Причина: ${why}`,
  },
  readme: (firm) =>
    `Что ${firm === '' ? 'мы храним' : `хранит ${firm}`} о вас.\r\n\r\nВ data.json всё в одном файле, для программ. Каждый файл .csv — одна часть в виде таблицы: events — что произошло, messages — что вам отправили, states и relationships — что из этого вычислено, exits и cases — что было сделано. Время указано в UTC, суммы — в наименьших единицах валюты.\r\n\r\nАдреса и номера других людей в текстах заменены на […].\r\n`,
}

/** The words, by language. */
export const dataTexts: Readonly<Record<Locale, DataTexts>> = { en, nl, ru }
