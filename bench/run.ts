import { parseArgs } from 'node:util'
import { decide } from './decide.ts'
import { holdout } from './holdout.ts'
import { importing } from './import.ts'
import { ingest } from './ingest.ts'
import { incidentRecovery, leaveRecovery } from './leave-recovery.ts'
import type { Bench, Measure } from './measure.ts'
import { read } from './read.ts'
import { refold } from './refold.ts'
import { score } from './score.ts'
import { shopRecovery } from './shop-recovery.ts'
import { simulate } from './simulate.ts'
import { attrition } from './stats-attrition.ts'
import { statsFit } from './stats-fit.ts'

const benches: readonly Bench[] = [
  ingest,
  importing,
  read,
  decide,
  refold,
  score,
  simulate,
  statsFit,
  attrition,
  holdout,
  leaveRecovery,
  incidentRecovery,
  shopRecovery,
]

function table(measures: readonly Measure[]): string {
  const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })
  const rows = measures.map(({ name, value, unit, ceiling, ratio }) => [
    name,
    `${number.format(value)} ${unit}`,
    `${number.format(ceiling)} ${unit}`,
    ratio.toFixed(2),
  ])
  const all = [['what', 'reached', 'ceiling', 'ratio'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return all.map(line).join('\n')
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})
const keys = values.only ?? benches.map(({ key }) => key)
const unknown = keys.filter((key) => !benches.some((bench) => bench.key === key))
if (unknown.length > 0) {
  process.stderr.write(
    `No benchmark is called ${unknown.join(', ')}; there are ${benches.map(({ key }) => key).join(', ')}.\n`,
  )
  process.exit(2)
}
const measures: Measure[] = []
for (const bench of benches.filter(({ key }) => keys.includes(key))) {
  process.stderr.write(`${bench.key}: ${bench.about}\n`)
  measures.push(...(await bench.run()))
}
process.stdout.write(values.json ? `${JSON.stringify(measures)}\n` : `${table(measures)}\n`)
