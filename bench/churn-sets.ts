import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { leavePriors } from '../src/core/goodwill/leave-priors.ts'

const FOLDER = new URL('../../shared/data/', import.meta.url)

/** One column with what is believed of its coefficient: published contrasts as they are, others around nothing. */
export type ChurnColumn = Readonly<{ name: string; values: Float64Array; prior: readonly [mean: number, sd: number] }>

/**
 * A public set told as columns that were known before the outcome. Rows of one group are copies of each other, which a
 * split must keep together.
 */
export type ChurnSet = Readonly<{
  name: string
  columns: readonly ChurnColumn[]
  outcome: Uint8Array
  group: Uint32Array
}>

/** No published contrast: nothing, give or take one for a flag or for one standard deviation of a measure. */
const UNKNOWN = [0, 1] as const
/** How many leave differs from set to set, so that the intercept is left to the data. */
const INTERCEPT = [0, 10] as const

type Row = Readonly<Record<string, string>>

/** Whether a set is there, such as `telco_churn/telco_churn.csv`. */
export function hasSet(file: string): boolean {
  return existsSync(new URL(file, FOLDER))
}

function readRows(file: string): readonly Row[] {
  const bytes = readFileSync(new URL(file, FOLDER))
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, k) => [name, cells[k] ?? '']))
  })
}

type Told = Readonly<Record<string, (row: Row) => number>>

/** A measure in units of its standard deviation around its mean; learned from all rows, but from no outcome. */
function scaled(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return values.map((value) => (value - mean) / sd)
}

type Recipe = Readonly<{
  known: Readonly<Record<string, readonly [prior: readonly [number, number], of: (row: Row) => number]>>
  flags: Told
  measures: Told
  left: (row: Row) => boolean
}>

function tell(name: string, rows: readonly Row[], { known, flags, measures, left }: Recipe): ChurnSet {
  const column = (of: (row: Row) => number) => Float64Array.from(rows, of)
  const columns: ChurnColumn[] = [
    { name: 'intercept', values: column(() => 1), prior: INTERCEPT },
    ...Object.entries(known).map(([key, [prior, of]]) => ({ name: key, values: column(of), prior })),
    ...Object.entries(flags).map(([key, of]) => ({ name: key, values: column(of), prior: UNKNOWN })),
    ...Object.entries(measures).map(([key, of]) => ({ name: key, values: scaled(column(of)), prior: UNKNOWN })),
  ]
  const seen = new Map<string, number>()
  const group = Uint32Array.from(rows, (row) => {
    const key = Object.values(row).join('\n')
    if (!seen.has(key)) seen.set(key, seen.size)
    return seen.get(key) ?? 0
  })
  return { name, columns, outcome: Uint8Array.from(rows, (row) => Number(left(row))), group }
}

const yes =
  (name: string, wanted = 'Yes') =>
  (row: Row) =>
    Number(row[name] === wanted)
const number = (name: string) => (row: Row) => Number(row[name])
const log = (name: string) => (row: Row) => Math.log1p(Number(row[name]))

/** Customers of a telephone firm. Left out: `churn_score` and the reasons, which were made knowing the outcome. */
export function readTelco(): ChurnSet {
  return tell('telco', readRows('telco_churn/telco_churn.csv'), {
    known: {
      tenure_ln: [leavePriors.tenure_ln, (row) => Math.log((1 + Number(row.tenure)) / 13)],
      in_fixed_term: [leavePriors.in_fixed_term, (row) => Number(row.Contract !== 'Month-to-month')],
    },
    flags: {
      two_years: yes('Contract', 'Two year'),
      senior: yes('SeniorCitizen', '1'),
      ...Object.fromEntries(
        [
          'Partner',
          'Dependents',
          'PhoneService',
          'MultipleLines',
          'OnlineSecurity',
          'OnlineBackup',
          'DeviceProtection',
          'TechSupport',
          'StreamingTV',
          'StreamingMovies',
          'PaperlessBilling',
        ].map((name) => [name, yes(name)]),
      ),
      woman: yes('gender', 'Female'),
      fibre: yes('InternetService', 'Fiber optic'),
      no_internet: yes('InternetService', 'No'),
      electronic_check: yes('PaymentMethod', 'Electronic check'),
      mailed_check: yes('PaymentMethod', 'Mailed check'),
    },
    measures: { charges: number('MonthlyCharges') },
    left: (row) => row.Churn === 'Yes',
  })
}

/** Customers of a mobile operator. Left out: `Status`, which comes close to the outcome, and the operator's own value. */
export function readIranian(): ChurnSet {
  return tell('Iranian', readRows('iranian_churn/iranian_churn.csv'), {
    known: {
      tenure_ln: [leavePriors.tenure_ln, (row) => Math.log((1 + Number(row['Subscription Length'])) / 13)],
      in_fixed_term: [leavePriors.in_fixed_term, yes('Tariff Plan', '2')],
    },
    flags: { complained: yes('Complains', '1') },
    measures: {
      failed_calls: log('Call Failure'),
      calls: log('Frequency of use'),
      seconds: log('Seconds of Use'),
      messages: log('Frequency of SMS'),
      numbers_called: log('Distinct Called Numbers'),
      charge: number('Charge Amount'),
      age: number('Age Group'),
    },
    left: (row) => row.Churn === '1',
  })
}

/**
 * Bookings of two hotels, cancelled or not. Left out: deposit type and reservation status (recorded after the event), and
 * what is recorded or corrected when a guest arrives: country, room assigned, booking changes, parking places.
 */
export function readHotel(): ChurnSet {
  return tell('hotel', readRows('hotel_bookings/hotel_bookings.csv.gz'), {
    known: { purchases_ln: [leavePriors.purchases_ln, log('previous_bookings_not_canceled')] },
    flags: {
      city: yes('hotel', 'City Hotel'),
      repeated_guest: yes('is_repeated_guest', '1'),
      cancelled_before: (row) => Number(Number(row.previous_cancellations) > 0),
      agencies: yes('market_segment', 'Online TA'),
      groups: yes('market_segment', 'Groups'),
      direct: yes('market_segment', 'Direct'),
      corporate: yes('market_segment', 'Corporate'),
      contract: yes('customer_type', 'Contract'),
      transient: yes('customer_type', 'Transient'),
      children: (row) => Number(Number(row.children) > 0 || Number(row.babies) > 0),
    },
    measures: {
      lead_time: log('lead_time'),
      weekend_nights: number('stays_in_weekend_nights'),
      week_nights: number('stays_in_week_nights'),
      adults: number('adults'),
      rate: (row) => Math.log1p(Math.max(0, Number(row.adr))),
      requests: number('total_of_special_requests'),
      waiting: log('days_in_waiting_list'),
    },
    left: (row) => row.is_canceled === '1',
  })
}
