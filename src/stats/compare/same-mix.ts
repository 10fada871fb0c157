import { studentBound } from '../student.ts'

/**
 * Rows of several groups and kinds, as columns: whose it is (a person has one group), its group and its kind, all counted
 * from 0, and its value.
 */
export type MixedRows = Readonly<{
  person: Int32Array
  group: Int32Array
  kind: Int32Array
  value: Float64Array
}>

/**
 * A group beside all other groups with the same mix of kinds. Only kinds that both have are counted. `low` and `high` are
 * the ends of the interval of the difference; infinite where one person stands behind it.
 */
export type BesideOthers = Readonly<{
  people: number
  otherPeople: number
  rows: number
  value: number
  others: number
  difference: number
  low: number
  high: number
}>

const OWN = 1
const OTHER = 2

/** Sums of a group, or of everybody, by kind. */
type Sums = Readonly<{ count: Float64Array; sum: Float64Array }>

/**
 * Each group beside the others, who are weighted to its mix of kinds (direct standardisation to the group). The standard
 * error adds up what each person moves, so that several rows of one person count as one (Liang and Zeger 1986,
 * Biometrika 73, 13-22), and takes spread around the mean that both have in a kind, as a test of no difference does; the
 * bound is Student's with the people of the group. Of shares it is never narrower than the score intervals of a share of 0
 * in both (Wilson 1927): that nobody of a few had something says little of all. Undefined for a group that shares no kind
 * with the others.
 */
export function besideOthers(
  rows: MixedRows,
  groupCount: number,
  { level, isShare }: Readonly<{ level: number; isShare: boolean }>,
): readonly (BesideOthers | undefined)[] {
  const kindCount = 1 + rows.kind.reduce((most, one) => Math.max(most, one), -1)
  const personCount = 1 + rows.person.reduce((most, one) => Math.max(most, one), -1)
  const all = sumsOf(rows, kindCount, () => true)
  return Array.from({ length: groupCount }, (_, group) => {
    const own = sumsOf(rows, kindCount, (row) => rows.group[row] === group)
    return beside(rows, { group, own, all, personCount, level, isShare })
  })
}

function sumsOf(rows: MixedRows, kindCount: number, counts: (row: number) => boolean): Sums {
  const [count, sum] = [new Float64Array(kindCount), new Float64Array(kindCount)]
  for (let row = 0; row < rows.value.length; row += 1) {
    if (!counts(row)) continue
    const kind = rows.kind[row] ?? 0
    count[kind] = (count[kind] ?? 0) + 1
    sum[kind] = (sum[kind] ?? 0) + (rows.value[row] ?? 0)
  }
  return { count, sum }
}

type Of = Readonly<{ group: number; own: Sums; all: Sums; personCount: number; level: number; isShare: boolean }>

function beside(rows: MixedRows, of: Of): BesideOthers | undefined {
  const { own, all, level, isShare } = of
  // How many rows the others have of each kind; 0 where the group has none.
  const otherRows = own.count.map((count, kind) => (count > 0 ? at(all.count, kind) - count : 0))
  let [shared, value, others] = [0, 0, 0]
  for (const [kind, otherCount] of otherRows.entries()) {
    if (otherCount === 0) continue
    shared += at(own.count, kind)
    value += at(own.sum, kind)
    others += (at(own.count, kind) * (at(all.sum, kind) - at(own.sum, kind))) / otherCount
  }
  if (shared === 0) return undefined
  const { people, otherPeople, error } = movedBy(rows, of, otherRows)
  const bound = people > 1 ? studentBound(level, people - 1) : Number.POSITIVE_INFINITY
  const ofNone = (count: number): number => bound ** 2 / (count + bound ** 2)
  const least = isShare ? Math.hypot(ofNone(people), ofNone(otherPeople)) : 0
  const half = people > 1 ? Math.max(least, (bound * error) / shared) : bound
  const difference = (value - others) / shared
  return {
    people,
    otherPeople,
    rows: shared,
    value: value / shared,
    others: others / shared,
    difference,
    low: difference - half,
    high: difference + half,
  }
}

const at = (numbers: Float64Array, place: number): number => numbers[place] ?? 0

/** By how much people move the difference of sums, and how many they are. */
function movedBy(rows: MixedRows, { group, own, all, personCount }: Of, otherRows: Float64Array) {
  const moved = new Float64Array(personCount)
  const counted = new Uint8Array(personCount)
  for (const [row, worth] of rows.value.entries()) {
    const [kind, person] = [rows.kind[row] ?? 0, rows.person[row] ?? 0]
    if (at(otherRows, kind) === 0) continue
    const isOwn = rows.group[row] === group
    const weight = isOwn ? 1 : -at(own.count, kind) / at(otherRows, kind)
    moved[person] = at(moved, person) + weight * (worth - at(all.sum, kind) / at(all.count, kind))
    counted[person] = isOwn ? OWN : OTHER
  }
  return {
    people: counted.filter((one) => one === OWN).length,
    otherPeople: counted.filter((one) => one === OTHER).length,
    error: Math.sqrt(moved.reduce((sum, one) => sum + one * one, 0)),
  }
}
