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

/** Where the quote that opens at `start` closes; the end of the text when it does not. */
function closingQuote(record: string, start: number): number {
  let at = record.indexOf('"', start + 1)
  while (at >= 0 && record[at + 1] === '"') at = record.indexOf('"', at + 2)
  return at < 0 ? record.length : at
}

/** The fields of one record as texts, quotes undone; a quote inside a field that did not begin with one is kept. */
export function splitFields(record: string, delimiter: number): readonly string[] {
  const mark = String.fromCharCode(delimiter)
  const fields: string[] = []
  for (let at = 0; ; at += 1) {
    const isQuoted = record[at] === '"'
    const close = isQuoted ? closingQuote(record, at) : at
    const next = record.indexOf(mark, close)
    if (isQuoted) fields.push(record.slice(at + 1, close).replaceAll('""', '"'))
    else fields.push(record.slice(at, next < 0 ? record.length : next))
    if (next < 0) return fields
    at = next
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
