import type { GestureKind } from '../../core/gestures/gesture-rules.ts'
import type { Moment } from '../../core/gestures/told-moment.ts'

type Names<Word extends string> = Readonly<Record<'en' | 'nl' | 'ru', Readonly<Record<Word, string>>>>

/** Moments of life that have a name in every language, deaths among them. */
export const momentNames: Names<Moment | 'bereavement' | 'death'> = {
  en: {
    birthday: 'Birthday',
    birth: 'Birth of a child',
    wedding: 'Wedding',
    anniversary: 'Anniversary',
    move: 'Move',
    bereavement: 'Somebody close died',
    death: 'The customer died',
  },
  nl: {
    birthday: 'Verjaardag',
    birth: 'Geboorte van een kind',
    wedding: 'Huwelijk',
    anniversary: 'Jubileum',
    move: 'Verhuizing',
    bereavement: 'Een naaste is overleden',
    death: 'De klant is overleden',
  },
  ru: {
    birthday: 'День рождения',
    birth: 'Рождение ребёнка',
    wedding: 'Свадьба',
    anniversary: 'Годовщина',
    move: 'Переезд',
    bereavement: 'Умер близкий человек',
    death: 'Клиент умер',
  },
}

/** What can be given. */
export const gestureNames: Names<GestureKind> = {
  en: { mail: 'Mail', voucher: 'Voucher by mail', card: 'Handwritten card', call: 'Call' },
  nl: { mail: 'Mail', voucher: 'Tegoedbon per mail', card: 'Handgeschreven kaart', call: 'Telefoontje' },
  ru: { mail: 'Письмо', voucher: 'Ваучер письмом', card: 'Открытка от руки', call: 'Звонок' },
}

/** The name of a word that a source told, within a sentence; the word itself where it has none. */
export function namedWithin<Told extends string | undefined>(
  names: Readonly<Record<string, string>>,
  told: Told,
): Told | string {
  const name = told === undefined ? undefined : names[told.trim().toLowerCase()]
  return name === undefined ? told : `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`
}
