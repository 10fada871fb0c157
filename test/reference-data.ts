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
