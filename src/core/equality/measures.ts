/** What is compared between groups, in which unit, and from where on a difference matters. */

/** How a number is written: a share, points of a share, working hours, a place from 0 (first) to 1 (last). */
export type EqualityUnit = 'share' | 'points' | 'hours' | 'place'

type Measure = Readonly<{
  /** `treatment`: what the firm did. `score`: whether foretold and happened agree, and who stands where by a score. */
  about: 'treatment' | 'score'
  unit: EqualityUnit
  /** A difference of less does not matter: of the unit, and for hours also of what the others have. */
  matters: number
  mattersShare?: number
  /** Differences that count in the check; a score may carry a trait and still be right. */
  counts: boolean
}>

const table = {
  hoursToAnswer: { about: 'treatment', unit: 'hours', matters: 1, mattersShare: 0.15, counts: true },
  hoursToFix: { about: 'treatment', unit: 'hours', matters: 1, mattersShare: 0.15, counts: true },
  fixedInTime: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  reachedPerson: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  compensated: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  paidOfLoss: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  beyondLimits: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  remedyRefused: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  gestureRefused: { about: 'treatment', unit: 'share', matters: 0.05, counts: true },
  conductNoted: { about: 'treatment', unit: 'share', matters: 0.02, counts: true },
  queuePlace: { about: 'score', unit: 'place', matters: 0.05, counts: true },
  calibration: { about: 'score', unit: 'points', matters: 0.005, counts: true },
  valuePlace: { about: 'score', unit: 'place', matters: 0.05, counts: false },
  riskPlace: { about: 'score', unit: 'place', matters: 0.05, counts: false },
} as const satisfies Readonly<Record<string, Measure>>

/** The name of a measure. */
export type EqualityMeasure = keyof typeof table

const isMeasure = (name: string): name is EqualityMeasure => Object.hasOwn(table, name)
/** All measures, in the order in which they are told. */
export const equalityMeasures: readonly EqualityMeasure[] = Object.keys(table).filter(isMeasure)

/** What is known of a measure beforehand. */
export const measureOf = (name: EqualityMeasure): Measure => table[name]
