/**
 * Groups of customers beside each other (trap T24): each beside all others with the same mix of cases, with an interval
 * that makes up for how much is compared at once. Small groups are hidden before anything is computed: what is hidden
 * enters no figure, so nothing of it can be worked out from the figures that are told.
 */
import { hiddenCells } from '../../stats/compare/hidden-cells.ts'
import { type BesideOthers, besideOthers, type MixedRows } from '../../stats/compare/same-mix.ts'
import type { Severity } from '../relationship/failure.ts'
import { type EqualityMeasure, type EqualityUnit, equalityMeasures, measureOf } from './measures.ts'
import type { Trait } from './trait.ts'

/** A group of fewer people is not told of. */
export const GROUP_PEOPLE_MIN = 10
/** Before so many cases nothing is said of a difference. */
const JUDGED_MIN = 30
/** Counts are told in steps of so many. */
export const COUNT_STEP = 5
const ERROR = 0.05

/** A kind of fewer cases is counted with the others that begin with its first word. */
const KIND_MIN = 30

/** One thing that was done for, or is foretold of, a person: its kind of case, and as what it counts. */
export type Told = Readonly<{ person: string; kind: string; value: number }>

/** Which cases are alike, whatever the customer is worth: those of one severity and category. */
export const kindOfCase = ({ severity, category }: Readonly<{ severity: Severity; category: string | null }>): string =>
  `${severity} ${category ?? ''}`

/** What there is to compare, by measure. */
export type Evidence = Readonly<Partial<Record<EqualityMeasure, readonly Told[]>>>

/** A trait with its groups, and the group of each person; null of whom none is known. */
export type Grouping = Readonly<{ trait: Trait; groups: readonly string[]; groupOf: (person: string) => string | null }>

/**
 * `differs`: by more than what matters, and chance does not explain it. `alike`: whatever the difference is, it is smaller
 * than what matters. `unsure`: it cannot be told yet.
 */
export const equalityVerdicts = ['differs', 'unsure', 'alike'] as const
/** One of the verdicts. */
export type EqualityVerdict = (typeof equalityVerdicts)[number]

/** A group beside the others with the same mix; counts in steps, figures rounded. */
export type GroupFigure = Readonly<{
  group: string
  people: number
  cases: number
  value: number
  others: number
  difference: number
  low: number | null
  high: number | null
  verdict: EqualityVerdict
}>

/** A measure of a trait: the groups that may be told of, and the names of those that may not. */
export type MeasureFigures = Readonly<{
  measure: EqualityMeasure
  groups: readonly GroupFigure[]
  hidden: readonly string[]
}>

/** What was found. `comparisons` is how many were made at once: intervals hold for all of them together. */
export type EqualityFound = Readonly<{
  comparisons: number
  traits: readonly Readonly<{ trait: Trait; measures: readonly MeasureFigures[] }>[]
}>

/** What was found, as it is kept, with the period in which let-downs began (RFC 3339). */
export type KeptEquality = Readonly<{ from: string; to: string }> & EqualityFound

/** Rows of one measure by place of person and kind, whatever the trait. */
type Table = Readonly<{ persons: readonly string[] }> & Omit<MixedRows, 'group'>

/** Compares all groups of all traits in all measures. */
export function compareGroups(groupings: readonly Grouping[], evidence: Evidence): EqualityFound {
  const tables = equalityMeasures.flatMap((measure) => {
    const told = evidence[measure]
    return told === undefined ? [] : [{ measure, table: tableOf(told) }]
  })
  const shown = groupings.map(({ trait, groups, groupOf }) => ({
    trait,
    measures: tables.map(({ measure, table }) => ({ measure, ...mayTell(table, groups, groupOf) })),
  }))
  const comparisons = shown
    .flatMap(({ measures }) => measures)
    .reduce((sum, { told }) => sum + eachOnce(told).length, 0)
  const level = 1 - ERROR / Math.max(1, comparisons)
  const groupsOf = (trait: Trait) => groupings.find((one) => one.trait === trait)?.groups ?? []
  return {
    comparisons,
    traits: shown.map(({ trait, measures }) => ({
      trait,
      measures: measures.map((one) => figuresOf(one, level, groupsOf(trait))),
    })),
  }
}

type Shown = Readonly<{ measure: EqualityMeasure }> & ReturnType<typeof mayTell>

function figuresOf({ measure, told, rows }: Shown, level: number, all: readonly string[]): MeasureFigures {
  const { unit } = measureOf(measure)
  const groups = besideOthers(rows, told.length, { level, isShare: unit === 'share' || unit === 'points' }).flatMap(
    (found, place) => (found === undefined ? [] : [figureOf(measure, told[place] ?? '', found)]),
  )
  return { measure, groups, hidden: all.filter((name) => !groups.some(({ group }) => group === name)) }
}

function tableOf(told: readonly Told[]): Table {
  const [persons, kinds, counts] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  for (const { kind } of told) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kindOf = (kind: string): string => ((counts.get(kind) ?? 0) < KIND_MIN ? (kind.split(' ')[0] ?? '') : kind)
  const placeIn = (known: Map<string, number>, name: string): number => {
    const place = known.get(name) ?? known.size
    known.set(name, place)
    return place
  }
  return {
    person: Int32Array.from(told, ({ person }) => placeIn(persons, person)),
    kind: Int32Array.from(told, ({ kind }) => placeIn(kinds, kindOf(kind))),
    value: Float64Array.from(told, ({ value }) => value),
    persons: [...persons.keys()],
  }
}

/**
 * The groups that may be told of, and their rows alone, of kinds that two of them have at least. Leaving kinds out makes
 * groups smaller, and may hide one more.
 */
function mayTell(table: Table, groups: readonly string[], groupOf: Grouping['groupOf']) {
  const placeOf = new Map(groups.map((group, place) => [group, place]))
  const groupOfPerson = table.persons.map((person) => placeOf.get(groupOf(person) ?? '') ?? -1)
  const groupOfRow = Int32Array.from(table.person, (person) => groupOfPerson[person] ?? -1)
  let told: readonly boolean[] = groups.map(() => true)
  for (;;) {
    const rows = rowsOf(table, groupOfRow, told)
    const { people, otherPeople } = countPeople(table, rows, groupOfRow, groups.length)
    const hides = hiddenCells(people, GROUP_PEOPLE_MIN)
    // Too few others with such cases would be told of as the others.
    const next = told.map(
      (one, place) => one && hides[place] === false && (otherPeople[place] ?? 0) >= GROUP_PEOPLE_MIN,
    )
    if (next.every((one, place) => one === told[place])) return tellable(table, groups, { groupOfRow, told, rows })
    told = next
  }
}

/** Rows of groups that are told of, of kinds that two of these have. */
function rowsOf({ kind }: Table, groupOfRow: Int32Array, told: readonly boolean[]): Int32Array {
  const isTold = (row: number): boolean => told[groupOfRow[row] ?? -1] === true
  const [firstOf, shared] = [new Map<number, number>(), new Set<number>()]
  for (const [row, one] of kind.entries()) {
    const group = groupOfRow[row] ?? -1
    if (!isTold(row)) continue
    if ((firstOf.get(one) ?? group) !== group) shared.add(one)
    else firstOf.set(one, group)
  }
  return Int32Array.from(kind.keys()).filter((row) => isTold(row) && shared.has(kind[row] ?? -1))
}

/** How many people each group has, and how many others have cases of its kinds. */
function countPeople(table: Table, rows: Int32Array, groupOfRow: Int32Array, groups: number) {
  const placeOf = Int32Array.from({ length: groups }, (_, group) => group)
  const found = besideOthers(mixedOf(table, rows, groupOfRow, placeOf), groups, { level: 0.5, isShare: false })
  return { people: found.map((one) => one?.people ?? 0), otherPeople: found.map((one) => one?.otherPeople ?? 0) }
}

type Tellable = Readonly<{ groupOfRow: Int32Array; told: readonly boolean[]; rows: Int32Array }>

function tellable(table: Table, groups: readonly string[], { groupOfRow, told, rows }: Tellable) {
  const names = groups.filter((_, place) => told[place])
  const placeOf = Int32Array.from(groups, (group) => names.indexOf(group))
  return { told: names, rows: mixedOf(table, rows, groupOfRow, placeOf) }
}

const mixedOf = (table: Table, rows: Int32Array, groupOfRow: Int32Array, placeOf: Int32Array): MixedRows => ({
  person: rows.map((row) => table.person[row] ?? 0),
  group: rows.map((row) => placeOf[groupOfRow[row] ?? 0] ?? 0),
  kind: rows.map((row) => table.kind[row] ?? 0),
  value: Float64Array.from(rows, (row) => table.value[row] ?? 0),
})

function figureOf(measure: EqualityMeasure, group: string, found: BesideOthers): GroupFigure {
  const { people, rows, value, others, difference, low, high } = found
  const round = rounderOf(measureOf(measure).unit)
  const isJudged = rows >= JUDGED_MIN && people >= GROUP_PEOPLE_MIN
  return {
    group,
    people: inSteps(people),
    cases: inSteps(rows),
    value: round(value),
    others: round(others),
    difference: round(difference),
    low: Number.isFinite(low) ? round(low) : null,
    high: Number.isFinite(high) ? round(high) : null,
    verdict: isJudged ? verdictOf(measure, found) : 'unsure',
  }
}

const inSteps = (count: number): number => COUNT_STEP * Math.round(count / COUNT_STEP)

/** So fine are figures told: finer ones would give counts away. */
const STEPS: Readonly<Record<EqualityUnit, number>> = { share: 100, points: 1_000, hours: 10, place: 100 }
// Plus 0 turns -0, which reads as a minus, into 0.
const rounderOf = (unit: EqualityUnit) => (value: number) => Math.round(value * STEPS[unit]) / STEPS[unit] + 0

function verdictOf(measure: EqualityMeasure, { others, difference, low, high }: BesideOthers): EqualityVerdict {
  const { matters, mattersShare = 0 } = measureOf(measure)
  const most = Math.max(matters, mattersShare * others)
  if (low > -most && high < most) return 'alike'
  return Math.abs(difference) > most && (low > 0 || high < 0) ? 'differs' : 'unsure'
}

/** The comparisons that there are between groups: of two each is the other of the other, which is one. */
export const eachOnce = <Group>(groups: readonly Group[]): readonly Group[] =>
  groups.length === 2 ? groups.slice(0, 1) : groups

/** Comparisons that the check counts: those that could be judged, and those in which a group differs, by measure and in all. */
export function countDifferences({ traits }: EqualityFound): Readonly<{
  judged: number
  differing: number
  byMeasure: ReadonlyMap<EqualityMeasure, number>
}> {
  const byMeasure = new Map<EqualityMeasure, number>()
  let [judged, differing] = [0, 0]
  for (const { measure, groups } of traits.flatMap(({ measures }) => measures)) {
    if (!measureOf(measure).counts) continue
    const told = eachOnce(groups)
    judged += told.filter(({ verdict }) => verdict !== 'unsure').length
    const off = told.filter(({ verdict }) => verdict === 'differs').length
    if (off > 0) byMeasure.set(measure, (byMeasure.get(measure) ?? 0) + off)
    differing += off
  }
  return { judged, differing, byMeasure }
}
