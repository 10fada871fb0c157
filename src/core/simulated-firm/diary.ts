import type { EventData, EventType } from '../relationship/vocabulary.ts'
import { DAY_MS, type Instant, instant, rfc3339, SECOND_MS } from '../time/instant.ts'

/** What happens, without who and when. */
export type Draft = { [Type in EventType]: Readonly<{ type: Type; data: EventData<Type> }> }[EventType]

/** A thing that will happen, unless the customer leaves first. */
export type Entry = Readonly<{ at: Instant; draft: Draft }>

/** What is still to come for one customer, in order of time; ties keep the order in which they were noted. */
export type Diary = Readonly<{
  /** Notes what will happen, in waking hours of its day. */
  note: (at: number, draft: Draft) => void
  /** Notes what happens at this very second. */
  noteAt: (at: number, draft: Draft) => void
  /** Takes out the next entry that happens up to and at `until`. */
  next: (until: number) => Entry | undefined
  /** Drops everything after `at` that is not kept. */
  cut: (at: number, keeps: (type: EventType) => boolean) => void
}>

/** The day starts at 6:00 UTC and has 15 hours, which suits the time zone of the customers. */
const WAKES_MS = DAY_MS / 4
const AWAKE_SHARE = 15 / 24
/** Up to this time of day `awake` moves nothing to an earlier time. */
export const MOVES_LATER_MS = WAKES_MS / (1 - AWAKE_SHARE)

/** Moves an instant into the waking hours of its day; what came first still comes first. */
export function awake(ms: number): number {
  const midnight = Math.floor(ms / DAY_MS) * DAY_MS
  return midnight + WAKES_MS + (ms - midnight) * AWAKE_SHARE
}

/** How an instant at which something is due reads on the wire, moved like everything that is noted. */
export const dueOnWire = (ms: number): string => rfc3339(instant(Math.round(awake(ms) / SECOND_MS) * SECOND_MS))

/** An empty diary. */
export function openDiary(): Diary {
  let entries: Entry[] = []
  const noteAt = (at: number, draft: Draft) => {
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
  const note = (at: number, draft: Draft) => noteAt(awake(at), draft)
  return { note, noteAt, next, cut }
}
