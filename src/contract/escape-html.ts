const replaced: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The words as HTML shows them: none of their signs is taken for markup. */
export const escapeHtml = (words: string): string => words.replace(/[&<>"]/g, (sign) => replaced[sign] ?? sign)
