import type { EqualityMeasure } from '../../core/equality/measures.ts'
import type { Trait } from '../../core/equality/trait.ts'

/** A measure: its name, and what is said of a group that has more, or less, of it; `by` is the difference with its unit. */
export type MeasureWords = Readonly<{ label: string; more: (by: string) => string; less: (by: string) => string }>

/** What a language says about how groups of customers are treated. */
export type EqualityWords = Readonly<{
  traits: Readonly<Record<Exclude<Trait, 'own'>, string>>
  otherLanguage: string
  measures: Readonly<Record<EqualityMeasure, MeasureWords>>
  /** Units of a difference; `count` chooses the form of the word. */
  points: (points: string) => string
  hours: (hours: string, count: number) => string
  places: (places: string, count: number) => string
  differs: (group: string, how: string) => string
  alike: string
  unsure: string
}>

const en: EqualityWords = {
  traits: {
    language: 'Language',
    sex: 'Sex',
    'age-band': 'Age band',
    region: 'Region',
    'contact-way': 'Way of contact',
  },
  otherLanguage: 'Other languages',
  measures: {
    hoursToAnswer: {
      label: 'Working time until somebody answered',
      more: (by) => `waited ${by} longer for an answer than others with cases like these`,
      less: (by) => `waited ${by} less for an answer than others with cases like these`,
    },
    hoursToFix: {
      label: 'Working time until put right',
      more: (by) => `waited ${by} longer until it was put right than others with cases like these`,
      less: (by) => `waited ${by} less until it was put right than others with cases like these`,
    },
    fixedInTime: {
      label: 'Put right by the date promised',
      more: (by) => `were put right in time ${by} more often than others with cases like these`,
      less: (by) => `were put right in time ${by} less often than others with cases like these`,
    },
    reachedPerson: {
      label: 'Reached a person when they got in touch',
      more: (by) => `reached a person ${by} more often than others with cases like these`,
      less: (by) => `reached a person ${by} less often than others with cases like these`,
    },
    compensated: {
      label: 'Received compensation',
      more: (by) => `received compensation ${by} more often than others with cases like these`,
      less: (by) => `received compensation ${by} less often than others with cases like these`,
    },
    paidOfLoss: {
      label: 'Compensation as a share of the loss',
      more: (by) => `received ${by} more of the loss than others with cases like these`,
      less: (by) => `received ${by} less of the loss than others with cases like these`,
    },
    beyondLimits: {
      label: 'More was asked for them than one person may give',
      more: (by) => `more than one person may give was asked for them ${by} more often than for others`,
      less: (by) => `more than one person may give was asked for them ${by} less often than for others`,
    },
    remedyRefused: {
      label: 'Remedies that a second person refused',
      more: (by) => `were refused remedies ${by} more often than others with cases like these`,
      less: (by) => `were refused remedies ${by} less often than others with cases like these`,
    },
    gestureRefused: {
      label: 'Moments for which no gesture was allowed',
      more: (by) => `were allowed no gesture ${by} more often than others at such moments`,
      less: (by) => `were allowed no gesture ${by} less often than others at such moments`,
    },
    conductNoted: {
      label: 'It was noted how they treated colleagues',
      more: (by) => `had their conduct noted ${by} more often than others with cases like these`,
      less: (by) => `had their conduct noted ${by} less often than others with cases like these`,
    },
    queuePlace: {
      label: 'Place in the queue, 0 first and 100 last',
      more: (by) => `stand further back in the queue, by ${by}, than others with cases like these`,
      less: (by) => `stand nearer to the front of the queue, by ${by}, than others with cases like these`,
    },
    calibration: {
      label: 'Left in a month, beyond what was foretold',
      more: (by) => `left ${by} more often in a month, beside what was foretold, than the others`,
      less: (by) => `left ${by} less often in a month, beside what was foretold, than the others`,
    },
    valuePlace: {
      label: 'Place by predicted value, 0 least and 100 most',
      more: (by) => `stand higher by predicted value, by ${by}, than the others`,
      less: (by) => `stand lower by predicted value, by ${by}, than the others`,
    },
    riskPlace: {
      label: 'Place by the risk to leave, 0 least and 100 most',
      more: (by) => `stand higher by the risk to leave, by ${by}, than the others`,
      less: (by) => `stand lower by the risk to leave, by ${by}, than the others`,
    },
  },
  points: (points) => `${points} points`,
  hours: (hours, count) => `${hours} working ${count === 1 ? 'hour' : 'hours'}`,
  places: (places, count) => `${places} ${count === 1 ? 'place' : 'places'} in 100`,
  differs: (group, how) => `${group}: ${how}.`,
  alike: 'No difference that matters.',
  unsure: 'Cannot tell yet.',
}

const nl: EqualityWords = {
  traits: {
    language: 'Taal',
    sex: 'Geslacht',
    'age-band': 'Leeftijdsgroep',
    region: 'Regio',
    'contact-way': 'Manier van contact',
  },
  otherLanguage: 'Andere talen',
  measures: {
    hoursToAnswer: {
      label: 'Werktijd tot iemand antwoordde',
      more: (by) => `${by} langer gewacht op antwoord dan anderen met zulke zaken`,
      less: (by) => `${by} korter gewacht op antwoord dan anderen met zulke zaken`,
    },
    hoursToFix: {
      label: 'Werktijd tot het goedgemaakt was',
      more: (by) => `${by} langer gewacht tot het goedgemaakt was dan anderen met zulke zaken`,
      less: (by) => `${by} korter gewacht tot het goedgemaakt was dan anderen met zulke zaken`,
    },
    fixedInTime: {
      label: 'Goedgemaakt op de beloofde datum',
      more: (by) => `${by} vaker op tijd goedgemaakt dan bij anderen met zulke zaken`,
      less: (by) => `${by} minder vaak op tijd goedgemaakt dan bij anderen met zulke zaken`,
    },
    reachedPerson: {
      label: 'Kreeg een mens te spreken bij contact',
      more: (by) => `${by} vaker een mens te spreken gekregen dan anderen met zulke zaken`,
      less: (by) => `${by} minder vaak een mens te spreken gekregen dan anderen met zulke zaken`,
    },
    compensated: {
      label: 'Kreeg een vergoeding',
      more: (by) => `${by} vaker een vergoeding gekregen dan anderen met zulke zaken`,
      less: (by) => `${by} minder vaak een vergoeding gekregen dan anderen met zulke zaken`,
    },
    paidOfLoss: {
      label: 'Vergoeding als deel van de schade',
      more: (by) => `${by} meer van de schade vergoed gekregen dan anderen met zulke zaken`,
      less: (by) => `${by} minder van de schade vergoed gekregen dan anderen met zulke zaken`,
    },
    beyondLimits: {
      label: 'Er werd meer voor hen gevraagd dan één persoon mag geven',
      more: (by) => `${by} vaker meer gevraagd dan één persoon mag geven dan voor anderen`,
      less: (by) => `${by} minder vaak meer gevraagd dan één persoon mag geven dan voor anderen`,
    },
    remedyRefused: {
      label: 'Oplossingen die een tweede persoon weigerde',
      more: (by) => `${by} vaker een oplossing geweigerd dan bij anderen met zulke zaken`,
      less: (by) => `${by} minder vaak een oplossing geweigerd dan bij anderen met zulke zaken`,
    },
    gestureRefused: {
      label: 'Momenten waarop geen attentie mocht',
      more: (by) => `${by} vaker geen attentie toegestaan dan bij anderen op zulke momenten`,
      less: (by) => `${by} minder vaak geen attentie toegestaan dan bij anderen op zulke momenten`,
    },
    conductNoted: {
      label: 'Genoteerd hoe zij met collega’s omgingen',
      more: (by) => `${by} vaker genoteerd hoe zij met collega’s omgingen dan bij anderen met zulke zaken`,
      less: (by) => `${by} minder vaak genoteerd hoe zij met collega’s omgingen dan bij anderen met zulke zaken`,
    },
    queuePlace: {
      label: 'Plaats in de wachtrij, 0 vooraan en 100 achteraan',
      more: (by) => `verder naar achteren in de wachtrij, ${by}, dan anderen met zulke zaken`,
      less: (by) => `verder naar voren in de wachtrij, ${by}, dan anderen met zulke zaken`,
    },
    calibration: {
      label: 'Vertrokken in een maand, boven wat voorspeld was',
      more: (by) => `in een maand ${by} vaker vertrokken dan voorspeld, vergeleken met de anderen`,
      less: (by) => `in een maand ${by} minder vaak vertrokken dan voorspeld, vergeleken met de anderen`,
    },
    valuePlace: {
      label: 'Plaats naar voorspelde waarde, 0 minst en 100 meest',
      more: (by) => `hoger naar voorspelde waarde, ${by}, dan de anderen`,
      less: (by) => `lager naar voorspelde waarde, ${by}, dan de anderen`,
    },
    riskPlace: {
      label: 'Plaats naar kans op vertrek, 0 minst en 100 meest',
      more: (by) => `hoger naar kans op vertrek, ${by}, dan de anderen`,
      less: (by) => `lager naar kans op vertrek, ${by}, dan de anderen`,
    },
  },
  points: (points) => `${points} procentpunt`,
  hours: (hours, count) => `${hours} ${count === 1 ? 'werkuur' : 'werkuren'}`,
  places: (places, count) => `${places} ${count === 1 ? 'plaats' : 'plaatsen'} op 100`,
  differs: (group, how) => `${group}: ${how}.`,
  alike: 'Geen verschil dat ertoe doet.',
  unsure: 'Nog niet te zeggen.',
}

const russian = new Intl.PluralRules('ru')
type Forms = readonly [one: string, few: string, many: string, fraction: string]

function formOf(count: number, [one, few, many, fraction]: Forms): string {
  const form = russian.select(count)
  return form === 'one' ? one : form === 'few' ? few : form === 'many' ? many : fraction
}

const ru: EqualityWords = {
  traits: {
    language: 'Язык',
    sex: 'Пол',
    'age-band': 'Возрастная группа',
    region: 'Регион',
    'contact-way': 'Способ связи',
  },
  otherLanguage: 'Другие языки',
  measures: {
    hoursToAnswer: {
      label: 'Рабочее время до ответа',
      more: (by) => `ждали ответа на ${by} дольше, чем другие с такими же делами`,
      less: (by) => `ждали ответа на ${by} меньше, чем другие с такими же делами`,
    },
    hoursToFix: {
      label: 'Рабочее время до исправления',
      more: (by) => `ждали исправления на ${by} дольше, чем другие с такими же делами`,
      less: (by) => `ждали исправления на ${by} меньше, чем другие с такими же делами`,
    },
    fixedInTime: {
      label: 'Исправлено к обещанному сроку',
      more: (by) => `исправлено в срок чаще на ${by}, чем у других с такими же делами`,
      less: (by) => `исправлено в срок реже на ${by}, чем у других с такими же делами`,
    },
    reachedPerson: {
      label: 'Обратились и дозвались человека',
      more: (by) => `говорили с человеком чаще на ${by}, чем другие с такими же делами`,
      less: (by) => `говорили с человеком реже на ${by}, чем другие с такими же делами`,
    },
    compensated: {
      label: 'Получили компенсацию',
      more: (by) => `получили компенсацию чаще на ${by}, чем другие с такими же делами`,
      less: (by) => `получили компенсацию реже на ${by}, чем другие с такими же делами`,
    },
    paidOfLoss: {
      label: 'Компенсация как доля убытка',
      more: (by) => `возмещено на ${by} больше убытка, чем другим с такими же делами`,
      less: (by) => `возмещено на ${by} меньше убытка, чем другим с такими же делами`,
    },
    beyondLimits: {
      label: 'Для них просили больше, чем вправе дать один человек',
      more: (by) => `больше, чем вправе дать один человек, просили чаще на ${by}, чем для других`,
      less: (by) => `больше, чем вправе дать один человек, просили реже на ${by}, чем для других`,
    },
    remedyRefused: {
      label: 'Решения, в которых отказал второй человек',
      more: (by) => `в решении отказывали чаще на ${by}, чем другим с такими же делами`,
      less: (by) => `в решении отказывали реже на ${by}, чем другим с такими же делами`,
    },
    gestureRefused: {
      label: 'События, когда знак внимания не разрешён',
      more: (by) => `знак внимания не разрешали чаще на ${by}, чем другим в таких же случаях`,
      less: (by) => `знак внимания не разрешали реже на ${by}, чем другим в таких же случаях`,
    },
    conductNoted: {
      label: 'Записано, как они обошлись с сотрудниками',
      more: (by) => `поведение записывали чаще на ${by}, чем у других с такими же делами`,
      less: (by) => `поведение записывали реже на ${by}, чем у других с такими же делами`,
    },
    queuePlace: {
      label: 'Место в очереди, 0 — первое, 100 — последнее',
      more: (by) => `стоят в очереди дальше, на ${by}, чем другие с такими же делами`,
      less: (by) => `стоят в очереди ближе, на ${by}, чем другие с такими же делами`,
    },
    calibration: {
      label: 'Ушли за месяц сверх предсказанного',
      more: (by) => `уходят чаще предсказанного на ${by} в месяц, в сравнении с остальными`,
      less: (by) => `уходят реже предсказанного на ${by} в месяц, в сравнении с остальными`,
    },
    valuePlace: {
      label: 'Место по предсказанной ценности, 0 — меньше всех, 100 — больше всех',
      more: (by) => `стоят выше по предсказанной ценности, на ${by}, чем остальные`,
      less: (by) => `стоят ниже по предсказанной ценности, на ${by}, чем остальные`,
    },
    riskPlace: {
      label: 'Место по риску ухода, 0 — меньше всех, 100 — больше всех',
      more: (by) => `стоят выше по риску ухода, на ${by}, чем остальные`,
      less: (by) => `стоят ниже по риску ухода, на ${by}, чем остальные`,
    },
  },
  points: (points) => `${points} п. п.`,
  hours: (hours, count) =>
    `${hours} ${formOf(count, ['рабочий час', 'рабочих часа', 'рабочих часов', 'рабочего часа'])}`,
  places: (places, count) => `${places} ${formOf(count, ['место', 'места', 'мест', 'места'])} из 100`,
  differs: (group, how) => `${group}: ${how}.`,
  alike: 'Значимой разницы нет.',
  unsure: 'Пока сказать нельзя.',
}

/** The words by language. */
export const equalityWords = { en, nl, ru } as const
