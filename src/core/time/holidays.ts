/** Public holidays of seven regions, and the calendar of a firm made from them. */
import { assert } from '../assert.ts'
import type { Calendar } from './calendar.ts'
import table from './calendars/holidays.json' with { type: 'json' }
import { type Instant, MINUTE_MS } from './instant.ts'
import { type DayNumber, dayNumber } from './local-date.ts'
import { type Minute, zoneOf } from './zone.ts'

/** A region whose public holidays are known. DE is what all its states share; each region is complete in itself. */
export const holidayRegions = ['NL', 'DE', 'DE-BY', 'DE-NW', 'BE', 'GB-ENG', 'RU'] as const
/** One of the regions. */
export type HolidayRegion = (typeof holidayRegions)[number]

/** `observed` stands in place of a holiday by a standing rule, `bridge` by the decree of a year. */
const holidayKinds = ['statutory', 'observed', 'bridge'] as const
/** A Saturday worked by decree; or a day that counts for time limits set by law and is no day off. */
const effects = ['working_day', 'time_limits_only'] as const
/** `check`: whoever runs the firm must say whether it holds here. */
const certainties = ['sure', 'check'] as const

type Day<Kind> = Readonly<{
  date: string
  nameLocal: string
  nameEn: string
  kind: Kind
  certainty: (typeof certainties)[number]
}>
/** A day off. */
export type Holiday = Day<(typeof holidayKinds)[number]>
/** A day that a list of days off cannot say. */
export type SpecialDay = Day<(typeof effects)[number]>

/** What is known of a region. Outside of the two dates nothing is, and a day there counts as no holiday. */
export type RegionHolidays = Readonly<{
  zone: string
  knownFrom: string
  knownUntil: string
  /** Up to here every decree and publication is in it; later days follow standing rules, may be moved, and may lack some. */
  sureUntil: string
  notes: readonly string[]
  source: string
  notedOn: string
  holidays: readonly Holiday[]
  specialDays: readonly SpecialDay[]
}>

const { source, notedOn, knownFrom, knownUntil } = table

/** The holidays of each region. */
export const holidaysOf: Readonly<Record<HolidayRegion, RegionHolidays>> = {
  NL: regionOf('NL'),
  DE: regionOf('DE'),
  'DE-BY': regionOf('DE-BY'),
  'DE-NW': regionOf('DE-NW'),
  BE: regionOf('BE'),
  'GB-ENG': regionOf('GB-ENG'),
  RU: regionOf('RU'),
}

function regionOf(region: HolidayRegion): RegionHolidays {
  const { zone, sureUntil, notes, holidays, specialDays } = table.regions[region]
  return {
    zone,
    knownFrom,
    knownUntil,
    sureUntil,
    notes,
    source,
    notedOn,
    holidays: holidays.map((row) => dayOf(row, holidayKinds)),
    specialDays: specialDays.map((row) => dayOf(row, effects)),
  }
}

function dayOf<Kind extends string>(row: readonly string[], kinds: readonly Kind[]): Day<Kind> {
  const [date = '', nameLocal = '', nameEn = ''] = row
  const kind = kinds.find((one) => one === row[3])
  const certainty = certainties.find((one) => one === row[4])
  assert(dayNumber(date) !== null && nameLocal !== '' && nameEn !== '', `a holiday has a date and names: ${row}`)
  assert(kind !== undefined && certainty !== undefined, `a holiday has a kind and a certainty: ${row}`)
  return { date, nameLocal, nameEn, kind, certainty }
}

/** The region whose public holidays hold in a zone, as far as one is known: that of the whole country. */
export const regionOfZone = (zone: string): HolidayRegion | null =>
  holidayRegions.find((region) => holidaysOf[region].zone === zone) ?? null

/** What a firm says of itself, beside the holidays of its region. */
export type FirmHours = Readonly<{
  /** Its own zone; that of the region if left out. */
  zone?: string
  weekly?: Calendar['weekly']
  exceptions?: Calendar['exceptions']
  /** Listed holidays on which the firm works as on any day. */
  worked?: readonly string[]
}>

/** Which calendar is asked for: for opening hours, or for periods that the law sets. */
export type CalendarUse = 'opening hours' | 'time limits'

/**
 * The calendar of a firm. Ask for it once and keep it: what was computed of a calendar is kept with the object. Where
 * its holidays end is told by `holidaysKnown`.
 */
export function calendarFor(region: HolidayRegion, firm: FirmHours, use: CalendarUse = 'opening hours'): Calendar {
  const { zone, holidays, specialDays } = holidaysOf[region]
  const worked = new Set(firm.worked ?? [])
  const special = (kind: SpecialDay['kind']) => specialDays.filter((day) => day.kind === kind).map(({ date }) => date)
  const daysOff = holidays.map(({ date }) => date).filter((date) => !worked.has(date))
  return {
    zone: firm.zone ?? zone,
    weekly: firm.weekly ?? {},
    exceptions: firm.exceptions ?? {},
    holidays: use === 'time limits' ? [...daysOff, ...special('time_limits_only')] : daysOff,
    workingDates: special('working_day'),
  }
}

/**
 * How far the holidays between two instants are known: `sure`, `may change` where days follow standing rules or are to
 * be checked, `unknown` where a part lies outside of the known years and holidays there are missing.
 */
export function holidaysKnown(region: HolidayRegion, from: Instant, until: Instant): 'sure' | 'may change' | 'unknown' {
  const known = holidaysOf[region]
  const zone = zoneOf(known.zone)
  assert(zone !== null, `the zone of ${region} is one`)
  const [first, last] = [zone.dayAt(minute(from)), zone.dayAt(minute(until))]
  if (first < read(known.knownFrom) || last > read(known.knownUntil)) return 'unknown'
  const isToCheck = ({ date, certainty }: Holiday) => certainty === 'check' && read(date) >= first && read(date) <= last
  return last > read(known.sureUntil) || known.holidays.some(isToCheck) ? 'may change' : 'sure'
}

const minute = (at: Instant): Minute => Math.floor(at / MINUTE_MS)

function read(date: string): DayNumber {
  const day = dayNumber(date)
  assert(day !== null, `${date} is a date`)
  return day
}
