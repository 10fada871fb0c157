import type { Key } from './keys.ts'
import { changeProblem, holdsMutable } from './mutability.ts'
import { checkConditions, nameParts, readQuery, readSublinks, tableSource } from './read-rules.ts'
import type { Findings, Scope, Source } from './scope.ts'
import { as, has, list, type Node, text } from './tree.ts'

const TOP = { outer: undefined, named: new Map<string, Source>() }

/** Checks an INSERT. */
export function checkInsert(insert: Node, findings: Findings): void {
  const named = nameParts(insert.withClause, findings, TOP)
  const target = tableSource(insert.relation as Node, named, findings)
  const table = text((insert.relation as Node).relname)
  const home = findings.layout.home(table)
  const rows = as(insert.selectStmt, 'SelectStmt')
  if (home === 'local') {
    if (rows !== undefined && rows.valuesLists === undefined) readQuery(rows, findings, { ...TOP, named }, true)
    return
  }
  const columns = list(insert.cols).map((column) => text(as(column, 'ResTarget')?.name))
  const key = home === 'reference' ? undefined : home
  if (key !== undefined && columns.length > 0 && !columns.includes(key))
    findings.always.push(`an insert without "${key}"`)
  if (rows?.valuesLists !== undefined) checkValues(rows, columns.indexOf(key ?? ''), target, findings)
  else if (rows !== undefined) checkInserted(rows, { target, home, place: columns.indexOf(key ?? '') }, findings, named)
  checkConflict(as({ O: insert.onConflictClause }, 'O'), key, findings)
  checkReturning(insert, findings)
}

function checkValues(rows: Node, place: number, target: Source, findings: Findings): void {
  const lines = list(rows.valuesLists).map((line) => list(as(line, 'List')?.items))
  if (has(rows.valuesLists, (kind) => kind === 'SubLink'))
    findings.always.push('a subquery stands among the values of an insert')
  const [key] = target.keys.values()
  if (key === undefined) return
  const values = new Set(lines.map((line) => JSON.stringify(line[place] ?? null)))
  if (values.size === 1) findings.keys.equalToValue(key, [...values].join(''))
  else findings.keys.among(key)
}

// Rows that no table gave, which the coordinator sends where they belong; or rows of tables that stand beside the one
// that is filled, which each node takes from its own.
function checkInserted(
  rows: Node,
  { target, home, place }: Readonly<{ target: Source; home: string; place: number }>,
  findings: Findings,
  named: Scope['named'],
): void {
  const [key] = target.keys.values()
  const reads = has(rows, (kind, inner) => kind === 'RangeVar' && !named.has(text(inner.relname)))
  if (!reads) {
    if (key !== undefined) findings.keys.among(key)
    // The coordinator computes these by itself, with all that PostgreSQL knows.
    readQuery(rows, { ...findings, spread: [] }, { ...TOP, named }, false)
    return
  }
  const { source } = readQuery(rows, findings, { ...TOP, named }, false)
  const column = [...(source.columns ?? [])][place]
  const from = column === undefined ? undefined : source.keys.get(column)
  if (key !== undefined && from?.spread === key.spread) findings.keys.equal(key, from)
  else findings.always.push(`a ${home === 'reference' ? 'reference' : 'spread'} table is filled from a table`)
}

function checkConflict(conflict: Node | undefined, key: string | undefined, findings: Findings): void {
  if (conflict === undefined) return
  const infer = as({ I: conflict.infer }, 'I')
  const columns = list(infer?.indexElems).map((one) => text(as(one, 'IndexElem')?.name))
  if (key !== undefined && infer !== undefined && !columns.includes(key))
    findings.always.push(`a conflict is looked for without "${key}"`)
  const set = list(conflict.targetList).map((one) => as(one, 'ResTarget'))
  if (set.some((one) => one?.name === key)) findings.always.push(`"${key}" of a row is changed`)
  if (holdsMutable([conflict.targetList, conflict.whereClause, infer?.whereClause], findings.layout)) {
    findings.always.push('a function in ON CONFLICT is not IMMUTABLE')
  }
}

/** Checks an UPDATE or a DELETE. */
export function checkChange(change: Node, findings: Findings): void {
  const named = nameParts(change.withClause, findings, TOP)
  const table = text((change.relation as Node).relname)
  const home = findings.layout.home(table)
  const scope: Scope = { sources: [], outer: undefined, named, isCorrelated: false }
  scope.sources.push(tableSource(change.relation as Node, named, findings))
  const others = list(change.fromClause ?? change.usingClause)
  // Read as a query would, with the table that is changed first.
  const asQuery = {
    fromClause: [{ RangeVar: change.relation }, ...others],
    whereClause: change.whereClause,
    targetList: change.targetList,
  }
  if (home === 'local') {
    if (others.length > 0 || has(change.whereClause, (kind) => kind === 'SubLink'))
      readQuery(asQuery, findings, { ...TOP, named }, false)
    return
  }
  if (home === 'reference' && others.length > 0) findings.always.push('a reference table is changed by another')
  const problem = changeProblem([change.targetList, change.whereClause], findings.layout)
  if (problem !== undefined) findings.always.push(problem)
  if (list(change.targetList).some((one) => as(one, 'ResTarget')?.name === home))
    findings.always.push(`"${home}" of a row is changed`)
  if (others.length > 0) readQuery(asQuery, findings, { ...TOP, named }, false)
  if (others.length > 0) unite(findings, scope)
  checkConditions(change.whereClause, scope, findings)
  if (has(change.whereClause, (kind) => kind === 'SubLink'))
    findings.spread.push('a subquery says which rows are changed')
  readSublinks({ targetList: change.targetList }, scope, findings, true)
  checkReturning(change, findings)
}

// The block that was read has a key of its own for the table that is changed: what restricts the one restricts both.
function unite(findings: Findings, { sources }: Scope): void {
  const keys: Key[] = sources.flatMap(({ keys }) => [...keys.values()])
  for (const key of keys) findings.keys.among(key)
}

function checkReturning(change: Node, { layout, always }: Findings): void {
  if (holdsMutable(change.returningClause ?? change.returningList, layout))
    always.push('a function in RETURNING is not IMMUTABLE')
}
