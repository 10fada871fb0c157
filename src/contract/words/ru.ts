import { PROFILING } from '../../core/privacy/profiling.ts'
import type { Channel } from '../../core/relationship/vocabulary.ts'
import { channelWords } from './channels.ts'
import { conductNames } from './conduct.ts'
import { gestureNames, momentNames, namedWithin } from './moments.ts'
import { after, type Line, plain, type Say, type Told, type Words } from './shape.ts'

const severity = { minor: 'Незначительный сбой', major: 'Серьёзный сбой', critical: 'Критический сбой' } as const
const surveys = {
  csat: 'об удовлетворённости',
  ces: 'об усилиях',
  nps: 'о готовности рекомендовать',
  friendliness: 'о дружелюбии',
  attachment: 'о привязанности',
  recovery: 'об исправлении сбоя',
} as const
const disputes = {
  chargeback: 'возврат платежа через банк',
  ombudsman: 'жалоба омбудсмену',
  regulator: 'жалоба в надзорный орган',
  legal: 'судебное требование',
  media: 'жалоба через СМИ',
} as const
const invited = {
  panel: 'в панель клиентов',
  interview: 'на интервью',
  visit: 'на визит',
  idea: 'предложить идею',
} as const
const joined = { panel: 'участвовать в панели', interview: 'на интервью', visit: 'на визит' } as const
const taking = { panel: 'в панели', interview: 'в интервью', visit: 'в визите' } as const
const given = {
  panel: 'Участие в панели клиентов',
  interview: 'Участие в интервью',
  visit: 'Участие в визите',
  idea: 'Предложена идея',
} as const
const who = { customer: 'клиентом', firm: 'нами', involuntary: 'не по своей воле' } as const
const purposes: Readonly<Record<string, string>> = {
  'cross-sell': 'другие товары',
  upsell: 'более дорогой вариант',
  retention: 'предложения остаться',
  reward: 'вознаграждения',
  information: 'информация',
}
const by = (channel: Channel | undefined) => (channel === undefined ? '' : ` ${channelWords.ru[channel]}`)

const letDown = (told: Told, say: Say, word: string): Line => [
  `Мы подвели клиента${after(say.term(told.text('category')))}`,
  [
    told.yes('open')
      ? `${word}. Начнёт затухать после закрытия.`
      : told.yes('confirmed')
        ? `${word}. Исправлено, клиент подтвердил.`
        : `${word}. Закрыт.`,
    ...(told.yes('promised')
      ? ['Тот же срок, что и у нарушенного обещания: опоздание учтено дважды, как обещание и как его последствие.']
      : []),
  ].join(' '),
]

/** The product in Russian. */
export const ru: Words = {
  terms: {
    'late delivery': 'поздняя доставка',
    'not delivered': 'не доставлено',
    delivery: 'доставка',
    'order unavailable': 'заказ недоступен',
    'order cancelled': 'заказ отменён',
    outage: 'перебой связи',
    billing: 'выставление счёта',
    'refund late': 'задержка возврата денег',
    complaint: 'жалоба',
    question: 'вопрос',
    'other plan': 'другой тариф',
    delivered: 'доставлено',
    'put right': 'исправлено',
    'lost or damaged': 'потеряно или повреждено',
    'wrong or missing item': 'не тот или недостающий товар',
    'no answer in time': 'нет ответа в срок',
    installation: 'установка',
    price: 'цена',
    'carrier late': 'перевозчик опоздал',
    'packed late': 'поздно упаковано',
    'depot full': 'склад переполнен',
    'damaged in transport': 'повреждено в пути',
    'lost parcel': 'посылка потеряна',
    'picking error': 'ошибка комплектации',
    'stock error': 'ошибка в остатках',
    'refund queue': 'очередь на возврат денег',
    'return not scanned': 'возврат не отсканирован',
    understaffed: 'не хватает людей',
    'lost message': 'сообщение потеряно',
    'double charge': 'двойное списание',
    'discount not applied': 'скидка не применена',
    'power at node': 'питание узла',
    'cable cut': 'обрыв кабеля',
    'software update': 'обновление программы',
    'wrong tariff': 'неверный тариф',
    'engineer absent': 'мастер не пришёл',
    'wrong part': 'не та деталь',
    'discount ended early': 'скидка закончилась раньше',
    'unannounced rise': 'повышение без предупреждения',
  },
  owed: 'Так положено: останавливает потери, ничего не добавляет.',
  done: {
    miss_ack: 'Проблема признана вовремя',
    miss_fix: 'Исправлено',
    miss_apology: 'Принесены извинения',
    comp_short: 'Выплачена компенсация',
    unconfirmed: 'Клиент подтвердил, что всё работает',
    miss_followup: 'Последующий контакт состоялся вовремя',
  },
  entries: {
    fail_minor: (told, say) => letDown(told, say, severity.minor),
    fail_major: (told, say) => letDown(told, say, severity.major),
    fail_critical: (told, say) => letDown(told, say, severity.critical),
    disrespect: () => ['Неуважительное обращение', 'Так сказано об этом сбое или о его разборе.'],
    second_fail_90d: (told, say) => [
      'Снова подвели в течение 90 дней',
      say.count(told.number('days'), {
        one: 'Через # день после прошлого сбоя.',
        few: 'Через # дня после прошлого сбоя.',
        many: 'Через # дней после прошлого сбоя.',
        other: 'Через # дня после прошлого сбоя.',
      }),
    ],
    same_cause_repeat: (told, say) => [
      `Снова та же причина${after(say.term(told.text('cause')))}`,
      'В течение 12 месяцев.',
    ],
    miss_fix: (told) =>
      told.yes('closed')
        ? ['Закрыто без исправления', 'Станет 0 в день исправления.']
        : [
            told.yes('promised') ? 'Не исправлено к обещанному сроку' : 'Не исправлено за 14 дней',
            'Станет 0 в день исправления.',
          ],
    unconfirmed: (told) =>
      told.yes('open')
        ? ['Подтверждать пока нечего', 'Срок исправления уже прошёл.']
        : ['Клиент не подтвердил исправление', 'Станет 0, когда клиент скажет, что всё работает.'],
    miss_ack: (told) =>
      told.yes('late')
        ? ['Проблема признана с опозданием', 'После обещанного срока.']
        : ['Проблема не признана вовремя', ''],
    miss_owner: (told) =>
      told.yes('story')
        ? ['Пришлось рассказывать всё заново', 'Записи не были переданы.']
        : ['Больше одного ответственного', 'Положен один ответственный от начала до конца.'],
    miss_apology: () => ['Извинений не было', 'Одно точное извинение положено, если вина наша.'],
    apology_repeat: () => ['Повторные извинения', 'Повторённые извинения теряют силу.'],
    lateness: (told, say) =>
      told.number('times') < 1
        ? ['Исправлено раньше обещанного', `За ${say.number(told.number('times'))} обещанного времени.`]
        : [
            told.yes('fixed') ? 'Заняло больше обещанного' : 'Занимает больше обещанного',
            `Обещанное время, умноженное на ${say.number(told.number('times'))}.`,
          ],
    comp_short: (told, say) => [
      told.number('percent') === 0 ? 'Ущерб не возмещён' : 'Ущерб возмещён частично',
      `${say.number(told.number('percent'))} % подтверждённого ущерба.`,
    ],
    comp_over: (told, say) => [
      'Компенсация больше ущерба',
      `${say.number(told.number('percent'))} % от него. Заметной пользы не даёт.`,
    ],
    miss_followup: () => ['После закрытия с клиентом не связались', 'Положено через 3–14 дней.'],
    purchases_ln: (told, say) => [
      told.number('orders') > 0
        ? say.count(told.number('orders'), {
            one: '# оплаченный заказ',
            few: '# оплаченных заказа',
            many: '# оплаченных заказов',
            other: '# оплаченного заказа',
          })
        : say.count(told.number('periods'), {
            one: '# оплаченный период',
            few: '# оплаченных периода',
            many: '# оплаченных периодов',
            other: '# оплаченного периода',
          }),
      told.yes('more') ? 'Больше обычного здесь за 12 месяцев.' : 'Меньше обычного здесь за 12 месяцев.',
    ],
    pos_contacts: (told, say) =>
      told.text('how') === 'post'
        ? ['Публичная похвала', '']
        : told.text('how') === 'praise'
          ? ['Похвала', '']
          : [`Оценка контакта: ${say.number(told.number('given'))} из ${say.number(told.number('max'))}`, ''],
    goodwill_x_W: (told) => [
      told.yes('strong')
        ? 'Прежний резерв доброй воли смягчает удар'
        : 'Прежнего резерва доброй воли мало, чтобы смягчить удар',
      'Каким он был в момент сбоя.',
    ],
    effort_ces: (told, say) => [
      `Лёгкость получения помощи: ${say.number(told.number('given'))} из ${say.number(told.number('max'))}`,
      told.yes('harder') ? 'Труднее обычного ответа здесь.' : 'Легче обычного ответа здесь.',
    ],
    contacts_extra: () => ['Повторное обращение по тому же вопросу', 'Это симптом: причина в самом вопросе.'],
    contacts_ge4: (told, say) => [
      say.count(told.number('count'), {
        one: '# обращение за 90 дней',
        few: '# обращения за 90 дней',
        many: '# обращений за 90 дней',
        other: '# обращения за 90 дней',
      }),
      'Четыре или больше. Это симптом: причина в другом.',
    ],
    transfers: () => ['Обращение передано другому сотруднику', ''],
    channel_switches: () => ['Пришлось сменить канал', 'В рамках одного вопроса.'],
    personal_share: (told, say) => [
      `${say.number(told.number('percent'))} % контактов с человеком`,
      told.yes('more') ? 'Больше обычного здесь.' : 'Меньше обычного здесь.',
    ],
    substitut_x_W: (told) => [
      told.yes('easy') ? 'Продукт легко заменить' : 'Продукт трудно заменить',
      'Влияет на силу сбоя.',
    ],
    compet_x_W: (told) => [
      told.yes('many') ? 'То же предлагают многие' : 'То же предлагают немногие',
      'Влияет на силу сбоя.',
    ],
    attachment: (told) => [
      told.yes('strong') ? 'Клиент привязан к нам' : 'Клиент мало привязан к нам',
      'Со слов клиента.',
    ],
    attachment_x_DD: (told) => [
      told.yes('strong')
        ? 'При сильной привязанности неудачное исправление больнее'
        : 'При слабой привязанности неудачное исправление не так больно',
      'Двойное отклонение.',
    ],
    offers_excess: (told, say) =>
      told.yes('afterNo')
        ? ['Предложение отправлено после явного отказа', '']
        : [
            `Предложение без ответа, номер ${say.number(told.number('count'))} за 90 дней`,
            `Сверх порога контактов: ${say.number(told.number('above'))}.`,
          ],
    proactive_pitch: () => ['Предложена смена плана без запроса', 'От непрошеных предложений люди уходят.'],
    promise_broken: (told, say) => [
      `Обещание не выполнено${after(say.term(told.text('what')))}`,
      told.yes('failed')
        ? 'Тот же срок, что и у сбоя выше или ниже: опоздание учтено дважды, как обещание и как его последствие.'
        : '',
    ],
    promise_exceeded: () => ['Сделано лучше обещанного', 'Превышение обещания заметной пользы не даёт.'],
    public_negative: () => ['Публичная жалоба', 'Клиент сам указал на связь с нами.'],
    sat_z: (told, say) => [
      `Удовлетворённость: ${say.number(told.number('given'))} из ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Выше обычного ответа здесь.' : 'Ниже обычного ответа здесь.',
    ],
    sat_top: () => ['Дана высшая оценка', ''],
    sat_missing: () => ['Приглашение ответить осталось без ответа', 'Молчание — слабый признак отдаления.'],
    friendliness_z: (told, say) => [
      `Дружелюбие: ${say.number(told.number('given'))} из ${say.number(told.number('max'))}`,
      told.yes('more') ? 'Выше обычного ответа здесь.' : 'Ниже обычного ответа здесь.',
    ],
  },
  statics: {
    tenure_ln: 'Сколько времени с нами',
    in_fixed_term: 'Договор на срок',
    substitutability: 'Насколько легко заменить продукт',
    competitiveness: 'Сколько других предлагают то же',
  },
  fades: {
    halfLife: (days, say) =>
      say.count(days, {
        one: 'вдвое за # день',
        few: 'вдвое за # дня',
        many: 'вдвое за # дней',
        other: 'вдвое за # дня',
      }),
    until: (at, say) => `до ${say.date(at)}`,
    whileOpen: 'пока открыто',
    moves: 'движется вместе с годом',
  },
  custom: (type) => `Событие ${type}`,
  events: {
    'customer.profiled': () => 'Получен профиль',
    'customer.identified': ({ kind }) => `Опознан по: ${plain(kind)}`,
    'customer.merged': ({ into }) => `Объединён с клиентом ${into}`,
    'customer.unmerged': () => 'Объединение отменено',
    'customer.erased': () => 'Персональные данные удалены',
    'consent.changed': ({ channel, purpose, granted }) =>
      purpose === PROFILING
        ? granted
          ? 'Профилирование снова разрешено'
          : 'Возражение против профилирования'
        : `${granted ? 'Согласие' : 'Отказ'}: ${purposes[purpose] ?? plain(purpose)}${by(channel)}`,
    'moment.told': ({ kind }) => `Клиент рассказал о событии: ${plain(namedWithin(momentNames.ru, kind))}`,
    'event.retracted': ({ id }) => `Событие ${id} отозвано`,
    'order.placed': ({ order, value, currency }, say) => `Оформлен заказ ${order}${after(say.money(value, currency))}`,
    'order.delivered': ({ order }) => `Заказ ${order} доставлен`,
    'order.returned': ({ order, reason }) => `Возврат по заказу ${order}${after(reason)}`,
    'subscription.started': ({ product }) => `Подписка начата${after(product)}`,
    'subscription.renewed': () => 'Подписка продлена',
    'subscription.changed': ({ product }) => `Подписка изменена${after(product)}`,
    'subscription.ended': ({ by: whom, reason }) => `Подписка прекращена ${who[whom]}${after(reason)}`,
    'payment.failed': ({ value, currency }, say) => `Платёж не прошёл${after(say.money(value, currency))}`,
    'price.changed': ({ percent }, say) => `Цена изменена на ${say.number(percent)} %`,
    'promise.made': ({ what, due }, say) => `Обещано к ${say.day(due)}${after(say.term(what))}`,
    'promise.kept': () => 'Обещание выполнено',
    'promise.broken': () => 'Обещание не выполнено',
    'promise.exceeded': () => 'Сделано лучше обещанного',
    'contact.opened': ({ direction, channel, topic }, say) =>
      `${direction === 'out' ? 'Мы обратились к клиенту' : 'Обращение клиента'}${by(channel)}${after(say.term(topic))}`,
    'contact.handled': ({ transferred, human }) =>
      transferred === true
        ? 'Обращение передано другому сотруднику'
        : human === true
          ? 'Помог сотрудник'
          : 'Обращение обработано',
    'contact.closed': ({ resolved }) => (resolved === false ? 'Обращение закрыто без решения' : 'Обращение закрыто'),
    'note.written': () => 'Заметка',
    'conduct.noted': ({ kind, seenBy }) =>
      `Записано обращение с коллегами: ${conductNames.ru[kind]} (свидетель: ${plain(seenBy)})`,
    'failure.occurred': ({ category, severity: how }, say) => `${severity[how]}${after(say.term(category))}`,
    'failure.acknowledged': () => 'Проблема признана',
    'failure.owned': ({ owner }) => `Ответственный: ${owner}`,
    'failure.apologised': () => 'Принесены извинения',
    'failure.fixed': ({ how }, say) => `Исправлено${after(say.term(how))}`,
    'failure.compensated': ({ value, currency }, say) => `Компенсация${after(say.money(value, currency))}`,
    'failure.confirmed': ({ satisfied }) =>
      satisfied ? 'Клиент подтвердил исправление' : 'По словам клиента, не исправлено',
    'failure.followed_up': ({ satisfied }) =>
      satisfied === false ? 'Последующий контакт: не исправлено' : 'Последующий контакт состоялся',
    'failure.reopened': ({ reason }) => `Сбой открыт снова${after(reason)}`,
    'failure.closed': ({ fixed }) => (fixed === false ? 'Сбой закрыт без исправления' : 'Сбой закрыт'),
    'survey.invited': ({ kind }) => `Задан вопрос ${surveys[kind]}`,
    'survey.answered': ({ kind, score, max }, say) =>
      `Ответ ${surveys[kind]}: ${say.number(score)}${max === undefined ? '' : ` из ${say.number(max)}`}`,
    'survey.commented': () => 'Добавлены слова к ответу',
    'post.published': ({ negative, platform }) =>
      `${negative ? 'Публичная жалоба' : 'Публичная похвала'}${after(platform)}`,
    'praise.given': ({ channel }) => `Похвала${by(channel)}`,
    'dispute.opened': ({ kind }) => `Открыт спор: ${disputes[kind]}`,
    'input.invited': ({ kind }) => `Приглашение ${invited[kind]}`,
    'input.joined': ({ kind }) => `Согласие ${joined[kind]}`,
    'input.declined': ({ kind }) => `Отказ ${joined[kind]}`,
    'input.left': ({ kind }) => `Больше не участвует ${taking[kind]}`,
    'input.told': () => 'Рассказано, что стало с идеей',
    'input.given': ({ kind }) => given[kind],
    'offer.sent': ({ category, channel }, say) => `Отправлено предложение${by(channel)}${after(say.term(category))}`,
    'offer.opened': () => 'Предложение открыто',
    'offer.accepted': () => 'Предложение принято',
    'offer.declined': ({ never }) =>
      never === true ? 'Предложение отклонено, новых просят не присылать' : 'Предложение отклонено',
    'voucher.issued': ({ value, currency }, say) => `Выдан ваучер${after(say.money(value, currency))}`,
    'voucher.reminded': () => 'Напоминание о ваучере',
    'voucher.redeemed': ({ value, currency }, say) => `Ваучер использован${after(say.money(value, currency))}`,
    'voucher.refunded': ({ value, currency }, say) => `Возвращено на ваучер${after(say.money(value, currency))}`,
    'voucher.extended': () => 'Срок ваучера продлён',
    'voucher.expired': () => 'Срок ваучера истёк',
    'voucher.cancelled': () => 'Ваучер аннулирован',
    'exit.requested': ({ reason }) => `Клиент хочет уйти${after(reason)}`,
    'exit.confirmed': () => 'Уход подтверждён',
    'exit.settled': () => 'Расчёты при уходе завершены',
    'exit.data_handed_over': () => 'Данные переданы клиенту',
    'exit.referred': ({ to }) => `Направлен к другому поставщику${after(to)}`,
    'exit.ended': ({ by: whom }) =>
      whom === undefined || whom === 'customer'
        ? 'Клиент ушёл'
        : whom === 'firm'
          ? 'Отношения прекращены нами'
          : 'Клиент ушёл не по своей воле',
    'winback.contacted': () => 'Предложено вернуться',
    'winback.accepted': () => 'Клиент вернулся',
    'gesture.made': ({ kind }) => `Знак внимания${after(namedWithin(gestureNames.ru, kind))}`,
    'reward.granted': ({ value, currency }, say) => `Вознаграждение${after(say.money(value, currency))}`,
  },
}
