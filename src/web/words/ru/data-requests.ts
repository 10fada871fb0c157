import type { enDataRequests } from '../en/data-requests.ts'

/** The words of what customers ask about their data, in Russian. */
export const ruDataRequests: typeof enDataRequests = {
  dataRequests: {
    title: 'Запросы о данных',
    lead: 'Клиенты просят копию своих данных, исправление или удаление. Они подтверждают это с известного вам адреса; ответить нужно в течение месяца.',
    page: 'Публичная страница',
    noPage:
      'На публичной странице запросы пока не принимаются: оператор указывает почтовый сервер и адрес страниц для клиентов (AMENDS_SMTP_URL, AMENDS_MAIL_FROM, AMENDS_PUBLIC_URL).',
    states: { open: 'Ждут ответа', ended: 'Завершены' },
    which: 'Какие запросы',
    kinds: { look: 'Посмотреть', access: 'Копия', correction: 'Исправление', erasure: 'Удаление' },
    due: (day) => `не позднее ${day}`,
    late: (day) => `срок был ${day}`,
    making: 'копия готовится',
    ends: { answered: 'отвечено', refused: 'отказано' },
    email: 'Ответ уйдёт на',
    words: 'Написал',
    asked: 'Поступил',
    confirmed: 'Подтверждён',
    extended: 'Продлён',
    answers: {
      access: 'Сделать копию и отправить ссылку',
      correction: 'Исправлено: сообщить клиенту',
      erasure: 'Удалить и сообщить клиенту',
    },
    erasureText: 'Имена, адреса и тексты этого клиента удаляются навсегда. Произошедшее остаётся без них.',
    why: 'Причина, её прочитает клиент',
    refuse: 'Отказать',
    extend: 'Взять ещё два месяца',
    none: 'Никто ни о чём не просил',
    noneText: 'Запросы появятся здесь, как только клиент подтвердит их по почте.',
  },
}
