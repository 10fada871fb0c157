import { holdsMutable } from './mutability.ts'
import { type Findings, resolve, type Scope, type Source } from './scope.ts'
import { as, columnParts, conjuncts, has, lastName, list, type Node, text, walk } from './tree.ts'

/** What a query block answers to the block around it: its columns, those of them that are keys, and where it is answered. */
type Answer = Readonly<{ source: Omit<Source, 'name'>; isCorrelated: boolean }>

const RECURS: Omit<Source, 'name'> = { home: 'recurs', keys: new Map(), columns: undefined, isTable: false }

/** Checks a query and all in it. `isTop`: its rows go to the caller, so that the coordinator may finish them. */
export function readQuery(
  query: Node,
  findings: Findings,
  around: Readonly<{ outer: Scope | undefined; named: Scope['named'] }>,
  isTop: boolean,
): Answer {
  const named = nameParts(query.withClause, findings, around)
  if (query.op !== undefined && query.op !== 'SETOP_NONE') return combine(query, findings, { ...around, named })
  const scope: Scope = { sources: [], outer: around.outer, named, isCorrelated: false }
  for (const from of list(query.fromClause)) readFrom(from, scope, findings)
  checkConditions(query.whereClause, scope, findings)
  checkBlock(query, scope, findings)
  readSublinks(query, scope, findings, isTop || isFinishedTogether(query, scope))
  return answerOf(query, scope, findings, isTop)
}

/** Reads the parts that a statement names before; each is executed by itself, before the rest. */
export function nameParts(
  withClause: unknown,
  findings: Findings,
  { outer, named }: Readonly<{ outer: Scope | undefined; named: Scope['named'] }>,
): Scope['named'] {
  const clause = withClause as Node | undefined
  if (clause === undefined) return named
  if (clause.recursive === true) findings.spread.push('a recursive query reads tables that are spread')
  const known = new Map(named)
  for (const one of list(clause.ctes)) {
    const cte = as(one, 'CommonTableExpr')
    const select = as(cte?.ctequery, 'SelectStmt')
    const name = text(cte?.ctename)
    if (select === undefined) {
      findings.always.push('a part that changes rows stands within another statement')
      known.set(name, { ...RECURS, name })
      continue
    }
    const answer = readQuery(select, findings, { outer, named: known }, false)
    // Collected unless PostgreSQL and Citus put it in the place of its only name.
    const collected = cte?.ctematerialized === 'CTEMaterializeAlways'
    const source =
      answer.source.home === 'spread' && collected ? { ...RECURS, columns: answer.source.columns } : answer.source
    known.set(name, { ...source, name })
  }
  return known
}

function combine(
  query: Node,
  findings: Findings,
  around: Readonly<{ outer: Scope | undefined; named: Scope['named'] }>,
): Answer {
  const sides = [query.larg, query.rarg].map((side) => readQuery(side as Node, findings, around, false))
  if (sides.some(({ isCorrelated }) => isCorrelated))
    findings.spread.push('a union names a column of the query around it')
  return { source: { ...RECURS, columns: sides[0]?.source.columns }, isCorrelated: false }
}

function readFrom(from: Node, scope: Scope, findings: Findings): readonly Source[] {
  const join = as(from, 'JoinExpr')
  if (join !== undefined) return readJoin(join, scope, findings)
  const source = sourceOf(from, scope, findings)
  scope.sources.push(source)
  return [source]
}

function readJoin(join: Node, scope: Scope, findings: Findings): readonly Source[] {
  const left = readFrom(join.larg as Node, scope, findings)
  const right = readFrom(join.rarg as Node, scope, findings)
  if (join.isNatural === true) findings.spread.push('a natural join')
  for (const column of list(join.usingClause)) {
    const name = text(as(column, 'String')?.sval)
    const keys = [...left, ...right].flatMap(({ keys }) => keys.get(name) ?? [])
    for (const key of keys.slice(1)) if (keys[0] !== undefined) findings.keys.equal(keys[0], key)
  }
  checkConditions(join.quals, scope, findings)
  const spread = (side: readonly Source[]) => side.some(({ home }) => home === 'spread')
  // What is the same on every node, on the outer side: Citus collects the inner side first.
  if (join.jointype === 'JOIN_LEFT' && !spread(left) && spread(right)) findings.collects = true
  if (join.jointype === 'JOIN_RIGHT' || join.jointype === 'JOIN_FULL') findings.spread.push('a right or full join')
  return [...left, ...right]
}

function sourceOf(from: Node, scope: Scope, findings: Findings): Source {
  const table = as(from, 'RangeVar')
  if (table !== undefined) return tableSource(table, scope.named, findings)
  const subquery = as(from, 'RangeSubselect')
  if (subquery !== undefined) {
    const query = as(subquery.subquery, 'SelectStmt') ?? {}
    const outer = subquery.lateral === true ? scope : scope.outer
    if (subquery.lateral === true) findings.spread.push('a lateral subquery')
    const answer = readQuery(query, findings, { outer, named: scope.named }, false)
    return { ...answer.source, name: aliasOf(subquery) }
  }
  const call = as(from, 'RangeFunction')
  if (call === undefined) {
    findings.spread.push(`${Object.keys(from)[0]} stands among the tables`)
    return { ...RECURS, name: '' }
  }
  return functionSource(call, findings)
}

/** A table, or a part that was named before. */
export function tableSource(table: Node, named: Scope['named'], findings: Findings): Source {
  const relation = text(table.relname)
  const part = table.schemaname === undefined ? named.get(relation) : undefined
  const name = aliasOf(table) || relation
  if (part !== undefined) return { ...part, name }
  const home = table.schemaname === undefined ? findings.layout.home(relation) : 'local'
  if (home === 'local') return { ...RECURS, home: 'local', name, isTable: true }
  if (home === 'reference') return { ...RECURS, name, isTable: true }
  return { name, home: 'spread', keys: new Map([[home, findings.keys.table(home)]]), columns: undefined, isTable: true }
}

function functionSource(call: Node, findings: Findings): Source {
  const items = list(call.functions).flatMap((one) => list(as(one, 'List')?.items))
  const calls = items.map((item) => as(item, 'FuncCall')).filter((one) => one !== undefined)
  if (call.lateral === true || has(items, (kind) => kind === 'ColumnRef'))
    findings.spread.push('a function reads columns of another table')
  if (holdsMutable(items, findings.layout)) findings.spread.push('a function among the tables is not IMMUTABLE')
  const alias = as({ Alias: call.alias }, 'Alias')
  const columns = list(alias?.colnames).map((column) => text(as(column, 'String')?.sval))
  const isWide = calls.length > 1 || list(calls[0]?.args).length > 1
  return { ...RECURS, name: `${text(alias?.aliasname)}`, columns: new Set(columns), isTable: isWide }
}

const aliasOf = (of: Node): string => text(as({ Alias: of.alias }, 'Alias')?.aliasname)

/** Learns from the conditions which keys are equal, and to what. */
export function checkConditions(condition: unknown, scope: Scope, findings: Findings): void {
  for (const one of conjuncts(condition)) {
    const compared = as(one, 'A_Expr')
    if (compared !== undefined && lastName(compared.name) === '=') learn(compared, scope, findings)
  }
}

function learn(compared: Node, scope: Scope, findings: Findings): void {
  const { kind, lexpr, rexpr } = compared
  if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_IN') {
    const key = keyOf(lexpr, scope)
    const isNamed = !has(rexpr, (inner) => inner === 'ColumnRef' || inner === 'SubLink')
    if (key !== undefined && isNamed) findings.keys.among(key)
    return
  }
  learnEqual(lexpr, rexpr, scope, findings)
  learnEqual(rexpr, lexpr, scope, findings)
}

function learnEqual(side: unknown, other: unknown, scope: Scope, { keys }: Findings): void {
  const key = keyOf(side, scope)
  if (key === undefined) return
  const value = valueIn(other)
  if (value !== undefined) keys.equalToValue(key, value)
  const parts = columnParts(other)
  const found = parts === undefined ? undefined : resolve(scope, parts)
  if (found?.key !== undefined) keys.equal(key, found.key)
  else if (found?.source.home === 'recurs') keys.among(key)
}

function keyOf(node: unknown, scope: Scope) {
  const parts = columnParts(node)
  return parts === undefined ? undefined : resolve(scope, parts)?.key
}

function valueIn(node: unknown): string | undefined {
  const cast = as(node, 'TypeCast')
  if (cast !== undefined) return valueIn(cast.arg)
  const parameter = as(node, 'ParamRef')
  if (parameter !== undefined) return `$${String(parameter.number)}`
  const constant = as(node, 'A_Const')
  return constant === undefined ? undefined : JSON.stringify(constant.sval ?? constant.ival)
}

/** What holds for one block by itself. */
function checkBlock(query: Node, scope: Scope, findings: Findings): void {
  const { sources } = scope
  const spread = sources.filter(({ home }) => home === 'spread')
  const tables = sources.filter(({ home, isTable }) => home === 'recurs' && isTable)
  if (sources.some(({ home }) => home === 'local') && (spread.length > 0 || tables.some(isReference))) {
    findings.always.push('a table of the coordinator is joined with one that is on the nodes')
  }
  if (spread.length === 0) return
  const first = [...(spread[0]?.keys.values() ?? [])][0]
  for (const { keys, name } of spread.slice(1)) {
    const isJoined = first !== undefined && [...keys.values()].some((key) => findings.keys.areEqual(first, key))
    if (!isJoined) findings.spread.push(`"${name}" is joined, but not on the key`)
  }
  if (tables.some(({ columns }) => columns !== undefined))
    findings.spread.push('unnest of several arrays is joined: put it into a subquery')
  for (const problem of blockProblems(query, scope)) findings.spread.push(problem)
}

const isReference = ({ columns }: Source): boolean => columns === undefined

function blockProblems(query: Node, scope: Scope): readonly string[] {
  const problems: string[] = []
  if (list(query.lockingClause).length > 0) problems.push('FOR UPDATE on several nodes')
  if (has(query.groupClause, (kind) => kind === 'GroupingSet')) problems.push('grouping sets')
  const distinctOn = list(query.distinctClause).filter((one) => Object.keys(one).length > 0)
  if (distinctOn.length > 0 && !distinctOn.some((one) => keyOf(one, scope) !== undefined))
    problems.push('DISTINCT ON without the key')
  const own = { ...query, withClause: undefined, fromClause: undefined }
  walk(own, (kind, inner) => {
    if (kind === 'SelectStmt') return false
    if (kind === 'FuncCall') problems.push(...callProblems(inner, query, scope))
    if (kind === 'ColumnRef' && isWholeRow(inner, scope)) problems.push('a whole row is used as a value')
    return true
  })
  if (list(query.targetList).length === 0) problems.push('a query without columns')
  return problems
}

function callProblems(call: Node, query: Node, scope: Scope): readonly string[] {
  if (call.agg_within_group === true) return ['an ordered-set aggregate over several nodes']
  if (call.over !== undefined)
    return isByKey(call.over as Node, query, scope) ? [] : ['a window that is not partitioned by the key']
  return call.agg_order === undefined ? [] : ['an ordered aggregate over several nodes']
}

function isByKey(over: Node, query: Node, scope: Scope): boolean {
  const named = list(query.windowClause)
    .map((one) => as(one, 'WindowDef'))
    .find((one) => one?.name === over.name)
  const parts = list((over.name === undefined ? over : (named ?? over)).partitionClause)
  return parts.some((part) => keyOf(part, scope) !== undefined)
}

function isWholeRow(column: Node, { sources }: Scope): boolean {
  const parts = columnParts({ ColumnRef: column })
  return parts?.length === 1 && sources.some(({ name, home }) => home === 'spread' && name === parts[0])
}

/** Checks the queries within expressions. */
export function readSublinks(query: Node, scope: Scope, findings: Findings, isFinished: boolean): void {
  const isSpread = scope.sources.some(({ home }) => home === 'spread')
  const own: Node = { ...query, withClause: undefined, fromClause: undefined, larg: undefined, rarg: undefined }
  const read = (part: unknown, isTarget: boolean) =>
    walk(part, (kind, inner) => {
      if (kind !== 'SubLink') return true
      readSublink(inner, scope, findings, { isSpread, isTarget: isTarget && isFinished })
      return false
    })
  read({ ...own, targetList: undefined }, false)
  read(own.targetList, true)
}

function readSublink(
  link: Node,
  scope: Scope,
  findings: Findings,
  { isSpread, isTarget }: Readonly<{ isSpread: boolean; isTarget: boolean }>,
): void {
  const query = as(link.subselect, 'SelectStmt') ?? {}
  const inner = readQuery(query, findings, { outer: scope, named: scope.named }, false)
  const local = inner.source.home === 'local'
  if (local && isSpread) findings.always.push('a table of the coordinator stands in a subquery of one that is spread')
  const readsNodes = has(
    query,
    (kind, table) => kind === 'RangeVar' && isOnKey(findings.layout.home(text(table.relname))),
  )
  if (isTarget && isSpread && readsNodes) findings.spread.push('a subquery stands in the list of columns')
  if (inner.source.home !== 'spread') return
  const keys = [...inner.source.keys.values()]
  const own = scope.sources.flatMap(({ keys }) => [...keys.values()])
  const isJoined = keys.some((key) => own.some((one) => findings.keys.areEqual(one, key)))
  if (inner.isCorrelated && !isJoined) findings.spread.push('a subquery is correlated, but not on the key')
  if (!inner.isCorrelated && !isJoined) findings.collects = true
}

const isOnKey = (home: string): boolean => home === 'customer' || home === 'handle'

/** What the block answers. One whose rows the coordinator has to finish is collected before the rest is executed. */
function answerOf(query: Node, scope: Scope, findings: Findings, isTop: boolean): Answer {
  const { sources, isCorrelated } = scope
  const columns = columnsOf(query)
  const home = sources.some((one) => one.home === 'spread')
    ? 'spread'
    : sources.some((one) => one.home === 'local')
      ? 'local'
      : 'recurs'
  if (home !== 'spread') return { source: { ...RECURS, home, columns: new Set(columns.keys()) }, isCorrelated }
  if (!isTop && isFinishedTogether(query, scope)) {
    if (isCorrelated) findings.spread.push('a correlated subquery is cut off or added up')
    return { source: { ...RECURS, columns: new Set(columns.keys()) }, isCorrelated: false }
  }
  const keys = new Map(
    [...columns].flatMap(([name, node]) => {
      const key = keyOf(node, scope)
      return key === undefined ? [] : [[name, key] as const]
    }),
  )
  // An EXISTS answers no column: its keys are those of its tables.
  const own = sources.flatMap(({ keys }) => [...keys.entries()])
  const hasStar = [...columns.keys()].includes('*')
  return {
    source: {
      home,
      keys: isCorrelated || hasStar ? new Map([...own, ...keys]) : keys,
      columns: new Set(columns.keys()),
      isTable: false,
    },
    isCorrelated,
  }
}

function columnsOf(query: Node): ReadonlyMap<string, unknown> {
  return new Map(
    list(query.targetList).map((one, place) => {
      const target = as(one, 'ResTarget')
      return [text(target?.name) || columnParts(target?.val)?.at(-1) || `?${place}`, target?.val] as const
    }),
  )
}

/** Whether the rows of several nodes have to come together before the block is answered. */
function isFinishedTogether(query: Node, scope: Scope): boolean {
  if (query.limitCount !== undefined || query.limitOffset !== undefined) return true
  const targets = list(query.targetList).map((one) => as(one, 'ResTarget')?.val)
  const groups = list(query.groupClause)
  if (groups.length > 0) return !groups.some((group) => keyOf(placed(group, targets), scope) !== undefined)
  if (list(query.distinctClause).length > 0) return !targets.some((target) => keyOf(target, scope) !== undefined)
  return has(
    targets,
    (kind, inner) => kind === 'FuncCall' && AGGREGATES.has(lastName(inner.funcname)) && inner.over === undefined,
  )
}

const AGGREGATES = new Set([
  'count',
  'sum',
  'min',
  'max',
  'avg',
  'array_agg',
  'string_agg',
  'jsonb_object_agg',
  'json_agg',
  'jsonb_agg',
  'percentile_cont',
  'bool_or',
  'bool_and',
])

function placed(group: Node, targets: readonly unknown[]): unknown {
  const number = as(as(group, 'A_Const'), 'ival')?.ival
  return typeof number === 'number' ? targets[number - 1] : group
}
