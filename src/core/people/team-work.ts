/**
 * How the work of teams goes (rules, "Empowerment is measured"; trap T26): whether the first hand-over is the last, what
 * waiting for a second person costs, how soon somebody answers, whether promises are kept. Of teams only, never of a
 * person, and each beside what the whole firm reaches with the same mix of cases.
 */
import { type MeanInterval, meanInterval } from '../../stats/compare/mean-interval.ts'
import { wilson } from '../../stats/compare/share.ts'
import type { TeamId } from '../ids.ts'
import type { Severity } from '../relationship/failure.ts'
import { type TeamSize, teamsInFigures } from './team.ts'

/** A team, and each of its figures, is told of from so many cases on. */
const CASES_MIN = 30
/** A category of fewer cases in the whole firm is counted with the other rare ones. */
const CATEGORY_MIN = 30

/** One case as far as the figures of teams go. `team` is the one that had it first. */
export type CaseWork = Readonly<{
  team: TeamId | null
  severity: Severity
  category: string | null
  /** Closed in its first round by whoever took it, and nobody else had it. */
  solvedAtFirst: boolean
  /** Working minutes until somebody answered, and whether they were within the firm's time; null while nobody has. */
  acknowledgedMinutes: number | null
  acknowledgedInTime: boolean
  /** Working minutes in which the case waited for a second person. */
  waitedMinutes: number
  /** Promises of the case that are due, and those of them kept in time. */
  promisesDue: number
  promisesKept: number
}>

/** A figure of a team with its 95 % interval, and what the firm reaches with the same mix of cases. */
export type TeamFigure = Readonly<{
  value: number
  low: number
  high: number
  /** Cases, or promises, behind it. */
  count: number
  sameMix: number
}>

/** What is measured of a team; null where there are too few cases to tell. */
export const teamMeasures = [
  'solvedAtFirst',
  'acknowledgedInTime',
  'acknowledgedMinutes',
  'waitedMinutes',
  'promisesKept',
] as const
/** One of the measures. */
export type TeamMeasure = (typeof teamMeasures)[number]
/** The figures of a team. */
export type TeamFigures = Readonly<Record<TeamMeasure, TeamFigure | null>>

/** The whole firm, each team that may be told of, and how many teams may not. */
export type TeamWork = Readonly<{
  firm: Readonly<{ cases: number; figures: TeamFigures }>
  teams: readonly Readonly<{ team: TeamId; cases: number; figures: TeamFigures }>[]
  untold: number
}>

/** One thing that counts: to which team and kind of case it belongs, and as what; `weight` for promises of one case. */
type Item = Readonly<{ team: TeamId | null; stratum: string; value: number; weight: number }>

/** The figures of the firm and of its teams; a team of fewer than five people or 30 cases is not told of. */
export function teamWork(cases: readonly CaseWork[], sizes: readonly TeamSize[]): TeamWork {
  const strata = strataOf(cases)
  const told = new Set(
    teamsInFigures(sizes).filter((team) => cases.filter((one) => one.team === team).length >= CASES_MIN),
  )
  const figure = (measure: TeamMeasure, team: TeamId | null) => figureOf(measure, itemsOf(measure, cases, strata), team)
  const figuresOf = (team: TeamId | null): TeamFigures => ({
    solvedAtFirst: figure('solvedAtFirst', team),
    acknowledgedInTime: figure('acknowledgedInTime', team),
    acknowledgedMinutes: figure('acknowledgedMinutes', team),
    waitedMinutes: figure('waitedMinutes', team),
    promisesKept: figure('promisesKept', team),
  })
  return {
    firm: { cases: cases.length, figures: figuresOf(null) },
    teams: [...told].map((team) => ({
      team,
      cases: cases.filter((one) => one.team === team).length,
      figures: figuresOf(team),
    })),
    untold: sizes.filter(({ team, people }) => people > 0 && !told.has(team)).length,
  }
}

// Kinds of cases that are alike: severity and category. What is rare stands together.
function strataOf(cases: readonly CaseWork[]): (one: CaseWork) => string {
  const counts = new Map<string | null, number>()
  for (const { category } of cases) counts.set(category, (counts.get(category) ?? 0) + 1)
  return ({ severity, category }) => `${severity} ${(counts.get(category) ?? 0) < CATEGORY_MIN ? '' : (category ?? '')}`
}

function itemsOf(
  measure: TeamMeasure,
  cases: readonly CaseWork[],
  stratumOf: (one: CaseWork) => string,
): readonly Item[] {
  return cases.flatMap((one): readonly Item[] => {
    const value = worthOf(measure, one)
    const weight = measure === 'promisesKept' ? one.promisesDue : 1
    return value === null ? [] : [{ team: one.team, stratum: stratumOf(one), value, weight }]
  })
}

/** What a case counts as in a measure; null where it says nothing of it. */
function worthOf(measure: TeamMeasure, one: CaseWork): number | null {
  if (measure === 'promisesKept') return one.promisesDue === 0 ? null : one.promisesKept / one.promisesDue
  return one[measure] === null ? null : Number(one[measure])
}

const sumOf = (items: readonly Item[], of: (one: Item) => number): number =>
  items.reduce((sum, one) => sum + of(one), 0)
const meanOf = (items: readonly Item[]): number =>
  sumOf(items, ({ value, weight }) => value * weight) / sumOf(items, ({ weight }) => weight)

/** The figure of a team, or with null of the whole firm. */
function figureOf(measure: TeamMeasure, all: readonly Item[], team: TeamId | null): TeamFigure | null {
  const own = team === null ? all : all.filter((one) => one.team === team)
  const count = sumOf(own, ({ weight }) => weight)
  if (own.length < CASES_MIN) return null
  const ends = measure === 'acknowledgedMinutes' || measure === 'waitedMinutes' ? meanEnds(own) : shareEnds(own, count)
  // Indirect standardisation: what the firm reaches in each kind of case, weighted by how many of it the team has.
  const ofFirm = new Map([...Map.groupBy(all, ({ stratum }) => stratum)].map(([name, some]) => [name, meanOf(some)]))
  const sameMix = sumOf(own, ({ stratum, weight }) => weight * (ofFirm.get(stratum) ?? 0)) / count
  return { value: meanOf(own), ...ends, count, sameMix }
}

function shareEnds(items: readonly Item[], count: number): Readonly<{ low: number; high: number }> {
  const share = wilson(Math.round(sumOf(items, ({ value, weight }) => value * weight)), count)
  return share.kind === 'counted' ? { low: share.low, high: share.high } : { low: 0, high: 1 }
}

function meanEnds(items: readonly Item[]): Readonly<{ low: number; high: number }> {
  const counted = [...Map.groupBy(items, ({ value }) => value)].map(([value, same]) => ({ value, count: same.length }))
  const found: MeanInterval = meanInterval(counted, [0, Math.max(...counted.map(({ value }) => value))])
  const value = meanOf(items)
  return found.kind === 'counted' ? { low: found.low, high: found.high } : { low: value, high: value }
}
