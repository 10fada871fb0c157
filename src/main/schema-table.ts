import { escapeHtml } from '../contract/escape-html.ts'
import { isJson, type Json } from '../contract/operations/openapi-schemas.ts'

/** A schema of the OpenAPI document as a table for people; parts within parts are written with dots. */

const bounds: readonly (readonly [keyword: string, words: string])[] = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['minLength', 'characters at least'],
  ['maxLength', 'characters at most'],
  ['minItems', 'items at least'],
  ['maxItems', 'items at most'],
  ['default', 'else'],
]

/** The type of a schema in a few words of HTML; a named schema is a link. */
export function typeInWords(schema: Json): string {
  const limits = bounds.flatMap(([keyword, words]) =>
    schema[keyword] === undefined ? [] : [`${words} ${String(schema[keyword])}`],
  )
  const more = limits.length === 0 ? '' : `, ${escapeHtml(limits.join(', '))}`
  return `${bareType(schema)}${more}`
}

function bareType(schema: Json): string {
  const { $ref, enum: words, anyOf, items, type, format, pattern } = schema
  if (typeof $ref === 'string') return linkTo($ref.split('/').at(-1) ?? '')
  if (Array.isArray(words))
    return words.length === 1
      ? `<code>${escapeHtml(String(words[0]))}</code>`
      : `one of ${words.map((one) => `<code>${escapeHtml(String(one))}</code>`).join(', ')}`
  if (Array.isArray(anyOf)) return anyOf.filter(isJson).map(typeInWords).join(' or ')
  if (type === 'array')
    return `list of ${isJson(items) && Object.keys(items).length > 0 ? typeInWords(items) : 'anything'}`
  const kinds = Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : 'anything'
  const form =
    typeof format === 'string'
      ? ` (${format})`
      : typeof pattern === 'string'
        ? ` <code>${escapeHtml(pattern)}</code>`
        : ''
  return `${escapeHtml(kinds)}${form}`
}

// The events have a chapter of their own.
const linkTo = (name: string): string =>
  /^Event(List|Batch)?$/.test(name)
    ? `<a href="#event-types">${escapeHtml(name)}</a>`
    : `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`

/** The fields of a schema, one row each. Any other schema is one line. */
export function schemaTable(schema: Json): string {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return `<p>${typeInWords(schema)}</p>`
  return `<div class="scroll"><table><thead><tr><th scope="col">field</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function rowsOf(schema: Json, before: string): readonly string[] {
  const { properties, required } = schema
  if (!isJson(properties)) return []
  const must = new Set(Array.isArray(required) ? required : [])
  return Object.entries(properties).flatMap(([name, inner]) => {
    if (!isJson(inner)) return []
    const path = `${before}${name}`
    const mark = must.has(name) ? '' : ' <span class="must">may be missing</span>'
    const about = typeof inner.description === 'string' ? escapeHtml(inner.description) : ''
    const row = `<tr><td><code>${escapeHtml(path)}</code>${mark}</td><td>${typeInWords(inner)}</td><td>${about}</td></tr>`
    return [row, ...rowsOf(inner, `${path}.`), ...rowsOfItems(inner, path)]
  })
}

const rowsOfItems = ({ items, anyOf }: Json, path: string): readonly string[] => {
  if (isJson(items)) return rowsOf(items, `${path}[].`)
  const [only] = Array.isArray(anyOf) ? anyOf : []
  return isJson(only) ? rowsOf(only, `${path}.`) : []
}
