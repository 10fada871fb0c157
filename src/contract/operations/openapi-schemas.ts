import type { TSchema } from 'typebox'
import { isEventType } from '../../core/relationship/event.ts'
import type { EventType } from '../../core/relationship/vocabulary.ts'
import { eventMeaning, fieldsOf } from '../event-meanings.ts'

/** A schema as plain JSON. */
export type Json = { [name: string]: unknown }

/** Turns validating schemas into those of the document, and keeps what is named. */
export type SchemaBook = Readonly<{
  /** The schema, with everything that is named replaced by a reference. */
  schemaOf: (schema: TSchema) => Json
  components: Readonly<Record<string, Json>>
}>

/** True for a JSON object. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The name of the component of one event type: `order.placed` is `OrderPlacedEvent`. */
export const componentOfEvent = (type: EventType): string =>
  `${type
    .split(/[._]/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')}Event`

const nameOf = (id: string): string => {
  const type = id.startsWith('event.') ? id.slice('event.'.length) : ''
  return isEventType(type) ? componentOfEvent(type) : id
}

/** A reference to a named schema. */
export const referenceTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** An empty book: schemas with `$id` become components when they are first met. */
export function schemaBook(): SchemaBook {
  const components: Record<string, Json> = {}
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert)
    if (!isJson(value)) return value
    if (typeof value.$id !== 'string') return plain(value, convert)
    const name = nameOf(value.$id)
    if (components[name] === undefined) {
      // Set before the inside is read, so that a schema which holds itself ends.
      components[name] = {}
      const { $id: _, ...inside } = value
      components[name] = plain(inside, convert)
    }
    return referenceTo(name)
  }
  return {
    components,
    schemaOf: (schema) => {
      const converted = convert(JSON.parse(JSON.stringify(schema)))
      return isJson(converted) ? converted : {}
    },
  }
}

/**
 * The same meaning in the form that makers of clients read best: a choice of words is an `enum`, "or null" is a list of
 * types, a map of anything is `additionalProperties`.
 */
function plain(schema: Json, convert: (value: unknown) => unknown): Json {
  const { anyOf, patternProperties, ...rest } = schema
  if (typeof rest.const === 'string') {
    const { const: word, ...others } = rest
    return { ...others, enum: [word] }
  }
  if (isJson(patternProperties))
    return { ...mapped(rest, convert), additionalProperties: convert(Object.values(patternProperties)[0] ?? true) }
  // JSON Schema 2020-12, which OpenAPI 3.1 speaks, calls the places of a tuple so.
  if (Array.isArray(rest.items)) {
    const { items, additionalItems, ...others } = rest
    return { ...mapped(others, convert), prefixItems: items.map(convert), items: additionalItems ?? true }
  }
  if (!Array.isArray(anyOf)) return mapped(rest, convert)
  if (anyOf.every((one) => isJson(one) && typeof one.const === 'string')) {
    return { ...mapped(rest, convert), type: 'string', enum: anyOf.map((one) => one.const) }
  }
  const [first, second] = anyOf
  const orNull = anyOf.length === 2 && isJson(second) && second.type === 'null'
  if (
    orNull &&
    isJson(first) &&
    first.$id === undefined &&
    typeof first.type === 'string' &&
    first.enum === undefined
  ) {
    return { ...mapped({ ...first, ...rest }, convert), type: [first.type, 'null'] }
  }
  return { ...mapped(rest, convert), anyOf: anyOf.map(convert) }
}

const mapped = (schema: Json, convert: (value: unknown) => unknown): Json =>
  Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      // The names of properties are the firm's words, not those of JSON Schema.
      if (name === 'properties' && isJson(value)) {
        return [name, Object.fromEntries(Object.entries(value).map(([property, inner]) => [property, convert(inner)]))]
      }
      return [name, name === 'default' || name === 'enum' ? value : convert(value)]
    }),
  )

/** Writes the meaning of an event and of its fields into its schema. */
export function withMeanings(schema: Json, type: EventType): Json {
  const properties = isJson(schema.properties) ? schema.properties : {}
  const data = isJson(properties.data) ? properties.data : {}
  const fields = isJson(data.properties) ? data.properties : {}
  const explained = fieldsOf(type).map(({ name, meaning }) => {
    const field = fields[name]
    return [name, { ...(isJson(field) ? field : {}), description: meaning }] as const
  })
  return {
    ...schema,
    description: eventMeaning(type),
    properties: {
      ...properties,
      data: { ...data, properties: Object.fromEntries(explained), additionalProperties: true },
    },
  }
}
