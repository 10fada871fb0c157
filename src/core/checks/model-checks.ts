/** Checks of what the models foretell: on months that they have not seen, and against what was published. */
import { type FitReport, type HeldOut, isLevel, type ModelKind } from '../learning/fit-report.ts'
import { decilesOff } from '../learning/leave-report.ts'
import { CONFLICT_SDS, chanceDistance, distanceFromPrior } from '../learning/prior-conflict.ts'
import { type CheckPart, checkOf, type Finding, tooFew } from './checks.ts'

/** What was told of a fit, by its kind. */
export type Reported = Readonly<{ kind: ModelKind; report: FitReport }>

const PARTS_MAX = 12

/** In how many tenths of the held-out rows what happened lies outside of the 90 % band; the worst model decides. */
export function calibrationCheck(live: readonly Reported[]): Finding {
  const parts = live.flatMap(({ kind, report: { calibration } }) =>
    calibration === null ? [] : [deciles(kind, calibration)],
  )
  const [first, ...others] = parts
  if (first === undefined) return tooFew(0, 1)
  const worst = others.reduce((most, one) => (one.value > most.value ? one : most), first)
  return {
    state: worst.value > (checkOf('calibration').threshold ?? 0) ? 'fails' : 'holds',
    value: worst.value,
    low: null,
    high: null,
    count: parts.reduce((sum, { count }) => sum + (count ?? 0), 0),
    needed: 1,
    parts,
  }
}

const deciles = (name: ModelKind, calibration: HeldOut): CheckPart => ({
  name,
  value: decilesOff(calibration),
  low: null,
  high: null,
  count: calibration.rows,
})

/** How far the firm's data alone lie from what was published, by the slope that is farthest: of many, one lies far by chance. */
export function priorConflict(newest: readonly Reported[]): Finding {
  const far = newest
    .flatMap(({ kind, report }) =>
      report.coefficients.flatMap((one): readonly CheckPart[] => {
        const value = distanceFromPrior(one)
        return value === null ? [] : [{ name: `${kind} ${one.name}`, value, low: null, high: null, count: one.rows }]
      }),
    )
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
  const [farthest] = far
  if (farthest === undefined) return tooFew(0, 1)
  const conflicts = far.filter(({ value }) => Math.abs(value) > CONFLICT_SDS)
  return {
    state:
      conflicts.length === 0 ? 'holds' : Math.abs(farthest.value) > chanceDistance(far.length) ? 'fails' : 'unsure',
    value: farthest.value,
    low: null,
    high: null,
    count: far.length,
    needed: 1,
    parts: conflicts.slice(0, PARTS_MAX),
  }
}

/** How much of the slopes is learned here: 0 is all from the literature. Only told. */
export function learnedShare(live: readonly Reported[]): Finding {
  const parts = live.flatMap(({ kind, report }): readonly CheckPart[] => {
    const slopes = report.coefficients.filter(({ name, prior }) => prior !== null && !isLevel(name))
    if (slopes.length === 0) return []
    const value = slopes.reduce((sum, one) => sum + one.learnedShare, 0) / slopes.length
    return [{ name: kind, value, low: null, high: null, count: report.rows }]
  })
  const [first] = parts
  if (first === undefined) return tooFew(0, 1)
  const leave = parts.find(({ name }) => name === 'leave') ?? first
  return { state: 'told', ...leave, count: leave.count ?? 0, needed: 1, parts }
}

/** A month that was foretold a month ahead, in minor units, and what came of it. */
export type ForetoldMonth = Readonly<{ month: string; band90: readonly [low: number, high: number]; actual: number }>

const MONTHS_MIN = 2
const MONTHS_TOLD = 6

/** Redemptions a month ahead against what was used: outside of the 90 % band twice in a row is no chance. */
export function redemptionCheck(months: readonly ForetoldMonth[]): Finding {
  if (months.length < MONTHS_MIN) return tooFew(months.length, MONTHS_MIN)
  const inOrder = months.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  const isOutside = ({ band90: [low, high], actual }: ForetoldMonth) => actual < low || actual > high
  const inRow = inOrder.length - 1 - inOrder.findLastIndex((one) => !isOutside(one))
  return {
    state: inRow > (checkOf('redemption').threshold ?? 0) ? 'fails' : 'holds',
    value: inRow,
    low: null,
    high: null,
    count: inOrder.length,
    needed: MONTHS_MIN,
    parts: inOrder.slice(-MONTHS_TOLD).map(({ month, band90: [low, high], actual }) => ({
      name: month,
      value: actual,
      low,
      high,
      count: null,
    })),
  }
}
