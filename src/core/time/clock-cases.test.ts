import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Calendar } from './calendar.ts'
import { deadline, type Period } from './deadline.ts'
import { type Instant, instantOf, rfc3339 } from './instant.ts'
import { due, elapsed, type Pause } from './working-time.ts'

/**
 * 300 cases with answers that were computed twice outside of this code, by intervals and by stepping through UTC
 * minute by minute, with time zone data 2025b (golden/clock-cases.jsonl, 2026-11-22).
 */
type Case = Readonly<{
  id: string
  kind: 'due' | 'elapsed' | 'deadline'
  note?: string
  calendar: Omit<Calendar, 'workingDates'> & { working_dates?: readonly string[] }
  start: string
  end?: string
  minutes?: number
  pauses?: readonly (readonly [string, string | null])[]
  unit?: string
  n?: number
  rollover?: boolean
  ends_at?: string
  expected_due?: string
  expected_last_day?: string
  expected_minutes?: number
  expected_error?: string
}>

const cases = readFileSync(new URL('golden/clock-cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)

const written = (at: Instant) => rfc3339(at).replace('.000Z', 'Z')

function answered({ calendar: { working_dates: workingDates = [], ...rest }, ...one }: Case) {
  const calendar: Calendar = { ...rest, workingDates }
  const start = instantOf(one.start)
  const pauses = (one.pauses ?? []).map(([from, to]): Pause => [instantOf(from), to === null ? null : instantOf(to)])
  switch (one.kind) {
    case 'due': {
      const found = due(calendar, start, one.minutes ?? 0, pauses)
      return found.kind === 'due' ? { expected_due: written(found.at) } : { expected_error: found.because }
    }
    case 'elapsed': {
      const found = elapsed(calendar, start, instantOf(one.end ?? ''), pauses)
      return found.kind === 'elapsed' ? { expected_minutes: found.minutes } : { expected_error: found.because }
    }
    case 'deadline': {
      const endsAt = one.ends_at === undefined ? {} : { endsAt: one.ends_at }
      const period = { unit: one.unit, n: one.n, rollover: one.rollover ?? false, ...endsAt } as Period
      const found = deadline(calendar, start, period)
      return found.kind === 'ends'
        ? { expected_due: written(found.at), expected_last_day: found.lastDay }
        : { expected_error: found.because }
    }
  }
}

const expected = ({ expected_due, expected_last_day, expected_minutes, expected_error }: Case) =>
  JSON.parse(JSON.stringify({ expected_due, expected_last_day, expected_minutes, expected_error }))

describe('clocks against hand-made calendars', () => {
  test('there are all three hundred cases', () => expect(cases).toHaveLength(300))

  test.each(cases.map((one) => [`${one.id} ${one.note ?? ''}`.trim(), one] as const))('%s', (_name, one) => {
    expect(answered(one)).toEqual(expected(one))
  })
})
