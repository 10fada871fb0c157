/** Periods of different customers, tied by the incidents that hit them (trap T13), for a fit that reads whole columns. */
import type { AttritionPrior } from '../../stats/attrition/attrition-posterior.ts'
import type { AttritionRows, Columns } from '../../stats/attrition/attrition-rows.ts'
import type { NormalPrior } from '../../stats/logistic.ts'
import type { SparseColumns } from '../../stats/sparse-columns.ts'
import { type IncidentLines, tieRows, usualSpread } from '../learning/incident-ties.ts'

/** Each is a column of numbers for every period: 2 MB of 240,000. */
const INCIDENTS_MAX = 12

/** Periods with what is believed of their columns; how many incidents tie them, whose columns come last. */
export type TiedPeriods = Readonly<{ rows: AttritionRows; prior: AttritionPrior; incidents: number }>

/**
 * Periods with a column for each of the incidents that hit most customers. How much incidents differ is not looked for:
 * it is taken to be what is usual. Without such incidents it is the periods as they are.
 */
export function tiePeriods(
  rows: AttritionRows,
  prior: AttritionPrior,
  lines: IncidentLines,
  halfLifeDays: number,
): TiedPeriods {
  const count = rows.exposure.length
  const lives = { rows: count, firstRow: rows.firstRow, training: new Float64Array(count).fill(1) }
  const ties = tieRows(lines, lives, INCIDENTS_MAX)
  if (ties === null) return { rows, prior, incidents: 0 }
  return {
    rows: { ...rows, leave: widened(rows.leave, ties.columnsAt(halfLifeDays)) },
    prior: { ...prior, leave: alsoOf(prior.leave, ties.count) },
    incidents: ties.count,
  }
}

function widened({ values, columnCount }: Columns, sparse: SparseColumns): Columns {
  const width = columnCount + sparse.columnCount
  const rows = sparse.firstEntry.length - 1
  const out = new Float64Array(rows * width)
  for (let row = 0; row < rows; row += 1) {
    out.set(values.subarray(row * columnCount, (row + 1) * columnCount), row * width)
    for (let at = sparse.firstEntry[row] ?? 0; at < (sparse.firstEntry[row + 1] ?? 0); at += 1) {
      const place = row * width + columnCount + (sparse.column[at] ?? 0)
      out[place] = (out[place] ?? 0) + (sparse.value[at] ?? 0)
    }
  }
  return { values: out, columnCount: width }
}

const alsoOf = ({ mean, sd }: NormalPrior, incidents: number): NormalPrior => ({
  mean: Float64Array.of(...mean, ...new Float64Array(incidents)),
  sd: Float64Array.of(...sd, ...new Float64Array(incidents).fill(usualSpread)),
})
