import type { WrittenLetter } from './letter.ts'
import type { Locale } from './words.ts'

/** The words of letters, and of the evidence of a case on paper. */
export type LetterWords = Readonly<{
  titles: Readonly<Record<WrittenLetter, string>>
  /** How a final letter begins; empty for one that is none. */
  thisIs: Readonly<Record<WrittenLetter, string>>
  date: string
  reference: string
  about: string
  received: string
  greeting: (name: string) => string
  closing: string
  weHaveIt: string
  ownedBy: (owner: string) => string
  hearBy: (day: string) => string
  nothingToDo: string
  found: string
  done: string
  agreed: (remedy: string) => string
  notAgree: string
  mayGo: (body: string) => string
  mayGoUntil: (day: string) => string
  mayGoNow: string
  foot: (reference: string) => string
  /** Stands on a letter that is looked at before it is sent. */
  notSent: string
  evidence: EvidenceWords
}>

/** The words of the evidence of a case. */
export type EvidenceWords = Readonly<{
  title: (id: string) => string
  made: string
  rules: string
  version: (n: number) => string
  page: (n: number, of: number) => string
  facts: string
  customer: string
  failure: string
  opened: string
  closed: string
  severity: string
  loss: string
  remedy: string
  given: string
  cause: string
  rounds: string
  steps: string
  step: string
  standing: string
  due: string
  done: string
  legal: string
  deadline: string
  source: string
  story: string
  when: string
  what: string
  who: string
  entries: string
  mails: string
  letters: string
  offers: string
  promises: string
  kept: string
  none: string
  simulated: string
  standings: Readonly<Record<string, string>>
  /** What an entry is called that the log tells of. */
  kinds: Readonly<Record<string, string>>
}>

const en: LetterWords = {
  titles: {
    acknowledgement: 'Acknowledgement of your complaint',
    final_response: 'Our final response',
    final_rejection: 'Our final answer',
    deadlock: 'Deadlock letter',
    summary_resolution: 'Summary of how your complaint was resolved',
    decision: 'Our decision',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'This is our final response to your complaint.',
    final_rejection: 'This is our final answer to your complaint.',
    deadlock:
      'We have not been able to agree with you. This letter says so, so that you can go to the dispute body at once.',
    summary_resolution: 'Your complaint has been resolved. This letter sums up how.',
    decision: 'This is our decision on your complaint.',
  },
  greeting: (name) => (name === '' ? 'Dear customer,' : `Dear ${name},`),
  date: 'Date',
  reference: 'Our reference',
  about: 'About',
  received: 'Received by us',
  closing: 'With kind regards,',
  weHaveIt: 'We have received your complaint and look into it.',
  ownedBy: (owner) => `${owner} looks after it.`,
  hearBy: (day) => `You hear from us by ${day} at the latest.`,
  nothingToDo:
    'You need not do anything now. If you want to add something, answer our mail or call us, and name the reference above.',
  found: 'What we found',
  done: 'What we do',
  agreed: (remedy) => `Agreed with you: ${remedy}.`,
  notAgree: 'If you do not agree',
  mayGo: (body) => `You may have your complaint looked at by: ${body}.`,
  mayGoUntil: (day) => `Do so by ${day} at the latest. After that day the body may refuse to look at it.`,
  mayGoNow: 'You may do so from today. You need not wait any longer.',
  foot: (reference) => `Reference ${reference}`,
  notSent: 'Preview, not sent',
  evidence: {
    title: (id) => `Evidence of case ${id}`,
    made: 'Made',
    rules: 'Rules',
    version: (n) => `version ${n}`,
    page: (n, of) => `Page ${n} of ${of}`,
    facts: 'Facts',
    customer: 'Customer',
    failure: 'Failure',
    opened: 'Opened',
    closed: 'Closed',
    severity: 'Severity',
    loss: 'Loss',
    remedy: 'Agreed remedy',
    given: 'Given',
    cause: 'Root cause',
    rounds: 'Recoveries that failed',
    steps: 'Steps of the protocol',
    step: 'Step',
    standing: 'Standing',
    due: 'Due',
    done: 'Done',
    legal: 'Deadlines and their source',
    deadline: 'Deadline',
    source: 'Source',
    story: 'What happened',
    when: 'When',
    what: 'What',
    who: 'Who',
    entries: 'Every entry',
    mails: 'What was written',
    letters: 'Letters',
    offers: 'What was offered',
    promises: 'What was promised',
    kept: 'Kept',
    none: 'Nothing.',
    simulated: 'Simulated data: no real person or firm.',
    standings: { done: 'done', next: 'next', owed: 'owed', 'not started': 'not started', 'not owed': 'not owed' },
    kinds: {
      opened: 'Opened',
      acknowledged: 'Acknowledged',
      owned: 'Taken on',
      apologised: 'Apologised',
      'remedy agreed': 'Remedy agreed',
      fixed: 'Fixed',
      compensated: 'Compensated',
      tried: 'Tried to reach',
      confirmed: 'Answer to the confirmation',
      'followed up': 'Answer to the follow-up',
      closed: 'Closed',
      reopened: 'Re-opened',
      promised: 'Promised',
      'promise kept': 'Promise kept',
    },
  },
}

const nl: LetterWords = {
  titles: {
    acknowledgement: 'Ontvangstbevestiging van uw klacht',
    final_response: 'Ons definitieve antwoord',
    final_rejection: 'Ons definitieve antwoord',
    deadlock: 'Brief over het uitblijven van overeenstemming',
    summary_resolution: 'Samenvatting van hoe uw klacht is opgelost',
    decision: 'Onze beslissing',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'Dit is ons definitieve antwoord op uw klacht.',
    final_rejection: 'Dit is ons definitieve antwoord op uw klacht.',
    deadlock:
      'Wij zijn het niet met u eens geworden. Deze brief zegt dat, zodat u meteen naar de geschilleninstantie kunt.',
    summary_resolution: 'Uw klacht is opgelost. Deze brief vat samen hoe.',
    decision: 'Dit is onze beslissing over uw klacht.',
  },
  greeting: (name) => (name === '' ? 'Geachte klant,' : `Geachte ${name},`),
  date: 'Datum',
  reference: 'Ons kenmerk',
  about: 'Onderwerp',
  received: 'Door ons ontvangen',
  closing: 'Met vriendelijke groet,',
  weHaveIt: 'Wij hebben uw klacht ontvangen en kijken ernaar.',
  ownedBy: (owner) => `${owner} houdt zich ermee bezig.`,
  hearBy: (day) => `U hoort van ons uiterlijk ${day}.`,
  nothingToDo:
    'U hoeft nu niets te doen. Wilt u iets toevoegen, beantwoord dan onze mail of bel ons, en noem het kenmerk hierboven.',
  found: 'Wat wij hebben vastgesteld',
  done: 'Wat wij doen',
  agreed: (remedy) => `Met u afgesproken: ${remedy}.`,
  notAgree: 'Als u het er niet mee eens bent',
  mayGo: (body) => `U kunt uw klacht voorleggen aan: ${body}.`,
  mayGoUntil: (day) => `Doe dat uiterlijk ${day}. Na die dag kan de instantie weigeren haar te behandelen.`,
  mayGoNow: 'Dat kan vanaf vandaag. U hoeft niet langer te wachten.',
  foot: (reference) => `Kenmerk ${reference}`,
  notSent: 'Voorbeeld, niet verstuurd',
  evidence: {
    title: (id) => `Dossier van zaak ${id}`,
    made: 'Gemaakt',
    rules: 'Regels',
    version: (n) => `versie ${n}`,
    page: (n, of) => `Pagina ${n} van ${of}`,
    facts: 'Feiten',
    customer: 'Klant',
    failure: 'Fout',
    opened: 'Geopend',
    closed: 'Gesloten',
    severity: 'Ernst',
    loss: 'Verlies',
    remedy: 'Afgesproken oplossing',
    given: 'Gegeven',
    cause: 'Oorzaak',
    rounds: 'Mislukte herstelpogingen',
    steps: 'Stappen van het protocol',
    step: 'Stap',
    standing: 'Stand',
    due: 'Uiterlijk',
    done: 'Gedaan',
    legal: 'Termijnen en hun bron',
    deadline: 'Termijn',
    source: 'Bron',
    story: 'Wat er gebeurde',
    when: 'Wanneer',
    what: 'Wat',
    who: 'Wie',
    entries: 'Elke vermelding',
    mails: 'Wat is geschreven',
    letters: 'Brieven',
    offers: 'Wat is aangeboden',
    promises: 'Wat is toegezegd',
    kept: 'Nagekomen',
    none: 'Niets.',
    simulated: 'Gesimuleerde gegevens: geen echte persoon of bedrijf.',
    standings: {
      done: 'gedaan',
      next: 'nu',
      owed: 'nog te doen',
      'not started': 'niet begonnen',
      'not owed': 'niet nodig',
    },
    kinds: {
      opened: 'Geopend',
      acknowledged: 'Ontvangst bevestigd',
      owned: 'Op zich genomen',
      apologised: 'Excuses aangeboden',
      'remedy agreed': 'Oplossing afgesproken',
      fixed: 'Opgelost',
      compensated: 'Vergoed',
      tried: 'Geprobeerd te bereiken',
      confirmed: 'Antwoord op de bevestiging',
      'followed up': 'Antwoord op de nazorg',
      closed: 'Gesloten',
      reopened: 'Heropend',
      promised: 'Toegezegd',
      'promise kept': 'Toezegging nagekomen',
    },
  },
}

const ru: LetterWords = {
  titles: {
    acknowledgement: 'Подтверждение получения вашей жалобы',
    final_response: 'Наш окончательный ответ',
    final_rejection: 'Наш окончательный ответ',
    deadlock: 'Письмо о том, что согласия нет',
    summary_resolution: 'Как была решена ваша жалоба',
    decision: 'Наше решение',
  },
  thisIs: {
    acknowledgement: '',
    final_response: 'Это наш окончательный ответ на вашу жалобу.',
    final_rejection: 'Это наш окончательный ответ на вашу жалобу.',
    deadlock:
      'Мы не смогли прийти к согласию с вами. Это письмо подтверждает это, чтобы вы могли сразу обратиться в орган по спорам.',
    summary_resolution: 'Ваша жалоба решена. В этом письме коротко сказано, как.',
    decision: 'Это наше решение по вашей жалобе.',
  },
  greeting: (name) => (name === '' ? 'Здравствуйте.' : `Здравствуйте, ${name}.`),
  date: 'Дата',
  reference: 'Наш номер',
  about: 'Тема',
  received: 'Получено нами',
  closing: 'С уважением,',
  weHaveIt: 'Мы получили вашу жалобу и разбираемся в ней.',
  ownedBy: (owner) => `Вашим вопросом занимается: ${owner}.`,
  hearBy: (day) => `Мы ответим вам не позднее: ${day}.`,
  nothingToDo:
    'Сейчас от вас ничего не требуется. Если хотите что-то добавить, ответьте на наше письмо или позвоните и назовите номер выше.',
  found: 'Что мы выяснили',
  done: 'Что мы делаем',
  agreed: (remedy) => `Согласовано с вами: ${remedy}.`,
  notAgree: 'Если вы не согласны',
  mayGo: (body) => `Вы можете обратиться с жалобой в: ${body}.`,
  mayGoUntil: (day) => `Сделайте это не позднее: ${day}. После этого дня орган может отказаться её рассматривать.`,
  mayGoNow: 'Это можно сделать с сегодняшнего дня. Больше ждать не нужно.',
  foot: (reference) => `Номер ${reference}`,
  notSent: 'Предварительный просмотр, не отправлено',
  evidence: {
    title: (id) => `Материалы дела ${id}`,
    made: 'Составлено',
    rules: 'Правила',
    version: (n) => `версия ${n}`,
    page: (n, of) => `Страница ${n} из ${of}`,
    facts: 'Факты',
    customer: 'Клиент',
    failure: 'Сбой',
    opened: 'Открыто',
    closed: 'Закрыто',
    severity: 'Тяжесть',
    loss: 'Ущерб',
    remedy: 'Согласованное решение',
    given: 'Выплачено',
    cause: 'Причина',
    rounds: 'Неудачных исправлений',
    steps: 'Шаги протокола',
    step: 'Шаг',
    standing: 'Состояние',
    due: 'Срок',
    done: 'Сделано',
    legal: 'Сроки и их источник',
    deadline: 'Срок',
    source: 'Источник',
    story: 'Что произошло',
    when: 'Когда',
    what: 'Что',
    who: 'Кто',
    entries: 'Каждая запись',
    mails: 'Что было написано',
    letters: 'Письма',
    offers: 'Что предлагалось',
    promises: 'Что обещано',
    kept: 'Выполнено',
    none: 'Ничего.',
    simulated: 'Смоделированные данные: ни одного настоящего человека или фирмы.',
    standings: {
      done: 'сделано',
      next: 'сейчас',
      owed: 'предстоит',
      'not started': 'не начато',
      'not owed': 'не нужно',
    },
    kinds: {
      opened: 'Открыто',
      acknowledged: 'Получение подтверждено',
      owned: 'Принято в работу',
      apologised: 'Принесены извинения',
      'remedy agreed': 'Решение согласовано',
      fixed: 'Исправлено',
      compensated: 'Возмещено',
      tried: 'Попытка связаться',
      confirmed: 'Ответ на подтверждение',
      'followed up': 'Ответ на последующий вопрос',
      closed: 'Закрыто',
      reopened: 'Открыто снова',
      promised: 'Обещано',
      'promise kept': 'Обещание выполнено',
    },
  },
}

/** The words, by language. */
export const letterWords: Readonly<Record<Locale, LetterWords>> = { en, nl, ru }
