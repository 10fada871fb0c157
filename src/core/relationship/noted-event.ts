import { type SeverityRules, severityProposed } from '../cases/severity-proposed.ts'
import type { EventType } from './vocabulary.ts'

/** The source of events that people of the firm write down on the screen. */
export const HAND_SOURCE = 'hand'

/** What people of the firm may write down about a customer; what systems know better is left to them. */
export const notedTypes = [
  'contact.opened',
  'failure.occurred',
  'promise.made',
  'note.written',
  'praise.given',
  'post.published',
  'dispute.opened',
  'gesture.made',
  'conduct.noted',
] as const satisfies readonly EventType[]
/** One of them. */
export type NotedType = (typeof notedTypes)[number]

const keys: Partial<Readonly<Record<NotedType, string>>> = {
  'contact.opened': 'contact',
  'failure.occurred': 'failure',
  'promise.made': 'promise',
}

/**
 * The data as they are stored: with a key of its own where the type needs one and nobody gave it, `name` being that of
 * the event. How bad a let-down is, the rules say, so that like failures are called alike (trap T29).
 */
export function completed(
  type: NotedType,
  data: Readonly<Record<string, unknown>>,
  { name, severity }: Readonly<{ name: string; severity: SeverityRules }>,
): Readonly<Record<string, unknown>> {
  const key = keys[type]
  const named = key === undefined ? data : { [key]: name, ...data }
  if (type !== 'failure.occurred') return named
  const { category, loss } = data
  const known = {
    category: typeof category === 'string' ? category : null,
    lossMinor: typeof loss === 'number' ? loss : null,
  }
  return { ...named, severity: severityProposed(known, severity) }
}
