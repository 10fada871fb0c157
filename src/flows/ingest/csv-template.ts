import { type EventType, eventTypes, type Field, vocabulary } from '../../core/relationship/vocabulary.ts'

/** The groups of event types (design, events), each with the first words of its types. */
const prefixes = {
  person: ['customer', 'consent', 'moment', 'event'],
  trade: ['order', 'subscription', 'payment', 'price'],
  promise: ['promise'],
  contact: ['contact', 'note', 'conduct'],
  failure: ['failure'],
  voice: ['survey', 'post', 'praise', 'dispute', 'input'],
  offers: ['offer'],
  vouchers: ['voucher'],
  exit: ['exit', 'winback'],
  care: ['gesture', 'reward'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** A group of event types with a CSV template of its own. */
export type EventGroup = keyof typeof prefixes

/** All groups in the order of the reference. */
export const eventGroups: readonly EventGroup[] = [
  'person',
  'trade',
  'promise',
  'contact',
  'failure',
  'voice',
  'offers',
  'vouchers',
  'exit',
  'care',
]

/** The types of a group, in the order of the vocabulary. */
export function typesOfGroup(group: EventGroup): readonly EventType[] {
  const words: readonly string[] = prefixes[group]
  return eventTypes.filter((type) => words.includes(type.slice(0, type.indexOf('.'))))
}

const DAY = '2026-01-15T09:30:00Z'

/** Examples that say more than their kind would. */
const telling: Readonly<Record<string, string>> = {
  email: 'customer@example.com',
  phone: '+31000000000',
  name: 'Example Name',
  locale: 'nl',
  timezone: 'Europe/Amsterdam',
  items: '[{"product":"p-1","quantity":2}]',
  merchants: '["shop-1"]',
  attributes: '{"tier":"silver"}',
  score: '4',
  min: '1',
  max: '5',
  percent: '3.5',
  rating: '2',
  reach: '120',
}

function exampleOf(name: string, { kind }: Field): string {
  const known = telling[name]
  if (known !== undefined) return known
  if (typeof kind !== 'string') return kind[0] ?? ''
  switch (kind) {
    case 'instant':
      return '2026-01-20T17:00:00Z'
    case 'minor':
      return '1990'
    case 'currency':
      return 'EUR'
    case 'number':
      return '1'
    case 'seconds':
      return '90'
    case 'flag':
      return 'true'
    case 'denied':
      return 'false'
    case 'list':
      return '[]'
    case 'record':
      return '{}'
    case 'prose':
      return 'Free text, up to 20,000 characters.'
    default:
      return `${name}-1`
  }
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function exampleRow(type: EventType, number: number, columns: readonly string[]): readonly string[] {
  const fields: Readonly<Record<string, Field>> = vocabulary[type]
  const values = columns.map((name) => {
    const field = fields[name]
    return field === undefined ? '' : exampleOf(name, field)
  })
  return ['customer-1', type, DAY, `row-${number}`, '', ...values]
}

/**
 * A CSV file for the events of one group: a header (`customer,type,at,id,source` and `data.<field>` for every field of
 * the group) and one example row for each type. Fields that a type does not have stay empty. Reads back with the
 * mapping `events`.
 */
export function csvTemplate(group: EventGroup): string {
  const types = typesOfGroup(group)
  const columns = [...new Set(types.flatMap((type) => Object.keys(vocabulary[type])))]
  const header = ['customer', 'type', 'at', 'id', 'source', ...columns.map((name) => `data.${name}`)]
  const rows = types.map((type, index) => exampleRow(type, index + 1, columns))
  return `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`
}
