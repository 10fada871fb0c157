type Conduct = 'insult' | 'threat' | 'discrimination' | 'harassment' | 'violence' | 'other'

/** How colleagues were treated. */
export const conductNames: Readonly<Record<'en' | 'nl' | 'ru', Readonly<Record<Conduct, string>>>> = {
  en: {
    insult: 'insult',
    threat: 'threat',
    discrimination: 'discrimination',
    harassment: 'harassment',
    violence: 'violence',
    other: 'something else',
  },
  nl: {
    insult: 'belediging',
    threat: 'bedreiging',
    discrimination: 'discriminatie',
    harassment: 'intimidatie',
    violence: 'geweld',
    other: 'iets anders',
  },
  ru: {
    insult: 'оскорбление',
    threat: 'угроза',
    discrimination: 'дискриминация',
    harassment: 'домогательство',
    violence: 'насилие',
    other: 'другое',
  },
}
