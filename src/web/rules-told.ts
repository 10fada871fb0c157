import { startInWords } from '../contract/regime-words.ts'
import { caseWords } from '../contract/words/cases.ts'
import { type CaseStep, type ClockedStep, caseSteps } from '../core/cases/case-clocks.ts'
import { openingRules } from '../core/cases/case-opening.ts'
import type { CaseRules } from '../core/cases/case-rules.ts'
import type { RegimePack } from '../core/cases/regime-pack.ts'
import type { RemedyRules } from '../core/cases/remedy-rules.ts'
import { type AskingRules, askingOccasions } from '../core/listening/asking-rules.ts'
import { roles } from '../core/people/permissions.ts'
import type { Severity } from '../core/relationship/failure.ts'
import { weekdays } from '../core/time/calendar.ts'
import { categoryName } from './category.ts'
import { majorOf } from './numbers.ts'
import type { Speech } from './words.ts'

/** Rules on cases, remedies and asking in words, setting by setting, so that two sets can be compared. */

/** How bad a let-down is, mildest first. */
export const severities: readonly Severity[] = ['minor', 'major', 'critical']
/** The steps whose time is counted. */
const clockedSteps = caseSteps.filter((step): step is ClockedStep => step !== 'follow up')
/** The name of a step. */
export const stepName = ({ language }: Pick<Speech, 'language'>, step: CaseStep): string =>
  caseWords[language].steps[step]

/** Names of teams by their id; a team that is not among them has no name for the reader. */
export type TeamNames = Readonly<Record<string, string>>

const MINUTES_OF_HOUR = 60

/** Minutes as hours and minutes. */
export const timeOf = ({ w }: Pick<Speech, 'w'>, minutes: number): string =>
  Number.isFinite(minutes)
    ? w.playbooks.time(Math.floor(minutes / MINUTES_OF_HOUR), minutes % MINUTES_OF_HOUR)
    : w.policy.notRight

type Shifts = readonly (readonly [string, string])[]
const shiftsText = (shifts: Shifts, closed: string) =>
  shifts.map(([opens, closes]) => `${opens}\u2013${closes}`).join(', ') || closed

type Telling = Readonly<{ speech: Speech; teams: TeamNames }>

/** Every rule on cases by its name in words. */
export const tellCaseRules = (
  rules: CaseRules,
  telling: Telling & Readonly<{ currency: string; packs: readonly RegimePack[] }>,
): ReadonlyMap<string, string> =>
  new Map([
    ...tellOpening(rules, telling),
    ...tellSeverity(rules, telling),
    ...tellClocks(rules, telling),
    ...tellHours(rules, telling),
    ...tellPacks(rules, telling),
  ])

type Told = readonly (readonly [string, string])[]

const numberOf = ({ w }: Speech, value: number) => (Number.isFinite(value) ? `${value}` : w.policy.notRight)

function tellOpening({ opening, teams: given }: CaseRules, { speech, teams }: Telling): Told {
  const { w } = speech
  const p = w.playbooks
  return [
    ...openingRules.map(
      (rule) => [p.openingRules[rule].name, opening.rules.includes(rule) ? p.opens : p.opensNot] as const,
    ),
    [p.daysMax, numberOf(speech, opening.daysMax)],
    ...given.map(
      ({ category, team }) =>
        [`${p.teams}: ${category || w.policy.unnamed}`, teams[team] ?? `${p.unknownTeam} (${team})`] as const,
    ),
  ]
}

function tellSeverity({ severity }: CaseRules, { speech, currency }: Telling & Readonly<{ currency: string }>): Told {
  const { w } = speech
  const p = w.playbooks
  const amount = (minor: number) => `${numberOf(speech, majorOf(minor, currency))} ${currency}`
  return [
    [p.veryLateDays, numberOf(speech, severity.veryLateDays)],
    [p.majorLoss, amount(severity.majorLossMinor)],
    [p.criticalLoss, amount(severity.criticalLossMinor)],
    ...severity.categories.map(
      (one) => [`${p.atLeast}: ${one.category || w.policy.unnamed}`, w.severities[one.severity]] as const,
    ),
  ]
}

function tellClocks(rules: CaseRules, { speech }: Telling): Told {
  const { w } = speech
  const p = w.playbooks
  return [
    ...clockedSteps.flatMap((step) =>
      severities.map((severity) => {
        const what = p.allowed(stepName(speech, step), w.severities[severity])
        return [what, timeOf(speech, rules.minutes[severity][step])] as const
      }),
    ),
    ...caseSteps.map((step) => [p.workOf(stepName(speech, step)), timeOf(speech, rules.workMinutes[step])] as const),
    [p.warnShare, numberOf(speech, Math.round(rules.warnShare * 10_000) / 100)],
    [p.managerAfterMinutes, numberOf(speech, rules.managerAfterMinutes)],
    [p.legalWarnDays, numberOf(speech, rules.legalWarnDays)],
  ]
}

function tellHours({ hours, region, closeOfBusiness }: CaseRules, { speech }: Telling): Told {
  const { w } = speech
  const p = w.playbooks
  return [
    ...weekdays.map((day) => [p.weekdays[day], shiftsText(hours.weekly[day] ?? [], p.closed)] as const),
    [p.region, region === null ? p.regionOwn : p.regions[region]],
    ...Object.entries(hours.exceptions).map(([date, shifts]) => [date, shiftsText(shifts, p.closed)] as const),
    [p.worked, hours.worked.join(', ') || w.policy.none],
    [p.closeOfBusiness, closeOfBusiness],
  ]
}

function tellPacks(
  { packs, lengths }: CaseRules,
  { speech, packs: known }: Telling & Readonly<{ packs: readonly RegimePack[] }>,
): Told {
  const { language, w } = speech
  const p = w.playbooks
  const packOf = (id: string) => known.find((one) => one.id === id)
  const nameOf = (id: string) => packOf(id)?.name ?? id
  // Two steps of a pack may be called alike; then the pack gives them another length.
  const stepOf = (pack: string, id: string) => {
    const steps = packOf(pack)?.steps ?? []
    const step = steps.find((one) => one.id === id)
    if (step === undefined) return id
    const isAlone = steps.every((one) => one === step || one.name !== step.name)
    const { deadline } = step
    return isAlone || deadline.kind !== 'period' ? step.name : `${step.name} (${p.units(deadline.unit, deadline.n)})`
  }
  return [
    ...packs.flatMap(({ pack, event, categories }) => [
      [`${p.regimes}: ${nameOf(pack)}`, p.inForce] as const,
      [`${nameOf(pack)}: ${p.startsWith}`, startInWords(language, event)] as const,
      [`${nameOf(pack)}: ${p.onlyFor}`, categories.map((one) => categoryName(w, one)).join(', ') || p.forAll] as const,
    ]),
    ...Object.entries(lengths).flatMap(([pack, steps]) =>
      Object.entries(steps).map(([step, length]) => {
        const time = length.kind === 'minutes' ? timeOf(speech, length.minutes) : p.units(length.unit, length.n)
        return [`${nameOf(pack)}: ${stepOf(pack, step)}`, time] as const
      }),
    ),
  ]
}

/** Every rule on remedies and authority by its name in words. */
export function tellRemedyRules(
  { remedy, authority }: RemedyRules,
  { speech, teams, currency }: Telling & Readonly<{ currency: string }>,
): ReadonlyMap<string, string> {
  const { w } = speech
  const p = w.playbooks
  const number = (value: number) => numberOf(speech, value)
  // To the cent, unlike money elsewhere: a limit that was changed by cents must be seen to have changed.
  const amount = (minor: number) => `${number(majorOf(minor, currency))} ${currency}`
  const share = (value: number) => number(Math.round(value * 10_000) / 100)
  const told = new Map<string, string>()
  for (const severity of severities) {
    const name = w.severities[severity]
    const [loss, bare] = [remedy.shareOfLoss[severity], remedy.withoutLoss[severity]]
    told.set(`${p.lossLow}, ${name}`, share(loss.low))
    told.set(`${p.lossHigh}, ${name}`, share(loss.high))
    told.set(`${p.bareLow}, ${name}`, amount(bare.lowMinor))
    told.set(`${p.bareHigh}, ${name}`, amount(bare.highMinor))
  }
  told.set(p.callAbove, amount(remedy.callAboveMinor))
  for (const role of roles) {
    const limits = authority.limits[role]
    if (limits === undefined) continue
    told.set(`${w.people.roles[role]}, ${p.perCase}`, amount(limits.caseMinor))
    told.set(`${w.people.roles[role]}, ${p.perDay}`, amount(limits.dayMinor))
    told.set(`${w.people.roles[role]}, ${p.perMonth}`, amount(limits.monthMinor))
  }
  for (const [team, minor] of Object.entries(authority.teamMonthMinor))
    told.set(`${p.budgets}: ${teams[team] ?? `${p.unknownTeam} (${team})`}`, amount(minor))
  return told
}

/** Every rule on asking by its name in words. */
export function tellAskingRules({ rules, everyMonths }: AskingRules, speech: Speech): ReadonlyMap<string, string> {
  const { w } = speech
  const a = w.asking
  const told = new Map<string, string>()
  for (const occasion of askingOccasions) {
    const { on, kind, channel, waitHours, restDays } = rules[occasion]
    const { name } = a.occasions[occasion]
    told.set(name, on ? a.on : a.off)
    told.set(a.setting(name, a.kind), w.listening.kinds[kind])
    told.set(a.setting(name, a.channel), w.policy.channels[channel])
    told.set(a.setting(name, a.waitHours), numberOf(speech, waitHours))
    told.set(a.setting(name, a.restDays), numberOf(speech, restDays))
  }
  return told.set(a.everyMonths, numberOf(speech, everyMonths))
}
