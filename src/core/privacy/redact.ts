/**
 * Takes out of free text what names others: addresses of mail, telephone numbers and account numbers that are not the
 * person's own. A text that goes to the person keeps what it says of the person; names without such a mark cannot be
 * told from other words and stay.
 */

const MARK = '[…]'
const MAIL = /[^\s@<>,;:"'()[\]]+@[^\s@<>,;:"'()[\]]+\.[^\s@<>,;:"'()[\].]+/gu
const ACCOUNT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g
// At least eight digits with what is written between them; dates and amounts have fewer in one run.
const PHONE = /(?<![\w.-])\+?\(?\d(?:[ ()/-]{0,2}\d){7,14}(?![\w-])/g

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}@.]/gu, '')
/** Telephone numbers are written with a country code and without: the last nine digits tell. */
const digits = (text: string): string => text.replaceAll(/\D/g, '').slice(-9)

/** The text without what names others; `own` are the addresses and numbers of the person. */
export function redactOthers(text: string, own: readonly string[]): string {
  const known = new Set(own.map(plain))
  const numbers = new Set(own.map(digits).filter((one) => one.length >= 8))
  const unlessOwn = (found: string) => (known.has(plain(found)) ? found : MARK)
  return text
    .replaceAll(MAIL, unlessOwn)
    .replaceAll(ACCOUNT, unlessOwn)
    .replaceAll(PHONE, (found) => (isDate(found) || numbers.has(digits(found)) ? found : MARK))
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) || /^\d{2}-\d{2}-\d{4}$/.test(text)
