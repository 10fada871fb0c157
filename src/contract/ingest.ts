import { type Static, type TSchema, Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import type { ErrorCode } from '../core/error-codes.ts'
import { customerKey } from '../core/ids.ts'
import type { CustomerEvent } from '../core/relationship/event.ts'
import { type EventType, eventTypes, type Field, type FieldKind, vocabulary } from '../core/relationship/vocabulary.ts'
import { type Instant, instantOf, rfc3339 } from '../core/time/instant.ts'
import './date-time.ts'

/** Limits of what comes in (design, events: bad input). */
export const REQUEST_BYTES_MAX = 1_048_576
/** One event, as JSON text. */
export const EVENT_BYTES_MAX = 32_768
/** More than fit into a request if each is whole; it bounds the answer to a request of rubbish. */
export const REQUEST_EVENTS_MAX = 20_000
/** The name of a source, after which a longer one is refused. */
export const SOURCE_LENGTH_MAX = 200
const TEXT_LENGTH_MAX = 200
const PROSE_LENGTH_MAX = 20_000
const FUTURE_MS_MAX = 600_000
const DEPTH_MAX = 16

/** Free text travels beside the event, so that it can be erased alone. */
export type Prose = Readonly<{ field: string; body: string }>

/** An event that may be appended: its stored JSON is made once, here. */
export type Accepted = Readonly<{ kind: 'event'; event: CustomerEvent; dataJson: string; prose: readonly Prose[] }>

/** Why an item was not taken: a code of `docs/errors.md`, the JSON pointer of the field, and a sentence. */
export type Refused = Readonly<{ kind: 'refused'; code: ErrorCode; pointer: string; detail: string }>

/** What became of one item of a batch. */
export type Outcome = Readonly<{ kind: 'accepted' }> | Readonly<{ kind: 'repeated' }> | Refused

const keyText = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX })

const fieldSchemas: Readonly<Record<Exclude<FieldKind, readonly string[]>, TSchema>> = {
  text: Type.String({ maxLength: TEXT_LENGTH_MAX }),
  prose: Type.String({
    maxLength: PROSE_LENGTH_MAX,
    description: 'Free text, kept apart so that it can be erased alone.',
  }),
  instant: Type.String({ format: 'date-time', description: 'RFC 3339.' }),
  minor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Money in minor units.' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' }),
  number: Type.Number(),
  seconds: Type.Number({ minimum: 0, description: 'Seconds.' }),
  flag: Type.Boolean(),
  denied: Type.Literal(false),
  list: Type.Array(Type.Unknown(), { maxItems: 1_000 }),
  record: Type.Record(Type.String(), Type.Unknown()),
}

const fieldSchema = ({ kind }: Field): TSchema =>
  typeof kind === 'string' ? fieldSchemas[kind] : Type.Union(kind.map((word) => Type.Literal(word)))

function dataSchema(type: EventType): TSchema {
  const fields: Readonly<Record<string, Field>> = vocabulary[type]
  const properties = Object.entries(fields).map(([name, field]) => {
    const schema = fieldSchema(field)
    return [name, field.required ? schema : Type.Optional(schema)] as const
  })
  return Type.Object(Object.fromEntries(properties), { description: 'Fields that are not listed are kept, not used.' })
}

const envelope = Type.Object({
  id: keyText,
  source: Type.Optional(keyText),
  customer: keyText,
  type: Type.String({ minLength: 1, maxLength: 100 }),
  at: Type.String({ format: 'date-time', description: 'When it happened, RFC 3339.' }),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
type EnvelopeOnWire = Static<typeof envelope>

/** The schema of one event of each type, for the OpenAPI document. */
export const eventSchemas: readonly TSchema[] = eventTypes.map((type) =>
  Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX, description: 'Unique within its source.' }),
      source: Type.Optional(keyText),
      customer: Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX, description: "The firm's own customer key." }),
      type: Type.Literal(type),
      at: envelope.properties.at,
      data: Object.values<Field>(vocabulary[type]).some((field) => field.required)
        ? dataSchema(type)
        : Type.Optional(dataSchema(type)),
    },
    { $id: `event.${type}`, title: type },
  ),
)

const envelopeCheck = Compile(envelope)

type Plan = Readonly<{ type: EventType; check: Validator; prose: readonly string[]; currency: boolean }>

const planOf = (type: EventType): Plan => {
  const fields = Object.entries<Field>(vocabulary[type])
  return {
    type,
    check: Compile(dataSchema(type)),
    prose: fields.filter(([, field]) => field.kind === 'prose').map(([name]) => name),
    currency: fields.some(([, field]) => field.kind === 'currency'),
  }
}
const plans: ReadonlyMap<string, Plan> = new Map(eventTypes.map((type) => [type, planOf(type)]))

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Scales of the surveys when the event does not give its own. */
const surveyScales = {
  csat: [1, 5],
  ces: [1, 7],
  nps: [0, 10],
  friendliness: [1, 10],
  attachment: [1, 7],
  recovery: [1, 5],
} as const

const refuse = (code: ErrorCode, pointer: string, detail: string): Refused => ({
  kind: 'refused',
  code,
  pointer,
  detail,
})

/** What a word that is none of those allowed must be. */
export const demandOfWords = (allowed: readonly unknown[]): string =>
  `must be one of ${allowed.map((word) => JSON.stringify(word)).join(', ')}`

// What a field must be, in the words of somebody who sends events and has not seen the schema.
function demandOf(error: TLocalizedValidationError, allowed: Field['kind'] | undefined): string {
  if (Array.isArray(allowed)) return demandOfWords(allowed)
  if (error.keyword === 'format') return 'must be a time as in RFC 3339, for example "2026-01-31T09:00:00Z"'
  return error.message
}

function firstError(
  check: Validator,
  value: unknown,
  below: string,
  fields: Readonly<Record<string, Field>> = {},
): Refused {
  const error = check.Errors(value)[0]
  if (error === undefined) return refuse('event-malformed', below, 'The event could not be read.')
  const missing = error.keyword === 'required' ? error.params.requiredProperties[0] : undefined
  const pointer = below + error.instancePath + (missing === undefined ? '' : `/${missing}`)
  if (missing !== undefined) return refuse('event-malformed', pointer, `The field "${missing}" is required.`)
  if (pointer === '') return refuse('event-malformed', pointer, 'An event must be a JSON object.')
  const name = pointer.split('/').at(-1) ?? ''
  return refuse('event-malformed', pointer, `The field "${name}" ${demandOf(error, fields[name]?.kind)}.`)
}

function isTooDeep(value: object, left: number): boolean {
  if (left === 0) return true
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && isTooDeep(inner, left - 1)) return true
  }
  return false
}

/** PostgreSQL stores no zero character and no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** The same of a JSON text that `JSON.stringify` has made: there such characters are escaped. */
export const isStorableJson = (json: string): boolean => !unstorable.test(json)

function scaleProblem(data: Readonly<Record<string, unknown>>): Refused | undefined {
  const kind = data.kind as keyof typeof surveyScales
  const scale = surveyScales[kind]
  const min = typeof data.min === 'number' ? data.min : scale[0]
  const max = typeof data.max === 'number' ? data.max : scale[1]
  const score = data.score as number
  if (min < max && score >= min && score <= max) return undefined
  return refuse('score-out-of-scale', '/data/score', `The score ${score} is outside its scale ${min} to ${max}.`)
}

function dataProblem(type: EventType, plan: Plan, data: Readonly<Record<string, unknown>>): Refused | undefined {
  if (!plan.check.Check(data)) return firstError(plan.check, data, '/data', vocabulary[type])
  if (plan.currency && typeof data.currency === 'string' && !currencies.has(data.currency)) {
    return refuse('currency-unknown', '/data/currency', `"${data.currency}" is not a currency of ISO 4217.`)
  }
  if (type === 'survey.answered') return scaleProblem(data)
  return undefined
}

function envelopeProblem(wire: EnvelopeOnWire, at: Instant, now: Instant): Refused | undefined {
  if (!isStorable(wire.customer) || !isStorable(wire.id) || !isStorable(wire.source ?? '') || !isStorable(wire.type)) {
    return refuse(
      'event-malformed',
      '',
      'A key holds a character that cannot be stored (zero or half a surrogate pair).',
    )
  }
  if (Number.isNaN(at)) return refuse('event-malformed', '/at', `"${wire.at}" is no date that exists.`)
  if (at < 0) return refuse('event-too-old', '/at', 'Events before 1970 are not accepted.')
  if (at > now + FUTURE_MS_MAX) {
    return refuse(
      'event-in-future',
      '/at',
      'The event lies more than 10 minutes ahead of the server: check the clock and the time zone.',
    )
  }
  return undefined
}

function splitProse(plan: Plan | undefined, data: Readonly<Record<string, unknown>>) {
  const prose: Prose[] = []
  if (plan === undefined || plan.prose.length === 0) return { bare: data, prose }
  const bare: Record<string, unknown> = { ...data }
  for (const field of plan.prose) {
    const body = bare[field]
    if (typeof body !== 'string') continue
    prose.push({ field, body })
    delete bare[field]
  }
  return { bare, prose }
}

/** What reading an event depends on beside the event. */
export type ParseOptions = Readonly<{
  now: Instant
  /** Taken when the event names no source. */
  source: string
  /** Refuse types that are not in the vocabulary; otherwise they are kept as `custom.*`. */
  strict: boolean
}>

/** Reads one event as it travels. Answers the event with its stored form, or the first thing that is wrong with it. */
export function parseEvent(value: unknown, options: ParseOptions): Accepted | Refused {
  if (!envelopeCheck.Check(value)) return firstError(envelopeCheck, value, '')
  const at = instantOf(value.at)
  const wrong = envelopeProblem(value, at, options.now)
  if (wrong) return wrong
  const data = value.data ?? {}
  const plan = plans.get(value.type)
  // The name as the vocabulary has it: one copy is told from others by where it is, not letter by letter.
  const known = plan?.type
  if (known === undefined && options.strict) {
    return refuse(
      'event-type-unknown',
      '/type',
      `"${value.type}" is not in the vocabulary; see /reference for the list.`,
    )
  }
  if (known !== undefined && plan !== undefined) {
    const problem = dataProblem(known, plan, data)
    if (problem) return problem
  }
  if (isTooDeep(data, DEPTH_MAX)) {
    return refuse('event-malformed', '/data', `Nested more than ${DEPTH_MAX} levels deep.`)
  }
  return finish(value, at, known, data, splitProse(plan, data), options)
}

function finish(
  wire: EnvelopeOnWire,
  at: Instant,
  known: EventType | undefined,
  data: Readonly<Record<string, unknown>>,
  parts: ReturnType<typeof splitProse>,
  options: ParseOptions,
): Accepted | Refused {
  const dataJson = JSON.stringify(parts.bare)
  const proseLength = parts.prose.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0)
  if (Buffer.byteLength(dataJson) + proseLength > EVENT_BYTES_MAX) {
    return refuse('event-too-large', '/data', `An event may have ${EVENT_BYTES_MAX} bytes.`)
  }
  if (!isStorableJson(dataJson) || !parts.prose.every(({ body }) => isStorable(body))) {
    return refuse(
      'event-malformed',
      '/data',
      'A text holds a character that cannot be stored (zero or half a surrogate pair).',
    )
  }
  const type = known ?? (wire.type.startsWith('custom.') ? wire.type : `custom.${wire.type}`)
  const event = {
    id: wire.id,
    source: wire.source ?? options.source,
    customer: customerKey(wire.customer),
    type,
    at,
    data: parts.prose.length === 0 ? data : parts.bare,
  } as CustomerEvent
  return { kind: 'event', event, dataJson, prose: parts.prose }
}

/** The source of events that Amends itself tells: steps of cases, vouchers, exits, surveys. */
export const OWN_SOURCE = 'amends'

/** An event that Amends itself tells, checked like any other; one that would be refused is a bug, and throws. */
export function ownEvent(
  event: Readonly<{
    id: string
    customer: string
    type: EventType
    at: Instant
    data?: Readonly<Record<string, unknown>>
  }>,
): Accepted {
  const item = parseEvent({ ...event, at: rfc3339(event.at) }, { now: event.at, source: OWN_SOURCE, strict: true })
  if (item.kind === 'refused') throw new Error(`an event of ours was refused at ${item.pointer}: ${item.detail}`)
  return item
}
