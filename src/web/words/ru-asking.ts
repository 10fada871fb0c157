import type { enAsking } from './en-asking.ts'
import { n, some } from './ru-counts.ts'

/** The words of the rules on asking, in Russian. */
export const ruAsking: typeof enAsking = {
  asking: {
    lead: (on, all) =>
      on === 0
        ? 'Сами собой опросы не уходят: все правила выключены.'
        : `Сами спрашивают клиентов: ${n(on)} из ${n(all)} правил.`,
    text: 'Кого спросить, не выбирает никто из сотрудников, поэтому никто не может выбрать и ответы. Последнее слово за правилами контактов: согласие, пауза между опросами и кого не спрашивают никогда.',
    rules: 'После чего спрашиваем',
    occasions: {
      'order delivered': { name: 'Доставка', when: 'после получения заказа' },
      'contact closed': { name: 'Контакт', when: 'после его завершения' },
      'case closed': {
        name: 'Обращение',
        when: 'после закрытия; два его собственных вопроса приходят в первые 14 дней',
      },
      'voucher redeemed': { name: 'Ваучер', when: 'после первого использования' },
      'subscription month': { name: 'Подписка', when: 'после её дня месяца' },
    },
    hand: 'Вручную',
    on: 'спрашивает само',
    off: 'выключено',
    sentence: 'Опрос {kind}, канал {channel}, через {waitHours} ч {days} {when}.',
    inDays: (days) => `(${days} дн.)`,
    rest: 'Одного клиента не чаще раза в {restDays} дн.',
    months: 'Раз в {everyMonths} мес.',
    kind: 'Опрос',
    channel: 'Канал',
    waitHours: 'Сколько часов ждать',
    restDays: 'Пауза правила, дней',
    everyMonths: 'Раз в столько месяцев',
    channelText:
      'Письма Amends отправляет само. По остальным каналам ссылку отправляет ваша программа: о приглашении ей сообщает вебхук survey.invited.',
    problem: 'О том, как всё исправили, можно спросить только после обращения.',
    setting: (rule, what) => `${rule}: ${what}`,

    tryTitle: 'Кого бы спросили?',
    tryText: (days) =>
      `Правила выше на последних ${days} днях, как если бы они действовали всегда. Никого не спрашиваем.`,
    tryButton: 'Проверить правила',
    trying: 'Смотрим, что происходило…',
    tryNothing: 'Включите правило, чтобы его проверить.',
    tried: (asked, occasions) =>
      occasions === 0
        ? 'За это время повода спросить не было.'
        : `${some(asked, { one: 'приглашение', few: 'приглашения', many: 'приглашений', other: 'приглашения' })} на ${some(occasions, { one: 'повод', few: 'повода', many: 'поводов', other: 'повода' })}.`,
    sampled: (looked, all) => `Подсчёт по случайной выборке: клиентов ${n(looked)} из ${n(all)}, о которых были вести.`,
    rule: 'После чего',
    occasionsHead: 'Поводов',
    asked: 'Спросили',
    neverAsked: 'Пропущены по жребию',
    refused: 'Не спросили',
    because: 'Почему',
    waiting: 'Ждут',
    reasons: {
      'rule-rest': 'у правила пауза',
      'rule-off': 'правило к тому времени выключили',
      'no-way': 'нет способа связаться',
      'not-so': 'событие отозвано или подписка закончилась',
    },
    wouldAsk: 'Кого бы спросили',
    wouldAskShown: (shown) => `последние: ${n(shown)}`,
    customer: 'Клиент',
    when: 'Когда',

    came: 'Что из этого вышло',
    cameText: (days) => `Поводы за последние ${days} дней, подсчитаны.`,
    cameNone: 'Поводов спросить ещё не было.',
  },
}
