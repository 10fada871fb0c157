import type { NoteWish } from '../../../contract/noted-events.ts'
import { minorOf } from '../../numbers.ts'
import { instantOfWall } from '../../wall-time.ts'
import type { Words } from '../../words/en.ts'

export type Kind = keyof Words['noting']['kinds']
export type FieldName = keyof Words['noting']['fields']
/** What was typed or chosen, by field; `at` is when it happened. */
export type TypedEvent = Readonly<Partial<Record<FieldName | 'at', string>>>

type Form = Readonly<{
  type: NoteWish['type']
  fields: readonly FieldName[]
  required: readonly FieldName[]
  /** What is so by the choice of the kind alone. */
  fixed?: Readonly<Record<string, unknown>>
}>

/** What each kind asks, and the event that it becomes. */
export const forms: Readonly<Record<Kind, Form>> = {
  contact: {
    type: 'contact.opened',
    fields: ['channel', 'direction', 'about', 'topic', 'customerText'],
    required: ['channel', 'direction'],
  },
  complaint: {
    type: 'contact.opened',
    fields: ['channel', 'about', 'customerText'],
    required: ['channel'],
    fixed: { direction: 'in', topic: 'complaint' },
  },
  'let-down': { type: 'failure.occurred', fields: ['category', 'order', 'customerText'], required: ['category'] },
  promise: { type: 'promise.made', fields: ['what', 'due', 'about'], required: ['what', 'due'] },
  praise: { type: 'praise.given', fields: ['channel', 'customerText'], required: [] },
  note: { type: 'note.written', fields: ['text', 'about'], required: ['text'] },
  post: {
    type: 'post.published',
    fields: ['platform', 'negative', 'linkedBy', 'about', 'customerText'],
    required: ['negative', 'linkedBy'],
  },
  dispute: { type: 'dispute.opened', fields: ['dispute', 'about', 'customerText'], required: ['dispute'] },
  gesture: { type: 'gesture.made', fields: ['gesture', 'cost'], required: ['gesture'] },
  conduct: { type: 'conduct.noted', fields: ['conduct', 'seenBy', 'about', 'text'], required: ['conduct', 'seenBy'] },
}

export const isKind = (name: string | null): name is Kind => name !== null && Object.hasOwn(forms, name)

// Under which name the vocabulary has a field; what an event is about has another one with each type.
const nameOf: Readonly<Partial<Record<FieldName, string>>> = {
  customerText: 'text',
  dispute: 'kind',
  gesture: 'kind',
  conduct: 'kind',
}
const aboutOf: Readonly<Partial<Record<NoteWish['type'], string>>> = {
  'contact.opened': 'issue',
  'promise.made': 'about',
}

/** The event as it is sent; what was left empty is left out. */
export function wishOfEvent(
  kind: Kind,
  typed: TypedEvent,
  { timeZone, currency }: Readonly<{ timeZone: string; currency: string }>,
): NoteWish {
  const { type, fields, fixed } = forms[kind]
  const sentAs = (field: FieldName, text: string): unknown => {
    if (field === 'due') return instantOfWall(text, timeZone)
    if (field === 'cost') return minorOf(text, currency)
    return field === 'negative' ? text === 'yes' : text
  }
  const data = fields.flatMap((field) => {
    const text = typed[field]?.trim() ?? ''
    const name = field === 'about' ? (aboutOf[type] ?? 'failure') : (nameOf[field] ?? field)
    return text === '' ? [] : [[name, sentAs(field, text)] as const]
  })
  const at = instantOfWall(typed.at ?? '', timeZone)
  const money = typed.cost === undefined || typed.cost.trim() === '' ? {} : { currency }
  return { type, ...(at === undefined ? {} : { at }), data: { ...fixed, ...Object.fromEntries(data), ...money } }
}
