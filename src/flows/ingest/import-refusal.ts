/** Why an import cannot go on as a whole. Single bad lines are not here: they are rejected one by one. */
export type ImportRefusalCode =
  | 'import-file-missing'
  | 'import-file-empty'
  | 'import-file-unsupported'
  | 'import-file-broken'
  | 'import-file-too-big'
  | 'import-mapping-missing'
  | 'import-mapping-header'
  | 'import-table-missing'
  | 'import-column-missing'
  | 'import-sql-invalid'
  | 'import-sql-forbidden'
  | 'import-sql-value'
  | 'import-out-of-memory'
  | 'import-changed'
  | 'import-interrupted'

/**
 * Thrown inside the importer and turned into a value `{ kind: 'refused' }` at its edge (`importFiles`,
 * `previewImport`). The message is one sentence for the person who imports: what is wrong and what to do.
 */
export class ImportRefusal extends Error {
  readonly code: ImportRefusalCode

  constructor(code: ImportRefusalCode, sentence: string) {
    super(sentence)
    this.name = 'ImportRefusal'
    this.code = code
  }
}

/** A list for a sentence: `a, b, c`, cut after twenty with a count of the rest. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ')
  return names.length > 20 ? `${shown}, and ${names.length - 20} more` : shown
}
