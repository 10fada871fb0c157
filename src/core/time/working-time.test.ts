import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Calendar, type Shift, weekdays } from './calendar.ts'
import { readClock } from './clock.ts'
import { deadline, periodUnits } from './deadline.ts'
import { DAY_MS, type Instant, instant, instantOf, MINUTE_MS } from './instant.ts'
import { dateText, dayNumber, monthsAfter, weekdayOf } from './local-date.ts'
import { due, elapsed, type Pause } from './working-time.ts'
import { zoneOf } from './zone.ts'

const SPAN_MINUTES = 200 * 1_440
const firstMinute = instantOf('2026-01-01T00:00:00Z') / MINUTE_MS

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const anyShift = fc
  .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 1_440 }))
  .map(([opens, closes]): Shift => [time(opens), time(closes)])
const anyShifts = fc.array(anyShift, { maxLength: 3 })
const anyDate = fc.integer({ min: 0, max: 230 }).map((days) => dateText((dayNumber('2026-01-01') ?? 0) + days))

/** Opens every week at least on Wednesday; zones whose clocks go forward and back at midnight, at 2, and by half hours. */
const anyCalendar: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom(
    'Europe/Amsterdam',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Havana',
    'Asia/Kathmandu',
  ),
  weekly: fc.tuple(...weekdays.map(() => anyShifts)).map((lists) => ({
    ...Object.fromEntries(weekdays.map((day, index) => [day, lists[index] ?? []])),
    wed: [['10:00', '16:00'] as Shift, ...(lists[2] ?? [])],
  })),
  holidays: fc.array(anyDate, { maxLength: 5 }),
  exceptions: fc.dictionary(anyDate, anyShifts, { maxKeys: 3 }),
})

const anyAt = fc.integer({ min: 0, max: SPAN_MINUTES }).map((minute) => instant((firstMinute + minute) * MINUTE_MS))
const anyPause = fc
  .tuple(anyAt, fc.integer({ min: 0, max: 5_000 }))
  .map(([from, minutes]): Pause => [from, instant(from + minutes * MINUTE_MS)])
const anyPauses = fc.array(anyPause, { maxLength: 4 })
const anyMinutes = fc.integer({ min: 1, max: 9_000 })

const dueAt = (calendar: Calendar, start: Instant, minutes: number, pauses: readonly Pause[] = []): Instant => {
  const found = due(calendar, start, minutes, pauses)
  if (found.kind === 'refused') throw new Error(found.because)
  return found.at
}
const minutesIn = (calendar: Calendar, from: Instant, until: Instant, pauses: readonly Pause[] = []): number => {
  const found = elapsed(calendar, from, until, pauses)
  if (found.kind === 'refused') throw new Error(found.because)
  return found.minutes
}
const later = (at: Instant, minutes: number): Instant => instant(at + minutes * MINUTE_MS)

describe('working time over any calendar', () => {
  test('elapsed inverts due, and the minute before is one minute short', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyMinutes, anyPauses, (calendar, start, minutes, pauses) => {
        const end = dueAt(calendar, start, minutes, pauses)
        expect(minutesIn(calendar, start, end, pauses)).toBe(minutes)
        expect(minutesIn(calendar, start, later(end, -1), pauses)).toBe(minutes - 1)
      }),
    )
  })

  test('a later start never gives an earlier due time', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyAt,
        fc.nat(20_000),
        anyMinutes,
        anyPauses,
        (calendar, start, wait, minutes, pauses) => {
          expect(dueAt(calendar, later(start, wait), minutes, pauses)).toBeGreaterThanOrEqual(
            dueAt(calendar, start, minutes, pauses),
          )
        },
      ),
    )
  })

  test('more minutes are never over earlier', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyMinutes, anyMinutes, anyPauses, (calendar, start, some, more, pauses) => {
        expect(dueAt(calendar, start, some + more, pauses)).toBeGreaterThan(dueAt(calendar, start, some, pauses))
      }),
    )
  })

  test('a pause never shortens, and never adds to what has elapsed', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyMinutes, anyPauses, anyPause, (calendar, start, minutes, pauses, pause) => {
        const before = dueAt(calendar, start, minutes, pauses)
        expect(dueAt(calendar, start, minutes, [...pauses, pause])).toBeGreaterThanOrEqual(before)
        expect(minutesIn(calendar, start, before, [pause, ...pauses])).toBeLessThanOrEqual(minutes)
      }),
    )
  })

  test('elapsed adds up over any point between', () => {
    fc.assert(
      fc.property(anyCalendar, fc.tuple(anyAt, anyAt, anyAt), anyPauses, (calendar, points, pauses) => {
        const [from = instant(0), middle = instant(0), until = instant(0)] = points.toSorted((a, b) => a - b)
        expect(minutesIn(calendar, from, middle, pauses) + minutesIn(calendar, middle, until, pauses)).toBe(
          minutesIn(calendar, from, until, pauses),
        )
      }),
    )
  })

  test('zero minutes is the start of the first working minute', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyPauses, (calendar, start, pauses) => {
        const first = dueAt(calendar, start, 0, pauses)
        expect(first).toBe(later(dueAt(calendar, start, 1, pauses), -1))
        expect(minutesIn(calendar, start, first, pauses)).toBe(0)
      }),
    )
  })

  test('the order of pauses and what overlaps among them change nothing', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyMinutes, anyPauses, (calendar, start, minutes, pauses) => {
        expect(dueAt(calendar, start, minutes, [...pauses.toReversed(), ...pauses])).toBe(
          dueAt(calendar, start, minutes, pauses),
        )
      }),
    )
  })

  test('each open minute counted one by one gives the same as counting by spans', () => {
    fc.assert(
      fc.property(anyCalendar, anyAt, anyPauses, (calendar, start, pauses) => {
        let sum = 0
        for (let minute = 0; minute < 600; minute += 1) {
          sum += minutesIn(calendar, later(start, minute), later(start, minute + 1), pauses)
        }
        expect(minutesIn(calendar, start, later(start, 600), pauses)).toBe(sum)
      }),
      { numRuns: 20 },
    )
  })
})

describe('deadlines', () => {
  test('a later receipt and a longer period never end earlier, and the deadline lies after the receipt', () => {
    const anyPeriod = fc.record({
      unit: fc.constantFrom(...periodUnits),
      n: fc.integer({ min: 1, max: 40 }),
      rollover: fc.boolean(),
    })
    const ends = (calendar: Calendar, start: Instant, period: Parameters<typeof deadline>[2]) => {
      const found = deadline(calendar, start, period)
      if (found.kind === 'refused') throw new Error(found.because)
      return found.at
    }
    fc.assert(
      fc.property(anyCalendar, anyAt, fc.nat(5_000), anyPeriod, (calendar, start, wait, period) => {
        const end = ends(calendar, start, period)
        expect(end).toBeGreaterThan(start)
        expect(ends(calendar, later(start, wait), period)).toBeGreaterThanOrEqual(end)
        expect(ends(calendar, start, { ...period, n: period.n + 1 })).toBeGreaterThanOrEqual(end)
      }),
    )
  })

  test.each([
    ['a period past the year 9999', { unit: 'years', n: 9_000, rollover: false }],
    ['a period too long to count', { unit: 'working_days', n: 2_900_000, rollover: false }],
    ['months past all numbers', { unit: 'months', n: 2_900_000, rollover: false }],
    ['half a day', { unit: 'days', n: 0.5, rollover: false }],
    ['an end at 00:00', { unit: 'days', n: 1, rollover: false, endsAt: '00:00' }],
  ] as const)('%s is invalid', (_name, period) => {
    expect(deadline({ zone: 'Europe/Amsterdam' }, instantOf('2026-06-10T08:00:00Z'), period)).toEqual({
      kind: 'refused',
      because: 'invalid',
    })
  })
})

describe('what is not readable', () => {
  const calendar: Calendar = { zone: 'Europe/Amsterdam', weekly: { mon: [['09:00', '17:00']] } }
  const start = instantOf('2026-06-10T08:00:00Z')

  test.each([
    ['no such weekday', { ...calendar, weekly: { someday: [] } } as Calendar, start, 1],
    ['an offset in place of a zone', { ...calendar, zone: '+01:00' }, start, 1],
    ['a holiday that does not exist', { ...calendar, holidays: ['2026-02-29'] }, start, 1],
    ['an exception without a date', { ...calendar, exceptions: { soon: [] } }, start, 1],
    ['a working date in words', { ...calendar, workingDates: ['tomorrow'] }, start, 1],
    ['a time without a zero', { ...calendar, weekly: { mon: [['9:00', '17:00']] } } as Calendar, start, 1],
    ['no instant', calendar, instant(Number.NaN), 1],
    ['before 1970', calendar, instant(-1), 1],
    ['after 9999', calendar, instant(253_402_300_800_000), 1],
    ['half a minute', calendar, start, 0.5],
    ['minutes without end', calendar, start, Number.POSITIVE_INFINITY],
  ] as const)('%s is invalid', (_name, given, from, minutes) => {
    expect(due(given, from, minutes)).toEqual({ kind: 'refused', because: 'invalid' })
  })

  test('more minutes than a hundred years offer are impossible', () => {
    expect(due(calendar, start, 100_000_000)).toEqual({ kind: 'refused', because: 'impossible' })
  })

  test('a clock refuses what it cannot count', () => {
    const clock = { calendar: { zone: 'Nowhere' }, start, minutes: 1, pauses: [] }
    expect(readClock(clock, start, null)).toEqual({ kind: 'refused', because: 'invalid' })
    const never = { ...clock, calendar: { zone: 'UTC' } }
    expect(readClock(never, start, null)).toEqual({ kind: 'refused', because: 'impossible' })
  })
})

describe('a clock of 120 minutes from 10:00, on a Monday that closes at 17:00', () => {
  const calendar: Calendar = { zone: 'UTC', weekly: { mon: [['09:00', '17:00']] } }
  const at = (text: string) => instantOf(`2026-06-15T${text}:00Z`)
  const waiting: Pause = [at('11:00'), null]
  const waited: Pause = [at('11:00'), at('11:30')]

  test.each([
    ['10:59', [], null, 'running', 59, 61, 0, '12:00'],
    ['11:30', [], null, 'warning', 90, 30, 0, '12:00'],
    ['11:59', [], null, 'warning', 119, 1, 0, '12:00'],
    ['12:00', [], null, 'breached', 120, 0, 0, '12:00'],
    ['12:07', [], null, 'breached', 127, 0, 7, '12:00'],
    ['14:00', [waiting], null, 'paused', 60, 60, 0, null],
    ['11:10', [waited], null, 'paused', 60, 60, 0, '12:30'],
    ['12:10', [waited], null, 'warning', 100, 20, 0, '12:30'],
    ['16:00', [], '11:59', 'met', 119, 1, 0, '12:00'],
    ['16:00', [], '12:00', 'met late', 120, 0, 0, '12:00'],
    ['16:00', [waiting], '11:20', 'met', 60, 60, 0, null],
    ['09:00', [], null, 'running', 0, 120, 0, '12:00'],
  ] as const)('at %s, pauses %j, done %s: %s', (now, pauses, done, state, used, remaining, late, end) => {
    const doneAt = done === null ? null : at(done)
    expect(readClock({ calendar, start: at('10:00'), minutes: 120, pauses }, at(now), doneAt)).toMatchObject({
      state,
      usedMinutes: used,
      remainingMinutes: remaining,
      lateMinutes: late,
      dueAt: end === null ? null : at(end),
    })
  })

  test('the share for the warning can be set', () => {
    const clock = { calendar, start: at('10:00'), minutes: 120, pauses: [], warnShare: 0.5 }
    expect(readClock(clock, at('11:00'), null)).toMatchObject({ state: 'warning', warnAt: at('11:00') })
  })
})

describe('dates', () => {
  test('days, weekdays and months agree with the calendar', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('1969-12-31')).toBeNull()
    expect(dayNumber('2026-02-29')).toBeNull()
    expect(weekdayOf(dayNumber('2026-11-22') ?? 0)).toBe(6)
    expect(weekdayOf(-1)).toBe(2)
    expect(dateText(monthsAfter(dayNumber('2027-12-31') ?? 0, 2))).toBe('2028-02-29')
    expect(dateText(monthsAfter(dayNumber('2026-01-31') ?? 0, 2))).toBe('2026-03-31')
  })

  test('a date that was skipped whole begins where the next one does', () => {
    const apia = zoneOf('Pacific/Apia')
    const skipped = dayNumber('2011-12-30') ?? 0
    expect(apia?.startOf(skipped)).toBe(instantOf('2011-12-30T10:00:00Z') / MINUTE_MS)
    expect(apia?.startOf(skipped + 1)).toBe(apia?.startOf(skipped))
    expect(apia?.dayAt((skipped * DAY_MS) / MINUTE_MS + 600)).toBe(skipped + 1)
  })

  test('where midnight comes twice the date begins with the first', () => {
    const back = dayNumber('2026-11-01') ?? 0
    expect(zoneOf('America/Havana')?.startOf(back)).toBe(instantOf('2026-11-01T04:00:00Z') / MINUTE_MS)
  })
})
