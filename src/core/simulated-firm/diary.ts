import { type Instant, instant, SECOND_MS } from '../instant.ts'
import type { EventData, EventType } from '../vocabulary.ts'

/** What happens, without who and when. */
export type Draft = { [Type in EventType]: Readonly<{ type: Type; data: EventData<Type> }> }[EventType]

/** A thing that will happen, unless the customer leaves first. */
export type Entry = Readonly<{ at: Instant; draft: Draft }>

/** What is still to come for one customer, in order of time; ties keep the order in which they were noted. */
export type Diary = Readonly<{
  /** Notes what will happen, to the second. */
  note: (at: number, draft: Draft) => void
  /** Takes out the next entry that happens up to and at `until`. */
  next: (until: number) => Entry | undefined
  /** Drops everything after `at` that is not kept. */
  cut: (at: number, keeps: (type: EventType) => boolean) => void
}>

/** An empty diary. */
export function openDiary(): Diary {
  let entries: Entry[] = []
  const note = (at: number, draft: Draft) => {
    const entry = { at: instant(Math.round(at / SECOND_MS) * SECOND_MS), draft }
    // Stories are told forward, so the place is near the end.
    let place = entries.length
    while (place > 0 && (entries[place - 1]?.at ?? 0) > entry.at) place -= 1
    if (place === entries.length) entries.push(entry)
    else entries.splice(place, 0, entry)
  }
  const next = (until: number) => {
    const first = entries[0]
    if (first === undefined || first.at > until) return undefined
    entries.shift()
    return first
  }
  const cut = (at: number, keeps: (type: EventType) => boolean) => {
    entries = entries.filter((entry) => entry.at <= at || keeps(entry.draft.type))
  }
  return { note, next, cut }
}
