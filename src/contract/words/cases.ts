import type { CaseStep } from '../../core/cases/case-clocks.ts'
import type { CaseEntry } from '../../core/cases/case-entry.ts'
import type { CaseRefusal } from '../../core/cases/decide-case.ts'
import type { Severity } from '../../core/relationship/failure.ts'
import { severityWords } from './severities.ts'

/** What a refusal was told: the step that comes first, and from when it may be done, in words. */
type Told = Readonly<{ step: string; from: string }>

/** Entries about the work of the firm alone. */
export const deskKinds = [
  'joined',
  'assigned',
  'handed over',
  'grouped',
  'snoozed',
  'waited',
  'resumed',
  'escalated',
  'regime applied',
  'letter sent',
  'duty done',
  'told',
  'undone',
] as const satisfies readonly CaseEntry['kind'][]
type DeskKind = (typeof deskKinds)[number]

/** Why an amount is not given, or a second person's yes does not count. */
export type GiftReason =
  | 'role-may-not'
  | 'reason-missing'
  | 'nobody-may'
  | 'same-person'
  | 'not-needed'
  | 'answered-already'
  | 'asked-no-more'
  | 'why-missing'

type Sentences = Readonly<{
  steps: Readonly<Record<CaseStep, string>>
  refusals: Readonly<Record<CaseRefusal['because'], (told: Told) => string>>
  /** Why somebody may not give an amount, or may not agree to what another gives. */
  gifts: Readonly<Record<GiftReason, string>>
  /** Why a severity needs a reason: the rule proposes another. */
  severityReason: (proposed: Severity) => string
  /** What happened in a case that its customer's log does not tell. */
  entries: Readonly<Record<DeskKind, string>>
}>

const en: Sentences = {
  steps: {
    acknowledge: 'Acknowledge',
    own: 'Take it on',
    apologise: 'Apologise',
    'agree remedy': 'Agree the remedy',
    fix: 'Fix it',
    compensate: 'Compensate',
    confirm: 'Have it confirmed',
    close: 'Close',
    'follow up': 'Follow up',
  },
  refusals: {
    'changed-meanwhile': () => 'Somebody else did something meanwhile. Look at the case again.',
    'case-closed': () => 'The case is closed. Re-open it to go on.',
    'customer-only-answers': () => 'The customer agrees, confirms and answers; this is work of the firm.',
    'human-only': () => 'Only a person may do this.',
    'senior-only': () => 'A recovery that failed goes to a senior person.',
    'done-already': () => 'This is done already.',
    'step-first': ({ step }) => `Another step comes first: ${step}.`,
    'not-at-fault': () => 'The firm apologises for its own failures. This one is not.',
    'apology-not-specific': () => 'An apology names what went wrong.',
    'amount-not-positive': () => 'Enter an amount above zero.',
    'remedy-exceeded': () => 'This is more than was agreed with the customer.',
    'root-cause-missing': () => 'Say what caused it before you close.',
    'confirmation-missing': () =>
      'The customer has not confirmed. Ask, or try twice to reach the customer since the fix, before you close.',
    'too-early': ({ from }) => `This counts from ${from}.`,
    'in-the-past': () => 'This moment is over. Choose a later one.',
    'past-next-due': ({ from }) => `A case does not sleep past its own deadline, ${from}.`,
    'waiting-already': () => 'The case is waiting for the customer already.',
    'not-waiting': () => 'The case is not waiting for the customer.',
    'not-due': () => 'Nothing of this step is late, or this person was told.',
    'not-closed': () => 'The case is not closed.',
    'promise-unknown': () => 'Nothing of this name was promised, or it was kept already.',
    'nothing-to-undo': () => 'What was done last cannot be taken back.',
    'not-yours-to-undo': () => 'Somebody else did this. Only they can take it back.',
    'undo-too-late': () => 'The ten seconds to take it back are over.',
  },
  gifts: {
    'role-may-not': 'Your role may not give this.',
    'reason-missing': 'The amount lies outside of the proposed range. Say why.',
    'nobody-may': 'Nobody may give so much. Finance sets the limits.',
    'same-person': 'Somebody else must agree: you asked for it.',
    'not-needed': 'Nobody needs to agree to this.',
    'answered-already': 'Somebody else has answered meanwhile.',
    'asked-no-more': 'This is asked no more: the case went on without it.',
    'why-missing': 'Say why you refuse: whoever asked has to go on from it.',
  },
  severityReason: (proposed) => {
    const names = severityWords.en
    return `The rule proposes “${names[proposed]}”. Say why it is another severity.`
  },
  entries: {
    joined: 'Reported under another name as well: one failure, one case',
    assigned: 'Given to somebody',
    'handed over': 'Handed to another team',
    grouped: 'Put with an incident',
    snoozed: 'Snoozed',
    waited: 'Waiting for the customer',
    resumed: 'Taken up again',
    escalated: 'Somebody was told that a step is late',
    'regime applied': 'Rules of a regime apply',
    'letter sent': 'A letter was sent',
    'duty done': 'A duty was done',
    told: 'The customer was told',
    undone: 'Taken back',
  },
}

const nl: Sentences = {
  steps: {
    acknowledge: 'Ontvangst bevestigen',
    own: 'Op zich nemen',
    apologise: 'Excuses aanbieden',
    'agree remedy': 'Tegemoetkoming afspreken',
    fix: 'Oplossen',
    compensate: 'Vergoeden',
    confirm: 'Laten bevestigen',
    close: 'Afsluiten',
    'follow up': 'Nazorg',
  },
  refusals: {
    'changed-meanwhile': () => 'Iemand anders deed intussen iets. Bekijk de zaak opnieuw.',
    'case-closed': () => 'De zaak is gesloten. Heropen haar om verder te gaan.',
    'customer-only-answers': () => 'De klant stemt in, bevestigt en antwoordt; dit is werk van het bedrijf.',
    'human-only': () => 'Alleen een mens mag dit doen.',
    'senior-only': () => 'Een mislukt herstel gaat naar een senior.',
    'done-already': () => 'Dit is al gedaan.',
    'step-first': ({ step }) => `Eerst komt een andere stap: ${step}.`,
    'not-at-fault': () => 'Het bedrijf biedt excuses aan voor eigen fouten. Deze is dat niet.',
    'apology-not-specific': () => 'Excuses noemen wat er misging.',
    'amount-not-positive': () => 'Vul een bedrag boven nul in.',
    'remedy-exceeded': () => 'Dit is meer dan met de klant is afgesproken.',
    'root-cause-missing': () => 'Zeg wat de oorzaak was voordat u sluit.',
    'confirmation-missing': () =>
      'De klant heeft niet bevestigd. Vraag het, of probeer na de oplossing twee keer de klant te bereiken, voordat u sluit.',
    'too-early': ({ from }) => `Dit telt vanaf ${from}.`,
    'in-the-past': () => 'Dit moment is voorbij. Kies een later moment.',
    'past-next-due': ({ from }) => `Een zaak slaapt niet langer dan tot haar eigen termijn, ${from}.`,
    'waiting-already': () => 'De zaak wacht al op de klant.',
    'not-waiting': () => 'De zaak wacht niet op de klant.',
    'not-due': () => 'Van deze stap is niets te laat, of het is al gezegd.',
    'not-closed': () => 'De zaak is niet gesloten.',
    'promise-unknown': () => 'Zo’n toezegging is er niet, of zij is al nagekomen.',
    'nothing-to-undo': () => 'Wat het laatst is gedaan, kan niet worden teruggenomen.',
    'not-yours-to-undo': () => 'Iemand anders deed dit. Alleen die persoon kan het terugnemen.',
    'undo-too-late': () => 'De tien seconden om het terug te nemen zijn voorbij.',
  },
  gifts: {
    'role-may-not': 'Uw rol mag dit niet geven.',
    'reason-missing': 'Het bedrag valt buiten het voorgestelde bereik. Zeg waarom.',
    'nobody-may': 'Niemand mag zoveel geven. Financiën stelt de grenzen vast.',
    'same-person': 'Iemand anders moet instemmen: u vroeg erom.',
    'not-needed': 'Hiermee hoeft niemand in te stemmen.',
    'answered-already': 'Iemand anders heeft intussen geantwoord.',
    'asked-no-more': 'Dit wordt niet meer gevraagd: de zaak ging zonder verder.',
    'why-missing': 'Zeg waarom u weigert: wie het vroeg moet daarmee verder.',
  },
  severityReason: (proposed) => {
    const names = severityWords.nl
    return `De regel stelt “${names[proposed]}” voor. Zeg waarom het een andere ernst is.`
  },
  entries: {
    joined: 'Ook onder een andere naam gemeld: één fout, één zaak',
    assigned: 'Aan iemand gegeven',
    'handed over': 'Aan een ander team overgedragen',
    grouped: 'Bij een incident gevoegd',
    snoozed: 'Uitgesteld',
    waited: 'Wacht op de klant',
    resumed: 'Weer opgepakt',
    escalated: 'Gemeld dat een stap te laat is',
    'regime applied': 'Regels van een regelpakket gelden',
    'letter sent': 'Er is een brief verstuurd',
    'duty done': 'Aan een plicht is voldaan',
    told: 'De klant is op de hoogte gebracht',
    undone: 'Teruggenomen',
  },
}

const ru: Sentences = {
  steps: {
    acknowledge: 'Подтвердить получение',
    own: 'Взять на себя',
    apologise: 'Извиниться',
    'agree remedy': 'Согласовать возмещение',
    fix: 'Исправить',
    compensate: 'Возместить',
    confirm: 'Получить подтверждение',
    close: 'Закрыть',
    'follow up': 'Связаться позже',
  },
  refusals: {
    'changed-meanwhile': () => 'Тем временем кто-то уже что-то сделал. Посмотрите дело ещё раз.',
    'case-closed': () => 'Дело закрыто. Чтобы продолжить, откройте его снова.',
    'customer-only-answers': () => 'Клиент соглашается, подтверждает и отвечает; это же работа фирмы.',
    'human-only': () => 'Это может сделать только человек.',
    'senior-only': () => 'Неудавшееся восстановление берёт старший сотрудник.',
    'done-already': () => 'Это уже сделано.',
    'step-first': ({ step }) => `Сначала другой шаг: ${step}.`,
    'not-at-fault': () => 'Фирма извиняется за свои сбои. Этот не её.',
    'apology-not-specific': () => 'В извинении называют, что пошло не так.',
    'amount-not-positive': () => 'Укажите сумму больше нуля.',
    'remedy-exceeded': () => 'Это больше, чем согласовано с клиентом.',
    'root-cause-missing': () => 'Прежде чем закрыть, укажите причину.',
    'confirmation-missing': () =>
      'Клиент не подтвердил. Прежде чем закрыть, спросите его или дважды попробуйте связаться после исправления.',
    'too-early': ({ from }) => `Это засчитывается с ${from}.`,
    'in-the-past': () => 'Этот момент прошёл. Выберите более поздний.',
    'past-next-due': ({ from }) => `Дело не может ждать дольше собственного срока, ${from}.`,
    'waiting-already': () => 'Дело уже ждёт клиента.',
    'not-waiting': () => 'Дело не ждёт клиента.',
    'not-due': () => 'По этому шагу ничего не просрочено, или об этом уже сообщили.',
    'not-closed': () => 'Дело не закрыто.',
    'promise-unknown': () => 'Такого обещания нет, или оно уже выполнено.',
    'nothing-to-undo': () => 'Последнее действие отменить нельзя.',
    'not-yours-to-undo': () => 'Это сделал другой человек. Отменить может только он.',
    'undo-too-late': () => 'Десять секунд на отмену прошли.',
  },
  gifts: {
    'role-may-not': 'Ваша роль не даёт на это права.',
    'reason-missing': 'Сумма вне предложенных пределов. Укажите причину.',
    'nobody-may': 'Никто не вправе дать столько. Лимиты задаёт финансовый отдел.',
    'same-person': 'Согласиться должен кто-то другой: просили вы.',
    'not-needed': 'Согласия здесь не нужно.',
    'answered-already': 'Тем временем ответил кто-то другой.',
    'asked-no-more': 'Об этом больше не просят: дело пошло дальше без него.',
    'why-missing': 'Укажите, почему отказываете: просившему с этим работать дальше.',
  },
  severityReason: (proposed) => {
    const names = severityWords.ru
    return `Правило предлагает «${names[proposed]}». Укажите, почему степень другая.`
  },
  entries: {
    joined: 'Сообщено и под другим именем: один сбой, одно дело',
    assigned: 'Передано сотруднику',
    'handed over': 'Передано другой команде',
    grouped: 'Отнесено к инциденту',
    snoozed: 'Отложено',
    waited: 'Ждёт клиента',
    resumed: 'Работа возобновлена',
    escalated: 'Сообщено, что шаг просрочен',
    'regime applied': 'Действует пакет правил',
    'letter sent': 'Отправлено письмо',
    'duty done': 'Обязанность исполнена',
    told: 'Клиенту сообщили',
    undone: 'Отменено',
  },
}

/** What cases say, in each language. */
export const caseWords = { en, nl, ru }
