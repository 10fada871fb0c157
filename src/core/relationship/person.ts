import { type Instant, instantOf } from '../time/instant.ts'
import { appended } from './bounded.ts'
import type { CustomerEvent } from './event.ts'

const IDENTITIES_MAX = 8
const ATTRIBUTES_MAX = 16
const ATTRIBUTE_LENGTH_MAX = 100
const MOMENTS_MAX = 8

// Moments after which nothing is sold any more: somebody close died, or the customer did (trap T23).
const bereavements = ['bereavement', 'death'] as const
const isBereavement = (kind: string): boolean => bereavements.some((one) => one === kind.trim().toLowerCase())

/** What the customer told about himself. Erasure empties it for good: nothing told later is kept. */
export type Person = Readonly<{
  name: string | null
  email: string | null
  phone: string | null
  locale: string | null
  timezone: string | null
  segment: string | null
  identities: readonly Readonly<{ kind: string; value: string }>[]
  attributes: Readonly<Record<string, string | number | boolean>>
  moments: readonly Readonly<{ kind: string; at: Instant }>[]
  /** When a death was first told of; kept beside the moments, which give way to newer ones. */
  bereavedAt: Instant | null
  erased: boolean
}>

/** Nobody has told anything yet. */
export const unknownPerson: Person = {
  name: null,
  email: null,
  phone: null,
  locale: null,
  timezone: null,
  segment: null,
  identities: [],
  attributes: {},
  moments: [],
  bereavedAt: null,
  erased: false,
}

/** The person after an event; the same object when the event says nothing about the person. */
export function foldPerson(was: Person, event: CustomerEvent): Person {
  if (was.erased) return was
  switch (event.type) {
    case 'customer.profiled':
      return profiled(was, event.data)
    case 'customer.identified': {
      const { kind, value } = event.data
      if (was.identities.some((known) => known.kind === kind && known.value === value)) return was
      return { ...was, identities: appended(was.identities, { kind, value }, IDENTITIES_MAX) }
    }
    case 'moment.told': {
      const at = event.data.on === undefined ? event.at : instantOf(event.data.on)
      return {
        ...was,
        moments: appended(was.moments, { kind: event.data.kind, at }, MOMENTS_MAX),
        bereavedAt: isBereavement(event.data.kind) ? (was.bereavedAt ?? event.at) : was.bereavedAt,
      }
    }
    case 'customer.erased':
      return { ...unknownPerson, erased: true }
    default:
      return was
  }
}

function profiled(was: Person, told: Extract<CustomerEvent, { type: 'customer.profiled' }>['data']): Person {
  return {
    ...was,
    name: told.name ?? was.name,
    email: told.email ?? was.email,
    phone: told.phone ?? was.phone,
    locale: told.locale ?? was.locale,
    timezone: told.timezone ?? was.timezone,
    segment: told.segment ?? was.segment,
    attributes: told.attributes === undefined ? was.attributes : attributed(was.attributes, told.attributes),
  }
}

// Only plain values, and only so many: a profile is free to send anything, the state is not free to grow.
function attributed(was: Person['attributes'], told: Readonly<Record<string, unknown>>): Person['attributes'] {
  const next = new Map(Object.entries(was))
  for (const [name, value] of Object.entries(told)) {
    const plain = plainValue(value)
    if (plain === undefined) next.delete(name)
    else if (next.has(name) || (next.size < ATTRIBUTES_MAX && name.length <= ATTRIBUTE_LENGTH_MAX))
      next.set(name, plain)
  }
  return Object.fromEntries(next)
}

function plainValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return value.slice(0, ATTRIBUTE_LENGTH_MAX)
  if (typeof value === 'boolean') return value
  // Plus 0 turns -0, which JSON cannot carry, into 0.
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined
}
