/**
 * What a gesture must not say: a condition, an offer, a request for something in return. Read from its words in three
 * languages; it errs towards finding, and what a person means beyond words it cannot know.
 */

/** The languages that are read. */
export type GestureLanguage = 'en' | 'nl' | 'ru'

/** What is wrong with the words of a gesture. */
export const gestureFaults = ['condition', 'offer', 'review'] as const
/** One of them. */
export type GestureFault = (typeof gestureFaults)[number]

const inWords = (inner: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${inner})`, 'iu')

const faults: Readonly<Record<GestureLanguage, Readonly<Record<GestureFault, RegExp>>>> = {
  en: {
    condition: inWords(
      'if you (?:order|buy|spend|book|renew|stay|sign)|when you (?:order|buy|spend|book|renew)|(?:with|on) your next (?:order|purchase|booking)|minimum|at least [€$£\\d]|spend (?:over|more|from)|(?:orders?|purchases?|spend\\w*) (?:of|over|above|from)|only if|provided that|on condition|in return|valid (?:only )?(?:on|for|with)',
    ),
    offer: inWords('discount|special offer|% off|\\d+ ?%|on sale|upgrade|subscribe|deal|promotion|order now|buy'),
    review: inWords(
      'review|rate us|rating|stars?(?![\\p{L}])|recommend|testimonial|feedback|tell your friends|share (?:this|your)',
    ),
  },
  nl: {
    condition: inWords(
      'als (?:u|je) (?:bestelt|koopt|besteedt|boekt|verlengt|blijft)|(?:bij|op) (?:uw|je) volgende|bij (?:besteding|aankoop|een bestelling)|vanaf [€\\d]|minimaal|minimum|ten minste [€\\d]|mits|op voorwaarde|alleen als|in ruil|alleen geldig|geldig (?:op|bij|voor)',
    ),
    offer: inWords(
      'korting|aanbieding|\\d+ ?%|actie(?!f)|voordeel|abonneer|bestel nu|koop(?:t|je)?(?![\\p{L}])|upgrade|deal',
    ),
    review: inWords(
      'review|recensie|beoorde|sterren|beveel|aanbevel|feedback|deel dit|vertel (?:het )?(?:uw|je) vrienden',
    ),
  },
  ru: {
    condition: inWords(
      'если (?:вы|ты) (?:зака|куп|потрат|продл|оста)|при (?:заказе|покупке|условии|сумме)|на следующ|(?:от|свыше) \\d+ ?(?:₽|руб|€|евро)|минимальн|не менее|только если|взамен|действу\\w* (?:при|на|только)|действует',
    ),
    offer: inWords('скидк|акци[яюи]|предложени|\\d+ ?%|распродаж|выгод|подпиш|купи|закажите'),
    review: inWords('отзыв|оцените|оценк|звёзд|звезд|порекоменд|посовет|поделитесь|расскажите (?:друзьям|о нас)'),
  },
}

/** The first thing that a text says and a gesture must not, with the words that say it; null when there is none. */
export function gestureFault(
  text: string,
  language: GestureLanguage,
): Readonly<{ fault: GestureFault; phrase: string }> | null {
  for (const fault of gestureFaults) {
    const found = faults[language][fault].exec(text)
    if (found !== null) return { fault, phrase: found[0].trim() }
  }
  return null
}
