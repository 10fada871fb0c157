import { strToU8, zipSync } from 'fflate'
import { redactOthers } from '../../../core/privacy/redact.ts'
import { csvCell } from '../../csv-cell.ts'
import type { CustomerExport } from '../../export-customer.ts'

/**
 * A copy of everything about a person in one zip: `data.json` as it is stored, a table as CSV for each part, and a page
 * that says what they are. Free text is kept; what in it names others is taken out, and so is which of the firm's people
 * wrote it.
 */
export function writeDataPack(all: CustomerExport, own: readonly string[], readme: string): Buffer {
  const { customer, people, modelVersion, ...tables } = all
  const told = Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, rows.map((row) => redacted(row, own))]),
  )
  const files = Object.entries(told).flatMap(([name, rows]) =>
    rows.length === 0 ? [] : [[`${name}.csv`, strToU8(csvOf(rows))] as const],
  )
  const json = JSON.stringify({ customer, people, modelVersion, ...told }, null, 2)
  // A fixed time, so that the same data give the same file.
  return Buffer.from(
    zipSync(
      { 'README.txt': strToU8(readme), 'data.json': strToU8(json), ...Object.fromEntries(files) },
      { mtime: new Date(Date.UTC(1980, 0, 2)) },
    ),
  )
}

type Row = Readonly<Record<string, unknown>>

const BY_STAFF = /^person:/

function redacted(value: Row, own: readonly string[]): Row {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, name === 'author' ? 'staff' : redactedValue(field, own)]),
  )
}

function redactedValue(value: unknown, own: readonly string[]): unknown {
  if (typeof value === 'string') return BY_STAFF.test(value) ? 'staff' : redactOthers(value, own)
  if (Array.isArray(value)) return value.map((one) => redactedValue(one, own))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, redactedValue(field, own)]))
}

function csvOf(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => names.map((name) => csvCell(cellText(row[name]))).join(','))
  return `${[names.map(csvCell).join(','), ...lines].join('\r\n')}\r\n`
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
