/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as a quoted SQL identifier. */
export const quotedName = (text: string): string => `"${text.replaceAll('"', '""')}"`
