/** What similar cases received: the nearest by category, severity and loss, and whether an amount is far from them. */
import type { Severity } from '../relationship/failure.ts'

const SIMILAR_MAX = 8
/** Fewer near cases than this say nothing. */
const SIMILAR_MIN = 5
/** The weight of another category; a severity apart weighs 1, and so does a loss 2.7 times as large. */
const CATEGORY_WEIGHT = 2
/** Up to here a case is near. */
const NEAR = 2
const FAR_ABOVE = 1.5
const FAR_BELOW = 0.5
/** Losses below this many minor units are alike: 1 and 3 cents are not far apart. */
const SMALL_LOSS_MINOR = 500

/** A case as far as likeness goes. */
export type CaseTraits = Readonly<{ category: string | null; severity: Severity; lossMinor: number | null }>

/** A case that was closed, and what the customer received. */
export type ClosedCase = CaseTraits & Readonly<{ case: string; givenMinor: number }>

/** A closed case with how unlike it is; 0 is the same in all three. */
export type SimilarCase = ClosedCase & Readonly<{ distance: number }>

const severities: readonly Severity[] = ['minor', 'major', 'critical']

/** All closed cases that are near, nearest first. */
export const nearTo = (one: CaseTraits, closed: readonly ClosedCase[]): readonly SimilarCase[] =>
  closed
    .map((other) => ({ ...other, distance: distance(one, other) }))
    .filter((other) => other.distance <= NEAR)
    .toSorted((a, b) => a.distance - b.distance || (a.case < b.case ? -1 : 1))

/** The nearest of them, at most 8. */
export const similarTo = (one: CaseTraits, closed: readonly ClosedCase[]): readonly SimilarCase[] =>
  nearTo(one, closed).slice(0, SIMILAR_MAX)

function distance(one: CaseTraits, other: CaseTraits): number {
  const category = one.category === other.category ? 0 : CATEGORY_WEIGHT
  const severity = Math.abs(severities.indexOf(one.severity) - severities.indexOf(other.severity))
  const loss = Math.abs(Math.log(sizeOf(one) / sizeOf(other)))
  return category + severity + loss
}

const sizeOf = ({ lossMinor }: CaseTraits): number => (lossMinor ?? 0) + SMALL_LOSS_MINOR

/** How an amount compares with what similar cases received. `too few`: under 5 of them, which say nothing. */
export type Comparison =
  | Readonly<{ kind: 'too few'; count: number; needed: number }>
  | Readonly<{ kind: 'compared'; lowMinor: number; highMinor: number; verdict: 'far below' | 'in line' | 'far above' }>

/** Warns where an amount is over 1.5 times the most, or under half of the least, that similar cases received. */
export function compareWith(similar: readonly SimilarCase[], amountMinor: number): Comparison {
  if (similar.length < SIMILAR_MIN) return { kind: 'too few', count: similar.length, needed: SIMILAR_MIN }
  const given = similar.map(({ givenMinor }) => givenMinor)
  const [lowMinor, highMinor] = [Math.min(...given), Math.max(...given)]
  if (amountMinor > FAR_ABOVE * highMinor) return { kind: 'compared', lowMinor, highMinor, verdict: 'far above' }
  const isBelow = amountMinor < FAR_BELOW * lowMinor
  return { kind: 'compared', lowMinor, highMinor, verdict: isBelow ? 'far below' : 'in line' }
}
