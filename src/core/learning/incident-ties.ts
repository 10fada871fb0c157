/**
 * What ties months at risk of different customers: an outage hits thousands at once and is one event, not thousands
 * (trap T13). Each incident that hit several has an effect of its own, Normal around 0, on the log-odds to leave of all
 * whom it hit: times W, the severity weight of their failure x what is left of it. So of what failures do, an incident
 * tells no more than one draw, however many it hit.
 */
import { type BinaryRows, widthOf } from '../../stats/binary-rows.ts'
import { diagonalRoots } from '../../stats/linear-algebra.ts'
import { type BinaryFit, fitLogistic, type NormalPrior } from '../../stats/logistic.ts'
import type { Refusal } from '../../stats/refusal.ts'
import { fitShared, overSpreads } from '../../stats/shared-effects.ts'
import { addSparse, type SparseColumns } from '../../stats/sparse-columns.ts'
import { severityWeight } from '../goodwill/leave-priors.ts'
import { incidentOf } from '../relationship/failure-links.ts'
import { endedAt } from '../relationship/recovery.ts'
import { type Relationship, readable } from '../relationship/relationship.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'
import { growingNumbers } from './growing-numbers.ts'

/** Incidents beyond these have no effect of their own: those that hit most customers are kept. */
const INCIDENTS_MAX = 200
/** What hit one customer ties nobody. */
const CUSTOMERS_MIN = 2
/** Three years: of what ended before, less than a hundredth part of W is left under any half-life. */
const FADED_DAYS = 1_200
/** Standard deviations between incidents that are tried. */
const SPREADS = [0.05, 0.15, 0.3, 0.5, 0.75, 1.1] as const
/** The scale of what is believed of them beforehand: that of what else differs for good, which is between customers. */
export const usualSpread = 0.5

/** An incident that a customer was hit by: the weight of its failure, and days since that ended; 0 while it is open. */
export type Suffered = Readonly<{ incident: string; severity: number; endedDays: number }>

/** W: the weight of a failure, halved every half-life after its end. */
export const weightLeft = (
  { severity, endedDays }: Pick<Suffered, 'severity' | 'endedDays'>,
  halfLifeDays: number,
): number => severity * 2 ** (-endedDays / halfLifeDays)

/** The incidents behind what a customer is known to have suffered, but for those long gone. */
export function incidentsBehind(state: Relationship, at: Instant): readonly Suffered[] {
  const { facts, at: now } = readable(state, at)
  return facts.failures.flatMap((failure) => {
    const incident = incidentOf(failure)
    if (incident === null) return []
    const endedDays = (now - (endedAt(failure, now) ?? now)) / DAY_MS
    return endedDays > FADED_DAYS ? [] : [{ incident, severity: severityWeight[failure.severity], endedDays }]
  })
}

/** Which incidents the failures behind rows belong to: one line for each, in the order of the rows. */
export type IncidentLines = Readonly<{
  names: readonly string[]
  row: Float64Array
  /** Place in `names`. */
  incident: Float64Array
  severity: Float64Array
  endedDays: Float64Array
}>

/** Collects the incidents behind rows that are added in their order. */
export function incidentCollector() {
  const places = new Map<string, number>()
  const row = growingNumbers(0)
  const incident = growingNumbers(0)
  const severity = growingNumbers(0)
  const endedDays = growingNumbers(0)
  return {
    add: (rowNumber: number, state: Relationship, at: Instant): void => {
      for (const one of incidentsBehind(state, at)) {
        const place = places.get(one.incident) ?? places.size
        places.set(one.incident, place)
        row.push([rowNumber])
        incident.push([place])
        severity.push([one.severity])
        endedDays.push([one.endedDays])
      }
    },
    lines: (): IncidentLines => ({
      names: [...places.keys()],
      row: row.values(),
      incident: incident.values(),
      severity: severity.values(),
      endedDays: endedDays.values(),
    }),
  }
}

/** Rows with the persons that they belong to, and which of them are fitted on. */
type Lives = Readonly<{ rows: number; firstRow: Uint32Array; training: Float64Array }>

/** Effects of incidents as columns of rows, under a half-life. */
export type IncidentTies = Readonly<{ count: number; columnsAt: (halfLifeDays: number) => SparseColumns }>

/** Ties rows by the incidents that hit several customers, the largest of them; null where there are none. */
export function tieRows(
  lines: IncidentLines,
  { rows, firstRow, training }: Lives,
  incidentsMax = INCIDENTS_MAX,
): IncidentTies | null {
  const column = columnsOf(lines, firstRow, training, incidentsMax)
  if (column.size === 0) return null
  const kept: number[] = []
  const firstEntry = new Uint32Array(rows + 1)
  lines.row.forEach((row, line) => {
    if (!column.has(lines.incident[line] ?? -1)) return
    kept.push(line)
    firstEntry[row + 1] = kept.length
  })
  for (let row = 0; row < rows; row += 1) {
    firstEntry[row + 1] = Math.max(firstEntry[row] ?? 0, firstEntry[row + 1] ?? 0)
  }
  const columns = Uint32Array.from(kept, (line) => column.get(lines.incident[line] ?? -1) ?? 0)
  return {
    count: column.size,
    columnsAt: (halfLifeDays) => ({
      columnCount: column.size,
      firstEntry,
      column: columns,
      value: Float64Array.from(kept, (line) =>
        weightLeft({ severity: lines.severity[line] ?? 0, endedDays: lines.endedDays[line] ?? 0 }, halfLifeDays),
      ),
    }),
  }
}

// The column of each incident that is kept; the order is that of size and name, whatever the order of the rows.
function columnsOf(
  { names, row, incident }: IncidentLines,
  firstRow: Uint32Array,
  training: Float64Array,
  incidentsMax: number,
): ReadonlyMap<number, number> {
  const customers = new Uint32Array(names.length)
  const latest = new Int32Array(names.length).fill(-1)
  let person = 0
  for (let line = 0; line < row.length; line += 1) {
    const at = row[line] ?? 0
    while (at >= (firstRow[person + 1] ?? Number.POSITIVE_INFINITY)) person += 1
    const place = incident[line] ?? 0
    if (training[at] === 0 || latest[place] === person) continue
    latest[place] = person
    customers[place] = (customers[place] ?? 0) + 1
  }
  const hit = (place: number) => customers[place] ?? 0
  const kept = names
    .flatMap((name, place) => (hit(place) < CUSTOMERS_MIN ? [] : [{ name, place }]))
    .sort((a, b) => hit(b.place) - hit(a.place) || (a.name < b.name ? -1 : 1))
    .slice(0, incidentsMax)
  return new Map(kept.map(({ place }, column) => [place, column]))
}

/** A fit, and where rows were tied what was found of their incidents. */
export type TiedFit = Readonly<{ kind: 'fitted'; fit: BinaryFit; incidents: FoundIncidents | null }>

/** How many incidents tied rows, and by how much they differ. */
export type FoundIncidents = Readonly<{
  count: number
  /** Standard deviation between them, in log-odds for W = 1: the mean of what is believed of it. */
  sd: number
  /** The best single fit: its coefficients, and what the incidents add to each row under it. */
  best: Readonly<{ coefficients: Float64Array; standardErrors: Float64Array; shift: Float64Array }>
}>

/**
 * Fits rows that incidents tie under each of the spreads, and answers all of it as one Normal. Without ties it is the
 * regression as it is. Refuses what the regression refuses.
 */
export function fitTied(
  rows: BinaryRows,
  prior: NormalPrior,
  ties: SparseColumns | null,
  spreads: readonly number[] = SPREADS,
): TiedFit | Refusal {
  if (ties === null) {
    const fit = fitLogistic(rows, prior)
    return fit.kind === 'refused' ? fit : { kind: 'fitted', fit, incidents: null }
  }
  const tied: BinaryRows = { ...rows, sparse: ties }
  const own = rows.columnCount
  const widened = (values: Float64Array) => {
    const wide = new Float64Array(widthOf(tied)).fill(1)
    wide.set(values)
    return wide
  }
  const columns = Array.from({ length: ties.columnCount }, (_, g) => own + g)
  const shared = fitShared(tied, { mean: widened(prior.mean), sd: widened(prior.sd) }, [
    { columns, spreads, usual: usualSpread },
  ])
  if (shared.kind === 'refused') return shared
  const { coefficients, covariance } = overSpreads(shared, own)
  const standardErrors = diagonalRoots(covariance, own)
  const learnedShare = standardErrors.map((error, j) => 1 - (error / (prior.sd[j] ?? 1)) ** 2)
  const best = shared.best.fit
  return {
    kind: 'fitted',
    fit: { ...best, coefficients, standardErrors, covariance, learnedShare },
    incidents: {
      count: ties.columnCount,
      sd: shared.points.reduce((sum, { weight, spreads: [spread = 0] }) => sum + weight * spread, 0),
      best: {
        coefficients: best.coefficients.subarray(0, own),
        standardErrors: best.standardErrors.subarray(0, own),
        shift: shiftOf(ties, best.coefficients.subarray(own)),
      },
    },
  }
}

function shiftOf(ties: SparseColumns, effects: Float64Array): Float64Array {
  const shift = new Float64Array(ties.firstEntry.length - 1)
  addSparse(ties, effects, 0, shift.length, shift)
  return shift
}
