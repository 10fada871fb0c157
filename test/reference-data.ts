import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const FOLDER = new URL('../../shared/data/', import.meta.url)

/** Whether a reference data set is there; tests that need it are skipped with its name in their title otherwise. */
export function hasReference(file: string): boolean {
  return existsSync(new URL(`reference/${file}`, FOLDER))
}

/** Columns of a reference file by name, as numbers; `.gz` is unpacked. A million rows take no more than their text. */
export function readReference<Name extends string>(file: string, names: readonly Name[]): Record<Name, Float64Array> {
  const bytes = readFileSync(new URL(`reference/${file}`, FOLDER))
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes
  const [NEWLINE, COMMA] = [10, 44]
  const headerEnd = text.indexOf(NEWLINE)
  const header = text.toString('latin1', 0, headerEnd).trim().split(',')
  let lines = 0
  for (let at = headerEnd; at >= 0 && at + 1 < text.length; at = text.indexOf(NEWLINE, at + 1)) lines += 1
  const columns = names.map(() => new Float64Array(lines))
  const places = header.map((name) => columns[names.findIndex((wanted) => String(wanted) === name)])
  let at = headerEnd + 1
  for (let line = 0; line < lines; line++) {
    for (const [place, column] of places.entries()) {
      const end = text.indexOf(place === header.length - 1 ? NEWLINE : COMMA, at)
      const stop = end < 0 ? text.length : end
      if (column !== undefined) column[line] = Number(text.toString('latin1', at, stop))
      at = stop + 1
    }
  }
  return Object.fromEntries(names.map((name, k) => [name, columns[k]])) as Record<Name, Float64Array>
}

/** The 50-digit rows of `golden_btyd.json` as numbers. */
export function readGoldenPurchases(): readonly GoldenPurchase[] {
  const rows = JSON.parse(readFileSync(new URL('reference/golden_btyd.json', FOLDER), 'utf8')) as RawGolden[]
  return rows.map(({ x, tx, T, t, bg, pn }) => ({
    history: { repeatCount: x, lastAt: tx, observedFor: T },
    horizon: t,
    bgNbd: bg.map(Number),
    paretoNbd: pn.map(Number),
  }))
}

type RawGolden = { x: number; tx: number; T: number; t: number; bg: string[]; pn: string[] }

/** One customer with, per model, the log-likelihood, P(alive) and the purchases expected in `horizon`. */
export type GoldenPurchase = {
  history: { repeatCount: number; lastAt: number; observedFor: number }
  horizon: number
  bgNbd: number[]
  paretoNbd: number[]
}

/** The CDNOW sample in weeks, to full precision or rounded to two decimals as in the published sheets. */
export function readCdnow(unit: 'days' | 'weeks' | 'rounded-weeks') {
  const { x, t_x_days, T_days, m } = readReference('cdnow_days.csv', ['x', 't_x_days', 'T_days', 'm'])
  const turn = (days: number) => {
    if (unit === 'days') return days
    return unit === 'weeks' ? days / 7 : Math.round((days / 7) * 100) / 100
  }
  return { repeatCount: x, lastAt: t_x_days.map(turn), observedFor: T_days.map(turn), meanSpend: m }
}

/** Purchase days of each CDNOW customer of the sample in weeks 40 to 78, in the order of `readCdnow`. */
export function readCdnowHoldOut(): Float64Array {
  const lines = readFileSync(new URL('cdnow/cdnow_sample.csv', FOLDER), 'utf8').trimEnd().split('\n').slice(1)
  const days = new Set(lines.map((line) => line.split(',').slice(1, 3).join(',')))
  const counts = new Float64Array(2_357)
  for (const day of days) {
    const [sampleId = '', date = ''] = day.split(',')
    if (date > '1997-09-30') counts[Number(sampleId) - 1] = (counts[Number(sampleId) - 1] ?? 0) + 1
  }
  return counts
}

/** Days since 1 January 1997 on which each CDNOW customer of the sample first bought, and of all purchases after. */
export function readCdnowDays(): Readonly<{ first: readonly number[]; repeats: readonly number[] }> {
  const lines = readFileSync(new URL('cdnow/cdnow_sample.csv', FOLDER), 'utf8').trimEnd().split('\n').slice(1)
  const days = new Map<string, Set<number>>()
  for (const line of lines) {
    const [, id = '', date = ''] = line.split(',')
    const day = Math.round((Date.parse(date) - Date.parse('1997-01-01')) / 86_400_000)
    days.set(id, (days.get(id) ?? new Set()).add(day))
  }
  const sorted = [...days.values()].map((all) => [...all].sort((a, b) => a - b))
  return { first: sorted.map(([day = Number.NaN]) => day), repeats: sorted.flatMap((all) => all.slice(1)) }
}

/**
 * The clothing retailer over its first 104 weeks: what 600 customers bought again, as histories in weeks for models
 * without covariates, and week by week with high season, gender and channel (row after row) for those with. A purchase
 * at the very end, on day 728, is still counted, as CLVTools does.
 */
export function readApparel() {
  const [weeks, columnCount] = [104, 3]
  const days = readApparelDays()
  const places = new Map([...days.keys()].map((id, place) => [id, place]))
  const customers = places.size
  const covariates = new Float64Array(customers * weeks * columnCount)
  for (const [id = '', date = '', ...values] of linesOf('apparel_dyncov.csv.gz')) {
    const week = Math.round(daysSinceStart(date) / 7)
    if (week < weeks) covariates.set(values.map(Number), ((places.get(id) ?? Number.NaN) * weeks + week) * columnCount)
  }
  const purchases = new Float64Array(customers * weeks)
  const repeats = [...days.values()].map((all) => [...all].filter((day) => day > 0 && day <= weeks * 7))
  for (const [i, bought] of repeats.entries()) {
    for (const day of bought) {
      const row = i * weeks + Math.min(Math.floor(day / 7), weeks - 1)
      purchases[row] = (purchases[row] ?? 0) + 1
    }
  }
  const columns = { values: covariates, columnCount }
  const periods = {
    firstRow: Uint32Array.from({ length: customers + 1 }, (_, i) => i * weeks),
    exposure: new Float64Array(customers * weeks).fill(1),
    leave: columns,
    buy: columns,
    purchases,
  }
  const histories = {
    repeatCount: Float64Array.from(repeats, (bought) => bought.length),
    lastAt: Float64Array.from(repeats, (bought) => Math.max(0, ...bought) / 7),
    observedFor: new Float64Array(customers).fill(weeks),
  }
  return { histories, periods }
}

/** Days of purchase of each customer, each day once; all bought first on day 0. */
function readApparelDays(): Map<string, Set<number>> {
  const days = new Map<string, Set<number>>()
  for (const [id = '', date = ''] of linesOf('apparel_trans.csv.gz')) {
    const known = days.get(id) ?? new Set()
    days.set(id, known.add(daysSinceStart(date)))
  }
  return days
}

const daysSinceStart = (date: string): number => Math.round((Date.parse(date) - Date.parse('2005-01-02')) / 86_400_000)

function linesOf(file: string): string[][] {
  const text = gunzipSync(readFileSync(new URL(`reference/${file}`, FOLDER))).toString('latin1')
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}
