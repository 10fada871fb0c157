import type { Key, Keys } from './keys.ts'
import type { Layout } from './layout.ts'

/**
 * Something a statement reads from. A table that is spread has the key column it is spread by, and so has a subquery
 * over one that each node can answer by itself; `recurs` is what is the same for every node: a function, a reference
 * table, a result that was collected before.
 */
export type Source = Readonly<{
  name: string
  home: 'spread' | 'recurs' | 'local'
  /** The columns that carry a key, by name. */
  keys: ReadonlyMap<string, Key>
  /** The names of all columns, where they are known. */
  columns: ReadonlySet<string> | undefined
  isTable: boolean
}>

/** One query block: what it reads, within which other block it stands, and what the statement named before. */
export type Scope = {
  readonly sources: Source[]
  readonly outer: Scope | undefined
  readonly named: ReadonlyMap<string, Source>
  /** Whether it names a column of a block around it. */
  isCorrelated: boolean
}

/** What is gathered about a statement. `late` are problems only where not all is of one customer. */
export type Findings = {
  readonly layout: Layout
  readonly keys: Keys
  readonly always: string[]
  readonly spread: string[]
  /** Whether a part is answered by all nodes and collected, whoever it is about. */
  collects: boolean
}

/** What a column name means: its source, in this block or around it, and its key if it is one. */
export function resolve(
  scope: Scope,
  parts: readonly string[],
): Readonly<{ source: Source; key: Key | undefined; isOuter: boolean }> | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const found = sourceOf(at, parts)
    if (found === undefined) continue
    if (at !== scope)
      for (let inner = scope; inner !== at && inner.outer !== undefined; inner = inner.outer) inner.isCorrelated = true
    return { source: found, key: found.keys.get(parts.at(-1) ?? ''), isOuter: at !== scope }
  }
  return undefined
}

function sourceOf({ sources }: Scope, parts: readonly string[]): Source | undefined {
  const column = parts.at(-1) ?? ''
  if (parts.length > 1) return sources.find(({ name }) => name === parts.at(-2))
  return (
    sources.find(({ keys, columns }) => keys.has(column) || columns?.has(column)) ??
    (sources.length === 1 && sources[0]?.columns === undefined ? sources[0] : undefined)
  )
}
