import type { TellingPreview } from '../../../contract/case-tellings.ts'
import { sentenceAt } from '../../../core/cases/reply-text.ts'

/** A promise that was found in a text, with what a person said of it. */
export type PromiseNote = TellingPreview['promises'][number] &
  Readonly<{
    /** The whole sentence: what is promised. */
    what: string
    /** When it comes due, as typed on the clock of the firm; null: as the text says. */
    dueTyped: string | null
    isNone: boolean
  }>

/** The promises of a text, and those that are gone from it, in case they come back. */
export type Noted = Readonly<{ text: string; notes: readonly PromiseNote[]; gone: readonly PromiseNote[] }>

export const nothingNoted: Noted = { text: '', notes: [], gone: [] }

const GONE_MAX = 20

/**
 * The notes of a text that was edited since. What somebody said of a promise stays with it, also when its words change:
 * a phrase is the same one when it says the same, or stands where it stood.
 */
export function noteAgain(was: Noted, text: string, found: TellingPreview['promises']): Noted {
  const moved = was.notes.map((note) => ({ note, place: placeAfter(note, was.text, text) }))
  const taken = new Set<PromiseNote>()
  const take = (note: PromiseNote | undefined): PromiseNote | undefined => {
    if (note !== undefined) taken.add(note)
    return note
  }
  const isFree = (note: PromiseNote): boolean => !taken.has(note)
  const same = found.map((one) =>
    take([...was.notes, ...was.gone].find((note) => isFree(note) && note.phrase === one.phrase)),
  )
  const notes = found.map((one, index): PromiseNote => {
    const known =
      same[index] ?? take(moved.find(({ note, place }) => isFree(note) && place !== null && overlaps(place, one))?.note)
    const said = known === undefined ? { dueTyped: null, isNone: false } : known
    return { ...one, what: sentenceAt(text, one.start), dueTyped: said.dueTyped, isNone: said.isNone }
  })
  const gone = [...was.notes, ...was.gone].filter((note) => isFree(note) && (note.dueTyped !== null || note.isNone))
  return { text, notes, gone: gone.slice(0, GONE_MAX) }
}

/** A stretch of a text. */
export type Place = Readonly<{ start: number; end: number }>

/** Where the promises that were found stand in the text as it is by now. */
export const placesIn = ({ text, notes }: Noted, now: string): readonly Place[] =>
  notes.flatMap((note) => placeAfter(note, text, now) ?? []).filter(({ start, end }) => start < end)

const overlaps = (one: Place, other: Place): boolean => one.start < other.end && other.start < one.end

/**
 * Where a stretch of the old text stands in the new one; null when it was typed over as a whole. Everything that was
 * typed is one edit between what stayed.
 */
function placeAfter({ start, end }: Place, before: string, after: string): Place | null {
  const short = Math.min(before.length, after.length)
  let head = 0
  while (head < short && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < short - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  const rest = before.length - tail
  if (start >= head && end <= rest && rest - head > end - start) return null
  const shift = after.length - before.length
  const edited = { start: head, end: after.length - tail }
  const at = (place: number, inside: number): number => (place <= head ? place : place >= rest ? place + shift : inside)
  return { start: at(start, edited.start), end: at(end, edited.end) }
}
