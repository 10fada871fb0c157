import { Refusal } from './respond.ts'

/** A place in a list as an opaque text for the address line. */
export const cursorOf = (place: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

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
