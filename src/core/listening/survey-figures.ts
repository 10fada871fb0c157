/** What the answers to surveys come to: never without how many they are and how sure the figure is. */
import { type MeanInterval, meanInterval } from '../../stats/compare/mean-interval.ts'
import { type Share, wilson } from '../../stats/compare/share.ts'
import { type SurveyKind, surveyScales } from './survey.ts'

/** An answer older than this says nothing about today (trap T10). */
export const SCORE_DAYS = 180

/** So many answers of one kind with one share of its scale. */
export type ScoreCount = Readonly<{ share: number; count: number }>

/** How many were asked in a period, and how many of these have answered. */
export type AskedCount = Readonly<{ asked: number; answered: number }>

const PROMOTER_MIN = 9
const DETRACTOR_MAX = 6
const NPS_ENDS = [-100, 100] as const

/** A share of a scale as the answer that was given on it, rounded to two decimals. */
export function scoreOf(kind: SurveyKind, share: number): number {
  const [min, max] = surveyScales[kind]
  return Math.round((min + share * (max - min)) * 100) / 100
}

/** What an answer counts in the figure of its kind: itself; for NPS 100 as a promoter, -100 as a detractor, else 0. */
function countsAs(kind: SurveyKind, share: number): number {
  const score = scoreOf(kind, share)
  if (kind !== 'nps') return score
  return score >= PROMOTER_MIN ? NPS_ENDS[1] : score <= DETRACTOR_MAX ? NPS_ENDS[0] : 0
}

/** The scale on which the figure of a kind stands. */
export const figureScale = (kind: SurveyKind): readonly [number, number] =>
  kind === 'nps' ? NPS_ENDS : surveyScales[kind]

/** The mean of the answers, or the net promoter score, with its 95 % interval. */
export function figureOf(kind: SurveyKind, counts: readonly ScoreCount[]): MeanInterval {
  const values = new Map<number, number>()
  for (const { share, count } of counts) {
    const value = countsAs(kind, share)
    values.set(value, (values.get(value) ?? 0) + count)
  }
  return meanInterval(
    [...values].map(([value, count]) => ({ value, count })),
    figureScale(kind),
  )
}

/** Which share of those who were asked has answered, with its 95 % interval. */
export const responseOf = ({ asked, answered }: AskedCount): Share => wilson(answered, asked)

/** How often each answer was given, from the highest to the lowest; a mean of items counts with the nearest answer. */
export function distributionOf(
  kind: SurveyKind,
  counts: readonly ScoreCount[],
): readonly Readonly<{ score: number; count: number }>[] {
  const [min, max] = surveyScales[kind]
  const found = new Map<number, number>()
  for (const { share, count } of counts) {
    const score = Math.round(scoreOf(kind, share))
    found.set(score, (found.get(score) ?? 0) + count)
  }
  return Array.from({ length: max - min + 1 }, (_, place) => ({
    score: max - place,
    count: found.get(max - place) ?? 0,
  }))
}

/** Figures of a part of the firm are shown from so many ratings and so many people on (trap T26). */
const RATINGS_MIN = 30
const PEOPLE_MIN = 5

/** Whether the ratings of a part of the firm may be shown: enough of them, by enough customers. */
export const isShown = ({ ratings, customers }: Readonly<{ ratings: number; customers: number }>): boolean =>
  ratings >= RATINGS_MIN && customers >= PEOPLE_MIN

/** Up to this share of its scale an answer is bad: six of ten for NPS, below the middle for every other. */
export const badShareMax = (kind: SurveyKind): number => (kind === 'nps' ? DETRACTOR_MAX / 10 : BELOW_MIDDLE)

const BELOW_MIDDLE = 0.4999
