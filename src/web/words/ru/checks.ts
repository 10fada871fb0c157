import type { enChecks } from '../en/checks.ts'
import { n, some } from './counts.ts'

/** The words of checks, in Russian. */
export const ruChecks: typeof enChecks = {
  checks: {
    title: 'Проверки',
    lead: (failing, all) => `Не пройдено проверок: ${n(failing)} из ${n(all)}.`,
    leadAll: (all) => `Среди проверок, о которых можно судить (${n(all)}), нет непройденных.`,
    leadNone: 'Данных пока мало, чтобы судить хоть об одной проверке.',
    groups: {
      fails: 'Не пройдена',
      unsure: 'За границей, но может быть случайностью',
      holds: 'Пройдена',
      told: 'Только для сведения',
      'too-few': 'Случаев мало, сказать нельзя',
    },
    notYet: 'Ещё не проводилась',
    states: { fails: 'не пройдена', unsure: 'неясно', holds: 'пройдена', told: 'для сведения', 'too-few': 'мало' },
    needed: (count, needed) => `есть ${n(count)}, нужно ${n(needed)}`,
    behind: (count) => some(count, { one: 'случай', few: 'случая', many: 'случаев', other: 'случая' }),
    since: (day) => `с ${day}`,
    unsureText: 'В интервал попадает и то, что не было бы бедой: покажут новые случаи.',
    go: 'Где с этим можно что-то сделать',
    what: 'О чём',
    number: 'Число',
    cases: 'Случаев',
    ranges: { interval: '95\u202f%:', middle: 'средние 80\u202f%:', band: 'полоса 90\u202f%:' },
    rangeHeads: { interval: '95\u202f%', middle: 'средние 80\u202f%', band: 'полоса 90\u202f%' },
    every: {
      day: 'Каждый день',
      week: 'Каждую неделю',
      month: 'Каждый месяц',
      refit: 'После каждого обучения',
    },
    ranAt: (time) => `последний раз ${time}`,
    asOf: (day) => `события по ${day}`,
    past: 'Как было раньше',
    ran: 'Когда',
    result: 'Итог',
    run: 'Проверить всё сейчас',
    runMay: 'Проверки идут сами. Запустить их сейчас может руководитель, аналитик или администратор.',
    points: (points) => `${points} п.`,
    days: (days) => `${days} дн.`,
    deviations: (deviations) => `${deviations} ст. откл.`,
    counted: {
      calibration: (tenths) => `не сошлось ${tenths} из 10`,
      'data-requests': (requests) => `просрочено: ${requests}`,
      redemption: (months) => `подряд мимо: ${months}`,
      apologies: (times) => `${times} на сбой`,
    },
    overview: (titles) =>
      titles.length === 1
        ? `Не пройдена проверка: ${titles[0]}`
        : `Не пройдено проверок: ${n(titles.length)}. ${titles.join(' · ')}`,
  },
}
