import type { Readable, Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Answer, type NamedStatement, type ReaderOf, runTogether } from './prepared.ts'

// Times and 64-bit counts arrive as the texts and numbers that we compute with.
const TYPE_INT8 = 20
const TYPE_TIMESTAMPTZ = 1_184
const anyTime = pg.types.getTypeParser(TYPE_TIMESTAMPTZ, 'text')
const readers: ReadonlyMap<number, (text: string) => unknown> = new Map([
  [TYPE_INT8, (text: string): unknown => Number(text)],
  [TYPE_TIMESTAMPTZ, (text: string): unknown => timeInUtc(text) ?? anyTime(text)],
])
const types = new pg.TypeOverrides()
for (const [type, read] of readers) types.setTypeParser(type, read)
const readerOf: ReaderOf = (type) => readers.get(type) ?? pg.types.getTypeParser(type, 'text')

/**
 * An instant as PostgreSQL writes it in UTC, by the one form that the engine reads natively: the driver's pattern takes
 * ten times as long, and a page of the list has two hundred. Undefined where the text is of another form.
 */
export function timeInUtc(text: string): Date | undefined {
  if (text.charCodeAt(4) !== HYPHEN || text.charCodeAt(10) !== SPACE || !text.endsWith('+00')) return undefined
  const time = new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
  return Number.isNaN(time.getTime()) ? undefined : time
}
const HYPHEN = 45
const SPACE = 32

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
  /** One object for each database: whoever remembers something of a database keeps it in a WeakMap by this. */
  memory: object
}>

/** PostgreSQL behind query and transaction: embedded, a server, or the coordinator of a Citus cluster. */
export type Db = Tx &
  Readonly<{
    transaction: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
    /** Reads over one connection and without a transaction: named statements that are asked at once travel together. */
    together: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
    close: () => Promise<void>
  }>

const statement = (text: string, values: readonly unknown[] | undefined) => ({
  text,
  ...(values ? { values: [...values] } : {}),
})

/** Several statements in one text give several results, which the types of pg do not say. */
const rowsOf = <Result extends Row>(results: readonly pg.QueryResult<Result>[]): Result[] =>
  results.length === 1 && results[0] !== undefined ? results[0].rows : results.flatMap(({ rows }) => rows)

type Waiting = Readonly<{
  statement: NamedStatement
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}>

/** Sends named statements: all that were asked before anybody could hear an answer go out together. */
function gatherer(
  client: pg.ClientBase,
): Readonly<{ ask: (one: NamedStatement) => Promise<Answer>; flush: () => void }> {
  let waiting: Waiting[] = []
  const flush = () => {
    if (waiting.length === 0) return
    const sent = waiting
    waiting = []
    runTogether(
      client,
      readerOf,
      sent.map((one) => one.statement),
    ).then(
      (answers) => {
        for (const [place, { resolve }] of sent.entries()) resolve(answers[place] ?? { rows: [], count: 0 })
      },
      (error) => {
        for (const { reject } of sent) reject(error)
      },
    )
  }
  const ask = (one: NamedStatement) =>
    new Promise<Answer>((resolve, reject) => {
      if (waiting.push({ statement: one, resolve, reject }) === 1) queueMicrotask(flush)
    }).catch((error) => {
      // The stack would lead to the socket: whoever asked is of more use.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw error
    })
  return { ask, flush }
}

function txOf(client: pg.ClientBase, memory: object): Tx {
  const { ask, flush } = gatherer(client)
  const send = async <Result extends Row>(text: string, values: readonly unknown[] | undefined) => {
    flush()
    return client.query<Result>(statement(text, values))
  }
  return {
    memory,
    query: async <Result extends Row>(text: string, values?: readonly unknown[], name?: string) =>
      name === undefined
        ? rowsOf([await send<Result>(text, values)].flat())
        : // The caller says what its statement answers, here as with the driver's own statements.
          ((await ask({ name, text, values: values ?? [] })).rows as Result[]),
    change: async (text, values, name) =>
      name === undefined
        ? ((await send(text, values)).rowCount ?? 0)
        : (await ask({ name, text, values: values ?? [] })).count,
    copy: async (text, rows) => {
      flush()
      const stream = client.query(copyFrom(text))
      stream.end(rows)
      await finished(stream)
    },
    copyOut: async (text, into) => {
      flush()
      await pipeline(client.query(copyTo(text)), into)
    },
    copyIn: async (text, from) => {
      flush()
      await pipeline(from, client.query(copyFrom(text)))
    },
  }
}

/** Where the database is, how many connections to hold, and the name that it shows for them. */
export type DbOptions = Readonly<{ connectionString: string; connectionsMax: number; name: string }>

/** A connection knows its statements: one that is closed after each pause makes the next visitor prepare them anew. */
const IDLE_MS = 300_000

// A server may be set to write times and fractions in ways that cannot be read back as what they were.
const SESSION = `set datestyle = 'ISO'; set timezone = 'UTC'; set extra_float_digits = 1`

/** Connects on first use. A transaction that throws is rolled back, and its connection is closed if that fails. */
export function connect({ connectionString, connectionsMax, name }: DbOptions): Db {
  const pool = new pg.Pool({
    connectionString,
    max: connectionsMax,
    idleTimeoutMillis: IDLE_MS,
    application_name: `amends ${name}`,
    types,
  })
  // A connection that breaks while idle is replaced on the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    // Nor may one that breaks again after it was given up: its last words come when nobody waits for them any more.
    client.on('error', () => undefined)
    // First of all that it is asked. If it fails, so does what comes next.
    client.query(SESSION).catch(() => undefined)
  })

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

  const memory = {}
  return {
    memory,
    query: (text, values, name) => withClient((client) => txOf(client, memory).query(text, values, name)),
    change: (text, values, name) => withClient((client) => txOf(client, memory).change(text, values, name)),
    copy: (text, rows) => withClient((client) => txOf(client, memory).copy(text, rows)),
    copyOut: (text, into) => withClient((client) => txOf(client, memory).copyOut(text, into)),
    copyIn: (text, from) => withClient((client) => txOf(client, memory).copyIn(text, from)),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin')
        const result = await work(txOf(client, memory))
        await client.query('commit')
        return result
      }),
    together: (work) => withClient((client) => work(txOf(client, memory))),
    close: () => pool.end(),
  }
}

/** The SQLSTATE of a database error, or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

// What Citus says of a node that went away, and PostgreSQL of itself when it is being stopped.
const STATE_LOST = /^(08|57P0)/
const CONNECTION_LOST =
  /ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|terminat|Connection|shutting down|starting up|recovery mode|not yet accepting/

/** Whether the database did not answer, or went away in the middle: what was asked may be asked again. */
export const isConnectionLost = (error: Error): boolean =>
  STATE_LOST.test(sqlState(error) ?? '') ||
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
