/**
 * Months at risk as numbers for the fit: every month in which somebody left and a share of the others, so that cost
 * and memory follow the number of exits and not that of customers. Shares are drawn by a key of customer and month: the
 * same months every night.
 */
import { keyedShare } from '../../stats/keyed-share.ts'
import { predictorOf, covariates as readCovariates } from '../goodwill/covariates.ts'
import type { LeaveModel } from '../goodwill/leave-model.ts'
import { type CovariateName, covariateNames, position } from '../goodwill/leave-priors.ts'
import type { CustomerKey } from '../ids.ts'
import { type Instant, MONTH_MS } from '../time/instant.ts'
import { growingNumbers } from './growing-numbers.ts'
import { type IncidentLines, incidentCollector } from './incident-ties.ts'
import type { PersonMonth } from './person-months.ts'

/** Half-lives of failures that a fit chooses from. */
export const halfLives = [30, 60, 90, 180] as const

/** Columns of a row: the intercept, then the covariates in their order. */
export const COLUMNS = 1 + covariateNames.length

/** 83 MB of covariates, and at most 123 MB for what fades otherwise under other half-lives, where every row has a failure behind it. */
const ROWS_MAX = 240_000
const EXITS_MAX = 120_000
const MONTHS_KEPT_MAX = 1_200
const KEY = 'months at risk'

/** How many months were lived and how many ended with leaving, by how many whole months ago they ended. */
export type MonthCounts = Readonly<{ customers: number; months: readonly number[]; exits: readonly number[] }>

/** Counts months at risk before they are sampled. */
export function monthCounter(until: Instant) {
  const months = new Array<number>(MONTHS_KEPT_MAX).fill(0)
  const exits = new Array<number>(MONTHS_KEPT_MAX).fill(0)
  let customers = 0
  let length = 0
  return {
    addCustomer: (): void => {
      customers += 1
    },
    addMonth: ({ fromAt, left }: PersonMonth): void => {
      const age = Math.min(MONTHS_KEPT_MAX - 1, ageOf(fromAt, until))
      months[age] = (months[age] ?? 0) + 1
      if (left) exits[age] = (exits[age] ?? 0) + 1
      length = Math.max(length, age + 1)
    },
    counts: (): MonthCounts => ({ customers, months: months.slice(0, length), exits: exits.slice(0, length) }),
  }
}

/** Whole months between the end of a month and the end of the data. */
export const ageOf = (fromAt: number, until: Instant): number => Math.floor((until - fromAt) / MONTH_MS) - 1

/** The sum of counts from an age on. */
export const sumFrom = (counts: readonly number[], age: number): number =>
  counts.slice(age).reduce((sum, count) => sum + count, 0)

/** Which share of the months with and without leaving is kept, and how many rows that comes to. */
export type Shares = Readonly<{ left: number; stayed: number; rows: number }>

/** All of both as long as there is room; then all with leaving, then no more of these than fill half of the room. */
export function sharesFor({ months, exits }: MonthCounts, rowsMax = ROWS_MAX): Shares {
  const left = sumFrom(exits, 0)
  const stayed = sumFrom(months, 0) - left
  const leftKept = Math.min(left, Math.round((EXITS_MAX / ROWS_MAX) * rowsMax))
  const stayedKept = Math.min(stayed, rowsMax - leftKept)
  return {
    left: left === 0 ? 1 : leftKept / left,
    stayed: stayed === 0 ? 1 : stayedKept / stayed,
    rows: leftKept + stayedKept,
  }
}

/** Months at risk as arrays of `rows` rows. */
export type MonthTable = Readonly<{
  rows: number
  /** Row after row, `COLUMNS` each, with what fades by the half-life of 90 days; `applyHalfLife` changes that. */
  covariates: Float64Array
  /** The rows in which something fades: somebody had a failure before. */
  fadingRows: Uint32Array
  /** By half-life, one after the other of these rows, the columns that fade. */
  fading: ReadonlyMap<number, Float64Array>
  outcome: Uint8Array
  /** When each month began, milliseconds. */
  fromAt: Float64Array
  /** What the version that is live now foretold of each month. */
  liveLogOdds: Float64Array
  /** How many months each row stands for. */
  weight: Float64Array
  shares: Shares
  /** Person i has the rows from `firstRow[i]` up to `firstRow[i + 1]`. */
  firstRow: Uint32Array
  /** The incidents behind the rows. */
  incidents: IncidentLines
}>

/** Collects months, customer by customer; `model` has the centres and norms of the version to come, `live` is the one that it competes with. */
export function monthCollector(model: LeaveModel, live: LeaveModel, shares: Shares) {
  const room = Math.ceil(ROOM_SPARE * shares.rows)
  const byHalfLife = halfLives.map((days) => ({
    model: { ...model, halfLifeDays: days },
    columns: growingNumbers(0),
  }))
  const fadingRows = growingNumbers(0)
  const covariates = growingNumbers(COLUMNS * room)
  const outcome = growingNumbers(room)
  const fromAt = growingNumbers(room)
  const liveLogOdds = growingNumbers(room)
  const one = new Float64Array([1])
  const first = { ...model, halfLifeDays: 90 }
  const starts = growingNumbers(0)
  const incidents = incidentCollector()
  let latest: CustomerKey | null = null
  let rows = 0
  return {
    add: (customer: CustomerKey, month: PersonMonth): void => {
      const share = month.left ? shares.left : shares.stayed
      if (share < 1 && keyedShare(`${KEY} ${customer}`, String(month.fromAt)) >= share) return
      if (customer !== latest) starts.push([rows])
      latest = customer
      const { state } = month
      const x = readCovariates(state, first, month.fromAt)
      covariates.push(one)
      covariates.push(x)
      // Without a failure nothing fades: the four are one.
      if (state.facts.failures.length > 0) {
        incidents.add(rows, state, month.fromAt)
        fadingRows.push([rows])
        for (const { model: faded, columns } of byHalfLife) {
          const row = readCovariates(state, faded, month.fromAt)
          columns.push(fadingPlaces.map((place) => row[place] ?? 0))
        }
      }
      outcome.push(month.left ? [1] : [0])
      fromAt.push([month.fromAt])
      liveLogOdds.push([predictorOf(readCovariates(state, live, month.fromAt), live)])
      rows += 1
    },
    table: (): MonthTable => {
      const lefts = outcome.values()
      return {
        rows,
        covariates: covariates.values(),
        fadingRows: Uint32Array.from(fadingRows.values()),
        fading: new Map(byHalfLife.map(({ model: faded, columns }) => [faded.halfLifeDays, columns.values()])),
        outcome: Uint8Array.from(lefts),
        fromAt: fromAt.values(),
        liveLogOdds: liveLogOdds.values(),
        weight: lefts.map((left) => 1 / (left === 1 ? shares.left : shares.stayed)),
        shares,
        firstRow: Uint32Array.from([...starts.values(), rows]),
        incidents: incidents.lines(),
      }
    },
  }
}

/** Writes the covariates as they are under another half-life into the table. */
export function applyHalfLife({ covariates, fadingRows, fading }: MonthTable, days: number): void {
  const columns = fading.get(days)
  if (columns === undefined) return
  fadingRows.forEach((row, at) => {
    for (let place = 0; place < fadingPlaces.length; place += 1) {
      covariates[row * COLUMNS + 1 + (fadingPlaces[place] ?? 0)] = columns[at * fadingPlaces.length + place] ?? 0
    }
  })
}

/** What counts less with the time since the end of a failure. */
const fadingNames = [
  'fail_minor',
  'fail_major',
  'fail_critical',
  'disrespect',
  'miss_fix',
  'unconfirmed',
  'miss_ack',
  'miss_owner',
  'miss_apology',
  'lateness',
  'comp_short',
  'comp_over',
  'miss_followup',
  'goodwill_x_W',
  'substitut_x_W',
  'compet_x_W',
] as const satisfies readonly CovariateName[]

const fadingPlaces = fadingNames.map((name) => position[name])

/** How many rows are drawn varies a little around what was asked for. */
const ROOM_SPARE = 1.02
