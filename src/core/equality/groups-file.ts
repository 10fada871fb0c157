/** A file that says in which group each customer is: one line each, with the columns `customer` and `group`. */

/** A customer with the group as it was written; empty to forget it. */
export type GroupLine = Readonly<{ customer: string; group: string }>

/** The lines of a file, or why it cannot be read: no such columns, or a line that has another number of cells. */
export type GroupsFile =
  | Readonly<{ kind: 'read'; lines: readonly GroupLine[] }>
  | Readonly<{ kind: 'unreadable'; line: number }>

const SEPARATORS = [',', ';', '\t'] as const
const COLUMNS = ['customer', 'group'] as const

/** Reads the file: cells parted by comma, semicolon or tab, with quotes where needed. Of a customer twice, the last counts. */
export function readGroupsFile(text: string): GroupsFile {
  const head = text.replace(/^\uFEFF/, '')
  const first = /^[^\r\n]*/.exec(head)?.[0] ?? ''
  const separator = SEPARATORS.find((one) => first.includes(one)) ?? ','
  const rows = cellsOf(head, separator)
  const names = rows[0]?.cells.map((name) => name.trim().toLowerCase()) ?? []
  const [customer, group] = COLUMNS.map((name) => names.indexOf(name))
  if (customer === undefined || group === undefined || customer < 0 || group < 0) return { kind: 'unreadable', line: 1 }
  const told = new Map<string, string>()
  for (const { line, cells } of rows.slice(1)) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    const key = cells[customer]?.trim() ?? ''
    if (cells.length !== names.length || key === '') return { kind: 'unreadable', line }
    told.set(key, cells[group]?.trim() ?? '')
  }
  return { kind: 'read', lines: [...told].map(([key, name]) => ({ customer: key, group: name })) }
}

type Row = Readonly<{ line: number; cells: readonly string[] }>

function cellsOf(text: string, separator: string): readonly Row[] {
  const rows: Row[] = []
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r?\\n|$)`,
    'y',
  )
  let cells: string[] = []
  let line = 1
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    // A quote in the middle of a cell: no cell ends there, so that the line has too few.
    if (found === null) return [...rows, { line, cells: [] }]
    const [, quoted, plain = '', end] = found
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === separator) {
      if (cell.lastIndex === text.length) cells.push('')
      else continue
    }
    rows.push({ line, cells })
    line += 1
    cells = []
  }
  if (cells.length > 0) rows.push({ line, cells })
  return rows
}
