import { type Static, Type } from 'typebox'
import { notedTypes } from '../core/relationship/noted-event.ts'

/** What somebody of the firm writes down about a customer. */
export const noteWish = Type.Object(
  {
    type: Type.Enum(notedTypes),
    at: Type.Optional(Type.String({ format: 'date-time', description: 'When it happened; now if left out.' })),
    data: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'The fields of the type, as `POST /v1/events` takes them. The key of a contact, a failure or a promise is made where it is left out, and the severity of a failure is what the rules on cases propose.',
    }),
  },
  { $id: 'NoteWish' },
)
export type NoteWish = Static<typeof noteWish>

/** The event that was written down. */
export const notedEvent = Type.Object(
  {
    customer: Type.String({ description: 'Who holds the relationship, where people were merged.' }),
    event: Type.String({ description: 'Its id, by which it is taken back.' }),
    source: Type.String(),
    type: Type.String(),
    at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Noted' },
)
export type NotedEvent = Static<typeof notedEvent>
