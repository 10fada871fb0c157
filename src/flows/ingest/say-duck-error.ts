import { ImportRefusal } from './import-refusal.ts'

const INTERRUPTED = /^INTERRUPT/i

type Saying = Readonly<{ when: RegExp; say: (found: RegExpExecArray, first: string) => ImportRefusal }>

const sayings: readonly Saying[] = [
  {
    when: /Table with name (\S+) does not exist/,
    say: (found) =>
      new ImportRefusal(
        'import-table-missing',
        `The mapping reads a table "${found[1]}" that no file gives: add the file, or change the name in the SQL.`,
      ),
  },
  {
    when: /(?:Referenced column "([^"]+)" not found|does not have a column named "([^"]+)"|column "?([^" ]+)"? must appear)/,
    say: (found, first) =>
      new ImportRefusal(
        'import-column-missing',
        `The mapping names a column "${found[1] ?? found[2] ?? found[3]}" that cannot be used there: ${first}`,
      ),
  },
  {
    when: /^Parser Error: (.*)/,
    say: (_, first) =>
      new ImportRefusal(
        'import-sql-invalid',
        `The SQL of the mapping cannot be read: ${first.replace(/^Parser Error: /, '')}. A column called "at", "order" or "by" must stand in double quotes.`,
      ),
  },
  {
    when: /^Permission Error|disabled (?:by|through) configuration|configuration has been locked/,
    say: () =>
      new ImportRefusal(
        'import-sql-forbidden',
        'A mapping may read only the files that were given: it may not open other files, addresses or extensions, nor change settings.',
      ),
  },
  {
    when: /^(?:Conversion|Out of Range|Invalid Input) Error: (.*)/,
    say: (found) =>
      new ImportRefusal(
        'import-sql-value',
        `The mapping met a value that it cannot convert (${found[1]}). Use minor() for money, utc() for times and try_cast for numbers: then a bad value rejects one line, not the import.`,
      ),
  },
  {
    when: /^Out of Memory/i,
    say: () =>
      new ImportRefusal(
        'import-out-of-memory',
        'The mapping needs more than its 144 MiB of memory: simplify its joins.',
      ),
  },
  { when: INTERRUPTED, say: () => new ImportRefusal('import-interrupted', 'The import was interrupted.') },
]

/** Turns an error of DuckDB into one sentence that says what to do. Only its first line is kept: no SQL, no paths. */
export function sayDuckError(error: unknown): ImportRefusal {
  if (error instanceof ImportRefusal) return error
  const text = error instanceof Error ? error.message : String(error)
  const first = (text.split('\n', 1)[0] ?? '').replace(/^Failed to extract statements: /, '')
  const line = /^LINE (\d+):/m.exec(text)?.[1]
  const hint = /Candidate bindings: (.*)/.exec(text)?.[1]
  for (const saying of sayings) {
    const found = saying.when.exec(first)
    if (found !== null) {
      const plain = first.replace(/^(?:Binder|Catalog) Error: /, '')
      return saying.say(
        found,
        [plain, hint && `Near names: ${hint}.`, line && `(line ${line})`].filter(Boolean).join(' '),
      )
    }
  }
  return new ImportRefusal('import-sql-invalid', `The SQL of the mapping cannot be run: ${first}`)
}
