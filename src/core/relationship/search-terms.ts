import type { Person } from './person.ts'

const TERM_LENGTH_MAX = 200

/** How people write and how machines compare: lower case, without accents, one space between words. */
export const searchForm = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, TERM_LENGTH_MAX)

/**
 * What a customer can be found by: the name from each of its words on ("anna maria smit", "maria smit", "smit"),
 * the e-mail address, the phone number as digits, and each identity. Any of them may be typed in part.
 */
export function searchTerms(person: Person): readonly string[] {
  const words = searchForm(person.name ?? '').split(' ')
  const fromEachWord = words.map((_, index) => words.slice(index).join(' '))
  const phone = (person.phone ?? '').replace(/\D/g, '')
  const all = [
    ...fromEachWord,
    searchForm(person.email ?? ''),
    phone,
    ...person.identities.map(({ value }) => searchForm(value)),
  ]
  return [...new Set(all.filter((term) => term !== ''))]
}
