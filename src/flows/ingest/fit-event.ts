import { isEventType } from '../../core/relationship/event.ts'
import { type Field, vocabulary } from '../../core/relationship/vocabulary.ts'

/** One row of a mapping: texts as they came, `data` as JSON text. */
export type EventRow = Readonly<{
  customer: string | null
  type: string | null
  at: string | null
  id: string | null
  source: string | null
  data: string | null
}>

/** A wire event, not yet validated; or the row's `data` was no JSON object. */
export type FittedEvent =
  | Readonly<{ kind: 'event'; event: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'not-json'; event: Readonly<Record<string, unknown>> }>

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/
const SQL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/
/** `2024-01-01T10:00:00.000Z`, as `utc()` and times of the database come. */
const UTC_LENGTH = 24
const YES = new Set(['true', 't', 'yes', 'y', '1'])
const NO = new Set(['false', 'f', 'no', 'n', '0'])

/** The time of a database as RFC 3339; a time without zone is taken as UTC. Any other text is given back unchanged. */
export function rfc3339Of(text: string): string {
  if (text.length === UTC_LENGTH && text.endsWith('Z') && text[10] === 'T') return text
  const found = SQL_TIME.exec(text)
  if (found === null) return text
  const [, day, minute = '00:00', second = ':00', zone = 'Z'] = found
  const offset =
    zone === 'Z' || zone.includes(':')
      ? zone
      : zone.length === 5
        ? `${zone.slice(0, 3)}:${zone.slice(3)}`
        : `${zone}:00`
  return `${day}T${minute}${second}${offset === '+00:00' ? 'Z' : offset}`
}

function flagOf(text: string): unknown {
  const word = text.trim().toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : text
}

function parsedOrText(text: string): unknown {
  const first = text.trimStart()[0]
  if (first !== '[' && first !== '{') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * A value in the form that its field wants, when it says the same in another form: `'12'` for a number, `'yes'` for a
 * flag, a database time for an instant, `7` for a text. Anything else is left for the validation to refuse.
 */
function fitValue(value: unknown, kind: Field['kind']): unknown {
  if (typeof value !== 'string') {
    const isTextKind = kind === 'text' || kind === 'prose'
    return isTextKind && typeof value === 'number' ? String(value) : value
  }
  if (kind === 'minor' || kind === 'number' || kind === 'seconds') {
    return NUMBER.test(value.trim()) ? Number(value) : value
  }
  if (kind === 'flag' || kind === 'denied') return flagOf(value)
  if (kind === 'instant') return rfc3339Of(value)
  return kind === 'list' || kind === 'record' ? parsedOrText(value) : value
}

const fieldsByType = new Map(
  Object.entries(vocabulary).map(([type, fields]) => [type, new Map<string, Field>(Object.entries(fields))]),
)

function fitData(type: string | null, data: object): Readonly<Record<string, unknown>> {
  const fields = type !== null && isEventType(type) ? fieldsByType.get(type) : undefined
  const fitted: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) {
    if (value === null) continue
    const field = fields?.get(name)
    fitted[name] = field === undefined ? value : fitValue(value, field.kind)
  }
  return fitted
}

function parseData(text: string | null): unknown {
  try {
    return text === null || text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Makes a wire event of a row: fields that are NULL are left out, values take the form of their field. */
export function fitEvent(row: EventRow, defaultSource: string): FittedEvent {
  const parsed = parseData(row.data)
  // A key that is NULL is left out, so that the validation says that it is required.
  const envelope = {
    ...(row.id === null ? {} : { id: row.id }),
    source: row.source ?? defaultSource,
    ...(row.customer === null ? {} : { customer: row.customer }),
    ...(row.type === null ? {} : { type: row.type }),
    ...(row.at === null ? {} : { at: rfc3339Of(row.at) }),
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { kind: 'not-json', event: { ...envelope, data: row.data } }
  }
  return { kind: 'event', event: { ...envelope, data: fitData(row.type, parsed) } }
}
