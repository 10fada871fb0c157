import type { enIncidents } from '../en/incidents.ts'
import { customers, n, some } from './counts.ts'

const cases = (amount: number) => some(amount, { one: 'дело', few: 'дела', many: 'дел', other: 'дела' })
const ofCases = (amount: number) => some(amount, { one: 'дела', other: 'дел' })

/** The words of incidents, in Russian. */
export const ruIncidents: typeof enIncidents = {
  incidents: {
    title: 'Инциденты',
    open: 'Открыть инцидент',
    none: 'Инцидентов нет',
    noneText:
      'Инцидент касается многих сразу: авария, потерянная партия, ошибка в счетах. Скажите, что случилось и кого это коснулось; у каждого клиента появится дело, и каждый шаг можно сделать для всех сразу.',
    name: 'Что случилось',
    category: 'Категория',
    severity: 'Насколько это тяжело для клиента',
    atFault: 'Чья вина',
    atFaults: { firm: 'фирма', 'third party': 'кто-то другой' },
    began: 'Начало',
    ended: 'Конец',
    notEnded: 'продолжается',
    known: 'Что известно',
    knownHint: 'Не называйте здесь клиентов.',
    cause: 'Причина',
    change: 'Изменить, что известно',
    save: 'Сохранить',
    close: 'Отмена',
    who: 'Кого это коснулось',
    ways: {
      keys: 'Клиенты по ключам',
      'late orders': 'Заказы, обещанные тогда и не доставленные',
      'broken promises': 'Обещания со сроком тогда, не выполненные',
      failures: 'Сбои, о которых сообщили тогда',
      later: 'Добавить позже',
    },
    keys: 'Ключи клиентов, по одному в строке',
    keysFile: 'Или файл с ключами',
    keysCount: (amount) =>
      amount === 0
        ? 'Пока ни одного ключа.'
        : `${some(amount, { one: 'ключ', few: 'ключа', many: 'ключей', other: 'ключа' })}.`,
    from: 'С',
    until: 'До',
    add: 'Добавить клиентов',
    figures: 'Как обстоят дела',
    affected: 'Затронуто клиентов',
    putRight: 'Исправлено',
    late: 'Просрочено',
    stake: 'Под угрозой',
    given: 'Возмещено',
    lead: (affected, putRight, late) =>
      affected === 0
        ? 'Пока никто не добавлен.'
        : `Затронуто: ${customers(affected)}, исправлено: ${n(putRight)}, ${late === 0 ? 'просроченных нет' : `просрочено: ${n(late)}`}.`,
    next: 'Шаг для всех дел, которые его ждут',
    nothingOwed: 'Ни одно открытое дело не ждёт шага.',
    owed: (amount, late) => (late === 0 ? cases(amount) : `${cases(amount)}, просрочено: ${n(late)}`),
    step: 'Шаг',
    text: 'Что вы скажете каждому',
    textHint: 'Назовите, что пошло не так. Текст останется в каждом деле и считается один раз на сбой.',
    reach: 'Попытка связаться с каждым',
    channel: 'Как спросили',
    what: 'Что получит каждый',
    amount: 'Каждому',
    reason: 'Почему, если сумма вне пределов для дела',
    look: 'Сначала посчитать',
    would: (amount) => `На этом шаге: ${cases(amount)}.`,
    total: (amount, sum) => `${customers(amount)}, всего ${sum}.`,
    budget: (team, sum, left) => `${sum} из бюджета команды ${team}, осталось ${left}.`,
    needsTwo: (passed) => `Больше, чем вы можете дать сами (${passed}): сначала спросят второго сотрудника.`,
    passed: { case: 'на дело', day: 'в день', month: 'в месяц', team: 'бюджет команды' },
    go: (amount) => `Сделать для ${ofCases(amount)}`,
    askTwo: 'Спросить второго сотрудника',
    done: 'Что сделано для всех',
    steps: { add: 'Добавлены клиенты', undo: 'Отменено' },
    states: {
      asked: 'ждёт второго сотрудника',
      refused: 'отклонено',
      running: 'выполняется',
      done: 'сделано',
      stopped: 'остановлено; повторите для остальных',
    },
    counts: (done, skipped, waiting) =>
      [
        `сделано: ${n(done)}`,
        skipped === 0 ? '' : `пропущено: ${n(skipped)}`,
        waiting === 0 ? '' : `осталось: ${n(waiting)}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    agree: 'Согласиться',
    disagree: 'Не соглашаться',
    skipped: 'Почему некоторые пропущены',
    cases: 'Дела',
    noCases: 'Дел пока нет.',
    customer: 'Клиент',
    nextStep: 'Следующий шаг',
    owner: 'Кто ведёт',
    nobody: 'никто',
    closed: 'закрыто',
  },
}
