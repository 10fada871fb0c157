import { parseSync } from 'libpg-query'
import { checkChange, checkInsert } from './change-rules.ts'
import { Keys, type Reach } from './keys.ts'
import type { Layout } from './layout.ts'
import { readQuery } from './read-rules.ts'
import type { Findings } from './scope.ts'
import { checkTable } from './table-rules.ts'
import { as, has, list, type Node, text } from './tree.ts'

/** What the rules say of one statement. */
export type Checked = Readonly<{
  /** What Citus would refuse, or answer only with the help of luck. */
  problems: readonly string[]
  reach: Reach
  /** Whether it reads both a reference table and one that is spread. */
  isMixed: boolean
  /** The home of the table that it changes. */
  changes: 'spread' | 'reference' | 'local' | undefined
  /** Whether rows of several nodes come in no order. */
  isUnordered: boolean
}>

/** Checks each statement of a text against what Citus knows to do with our tables. The parser must be loaded. */
export function checkStatements(sql: string, layout: Layout): readonly Checked[] {
  const parsed: unknown = parseSync(sql).stmts
  return list(parsed).map(({ stmt }) => checkOne(stmt as Node, layout))
}

function checkOne(stmt: Node, layout: Layout): Checked {
  const explained = as(stmt, 'ExplainStmt')
  if (explained !== undefined) return { ...checkOne(explained.query as Node, layout), isUnordered: false }
  const findings: Findings = { layout, keys: new Keys(), always: [], spread: [], collects: false }
  const select = as(stmt, 'SelectStmt')
  if (select !== undefined) readQuery(select, findings, { outer: undefined, named: new Map() }, true)
  const insert = as(stmt, 'InsertStmt')
  if (insert !== undefined) checkInsert(insert, findings)
  const change = as(stmt, 'UpdateStmt') ?? as(stmt, 'DeleteStmt')
  if (change !== undefined) checkChange(change, findings)
  checkTable(stmt, findings)
  checkOthers(stmt, findings)
  const found = findings.keys.reach()
  const reach = findings.collects && found !== 'one' ? 'all' : found
  const homes = homesIn(stmt, layout)
  const changed = insert ?? change
  const target = changed === undefined ? undefined : layout.home(text((changed.relation as Node).relname))
  return {
    problems: [
      ...new Set(reach === 'one' || reach === 'none' ? findings.always : [...findings.always, ...findings.spread]),
    ],
    reach,
    isMixed: homes.has('reference') && (homes.has('customer') || homes.has('handle')),
    isUnordered: ['set', 'all'].includes(reach) && select?.sortClause === undefined,
    changes: target === 'customer' || target === 'handle' ? 'spread' : target,
  }
}

function homesIn(stmt: Node, layout: Layout): ReadonlySet<string> {
  const homes = new Set<string>()
  has(stmt, (kind, inner) => {
    if (kind === 'RangeVar') homes.add(layout.home(text(inner.relname)))
    return false
  })
  return homes
}

function checkOthers(stmt: Node, findings: Findings): void {
  const { layout, keys, always } = findings
  const copy = as(stmt, 'CopyStmt')
  const told = as(copy?.query, 'SelectStmt')
  if (told !== undefined) readQuery(told, findings, { outer: undefined, named: new Map() }, true)
  const home = layout.home(text((copy?.relation as Node | undefined)?.relname))
  if (home === 'customer' || home === 'handle') {
    const columns = list(copy?.attlist).map((column) => text(as(column, 'String')?.sval))
    if (!columns.includes(home)) always.push(`a COPY without "${home}"`)
    keys.among(keys.table(home))
  }
  for (const kind of ['CreateTrigStmt', 'LockStmt', 'MergeStmt', 'RuleStmt']) {
    const refused = as(stmt, kind)
    const isOurs = has(refused, (inner, table) => inner === 'RangeVar' && layout.home(text(table.relname)) !== 'local')
    const named = layout.home(text((refused?.relation as Node | undefined)?.relname))
    if (refused !== undefined && (isOurs || named !== 'local')) always.push(`${kind} on a table that is on the nodes`)
  }
}
