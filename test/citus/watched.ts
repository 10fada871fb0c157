import { loadModule } from 'libpg-query'
import type { Db, Tx } from '../../src/store/db.ts'
import { type Checked, checkStatements } from './check-statement.ts'
import { mayCross } from './crossing.ts'
import { homeOf, type Layout } from './layout.ts'

/**
 * The same database, which refuses whatever a Citus cluster would: every statement that a test or what it tests sends
 * is read by PostgreSQL's own parser and held against the rules, before PostgreSQL gets it.
 */
export async function watched(db: Db): Promise<Db> {
  await loadModule()
  const layout = await readLayout(db)
  return {
    ...db,
    ...watchedTx(db, layout, undefined),
    transaction: (work) => db.transaction((tx) => work(watchedTx(tx, layout, new Set()))),
    together: (work) => db.together((tx) => work(watchedTx(tx, layout, undefined))),
  }
}

async function readLayout(db: Db): Promise<Layout> {
  const rows = await db.query<{ name: string; volatile: boolean }>(
    `select proname as name, bool_or(provolatile = 'v') as volatile from pg_proc where provolatile <> 'i' group by 1`,
  )
  return {
    home: homeOf,
    mutable: new Set(rows.map(({ name }) => name)),
    volatile: new Set(rows.flatMap(({ name, volatile }) => (volatile ? [name] : []))),
  }
}

/** `changed` is what the transaction changed so far; outside of one each statement stands by itself. */
function watchedTx(tx: Tx, layout: Layout, changed: Set<Checked['changes']> | undefined): Tx {
  const check = (text: string): readonly Checked[] => {
    const all = checked(text, layout)
    for (const one of all) {
      const problems = [...one.problems, ...orderProblems(one, changed), ...reachProblems(one)]
      // A migration builds tables before they are spread; what it may do afterwards, CONTRIBUTING.md says.
      if (problems.length > 0 && !storePlace()?.startsWith('migrate.ts'))
        throw new Error(`Citus would not do this: ${problems.join('; ')}.\n${text}`)
      if (one.changes !== undefined) changed?.add(one.changes)
    }
    return all
  }
  return {
    ...tx,
    query: async (text, values, name) => {
      const all = check(text)
      const rows = await tx.query<never>(text, values, name)
      // Nodes answer when they are done: who asks several without ORDER BY knows nothing of the order.
      return all.some(({ isUnordered }) => isUnordered) ? rows.reverse() : rows
    },
    change: (text, values, name) => {
      check(text)
      return tx.change(text, values, name)
    },
    copy: (text, rows) => {
      check(text)
      return tx.copy(text, rows)
    },
    copyOut: (text, into) => {
      check(text)
      return tx.copyOut(text, into)
    },
    copyIn: (text, from) => {
      check(text)
      return tx.copyIn(text, from)
    },
  }
}

// What was written over several connections cannot be read over one.
const orderProblems = (
  { isMixed }: Checked,
  changed: ReadonlySet<Checked['changes']> | undefined,
): readonly string[] =>
  isMixed && changed?.has('reference') === true && changed.has('spread')
    ? ['catalogue and customer were both written before']
    : []

function reachProblems({ reach }: Checked): readonly string[] {
  const place = reach === 'all' ? storePlace() : undefined
  return place === undefined || mayCross.has(place)
    ? []
    : [`asks every node, and test/citus/crossing.ts does not say why "${place}" may`]
}

const known = new Map<string, readonly Checked[]>()

function checked(text: string, layout: Layout): readonly Checked[] {
  const found = known.get(text)
  if (found !== undefined) return found
  const result = parsed(text, layout)
  known.set(text, result)
  return result
}

function parsed(text: string, layout: Layout): readonly Checked[] {
  try {
    return checkStatements(text, layout)
  } catch (error) {
    // What is no SQL, PostgreSQL refuses in its own words.
    if (error instanceof Error && error.name === 'SqlError') return []
    throw error
  }
}

/** The function of the store that sends the statement, as file and name; undefined when a test does. */
function storePlace(): string | undefined {
  const frames = (new Error().stack ?? '')
    .split('\n')
    .filter((line) => /\/(src|test)\//.test(line) && !/test\/citus\/|store\/db\.ts/.test(line))
  const found = /at (?:async )?(?:Module\.)?(\S+) \(.*\/src\/store\/([\w/-]+\.ts):/.exec(frames[0] ?? '')
  const place = found ?? /\/src\/store\/([\w/-]+\.ts):/.exec(frames[0] ?? '')
  if (place === null || /\.test\.ts/.test(frames[0] ?? '')) return undefined
  return found === null ? place[1] : `${found[2]} ${found[1]}`
}
