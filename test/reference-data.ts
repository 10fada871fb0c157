import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const FOLDER = new URL('../../shared/data/reference/', import.meta.url)

/** Whether a reference data set is there; tests that need it are skipped with its name in their title otherwise. */
export function hasReference(file: string): boolean {
  return existsSync(new URL(file, FOLDER))
}

/** Columns of a reference file by name, as numbers; `.gz` is unpacked. */
export function readReference<Name extends string>(file: string, names: readonly Name[]): Record<Name, Float64Array> {
  const bytes = readFileSync(new URL(file, FOLDER))
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n')
  const header = (lines[0] ?? '').trim().split(',')
  const places = names.map((name) => header.indexOf(name))
  const columns = names.map(() => new Float64Array(lines.length - 1))
  for (let i = 1; i < lines.length; i++) {
    const cells = (lines[i] ?? '').split(',')
    for (const [k, column] of columns.entries()) column[i - 1] = Number(cells[places[k] ?? -1] ?? Number.NaN)
  }
  return Object.fromEntries(names.map((name, k) => [name, columns[k]])) as Record<Name, Float64Array>
}

/** The 50-digit rows of `golden_btyd.json` as numbers. */
export function readGoldenPurchases(): readonly GoldenPurchase[] {
  const rows = JSON.parse(readFileSync(new URL('golden_btyd.json', FOLDER), 'utf8')) as RawGolden[]
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
