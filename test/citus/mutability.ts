import type { Layout } from './layout.ts'
import { as, has, lastName, type Node } from './tree.ts'

// Read with the time zone or the format of dates of a session.
const CAST_IS_STABLE = /^(timestamptz|timestamp|date|time|timetz|text|varchar|regclass|interval)$/

const holdsColumn = (node: unknown): boolean => has(node, (kind) => kind === 'ColumnRef')

const isInterval = (node: unknown): boolean => {
  const call = as(node, 'FuncCall')
  const cast = as(node, 'TypeCast')
  const type = as({ TypeName: cast?.typeName }, 'TypeName')
  return lastName(call?.funcname) === 'make_interval' || lastName(type?.names) === 'interval'
}

/** Whether this node itself, not what stands below it, may give another value next time. */
function isMutable(kind: string, node: Node, { mutable }: Layout): boolean {
  if (kind === 'FuncCall') return mutable.has(lastName(node.funcname))
  if (kind === 'SQLValueFunction') return true
  if (kind === 'A_Expr') return isInterval(node.lexpr) || isInterval(node.rexpr)
  if (kind !== 'TypeCast') return false
  const type = as({ TypeName: node.typeName }, 'TypeName')
  return CAST_IS_STABLE.test(lastName(type?.names)) && holdsColumn(node.arg)
}

/** Whether anything of it may give another value next time. */
export const holdsMutable = (node: unknown, layout: Layout): boolean =>
  has(node, (kind, inner) => isMutable(kind, inner, layout))

/** What Citus refuses of functions in the values and conditions by which rows are changed. */
export function changeProblem(node: unknown, layout: Layout): string | undefined {
  if (has(node, (kind, inner) => kind === 'FuncCall' && layout.volatile.has(lastName(inner.funcname)))) {
    return 'a VOLATILE function changes rows'
  }
  const lazy = (kind: string) => kind === 'CaseExpr' || kind === 'CoalesceExpr'
  if (has(node, (kind, inner) => lazy(kind) && holdsMutable(inner, layout))) {
    return 'a function that is not IMMUTABLE stands in CASE or COALESCE'
  }
  if (has(node, (kind, inner) => isMutable(kind, inner, layout) && holdsColumn(inner))) {
    return 'a STABLE function is called with a column'
  }
  return undefined
}
