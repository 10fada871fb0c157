/** The surveys that the product asks: each is one question, but for attachment, which has three. */
export const surveyKinds = ['csat', 'ces', 'nps', 'friendliness', 'attachment', 'recovery'] as const
/** One of the surveys. */
export type SurveyKind = (typeof surveyKinds)[number]

/** Lowest and highest answer. CES 2.0 counts up: 7 is very easy. */
export const surveyScales: Readonly<Record<SurveyKind, readonly [min: number, max: number]>> = {
  csat: [1, 5],
  ces: [1, 7],
  nps: [0, 10],
  friendliness: [1, 10],
  attachment: [1, 7],
  recovery: [1, 5],
}

/** How many items are answered on the scale; the score is their mean. */
export const surveyItems: Readonly<Record<SurveyKind, number>> = {
  csat: 1,
  ces: 1,
  nps: 1,
  friendliness: 1,
  attachment: 3,
  recovery: 1,
}

/** The score of the answers to all items: their mean, rounded to two decimals. Null when one is missing or off the scale. */
export function surveyScore(kind: SurveyKind, answers: readonly number[]): number | null {
  const [min, max] = surveyScales[kind]
  const isWhole = answers.every((one) => Number.isInteger(one) && one >= min && one <= max)
  if (answers.length !== surveyItems[kind] || !isWhole) return null
  return Math.round((answers.reduce((sum, one) => sum + one, 0) / answers.length) * 100) / 100
}
