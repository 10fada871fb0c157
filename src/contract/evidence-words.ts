import type { MessageState } from '../core/contact/outbox.ts'
import type { Locale } from './words.ts'

/** The words of the evidence of a case. */
type EvidenceWords = Readonly<{
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
  standings: Readonly<Record<'done' | 'next' | 'owed' | 'not started' | 'not owed' | 'skipped', string>>
  /** What was promised where the promise has no words of its own: an answer, or words that were removed. */
  promised: Readonly<Record<'answer' | 'deed', string>>
  /** What became of a mail. */
  mailStates: Readonly<Record<MessageState, string>>
  /** Who did something that no person did. */
  doers: Readonly<Record<'rule' | 'customer' | 'amends', string>>
  /** What an entry is called that the log tells of. */
  kinds: Readonly<Record<string, string>>
}>

const en: EvidenceWords = {
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
  standings: {
    done: 'done',
    next: 'next',
    owed: 'owed',
    'not started': 'not started',
    'not owed': 'not owed',
    skipped: 'skipped',
  },
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
  promised: { answer: 'An answer', deed: 'A deed' },
  mailStates: {
    queued: 'not sent yet',
    sending: 'not sent yet',
    sent: 'sent',
    uncertain: 'perhaps sent',
    bounced: 'came back',
    failed: 'could not be sent',
    unconfigured: 'not sent: no mail server',
    cancelled: 'not sent: cancelled',
  },
  doers: { rule: 'by rule', customer: 'the customer', amends: 'Amends' },
}

const nl: EvidenceWords = {
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
    skipped: 'overgeslagen',
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
  promised: { answer: 'Een antwoord', deed: 'Een toezegging' },
  mailStates: {
    queued: 'nog niet verzonden',
    sending: 'nog niet verzonden',
    sent: 'verzonden',
    uncertain: 'misschien verzonden',
    bounced: 'teruggekomen',
    failed: 'kon niet worden verzonden',
    unconfigured: 'niet verzonden: geen mailserver',
    cancelled: 'niet verzonden: geannuleerd',
  },
  doers: { rule: 'volgens regel', customer: 'de klant', amends: 'Amends' },
}

const ru: EvidenceWords = {
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
    skipped: 'пропущено',
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
  promised: { answer: 'Ответ', deed: 'Обещание' },
  mailStates: {
    queued: 'ещё не отправлено',
    sending: 'ещё не отправлено',
    sent: 'отправлено',
    uncertain: 'возможно, отправлено',
    bounced: 'вернулось',
    failed: 'отправить не удалось',
    unconfigured: 'не отправлено: нет почтового сервера',
    cancelled: 'не отправлено: отменено',
  },
  doers: { rule: 'по правилу', customer: 'клиент', amends: 'Amends' },
}

/** In every language. */
export const evidenceWords: Readonly<Record<Locale, EvidenceWords>> = { en, nl, ru }
