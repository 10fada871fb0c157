/** The words by which promises and apologies are found, by language. Letters only: what they mean is read elsewhere. */

/** The languages in which customers are written to. */
export type ReplyLanguage = 'en' | 'nl' | 'ru'

type Unit = 'minutes' | 'hours' | 'days' | 'working_days' | 'weeks'

/** The words of one language. Patterns are sources of regular expressions, without flags. */
export type ReplyWords = Readonly<{
  apology: RegExp
  /** A verb that says what the firm is going to do. */
  intent: RegExp
  /** What stands before a span of time, and before a day. */
  within: string
  by: string
  ordinal: string
  numbers: Readonly<Record<string, number>>
  units: Readonly<Record<string, Unit>>
  months: Readonly<Record<string, number>>
  /** Days told from today: 0 today, 1 tomorrow. */
  days: Readonly<Record<string, number>>
  /** 0 is Monday. */
  weekdays: Readonly<Record<string, number>>
}>

/** A time of day right after a date: its hour, its minutes, `am` or `pm`. */
export const nearReply =
  /^[\s,(]*(?:(?:before|by|at|until|vóór|voor|om|tot|до|в|к)\s+)?(\d{1,2})(?:[:.](\d{2})|(?=\s*(?:am|pm|a\.m|p\.m|uur|h\b|час)))\s*(am|pm|a\.m|p\.m)?/iu

const places = (words: readonly string[], from: number): Readonly<Record<string, number>> =>
  Object.fromEntries(words.map((word, index) => [word, index + from]))
const all = <Value>(words: readonly string[], value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(words.map((word) => [word, value]))

const en: ReplyWords = {
  apology: /(?<!\p{L})(?:sorry|apologi[sz]e|apology|apologies|regret|forgive)(?!\p{L})/iu,
  intent:
    /(?<!\p{L})(?:(?:we|i|you|it|they|he|she|courier|colleague)(?:\s+(?:will|shall)|['’]ll)|(?:we|i)\s+(?:promise|guarantee|commit)|going\s+to|(?:we|i)['’](?:re|m)\s+going\s+to)(?!\p{L})/iu,
  within: '(?:within|in)(?:\\s+the\\s+next)?',
  by: '(?:by|before|on|until|no\\s+later\\s+than)(?:\\s+(?:the|this|next))?(?:\\s+\\p{L}+day,?)?',
  ordinal: 'st|nd|rd|th',
  numbers: {
    a: 1,
    an: 1,
    ...places(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'], 1),
  },
  units: {
    ...all(['minute', 'minutes'], 'minutes' as const),
    ...all(['hour', 'hours'], 'hours' as const),
    ...all(['day', 'days'], 'days' as const),
    ...all(['working day', 'working days', 'business day', 'business days'], 'working_days' as const),
    ...all(['week', 'weeks'], 'weeks' as const),
  },
  months: {
    ...places(
      [
        'january',
        'february',
        'march',
        'april',
        'may',
        'june',
        'july',
        'august',
        'september',
        'october',
        'november',
        'december',
      ],
      1,
    ),
    ...places(['jan', 'feb', 'mar', 'apr'], 1),
    ...places(['jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], 6),
  },
  days: { today: 0, tonight: 0, tomorrow: 1 },
  weekdays: places(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], 0),
}

const nl: ReplyWords = {
  apology:
    /(?<!\p{L})(?:sorry|excuses|spijt|verontschuldig\p{L}*|betreur\p{L}*|neem\p{L}*\s+ons\s+niet\s+kwalijk)(?!\p{L})/iu,
  intent:
    /(?<!\p{L})(?:(?:wij|we|ik|u|hij|zij|het|koerier|collega)\s+(?:zullen|zal|zult|gaan|ga|krijgt|ontvangt|hoort|sturen|stuur|bellen|bel|belt|betalen|vergoeden|regelen)|belo(?:ven|of|ofd)|garanderen|garandeer|toegezegd|zeggen\s+toe)(?!\p{L})/iu,
  within: '(?:binnen|in|over)(?:\\s+de\\s+komende)?',
  by: '(?:vóór|voor|op|uiterlijk(?:\\s+op)?|tot)(?:\\s+(?:de|komende|aanstaande))?(?:\\s+\\p{L}+dag)?',
  ordinal: 'e|ste',
  numbers: {
    een: 1,
    één: 1,
    ...places(['twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien'], 2),
  },
  units: {
    ...all(['minuut', 'minuten'], 'minutes' as const),
    ...all(['uur', 'uren'], 'hours' as const),
    ...all(['dag', 'dagen'], 'days' as const),
    ...all(['werkdag', 'werkdagen'], 'working_days' as const),
    ...all(['week', 'weken'], 'weeks' as const),
  },
  months: {
    ...places(
      [
        'januari',
        'februari',
        'maart',
        'april',
        'mei',
        'juni',
        'juli',
        'augustus',
        'september',
        'oktober',
        'november',
        'december',
      ],
      1,
    ),
    jan: 1,
    feb: 2,
    apr: 4,
    jun: 6,
    jul: 7,
    aug: 8,
    sep: 9,
    okt: 10,
    nov: 11,
    dec: 12,
  },
  days: { vandaag: 0, vanavond: 0, vanmiddag: 0, morgen: 1, overmorgen: 2 },
  weekdays: places(['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'], 0),
}

const ru: ReplyWords = {
  apology: /(?<!\p{L})(?:извин\p{L}*|прости(?:те)?|сожале\p{L}*|прощени\p{L}*)(?!\p{L})/iu,
  intent:
    /(?<!\p{L})(?:мы\s+\p{L}+(?:им|ем|дим)|я\s+\p{L}+(?:лю|жу|ню|ду|вяжусь)|вы\s+получите|вам\s+(?:позвон\p{L}+|прив\p{L}+|верн\p{L}+)|обеща\p{L}+|гарантиру\p{L}+|будет\s+\p{L}+)(?!\p{L})/iu,
  within: '(?:в\\s+течение|через|за)(?:\\s+ближайших)?',
  by: '(?:до|к|не\\s+позднее|во?)(?:\\s+\\p{L}+(?:у|ник|рг),?)?',
  ordinal: '-?го|-?е',
  numbers: {
    ...all(['один', 'одного', 'одной'], 1),
    ...all(['два', 'две', 'двух'], 2),
    ...all(['три', 'трёх', 'трех'], 3),
    ...all(['четыре', 'четырёх', 'четырех'], 4),
    ...all(['пять', 'пяти'], 5),
    ...all(['шесть', 'шести'], 6),
    ...all(['семь', 'семи'], 7),
    ...all(['десять', 'десяти'], 10),
  },
  units: {
    ...all(['минуты', 'минут', 'минуту'], 'minutes' as const),
    ...all(['час', 'часа', 'часов'], 'hours' as const),
    ...all(['день', 'дня', 'дней', 'сутки', 'суток'], 'days' as const),
    ...all(['рабочий день', 'рабочего дня', 'рабочих дня', 'рабочих дней'], 'working_days' as const),
    ...all(['неделю', 'недели', 'недель'], 'weeks' as const),
  },
  months: places(
    [
      'января',
      'февраля',
      'марта',
      'апреля',
      'мая',
      'июня',
      'июля',
      'августа',
      'сентября',
      'октября',
      'ноября',
      'декабря',
    ],
    1,
  ),
  days: { сегодня: 0, завтра: 1, послезавтра: 2 },
  weekdays: {
    ...places(['понедельник', 'вторник', 'среду', 'четверг', 'пятницу', 'субботу', 'воскресенье'], 0),
    ...places(['понедельника', 'вторника', 'среды', 'четверга', 'пятницы', 'субботы', 'воскресенья'], 0),
  },
}

/** The words, by language. */
export const replyWords: Readonly<Record<ReplyLanguage, ReplyWords>> = { en, nl, ru }
