import { Type } from 'typebox'
import { type ErrorCode, errorCodes } from '../../core/error-codes.ts'
import { type Permission, scopesGiving } from '../../core/people/permissions.ts'
import { eventTypes } from '../../core/relationship/vocabulary.ts'
import { customEvent } from '../answers.ts'
import { errorAdvice } from '../error-advice.ts'
import { eventSchemas, REQUEST_EVENTS_MAX } from '../ingest.ts'
import { problemOf } from '../problem.ts'
import { problem } from '../show.ts'
import { eventExample, failureExample } from './examples.ts'
import {
  componentOfEvent,
  type Json,
  referenceTo,
  type SchemaBook,
  schemaBook,
  withMeanings,
} from './openapi-schemas.ts'
import type { Answer, Body, Operation, Parameter } from './operation.ts'
import { operations } from './operations.ts'

const VERSION = '1'

const tags = [
  { name: 'Events', description: 'What happens between the firm and its customers, sent as events.' },
  {
    name: 'Customers',
    description: 'Who was let down, what it did to the relationship, and what is likely to follow.',
  },
  { name: 'Models', description: 'What was learned from the events, and how well it foretells.' },
  {
    name: 'May we contact?',
    description: 'Asking before a message is sent, and the rules that answer.',
  },
  { name: 'Surveys', description: 'Asking customers, with the consent of the contact policy.' },
  {
    name: 'Gestures',
    description: 'Small things that are given at moments customers told of: no condition, a budget, a hold-out.',
  },
  { name: 'Exits', description: 'Who leaves, how far each has come, and what is left to do.' },
  { name: 'Data requests', description: 'What customers ask about their own data, and what they are answered.' },
  { name: 'Cases', description: 'What is being done about each failure: queue, steps, clocks, people.' },
  { name: 'Incidents', description: 'What hit many customers at once, and what is done for all of them together.' },
  { name: 'Vouchers', description: 'Issuing and using vouchers, and the ledger that they are kept in.' },
  { name: 'Files', description: 'A history as files: upload, look, import.' },
  { name: 'Tasks', description: 'Work that takes longer than a request.' },
  { name: 'Messages', description: 'Mail to customers: the outbox, its wording, what came back.' },
  { name: 'Webhooks', description: 'Events to other systems, signed by Standard Webhooks.' },
  { name: 'Keys and settings', description: 'API keys, and what the firm sets once.' },
  { name: 'Sign-in', description: 'People in a browser.' },
  { name: 'People', description: 'Who may sign in, their roles and teams, and the links that let them in.' },
  { name: 'Audit log', description: 'Who changed what, as a chain that cannot be changed unseen.' },
  { name: 'Checks', description: 'What Amends asks of itself, how often, and what came of it.' },
  { name: 'Service', description: 'Status, health, and metrics.' },
]

const about = `Times are RFC 3339 in UTC, money is in minor units, chances are 0 to 1. Refusals are problems (RFC 9457) with a stable \`code\`.
Lists are read page by page with \`cursor\` and \`limit\`. Requests are limited per key: see the headers \`RateLimit-Policy\` and \`RateLimit\`.`

/**
 * The OpenAPI 3.1 document of every route, made from the schemas that validate. Plain JSON: each schema with a name is
 * a component, and every other mention of it is a reference.
 */
export function openApi(): Json {
  const book = schemaBook()
  book.schemaOf(problem)
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation, book) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Amends',
      version: VERSION,
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: {
      schemas: { ...book.components, ...eventComponents(book) },
      headers,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key: `Authorization: Bearer amends_...`. The roles are its scopes.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'amends_session',
          description: 'The session of a person who signed in.',
        },
      },
    },
  }
}

/** Every event type with its meaning, the union that tells them apart by `type`, and the forms of a request. */
function eventComponents(book: SchemaBook): Record<string, Json> {
  for (const schema of eventSchemas) book.schemaOf(schema)
  const names = eventTypes.map((type) => [type, componentOfEvent(type)] as const)
  const types = names.map(([type, name]) => [name, withMeanings(book.components[name] ?? {}, type)] as const)
  const anyEvent = { anyOf: [referenceTo('Event'), book.schemaOf(customEvent)] }
  return {
    ...book.components,
    ...Object.fromEntries(types),
    Event: {
      title: 'Event',
      description: 'One event of the vocabulary.',
      oneOf: names.map(([, name]) => referenceTo(name)),
      discriminator: {
        propertyName: 'type',
        mapping: Object.fromEntries(names.map(([type, name]) => [type, `#/components/schemas/${name}`])),
      },
    },
    EventList: { type: 'array', items: anyEvent, maxItems: REQUEST_EVENTS_MAX },
    EventBatch: { type: 'object', required: ['events'], properties: { events: referenceTo('EventList') } },
  }
}

function operationObject(operation: Operation, book: SchemaBook): Json {
  const { id, tag, summary, about: description, parameters = [], body, permission } = operation
  const sent = [...parameters, ...(isRepeatable(operation) ? [idempotencyKey] : [])]
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: permission === 'nothing' ? description : `${description}\n\n${needs(permission)}`,
    security:
      permission === 'nothing'
        ? []
        : [...scopesGiving(permission).map((scope) => ({ bearer: [scope] })), { session: [] }],
    ...(sent.length === 0 ? {} : { parameters: sent.map((one) => parameterObject(one, book)) }),
    ...(body === undefined ? {} : { requestBody: requestBody(body, book) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, one]) => [status, answerObject(operation, one, book)]),
      ),
      ...refusalObjects(refusalsOf(operation)),
    },
  }
}

/** What it takes to be let in, in a sentence. */
function needs(permission: Permission): string {
  const giving = scopesGiving(permission).map((scope) => `\`${scope}\``)
  if (giving.length === 0) return `Needs the permission \`${permission}\`, which only people have.`
  return `Needs the permission \`${permission}\`: a key has it with the scope ${giving.join(' or ')}.`
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  about:
    'A name of your own for this request. For 24 hours, the same request with the same key is carried out once and answered alike.',
  schema: Type.String({ minLength: 1, maxLength: 200 }),
}

const isRepeatable = ({ method, repeatable }: Operation): boolean => method !== 'get' && repeatable !== false

const isInside = ({ path }: Operation): boolean => path.startsWith('/v1/')

/** All refusals of an operation: its own, and those of keys, bodies, and limits. */
function refusalsOf(operation: Operation): readonly ErrorCode[] {
  const all: ErrorCode[] = [...(operation.refusals ?? []), 'internal']
  if (operation.body !== undefined) all.push('body-malformed', 'body-too-large')
  if (operation.body?.kind === 'json') all.push('parameter-malformed', 'media-type-unsupported')
  if (operation.body?.kind === 'events') all.push('parameter-malformed', 'media-type-unsupported')
  if (operation.permission !== 'nothing') all.push('key-missing', 'permission-missing')
  if (isInside(operation)) all.push('rate-limited', 'not-ready')
  if (isInside(operation) && operation.method !== 'get') all.push('origin-refused')
  if (isRepeatable(operation)) all.push('idempotency-in-flight', 'idempotency-reused', 'parameter-malformed')
  return [...new Set(all)]
}

function parameterObject(
  { name, in: place, about: description, schema, required, example }: Parameter,
  book: SchemaBook,
): Json {
  return {
    name,
    in: place,
    description,
    required: required === true,
    schema: book.schemaOf(schema),
    ...(example === undefined ? {} : { example }),
  }
}

const json = 'application/json'

function requestBody(body: Body, book: SchemaBook): Json {
  switch (body.kind) {
    case 'json':
      return { required: true, content: { [json]: { schema: book.schemaOf(body.schema), example: body.example } } }
    case 'file':
      return { required: true, content: { 'application/octet-stream': { schema: {} } } }
    case 'events':
      return {
        required: true,
        description: 'May be packed: say so in `Content-Encoding`.',
        content: {
          [json]: {
            schema: {
              anyOf: [
                referenceTo('Event'),
                referenceTo('CustomEvent'),
                referenceTo('EventList'),
                referenceTo('EventBatch'),
              ],
            },
            examples: {
              one: { summary: 'One event', value: eventExample },
              many: { summary: 'Several events', value: [eventExample, failureExample] },
              batch: { summary: 'Several events in an object', value: { events: [eventExample, failureExample] } },
            },
          },
          'application/x-ndjson': {
            schema: { type: 'string', description: 'One event a line, each as JSON.' },
            example: `${JSON.stringify(eventExample)}\n${JSON.stringify(failureExample)}\n`,
          },
        },
      }
  }
}

function answerObject(
  operation: Operation,
  { about: description, schema, example, media, headers: own = {} }: Answer,
  book: SchemaBook,
): Json {
  const mine = Object.entries(own).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])
  const limits = isInside(operation) ? limitHeaders : {}
  const content = {
    schema: schema === undefined ? {} : book.schemaOf(schema),
    ...(example === undefined ? {} : { example }),
  }
  return {
    description,
    ...(isInside(operation) || mine.length > 0 ? { headers: { ...Object.fromEntries(mine), ...limits } } : {}),
    ...(schema === undefined ? {} : { content: { [media ?? json]: content } }),
  }
}

const headers = {
  'RateLimit-Policy': {
    description: 'How many requests (`q`) are allowed in how many seconds (`w`).',
    schema: { type: 'string' },
    example: '"default";q=6000;w=60',
  },
  RateLimit: {
    description: 'How many requests remain (`r`), and in how many seconds all are back (`t`).',
    schema: { type: 'string' },
    example: '"default";r=5999;t=1',
  },
  'Retry-After': { description: 'Seconds to wait before the next try.', schema: { type: 'integer' }, example: 1 },
}

const limitHeaders = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
}

const WITH_RETRY: readonly ErrorCode[] = ['rate-limited', 'not-ready', 'idempotency-in-flight']

function refusalObjects(codes: readonly ErrorCode[]): Record<string, Json> {
  const statuses = [...new Set(codes.map((code) => errorCodes[code].status))].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const these = codes.filter((code) => errorCodes[code].status === status)
      const examples = these.map((code) => [
        code,
        { summary: errorCodes[code].title, value: problemOf(code, errorAdvice[code].todo) },
      ])
      const response = {
        description: these.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join(' '),
        ...(these.some((code) => WITH_RETRY.includes(code))
          ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
          : {}),
        content: {
          'application/problem+json': { schema: referenceTo('Problem'), examples: Object.fromEntries(examples) },
        },
      }
      return [String(status), response]
    }),
  )
}
