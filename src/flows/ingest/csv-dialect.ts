/** How one CSV file is written: found from its first line. */
export type CsvDialect = Readonly<{ delimiter: number; columns: readonly string[] }>

const QUOTE = 34
const DELIMITERS = [',', ';', '\t', '|'].map((text) => text.charCodeAt(0))

/** Column names that the importer adds to every table; a column of the file with such a name gets `_2`. */
const ADDED = ['_line', '_file']

function countOutsideQuotes(line: string, delimiter: number): number {
  let quoted = false
  let count = 0
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index)
    if (code === QUOTE) quoted = !quoted
    else if (code === delimiter && !quoted) count += 1
  }
  return count
}

/** The delimiter (a byte) that splits the header line into most columns; a comma when nothing splits it. */
export function findDelimiter(header: string): number {
  let best = DELIMITERS[0] ?? 44
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = countOutsideQuotes(header, delimiter)
    if (count > most) {
      most = count
      best = delimiter
    }
  }
  return best
}

/** The fields of one record as texts, quotes undone; a quote inside a field that did not begin with one is kept. */
export function splitFields(record: string, delimiter: number): readonly string[] {
  const mark = String.fromCharCode(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (record[at] === '"') {
      let end = at + 1
      while (end < record.length && !(record[end] === '"' && record[end + 1] !== '"')) {
        end += record[end] === '"' ? 2 : 1
      }
      fields.push(record.slice(at + 1, end).replaceAll('""', '"'))
      at = record.indexOf(mark, end)
    } else {
      const end = record.indexOf(mark, at)
      fields.push(record.slice(at, end < 0 ? record.length : end))
      at = end
    }
    if (at < 0) return fields
    at += 1
  }
}

/** Names that are not empty and differ also when case is ignored, in the order given. */
export function columnNames(header: readonly string[]): readonly string[] {
  const taken = new Set(ADDED)
  return header.map((text, index) => {
    const wanted = text.trim() === '' ? `column${index + 1}` : text.trim()
    let name = wanted
    for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${wanted}_${copy}`
    taken.add(name.toLowerCase())
    return name
  })
}
