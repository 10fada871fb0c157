import type { enTeamWork } from '../en/team-work.ts'
import { n, some } from './counts.ts'

/** The words of the work of teams, in Russian. */
export const ruTeamWork: typeof enTeamWork = {
  teamWork: {
    title: 'Команды',
    period: (from, to) => `дела, открытые с ${from} по ${to}`,
    none: 'Достаточно старых дел пока нет',
    noneText:
      'Здесь дела, открытые от 14 до 104 дней назад, команд, в которых не меньше пяти человек и 30 дел. Команды создают в «Настройки, Люди»; какие дела им достаются, сказано в порядке работы.',
    lead: (cases) =>
      `${some(cases, { one: 'дело', few: 'дела', many: 'дел', other: 'дела' })}, и как над ними работали.`,
    how: 'Дела у команд разные: рядом с каждым числом стоит то, чего вся фирма достигает на таких же по тяжести и виду делах. По алфавиту; об отдельных людях чисел нет.',
    firm: 'Вся фирма',
    people: (people) => some(people, { one: 'человек', few: 'человека', many: 'человек', other: 'человека' }),
    cases: (cases) => some(cases, { one: 'дело', few: 'дела', many: 'дел', other: 'дела' }),
    measures: {
      solvedAtFirst: 'Решено тем, кому досталось сразу',
      acknowledgedInTime: 'Подтверждено вовремя',
      acknowledgedMinutes: 'Рабочее время до подтверждения',
      waitedMinutes: 'Потеряно на ожидание согласия, на дело',
      promisesKept: 'Обещания выполнены',
    },
    minutes: (minutes) => `${minutes} мин`,
    sameMix: (value) => `фирма на таких делах: ${value}`,
    tooFew: 'меньше 30 дел',
    untold: (teams) =>
      `Не показано: ${some(teams, { one: 'команда', few: 'команды', many: 'команд', other: 'команды' })}. В них меньше ${n(5)} человек или ${n(30)} дел, либо их числа вычислялись бы из остальных: иначе это были бы числа о человеке, а не о команде.`,
  },
}
