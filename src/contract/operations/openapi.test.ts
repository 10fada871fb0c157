import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../core/error-codes.ts'
import { eventTypes, vocabulary } from '../../core/relationship/vocabulary.ts'
import { instant } from '../../core/time/instant.ts'
import { parseEvent } from '../ingest.ts'
import { openApi } from './openapi.ts'
import { componentOfEvent, type Json } from './openapi-schemas.ts'

const document = openApi()

type Media = { schema: Json; example?: unknown; examples?: Record<string, { value: unknown }> }
type Content = Record<string, Media>
type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; schema: Json; example?: unknown; description: string }[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content; headers?: Json }>
}
const paths = document.paths as Record<string, Record<string, Operation>>
const components = document.components as { schemas: Record<string, Json>; securitySchemes: Json; headers: Json }

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

function* everyObject(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Json
  for (const inner of Object.values(value)) yield* everyObject(inner)
}

const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document)

/** The schema with every reference replaced by what it names; no schema holds itself. */
function whole(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(whole)
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema) return whole(resolve(String(schema.$ref)))
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, whole(value)]))
}

const fits = (schema: Json, value: unknown): boolean => Compile(whole(schema) as Json).Check(value)

const contents = operations.flatMap(({ path, method, operation }) => [
  ...Object.entries(operation.requestBody?.content ?? {}).map(
    ([media, one]) => [`${method} ${path} takes ${media}`, one] as const,
  ),
  ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([media, one]) => [`${method} ${path} answers ${status} ${media}`, one] as const),
  ),
])
const examples = contents.flatMap(([name, { schema, example, examples = {} }]) => [
  ...(example === undefined ? [] : [[name, schema, example] as const]),
  ...Object.entries(examples).map(([which, { value }]) => [`${name}: ${which}`, schema, value] as const),
])

describe('the document', () => {
  test('is OpenAPI 3.1 in plain JSON, and the same every time', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Amends', version: expect.any(String) })
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    expect(openApi()).toEqual(document)
  })

  test('has only references that lead somewhere, and no $id', () => {
    const objects = [...everyObject(document)]
    const references = objects.flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    expect(references.length).toBeGreaterThan(100)
    expect(references.filter((one) => !one.startsWith('#/') || resolve(one) === undefined)).toEqual([])
    expect(objects.filter((one) => '$id' in one)).toEqual([])
  })

  test('names components as OpenAPI allows, and leaves none unused', () => {
    const named = Object.keys(components.schemas)
    expect(named.filter((name) => !/^[a-zA-Z0-9._-]+$/.test(name))).toEqual([])
    const text = JSON.stringify(document)
    expect(named.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([])
  })

  test('speaks JSON Schema 2020-12: no word of older drafts', () => {
    const old = ['additionalItems', 'definitions', 'dependencies', '$recursiveRef', 'nullable']
    const schemas = [
      ...everyObject(components.schemas),
      ...contents.flatMap(([, { schema }]) => [...everyObject(schema)]),
    ]
    expect(schemas.some((one) => Array.isArray(one.prefixItems))).toBe(true)
    expect(schemas.filter((one) => Array.isArray(one.items) || old.some((word) => word in one))).toEqual([])
  })

  test('has schemas that compile', () => {
    for (const schema of Object.values(components.schemas)) expect(() => Compile(whole(schema) as Json)).not.toThrow()
  })
})

describe('operations', () => {
  test('have an id of their own, a tag that is listed, and words', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([])
    const tags = (document.tags as { name: string }[]).map(({ name }) => name)
    for (const { operation } of operations) {
      expect(operation.tags.filter((tag) => !tags.includes(tag))).toEqual([])
      expect(operation.summary.length * operation.description.length).toBeGreaterThan(0)
    }
    expect(tags.filter((tag) => !operations.some(({ operation }) => operation.tags.includes(tag)))).toEqual([])
  })

  test.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s declares its path, security, and refusals',
    (_, { path, operation }) => {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect(declared.map(({ name }) => name)).toEqual(inPath)
      expect(declared.every(({ required, example }) => required && example !== undefined)).toBe(true)
      const keys = (operation.parameters ?? []).map((one) => `${one.in} ${one.name.toLowerCase()}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const one of operation.parameters ?? []) {
        expect(['path', 'query', 'header', 'cookie']).toContain(one.in)
        if (one.example !== undefined) expect([one.name, fits(one.schema, one.example)]).toEqual([one.name, true])
      }
      for (const name of operation.security.flatMap((one) => Object.keys(one)))
        expect(components.securitySchemes).toHaveProperty(name)
      const statuses = Object.keys(operation.responses)
      expect(statuses.some((status) => /^[23]\d\d$/.test(status))).toBe(true)
      expect(
        Object.entries(operation.responses).filter(
          ([status, one]) => Number(status) >= 400 && one.content?.['application/problem+json'] === undefined,
        ),
      ).toEqual([])
      expect(Object.values(operation.responses).filter((one) => one.description === '')).toEqual([])
    },
  )

  test('every error code is an answer of some operation, except the one for methods that no operation has', () => {
    const text = JSON.stringify(paths)
    expect(Object.keys(errorCodes).filter((code) => !text.includes(`/reference#${code}"`))).toEqual(['method-unknown'])
  })

  test.each(examples)('%s: the example fits its schema', (_, schema, value) => {
    expect(fits(schema, value)).toBe(true)
  })

  test('bodies have no defaults: makers of clients take a field with a default for one that must be sent', () => {
    const withDefault = Object.entries(components.schemas).filter(([, schema]) =>
      [...everyObject(schema)].some((one) => 'default' in one),
    )
    expect(withDefault).toEqual([])
  })

  test('every JSON body has an example', () => {
    expect(
      contents.filter(
        ([name, one]) =>
          / takes application\/json$/.test(name) && one.example === undefined && one.examples === undefined,
      ),
    ).toEqual([])
  })
})

describe('events', () => {
  const event = components.schemas.Event as {
    oneOf: { $ref: string }[]
    discriminator: { propertyName: string; mapping: Record<string, string> }
  }

  test('are told apart by their type, each in a schema of its own', () => {
    expect(event.discriminator.propertyName).toBe('type')
    expect(Object.keys(event.discriminator.mapping)).toEqual(eventTypes)
    expect(event.oneOf.map(({ $ref }) => $ref)).toEqual(Object.values(event.discriminator.mapping))
    for (const type of eventTypes) {
      const schema = components.schemas[componentOfEvent(type)] as { properties: { type: Json }; required: string[] }
      expect(schema.properties.type.enum).toEqual([type])
      expect(schema.required).toContain('type')
    }
  })

  test.each(eventTypes)('%s: the document and the validator agree on what is required', (type) => {
    const schema = whole(components.schemas[componentOfEvent(type)]) as Json
    const fields = Object.entries<{ kind: unknown; required: boolean }>(vocabulary[type])
    const value = (kind: unknown) =>
      Array.isArray(kind)
        ? kind[0]
        : {
            text: 'x',
            prose: 'x',
            instant: '2026-01-01T00:00:00Z',
            minor: 1,
            currency: 'EUR',
            number: 3,
            seconds: 1,
            flag: true,
            denied: false,
            list: [],
            record: {},
          }[String(kind)]
    const full = Object.fromEntries(
      fields.map(([name, { kind }]) => [name, name === 'max' ? 5 : name === 'min' ? 1 : value(kind)]),
    )
    const envelope = { id: 'i', source: 's', customer: 'c', type, at: '2026-01-01T00:00:00Z' }
    const asRead = (data: unknown) =>
      parseEvent({ ...envelope, data }, { now: instant(Date.UTC(2026, 5, 1)), source: 's', strict: true }).kind ===
      'event'
    const asWritten = (data: unknown) => Compile(schema).Check({ ...envelope, data })
    for (const data of [
      full,
      ...fields.map(([name]) => ({ ...full, [name]: undefined })),
      ...fields.map(([name]) => ({ ...full, [name]: { not: 'this' } })),
    ]) {
      const wire = JSON.parse(JSON.stringify(data)) as unknown
      expect([wire, asWritten(wire)]).toEqual([wire, asRead(wire)])
    }
  })

  test('carry a meaning for each type and each field', () => {
    for (const type of eventTypes) {
      const schema = components.schemas[componentOfEvent(type)] as {
        description: string
        properties: { data: { properties: Record<string, { description: string }> } }
      }
      expect(schema.description).toMatch(/\.$/)
      for (const field of Object.values(schema.properties.data.properties)) expect(field.description).toMatch(/\.$/)
    }
  })
})
