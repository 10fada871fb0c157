import type { Rng } from '../../stats/rng.ts'

// Made-up sentences of nobody; they only show where free text goes.
const phrases: Readonly<Record<string, Readonly<Record<'nl' | 'en' | 'ru', readonly string[]>>>> = {
  'late delivery': {
    nl: ['Pakket weer te laat, en niemand belt.', 'Beloofd voor dinsdag, het is nu vrijdag.'],
    en: ['Parcel late again, and nobody called.', 'Promised for Tuesday, today is Friday.'],
    ru: ['Посылка опять опоздала, и никто не позвонил.', 'Обещали во вторник, сегодня уже пятница.'],
  },
  outage: {
    nl: ['Al twee dagen geen verbinding.', 'Storing en geen bericht.'],
    en: ['No connection for two days now.', 'Down again without a word.'],
    ru: ['Второй день нет связи.', 'Снова не работает, и ни слова.'],
  },
  billing: {
    nl: ['De rekening klopt niet.', 'Twee keer afgeschreven.'],
    en: ['The bill is wrong.', 'Charged twice.'],
    ru: ['Счёт неверный.', 'Списали дважды.'],
  },
  question: {
    nl: ['Ik heb een vraag over mijn gegevens.', 'Waar vind ik mijn overzicht?'],
    en: ['A question about my details.', 'Where do I find my overview?'],
    ru: ['Вопрос о моих данных.', 'Где мне найти обзор?'],
  },
  praise: {
    nl: ['Snel en vriendelijk geholpen.', 'Precies zoals beloofd.'],
    en: ['Helped quickly and kindly.', 'Exactly as promised.'],
    ru: ['Помогли быстро и вежливо.', 'Всё как обещали.'],
  },
  other: {
    nl: ['Dit had niet mogen gebeuren.', 'Ik wacht nog steeds op een oplossing.'],
    en: ['This should not have happened.', 'I am still waiting for a solution.'],
    ru: ['Этого не должно было случиться.', 'Я всё ещё жду решения.'],
  },
}

/** A sentence about a topic in a language; what has no sentences of its own gets general ones. */
export function phrase(chance: Rng, locale: 'nl' | 'en' | 'ru', topic: string): string {
  const list = (phrases[topic] ?? phrases.other)?.[locale] ?? []
  return list[chance.int(list.length)] ?? ''
}
