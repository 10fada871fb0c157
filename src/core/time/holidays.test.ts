import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deadline } from './deadline.ts'
import { calendarFor, holidayRegions, holidaysKnown, holidaysOf } from './holidays.ts'
import { instantOf } from './instant.ts'
import { due } from './working-time.ts'
import { zoneOf } from './zone.ts'

const folder = '../shared/data/calendars'
const rowsOf = (file: string) => readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n').slice(1)

describe('public holidays', () => {
  test.each(holidayRegions)('%s has a zone, a source, and days in order within the known years', (region) => {
    const { zone, source, notedOn, knownFrom, knownUntil, sureUntil, holidays } = holidaysOf[region]
    expect(zoneOf(zone)).not.toBeNull()
    expect(source).not.toBe('')
    expect(notedOn).toBe('2026-11-22')
    expect(sureUntil <= knownUntil).toBe(true)
    const dates = holidays.map(({ date }) => date)
    expect(dates).toEqual(dates.toSorted())
    expect(dates.every((date) => date >= knownFrom && date <= knownUntil)).toBe(true)
    expect(new Set(dates.map((date) => date.slice(0, 4))).size).toBe(7)
  })

  test.skipIf(!existsSync(`${folder}/holidays.csv`))(
    'are those of the collected files (skipped where these are absent)',
    () => {
      const line =
        (region: string) =>
        (day: (typeof holidaysOf)['NL']['specialDays'][number] | (typeof holidaysOf)['NL']['holidays'][number]) =>
          [region, day.date, day.nameLocal, day.nameEn, day.kind, day.certainty].join(',')
      const ours = (what: 'holidays' | 'specialDays') =>
        holidayRegions.flatMap((region) => holidaysOf[region][what].map(line(region))).toSorted()
      const plain = (row: string) => row.replaceAll('"', '')
      expect(ours('holidays').map(plain)).toEqual(rowsOf('holidays.csv').map(plain).toSorted())
      expect(ours('specialDays').map(plain)).toEqual(rowsOf('special_days.csv').map(plain).toSorted())
    },
  )
})

describe('the calendar of a firm', () => {
  const weekly = { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']] } as const

  test('is closed on the holidays of its region, and open on those that it works', () => {
    const easterMonday = instantOf('2026-04-06T06:00:00Z')
    expect(due(calendarFor('NL', { weekly }), easterMonday, 60)).toEqual({
      kind: 'due',
      at: instantOf('2026-04-07T08:00:00Z'),
    })
    const worked = calendarFor('NL', { weekly, worked: ['2026-04-06'] })
    expect(due(worked, easterMonday, 60)).toEqual({ kind: 'due', at: instantOf('2026-04-06T08:00:00Z') })
  })

  test('takes its own zone and exceptions before those of the region', () => {
    const own = calendarFor('DE', { zone: 'Europe/Lisbon', weekly, exceptions: { '2026-06-15': [['12:00', '13:00']] } })
    expect(due(own, instantOf('2026-06-15T06:00:00Z'), 60)).toEqual({
      kind: 'due',
      at: instantOf('2026-06-15T12:00:00Z'),
    })
  })

  test('counts Good Friday for time limits of Dutch law, and keeps it open', () => {
    const thursday = instantOf('2026-04-02T10:00:00Z')
    const period = { unit: 'working_days', n: 1, rollover: false } as const
    expect(deadline(calendarFor('NL', {}), thursday, period)).toMatchObject({ lastDay: '2026-04-03' })
    expect(deadline(calendarFor('NL', {}, 'time limits'), thursday, period)).toMatchObject({ lastDay: '2026-04-07' })
  })

  test('counts a Saturday that was worked by decree', () => {
    const friday = instantOf('2024-04-26T10:00:00Z')
    const period = { unit: 'working_days', n: 1, rollover: false } as const
    expect(deadline(calendarFor('RU', {}), friday, period)).toMatchObject({ lastDay: '2024-04-27' })
  })

  test.each([
    ['NL', '2026-06-01', '2026-07-01', 'sure'],
    ['NL', '2025-05-01', '2025-06-01', 'may change'],
    ['NL', '2030-11-01', '2031-01-15', 'unknown'],
    ['NL', '2023-12-01', '2024-01-15', 'unknown'],
    ['RU', '2026-12-01', '2026-12-20', 'sure'],
    ['RU', '2027-02-01', '2027-02-10', 'may change'],
    ['GB-ENG', '2029-02-01', '2029-02-10', 'may change'],
  ] as const)('says how far the holidays of %s are known from %s to %s: %s', (region, from, until, known) => {
    expect(holidaysKnown(region, instantOf(`${from}T12:00:00Z`), instantOf(`${until}T12:00:00Z`))).toBe(known)
  })
})
