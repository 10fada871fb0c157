/** A text as one cell of a CSV file: quoted where it must be; what a spreadsheet would run as a formula becomes text. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
