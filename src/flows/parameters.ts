import type { Context } from 'hono'
import { isStorable } from '../contract/ingest.ts'
import { type Locale, locales } from '../contract/words.ts'
import { Refusal } from './respond.ts'

/** A customer key, and most texts, may be so long. */
export const KEY_LENGTH_MAX = 200

/** The refusal for a customer of whom no event has told. */
export const unknownCustomer = () =>
  new Refusal('customer-unknown', 'No event has named this customer. Keys are compared letter by letter.')

/** A refusal of one parameter, with what it must be. */
export const refuseParameter = (name: string, detail: string) =>
  new Refusal('parameter-malformed', `The parameter "${name}" ${detail}`, { pointer: `/${name}` })

/** The customer key of the path; refuses one that nobody can have. */
export function keyOf(c: Context): string {
  const key = c.req.param('key') ?? ''
  if (key === '' || key.length > KEY_LENGTH_MAX || !isStorable(key)) throw unknownCustomer()
  return key
}

/** A text parameter, null when it is left out; refuses one that is too long or cannot be stored. */
export function text(c: Context, name: string, lengthMax: number): string | null {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  if (value.length > lengthMax || !isStorable(value)) {
    throw refuseParameter(name, `may have ${lengthMax} characters, none of them zero.`)
  }
  return value
}

/** A parameter that is one of a few words, null when it is left out. */
export function oneOf<const Word extends string>(c: Context, name: string, words: readonly Word[]): Word | null {
  const value = c.req.query(name)
  if (value === undefined || value === '') return null
  const word = words.find((one) => one === value)
  if (word === undefined) throw refuseParameter(name, `is one of ${words.join(', ')}.`)
  return word
}

/** A whole number from 1 to `max`, or what holds when it is left out. */
export function wholeNumber(
  c: Context,
  name: string,
  { atFirst, max }: Readonly<{ atFirst: number; max: number }>,
): number {
  const value = c.req.query(name)
  if (value === undefined || value === '') return atFirst
  const number = Number(value)
  if (!/^\d{1,6}$/.test(value) || number < 1 || number > max)
    throw refuseParameter(name, `is a whole number from 1 to ${max}.`)
  return number
}

/** `?lang=` first, then what the browser prefers, then English. */
export const localeOf = (c: Context): Locale => oneOf(c, 'lang', locales) ?? preferredOf(c, locales)

/** The first of these languages that the browser prefers, or English. */
export function preferredOf<const Language extends string>(
  c: Context,
  languages: readonly Language[],
): Language | 'en' {
  const preferred = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined)
      return { language: tag.trim().slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => languages.find((one) => one === language))
  return preferred.find((one) => one !== undefined) ?? 'en'
}
