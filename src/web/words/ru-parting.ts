import type { enParting } from './en-parting.ts'

/** The words of letting a customer go, in Russian. */
export const ruParting: typeof enParting = {
  parting: {
    title: 'Прощание',
    notProposed: 'Отпустить не предлагается: сначала честная попытка всё исправить.',
    proposed: {
      'asked to leave': 'Клиент хочет уйти: без предложений, путь открыт.',
      'repairs spent': 'Две попытки исправить не удались. Отпустить с миром может быть лучше третьей; решает человек.',
    },
    take: 'Принять заявление об уходе',
    text: 'Подтверждается сразу, письмом, если адрес известен. Договор закончится в свой день сам; причина не нужна.',
    kind: 'Чего хочет клиент',
    reference: 'Договор',
    referenceHint: 'Пусто: всё.',
    wishedOn: 'Последний день, если назван',
    reason: 'Причина, если названа',
    confirm: 'Принять и подтвердить',
    taken: (number, day) => `Принято и подтверждено: ${number}, заканчивается ${day}.`,
    takenOpen: (number) => `Принято: ${number}.`,
    toExits: 'Рассчитать в разделе «Уходы»',
  },
}
