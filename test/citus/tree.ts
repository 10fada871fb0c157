/** A node of the parser's tree: named fields, of which a wrapped node has exactly one, the name of its kind. */
export type Node = { readonly [field: string]: unknown }

/** What a node of a kind holds; undefined for a node of another kind. */
export const as = (node: unknown, kind: string): Node | undefined =>
  isNode(node) && isNode(node[kind]) ? (node[kind] as Node) : undefined

/** The nodes of a field that holds a list. */
export const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The text of a field; empty when it has none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The last part of a qualified name. */
export const lastName = (names: unknown): string => text(as(list(names).at(-1), 'String')?.sval)

/** The parts of a column as it is named; a star is `*`. */
export const columnParts = (node: unknown): readonly string[] | undefined => {
  const column = as(node, 'ColumnRef')
  return column && list(column.fields).map((field) => text(as(field, 'String')?.sval) || '*')
}

/** Calls `visit` for every wrapped node below, and goes on below where it answers true. */
export function walk(node: unknown, visit: (kind: string, inner: Node) => boolean): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit)
  else if (isNode(node)) {
    for (const [field, inner] of Object.entries(node)) {
      if (typeof inner !== 'object' || inner === null) continue
      if (!Array.isArray(inner) && /^[A-Z]/.test(field) && !visit(field, inner as Node)) continue
      walk(inner, visit)
    }
  }
}

/** Whether a node of such a kind stands anywhere below. */
export function has(node: unknown, fits: (kind: string, inner: Node) => boolean): boolean {
  let found = false
  walk(node, (kind, inner) => {
    found ||= fits(kind, inner)
    return !found
  })
  return found
}

/** The conditions that all have to hold. */
export function conjuncts(condition: unknown): readonly Node[] {
  const both = as(condition, 'BoolExpr')
  if (both?.boolop === 'AND_EXPR') return list(both.args).flatMap(conjuncts)
  return isNode(condition) ? [condition] : []
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
