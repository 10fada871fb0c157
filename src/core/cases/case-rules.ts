/** How the firm works on recovery cases: versioned data, from which the policy of the clocks is made. */

import type { Severity } from '../relationship/failure.ts'
import { minuteOfDay, readCalendar, type Weekday } from '../time/calendar.ts'
import { calendarFor, type FirmHours, type HolidayRegion, regionOfZone } from '../time/holidays.ts'
import { DAY_MS, instantOf } from '../time/instant.ts'
import { due } from '../time/working-time.ts'
import { type CasePolicy, type ClockedStep, caseSteps } from './case-clocks.ts'
import { type OpeningRule, openingRules } from './case-opening.ts'
import { type Regime, type RegimeFirm, regimeOf } from './regime-deadlines.ts'
import { regimePacks } from './regime-pack.ts'
import { plainCategory, type SeverityRules, severityAtFirst } from './severity-proposed.ts'
import { usualCasePolicy } from './usual-case-policy.ts'

const MINUTES_MAX = 100_000
const DAYS_MAX = 90

/** A pack that applies to every case of some categories, started by an event; no categories means all. */
export type AppliedPack = Readonly<{ pack: string; event: string; categories: readonly string[] }>

/** The firm's rules on cases. `region` null: that of the firm's time zone, or no holidays where none is known. */
export type CaseRules = Readonly<{
  region: HolidayRegion | null
  hours: Readonly<{
    weekly: NonNullable<FirmHours['weekly']>
    exceptions: NonNullable<FirmHours['exceptions']>
    worked: readonly string[]
  }>
  minutes: CasePolicy['minutes']
  warnShare: number
  managerAfterMinutes: number
  workMinutes: CasePolicy['workMinutes']
  legalWarnDays: number
  /** An event opens a case only if it is at most so many days old when it is received. */
  opening: Readonly<{ rules: readonly OpeningRule[]; daysMax: number }>
  /** How bad a failure is taken to be that a rule infers, or somebody tells by hand. */
  severity: SeverityRules
  /** Which team gets cases of a category. */
  teams: readonly Readonly<{ category: string; team: string }>[]
  packs: readonly AppliedPack[]
  /** As packs ask it of the firm: when a day of work ends, and lengths that the law leaves open, by pack and step. */
  closeOfBusiness: string
  lengths: RegimeFirm['lengths']
}>

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const usual = usualCasePolicy({ zone: 'UTC' })

/** What a firm starts with: weekdays from nine to half past five and every rule in force. */
export const caseRulesAtFirst: CaseRules = {
  region: null,
  hours: {
    weekly: Object.fromEntries(workdays.map((day) => [day, [['09:00', '17:30']] as const])),
    exceptions: {},
    worked: [],
  },
  minutes: usual.minutes,
  warnShare: usual.warnShare,
  managerAfterMinutes: usual.managerAfterMinutes,
  workMinutes: usual.workMinutes,
  legalWarnDays: usual.legalWarnMs / DAY_MS,
  opening: { rules: openingRules, daysMax: 3 },
  severity: severityAtFirst,
  teams: [],
  packs: [],
  closeOfBusiness: '17:30',
  lengths: {},
}

/** Rules as they were stored: those of before a setting was there have what a firm starts with. */
export const caseRulesRead = (stored: Omit<CaseRules, 'severity'> & Partial<CaseRules>): CaseRules => ({
  ...stored,
  severity: stored.severity ?? severityAtFirst,
})

/** The policy that the clocks ask, on the firm's calendar. Make it once and keep it: what was computed is kept with it. */
export function casePolicyOf(rules: CaseRules, timeZone: string): CasePolicy {
  const { minutes, warnShare, managerAfterMinutes, workMinutes, legalWarnDays } = rules
  return {
    calendar: calendarOf(rules, timeZone),
    minutes,
    warnShare,
    managerAfterMinutes,
    workMinutes,
    legalWarnMs: legalWarnDays * DAY_MS,
  }
}

function calendarOf({ region, hours }: CaseRules, zone: string) {
  const found = region ?? regionOfZone(zone)
  const { weekly, exceptions, worked } = hours
  return found === null ? { zone, weekly, exceptions } : calendarFor(found, { zone, weekly, exceptions, worked })
}

/** The packs with the firm's own calendars, by id; none where the region of the firm is not known. Keep it too. */
export function regimesOf(rules: CaseRules, timeZone: string): ReadonlyMap<string, Regime> {
  const region = rules.region ?? regionOfZone(timeZone)
  if (region === null) return new Map()
  const { hours, closeOfBusiness, lengths } = rules
  const firm: RegimeFirm = { region, hours: { zone: timeZone, ...hours }, closeOfBusiness, lengths }
  return new Map(regimePacks.map((pack) => [pack.id, regimeOf(pack, firm)]))
}

/** The packs that apply by themselves to a case of this category. */
export const packsFor = (rules: CaseRules, category: string | null): readonly AppliedPack[] =>
  rules.packs.filter(
    ({ categories }) => categories.length === 0 || (category !== null && categories.includes(category)),
  )

/** The team that gets cases of this category; null for none. */
export const teamFor = (rules: CaseRules, category: string | null): string | null =>
  rules.teams.find((one) => one.category === category)?.team ?? null

/**
 * The first thing that is wrong with rules whose form is right: the path of the field and what it must be. Null when
 * they may go live.
 */
export function caseRulesProblem(rules: CaseRules, timeZone: string): RulesProblem | null {
  const bad = numberProblem(rules) ?? severityProblem(rules.severity)
  if (bad !== null) return bad
  const calendar = calendarOf(rules, timeZone)
  if (readCalendar(calendar) === null) return { pointer: '/hours', must: 'hold times from 00:00 to 24:00 and dates' }
  const longest = Math.max(
    ...severities.flatMap((severity) => clockedSteps.map((step) => rules.minutes[severity][step])),
  )
  const found = due(calendar, NEAR, longest + rules.managerAfterMinutes)
  if (found.kind !== 'due') return { pointer: '/hours', must: 'open often enough for the minutes that are allowed' }
  if (minuteOfDay(rules.closeOfBusiness) === null) return { pointer: '/closeOfBusiness', must: 'be a time' }
  return packProblem(rules, timeZone)
}

/** What is wrong with rules: the path of the field, and what it must be. */
export type RulesProblem = Readonly<{ pointer: string; must: string }>

function packProblem({ packs, region }: CaseRules, timeZone: string): RulesProblem | null {
  const unknown = packs.findIndex((one) => !regimePacks.some(({ id }) => id === one.pack))
  if (unknown >= 0) return { pointer: `/packs/${unknown}/pack`, must: 'name a regime pack' }
  const isNowhere = packs.length > 0 && (region ?? regionOfZone(timeZone)) === null
  return isNowhere
    ? { pointer: '/region', must: 'be known before packs can apply: their time limits ask for it' }
    : null
}

const severities: readonly Severity[] = ['minor', 'major', 'critical']
const clockedSteps = caseSteps.filter((step): step is ClockedStep => step !== 'follow up')
/** An instant of our time, from which the minutes are tried. */
const NEAR = instantOf('2026-01-01T00:00:00Z')

const AMOUNT_MAX = 1_000_000_000

function severityProblem({
  veryLateDays,
  majorLossMinor,
  criticalLossMinor,
  categories,
}: SeverityRules): RulesProblem | null {
  if (!isWhole(veryLateDays, 0, DAYS_MAX))
    return { pointer: '/severity/veryLateDays', must: `be whole days from 0 to ${DAYS_MAX}` }
  if (!isWhole(majorLossMinor, 1, AMOUNT_MAX) || !isWhole(criticalLossMinor, majorLossMinor, AMOUNT_MAX))
    return { pointer: '/severity/majorLossMinor', must: 'be at least 1 and no more than the loss that is critical' }
  const names = categories.map(({ category }) => plainCategory(category))
  const bad = names.findIndex((name, place) => name === '' || names.indexOf(name) < place)
  return bad < 0 ? null : { pointer: `/severity/categories/${bad}/category`, must: 'be a name, and each only once' }
}

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most

function numberProblem(rules: CaseRules): RulesProblem | null {
  for (const severity of severities) {
    for (const step of clockedSteps) {
      if (!isWhole(rules.minutes[severity][step], 1, MINUTES_MAX)) {
        return { pointer: `/minutes/${severity}/${step}`, must: `be whole minutes from 1 to ${MINUTES_MAX}` }
      }
    }
  }
  const work = caseSteps.find((step) => !isWhole(rules.workMinutes[step], 1, MINUTES_MAX))
  if (work !== undefined) return { pointer: `/workMinutes/${work}`, must: `be whole minutes from 1 to ${MINUTES_MAX}` }
  if (!(rules.warnShare > 0 && rules.warnShare < 1)) return { pointer: '/warnShare', must: 'lie between 0 and 1' }
  if (!isWhole(rules.managerAfterMinutes, 0, MINUTES_MAX))
    return { pointer: '/managerAfterMinutes', must: `be whole minutes from 0 to ${MINUTES_MAX}` }
  if (!isWhole(rules.legalWarnDays, 0, DAYS_MAX))
    return { pointer: '/legalWarnDays', must: `be whole days from 0 to ${DAYS_MAX}` }
  // An import of years ago would open cases that nobody can put right any more.
  return isWhole(rules.opening.daysMax, 0, DAYS_MAX)
    ? null
    : { pointer: '/opening/daysMax', must: `be whole days from 0 to ${DAYS_MAX}` }
}
