/**
 * Months that a fit does not see: they tell how well it foretells, and whether it may take the place of the version
 * that is live. What was tested is what goes live; it is not fitted again on the months that it was tested with.
 */
import { type Calibrated, calibrate, compareLoss, type Foretold } from '../../stats/calibration.ts'
import type { Against, FitReport, HeldOut, LiveReason, UnheldReason } from './fit-report.ts'
import { type MonthCounts, sumFrom } from './month-table.ts'

/** With fewer exits than this, tenths of the held-out months say nothing. */
const EXITS_MIN = 20
/** With so many, more months would only be lost to the fit. */
const EXITS_ENOUGH = 100
const HISTORY_MONTHS_MIN = 6
const SHARE_MAX = 1 / 4
const MONTHS_MAX = 12
/** Two losses nearer than this share of them are the same. */
const LOSS_TOLERANCE = 0.001

/** How many of the last months to hold out, or why none. */
export type HeldOutMonths =
  | Readonly<{ kind: 'some'; months: number }>
  | Readonly<{ kind: 'none'; because: UnheldReason }>

/** The fewest last months with 100 exits, at most a quarter of the history; none where that holds fewer than 20. */
export function monthsToHoldOut({ months, exits }: MonthCounts): HeldOutMonths {
  if (months.length < HISTORY_MONTHS_MIN) return { kind: 'none', because: 'history-too-short' }
  const most = Math.min(MONTHS_MAX, Math.floor(SHARE_MAX * months.length))
  let seen = 0
  let held = 0
  while (held < most && seen < EXITS_ENOUGH) {
    seen += exits[held] ?? 0
    held += 1
  }
  const left = sumFrom(exits, held)
  return seen < EXITS_MIN || left < EXITS_MIN
    ? { kind: 'none', because: 'too-few-exits' }
    : { kind: 'some', months: held }
}

/** What the held-out months say of the new version and of the live one, and whether the new one may go live. */
export type Trial = Readonly<{
  told: Pick<FitReport, 'calibration' | 'calibrationMissing' | 'against'>
  live: boolean
  reason: LiveReason
}>

/** Of a version that was not tried: it goes live, unless it was to be tried and could not be. */
export function untried(because: UnheldReason): Trial {
  const told = { calibration: null, calibrationMissing: because, against: null }
  return because === 'not-comparable'
    ? { told, live: false, reason: 'not-comparable' }
    : { told, live: true, reason: 'nothing-to-compare' }
}

/**
 * Tries a new version on held-out rows beside the live one. Where one of the two foretells what is no number, or held
 * to be impossible what happened, nothing vouches for the new one, and it does not go live.
 */
export function tryOut(
  foretold: Foretold,
  liveLogOdds: Float64Array,
  of: Readonly<{ months: number; liveVersion: number }>,
): Trial {
  const own = calibrate(foretold)
  if (own.kind === 'refused') return untried(own.because === 'too-few' ? 'all-alike' : 'not-comparable')
  const other = calibrate({ ...foretold, logOdds: liveLogOdds })
  const loss = compareLoss(foretold, liveLogOdds)
  const calibration = heldOutOf(own, of.months)
  if (other.kind === 'refused' || loss.kind === 'refused') {
    return { ...untried('not-comparable'), told: { calibration, calibrationMissing: null, against: null } }
  }
  const { difference, error } = loss
  const worseLoss = difference > Math.max(error, LOSS_TOLERANCE * other.logLoss)
  // Even a perfect forecast is off by what chance does to a tenth of the rows.
  const worseCalibration = own.error > other.error + own.errorByChance
  const against: Against = {
    version: of.liveVersion,
    logLoss: other.logLoss,
    expectedCalibrationError: other.error,
    difference,
    differenceError: error,
  }
  return {
    told: { calibration, calibrationMissing: null, against },
    live: !worseLoss && !worseCalibration,
    reason: worseLoss ? 'worse-log-loss' : worseCalibration ? 'worse-calibration' : 'not-worse',
  }
}

const heldOutOf = (of: Calibrated, months: number): HeldOut => ({
  months,
  rows: Math.round(of.rows),
  events: Math.round(of.events),
  slope: of.line?.slope ?? null,
  slopeError: of.line?.slopeError ?? null,
  intercept: of.line?.intercept ?? null,
  expectedCalibrationError: of.error,
  errorByChance: of.errorByChance,
  logLoss: of.logLoss,
  brier: of.brier,
  deciles: of.tenths.map(({ chance, observed, rows, events }) => ({
    chance,
    observed,
    rows: Math.round(rows),
    events: Math.round(events),
  })),
})
