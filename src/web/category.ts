import type { Words } from './words/en.ts'

/** The name of a failure category: our word where we have one, else the firm's own word, readable. */
export function categoryName(w: Words, category: string | null): string {
  if (category === null || category === '') return w.categories.unknown
  const key = category.toLowerCase().replaceAll(/[\s-]+/g, '_')
  const known: Readonly<Record<string, string>> = w.categories
  const plain = category.replaceAll(/[_-]+/g, ' ')
  return known[key] ?? plain.charAt(0).toLocaleUpperCase() + plain.slice(1)
}

/** The name of a severity; an unknown one stands as it was told. */
export function severityName(w: Words, severity: string): string {
  const known: Readonly<Record<string, string>> = w.severities
  return known[severity] ?? severity
}
