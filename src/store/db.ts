import type { Readable, Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { LeaveModel } from '../core/leave-model.ts'

// Times and 64-bit counts arrive as the texts and numbers that we compute with.
const TYPE_INT8 = 20
const types = new pg.TypeOverrides()
types.setTypeParser(TYPE_INT8, (text: string) => Number(text))

type Row = Record<string, unknown>

/** An open transaction. Only a flow opens one; the store takes it as its first argument. */
export type Tx = Readonly<{
  /** Runs one statement, or several without values and answers all their rows; a `name` keeps it prepared on the connection. */
  query: <Result extends Row>(text: string, values?: readonly unknown[], name?: string) => Promise<Result[]>
  /** How many rows the statement changed. */
  change: (text: string, values?: readonly unknown[], name?: string) => Promise<number>
  /** Sends rows in PostgreSQL's COPY text form. */
  copy: (text: string, rows: string) => Promise<void>
  /** What COPY sends, on its way to a file; `into` is ended. */
  copyOut: (text: string, into: Writable) => Promise<void>
  /** The same back again. */
  copyIn: (text: string, from: Readable) => Promise<void>
  /** Leave models that this process has read: a version never changes. */
  leaveModels: Map<string, LeaveModel>
}>

/** PostgreSQL behind query and transaction: embedded, a server, or the coordinator of a Citus cluster. */
export type Db = Tx &
  Readonly<{
    transaction: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
    close: () => Promise<void>
  }>

const statement = (text: string, values: readonly unknown[] | undefined, name: string | undefined) => ({
  text,
  ...(values ? { values: [...values] } : {}),
  ...(name ? { name } : {}),
})

/** Several statements in one text give several results, which the types of pg do not say. */
const rowsOf = <Result extends Row>(results: readonly pg.QueryResult<Result>[]): Result[] =>
  results.length === 1 && results[0] !== undefined ? results[0].rows : results.flatMap(({ rows }) => rows)

const txOf = (client: pg.ClientBase, leaveModels: Map<string, LeaveModel>): Tx => ({
  leaveModels,
  query: async <Result extends Row>(text: string, values?: readonly unknown[], name?: string) =>
    rowsOf([await client.query<Result>(statement(text, values, name))].flat()),
  change: async (text, values, name) => (await client.query(statement(text, values, name))).rowCount ?? 0,
  copy: async (text, rows) => {
    const stream = client.query(copyFrom(text))
    stream.end(rows)
    await finished(stream)
  },
  copyOut: async (text, into) => pipeline(client.query(copyTo(text)), into),
  copyIn: async (text, from) => pipeline(from, client.query(copyFrom(text))),
})

/** Where the database is, how many connections to hold, and the name that it shows for them. */
export type DbOptions = Readonly<{ connectionString: string; connectionsMax: number; name: string }>

/** Connects on first use. A transaction that throws is rolled back, and its connection is closed if that fails. */
export function connect({ connectionString, connectionsMax, name }: DbOptions): Db {
  const pool = new pg.Pool({ connectionString, max: connectionsMax, application_name: `amends ${name}`, types })
  // A connection that breaks while idle is replaced on the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // Nor may one that breaks again after it was given up: its last words come when nobody waits for them any more.
  pool.on('connect', (client) => client.on('error', () => undefined))

  const withClient = async <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect()
    let broken: Error | undefined
    const noteBroken = (error: Error) => {
      broken = error
    }
    client.on('error', noteBroken)
    try {
      return await work(client)
    } catch (error) {
      await client.query('rollback').catch(noteBroken)
      throw error
    } finally {
      client.off('error', noteBroken)
      client.release(broken)
    }
  }

  const leaveModels = new Map<string, LeaveModel>()
  return {
    leaveModels,
    query: (text, values, name) => withClient((client) => txOf(client, leaveModels).query(text, values, name)),
    change: (text, values, name) => withClient((client) => txOf(client, leaveModels).change(text, values, name)),
    copy: (text, rows) => withClient((client) => txOf(client, leaveModels).copy(text, rows)),
    copyOut: (text, into) => withClient((client) => txOf(client, leaveModels).copyOut(text, into)),
    copyIn: (text, from) => withClient((client) => txOf(client, leaveModels).copyIn(text, from)),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin')
        const result = await work(txOf(client, leaveModels))
        await client.query('commit')
        return result
      }),
    close: () => pool.end(),
  }
}

/** The SQLSTATE of a database error, or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

const CONNECTION_LOST =
  /ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|terminat|Connection|shutting down|starting up|recovery mode|not yet accepting/

/** Whether the database did not answer, or went away in the middle: what was asked may be asked again. */
export const isConnectionLost = (error: Error): boolean =>
  CONNECTION_LOST.test(`${'code' in error ? String(error.code) : ''} ${error.message}`)

/** Writes one value of COPY's text form; undefined and null become NULL. */
export function copyText(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N'
  const text = String(value)
  return needsEscape.test(text) ? text.replace(everyEscape, (character) => escapes[character] ?? character) : text
}
const needsEscape = /[\\\n\r\t]/
const everyEscape = /[\\\n\r\t]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
