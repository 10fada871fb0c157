/** What Amends asks of itself, how often, and from where on the answer is bad news. */

import { CONFLICT_SDS } from '../learning/prior-conflict.ts'
import { DAY_MS, type Instant } from '../time/instant.ts'

/** How a number is written: points of a share, a share, a factor, a mean, a count, days, prior deviations, money. */
export type CheckUnit = 'points' | 'share' | 'factor' | 'mean' | 'count' | 'days' | 'deviations' | 'money'

type Check = Readonly<{
  every: 'day' | 'week' | 'month' | 'refit'
  unit: CheckUnit
  /** The unit of what the number is made of, where it is another. */
  partUnit?: CheckUnit
  /** Beyond it the check fails; null where the number is only told. */
  threshold: number | null
  /** What stands after a number: its 95 % interval, the middle 80 of 100 cases, or the 90 % band of a forecast. */
  range: 'interval' | 'middle' | 'band'
  /** The page on which something can be done about it. */
  page: string
}>

/** The checks in the order in which they are told: people first, then models, then what is only told. */
const table = {
  'service-floor': {
    every: 'month',
    unit: 'points',
    partUnit: 'share',
    threshold: 0.05,
    range: 'interval',
    page: '/cases',
  },
  'like-cases': { every: 'month', unit: 'factor', threshold: 2, range: 'interval', page: '/playbooks' },
  'equal-treatment': {
    every: 'week',
    unit: 'count',
    threshold: 0,
    range: 'interval',
    page: '/equal-treatment',
  },
  complaints: {
    every: 'week',
    unit: 'factor',
    partUnit: 'share',
    threshold: 2 / 3,
    range: 'interval',
    page: '/listening',
  },
  apologies: { every: 'week', unit: 'mean', partUnit: 'count', threshold: 1.3, range: 'interval', page: '/playbooks' },
  'data-requests': { every: 'day', unit: 'count', threshold: 0, range: 'interval', page: '/exits/data-requests' },
  calibration: { every: 'month', unit: 'count', threshold: 2, range: 'interval', page: '/models' },
  'prior-conflict': { every: 'refit', unit: 'deviations', threshold: CONFLICT_SDS, range: 'interval', page: '/models' },
  redemption: { every: 'month', unit: 'count', partUnit: 'money', threshold: 1, range: 'band', page: '/vouchers' },
  'learned-share': { every: 'refit', unit: 'share', threshold: null, range: 'interval', page: '/models' },
  reopened: { every: 'week', unit: 'share', threshold: null, range: 'interval', page: '/cases' },
  'due-dates': { every: 'month', unit: 'days', threshold: null, range: 'middle', page: '/playbooks' },
  severity: { every: 'week', unit: 'share', partUnit: 'count', threshold: null, range: 'interval', page: '/cases' },
} as const satisfies Readonly<Record<string, Check>>

/** The name of a check. */
export type CheckName = keyof typeof table

const isName = (name: string): name is CheckName => Object.hasOwn(table, name)
/** All checks, in the order in which they are told. */
export const checkNames: readonly CheckName[] = Object.keys(table).filter(isName)

/** What is known of a check beforehand. */
export const checkOf = (name: CheckName): Check => table[name]

const DAYS = { day: 1, week: 7, month: 30 } as const
/** The worker looks every ten minutes: what is due within the hour may run now, so that no run slips a day. */
const EARLY_MS = 3_600_000

/** When a check ran last, and whether it could say anything. */
export type LastRun = Readonly<{ at: Instant; state: CheckState }>

/** Whether a check is to run now. What had too few cases is asked again every day. */
export function isDue(name: CheckName, last: LastRun | undefined, now: Instant, refitAt: Instant | null): boolean {
  if (last === undefined) return true
  const { every } = table[name]
  const days = last.state === 'too-few' ? 1 : every === 'refit' ? null : DAYS[every]
  if (days !== null && now >= last.at + days * DAY_MS - EARLY_MS) return true
  return every === 'refit' && refitAt !== null && refitAt > last.at
}

/**
 * `unsure`: beyond the threshold, but chance alone may have done it. `told`: a number without a threshold. `too-few`:
 * not enough cases to say anything.
 */
export const checkStates = ['fails', 'unsure', 'holds', 'told', 'too-few'] as const
/** How a check came out. */
export type CheckState = (typeof checkStates)[number]

/** A number that a verdict is made of. `name` says of what; `low` and `high` are null where it was simply counted. */
export type CheckPart = Readonly<{
  name: string
  value: number
  low: number | null
  high: number | null
  count: number | null
}>

/** What a check found. */
export type Finding = Readonly<{
  state: CheckState
  value: number | null
  low: number | null
  high: number | null
  /** How many cases stand behind it. */
  count: number
  /** How many are needed before anything can be said. */
  needed: number
  parts: readonly CheckPart[]
}>

/** That there is too little to say anything. */
export const tooFew = (count: number, needed: number): Finding => ({
  state: 'too-few',
  value: null,
  low: null,
  high: null,
  count,
  needed,
  parts: [],
})
