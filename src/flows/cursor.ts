import { Refusal } from './respond.ts'

/** A place in a list as an opaque text for the address line. */
export const cursorOf = (place: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** A place in a list that is ordered by time. */
export type DatedPlace = Readonly<{ at: string; customer: string; id: string }>

/** Whether a cursor holds a place in a list that is ordered by time. */
export const isDatedPlace = (value: unknown): value is DatedPlace =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  !Number.isNaN(Date.parse(value.at)) &&
  'customer' in value &&
  typeof value.customer === 'string' &&
  'id' in value &&
  typeof value.id === 'string'

/** The place that a cursor stands for, if it has the shape; anything else is refused. */
export function placeOf<Place>(cursor: string | null, isPlace: (value: unknown) => value is Place): Place | null {
  if (cursor === null) return null
  const value = parsed(cursor)
  if (!isPlace(value)) {
    throw new Refusal('parameter-malformed', 'The cursor is not one of this list. Start again without it.', {
      pointer: '/cursor',
    })
  }
  return value
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
