import type { Writable } from 'node:stream'
import { typedFields } from '../core/privacy/wordless.ts'
import type { Tx } from './db.ts'

/** What a column of an export holds; JSON is a text in CSV, and a value in the other forms. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'json'

/** A table as analysts get it: its columns in order, each with what PostgreSQL computes for it. */
export type ExportedTable = Readonly<{
  name: string
  columns: readonly Readonly<{ name: string; type: ColumnType; sql: string }>[]
  from: string
}>

type Short = readonly [name: string, type?: ColumnType, sql?: string]

// People fill these in words of their own; without personal data they are left out as in all other tables.
const TYPED = `'{${[...typedFields, 'seenBy'].join(',')}}'::text[]`
// Events of these types say who somebody is; without personal data only that they happened is told.
const TELLS_WHO = `type in ('customer.profiled', 'customer.identified', 'moment.told') or type like 'custom.%'`

const customers: readonly Short[] = [
  ['customer'],
  ['merged_into'],
  ['segment'],
  ['since', 'instant'],
  ['first_at', 'instant'],
  ['last_at', 'instant'],
  ['event_count', 'integer'],
  ['goodwill', 'number'],
  ['stay', 'number'],
  ['stay_low', 'number'],
  ['stay_high', 'number'],
  ['value_minor', 'integer'],
  ['at_stake_minor', 'integer'],
  ['open_failures', 'integer'],
  ['double_deviation', 'boolean'],
  ['last_failure_at', 'instant'],
  ['exit_requested_at', 'instant'],
  ['left_at', 'instant'],
  ['scored_at', 'instant'],
  ['model_version', 'integer'],
]
const events: readonly Short[] = [
  ['customer'],
  ['source'],
  ['id'],
  ['type'],
  ['at', 'instant'],
  ['received_at', 'instant'],
]
const cases: readonly Short[] = [
  ['customer'],
  ['id'],
  ['failure'],
  ['is_open', 'boolean'],
  ['opened_at', 'instant'],
  ['closed_at', 'instant'],
  ['severity'],
  ['category'],
  ['loss_minor', 'integer'],
  ['given_minor', 'integer'],
  ['due_at', 'instant'],
  ['next_step'],
  ['team'],
  ['incident', 'text', 'incident::text'],
]
const steps: readonly Short[] = [
  ['customer'],
  ['case_id'],
  ['position', 'integer', '"position"'],
  ['at', 'instant'],
  ['kind'],
]
const exits: readonly Short[] = [
  ['customer'],
  ['id'],
  ['kind'],
  ['channel'],
  ['language'],
  ['requested_at', 'instant'],
  ['confirmed_at', 'instant'],
  ['ends_at', 'instant'],
  ['end_rule'],
  ['settled_at', 'instant'],
  ['handed_over_at', 'instant'],
  ['ended_at', 'instant'],
]
const vouchers: readonly Short[] = [
  ['customer'],
  ['voucher'],
  ['origin'],
  ['currency'],
  ['value_minor', 'integer'],
  ['free_minor', 'integer'],
  ['used_minor', 'integer'],
  ['state'],
  ['issued_at', 'instant'],
  ['expires_at', 'instant'],
]
const transfers: readonly Short[] = [
  ['customer'],
  ['voucher'],
  ['movement'],
  ['line', 'integer'],
  ['kind'],
  ['debit'],
  ['credit'],
  ['minor', 'integer'],
  ['origin'],
  ['currency'],
  ['at', 'instant'],
]
const models: readonly Short[] = [
  ['kind'],
  ['version', 'integer'],
  ['live', 'boolean'],
  ['reason'],
  ['data_to', 'instant'],
  ['created_at', 'instant'],
  ['model', 'json'],
]

const table = (name: string, from: string, columns: readonly Short[]): ExportedTable => ({
  name,
  from,
  columns: columns.map(([column, type = 'text', sql = column]) => ({ name: column, type, sql })),
})

/**
 * What there is to analyse, table by table. Without personal data names, addresses, reasons and free text are left out,
 * and of events that say who somebody is only that they happened; the firm's own keys of customers stay.
 */
export const exportedTables = (withPersonalData: boolean): readonly ExportedTable[] => {
  const more = (columns: readonly Short[]): readonly Short[] => (withPersonalData ? columns : [])
  const data = withPersonalData ? 'data' : `case when ${TELLS_WHO} then '{}'::jsonb else data - ${TYPED} end`
  return [
    table('customers', 'relationships', [...customers, ...more([['name']])]),
    table('events', 'events', [...events, ['data', 'json', data]]),
    table('cases', 'cases', cases),
    table('case_entries', 'case_entries', [...steps, ...more([['entry', 'json'], ['actor']])]),
    table('exits', 'exits', [...exits, ...more([['reference'], ['name'], ['email'], ['reason']])]),
    table('vouchers', 'vouchers', vouchers),
    table('voucher_transfers', 'voucher_transfers', transfers),
    table('models', 'models', models),
    ...(withPersonalData ? [table('texts', 'prose', [['customer'], ['source'], ['id'], ['field'], ['body']])] : []),
  ]
}

const RFC3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** Writes a table as CSV with a line of names; times in UTC as RFC 3339, unknown values empty and not quoted. */
export async function copyExportedTable(tx: Tx, { columns, from }: ExportedTable, into: Writable): Promise<void> {
  const said = columns.map(({ name, type, sql }) => {
    const value = type === 'instant' ? `to_char((${sql}) at time zone 'UTC', ${RFC3339})` : sql
    return `${value} as "${name}"`
  })
  await tx.copyOut(`copy (select ${said.join(', ')} from ${from}) to stdout (format csv, header)`, into)
}
