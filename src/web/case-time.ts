import { MINUTE_MS } from '../core/time/instant.ts'
import { at } from './dates.ts'
import type { Speech } from './words.ts'

const HOUR = 60
const DAY = 24 * HOUR

/** `3 h 18 min`. Working time has no days: a working day is not the same everywhere. */
export function workingSpan({ w }: Speech, minutes: number): string {
  const hours = Math.floor(minutes / HOUR)
  const rest = w.cases.minutes(minutes % HOUR)
  return hours === 0 ? rest : `${w.cases.hours(hours)} ${rest}`
}

/** `1 d 2 h` by the clock on the wall; under a day as working time. */
function wallSpan(speech: Speech, minutes: number): string {
  if (minutes < DAY) return workingSpan(speech, minutes)
  const { w } = speech
  return `${w.cases.days(Math.floor(minutes / DAY))} ${w.cases.hours(Math.floor((minutes % DAY) / HOUR))}`
}

/** How far a deadline is: late by how much, left today, or its day and time. */
export function dueWords(
  speech: Speech,
  dueAt: string | null,
  asOf: string,
): Readonly<{ words: string; late: boolean }> {
  const { w } = speech
  if (dueAt === null) return { words: w.cases.noDue, late: false }
  const minutes = Math.floor((at(dueAt) - at(asOf)) / MINUTE_MS)
  if (minutes < 0) return { words: w.cases.late(wallSpan(speech, -minutes)), late: true }
  const words = minutes < DAY ? w.cases.left(workingSpan(speech, minutes)) : w.cases.due(speech.dueTime(at(dueAt)))
  return { words, late: false }
}
