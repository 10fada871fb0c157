/**
 * What the firm does by itself at a moment that a customer told of: rules as data. Small, unconditional, with a hold-out,
 * because what such a gesture is worth is not known (science, S1.3: expect small effects).
 */
import type { RulesProblem } from '../cases/case-rules.ts'
import type { Relationship } from '../relationship/relationship.ts'
import type { Channel } from '../relationship/vocabulary.ts'
import { type Moment, moments } from './told-moment.ts'

/** What can be given: a mail; a voucher by mail; a card that somebody writes by hand; a call. */
export const gestureKinds = ['mail', 'voucher', 'card', 'call'] as const
/** One of them. */
export type GestureKind = (typeof gestureKinds)[number]

/** By which way each reaches the customer: what the contact policy is asked about. */
export const channelOfGesture = {
  mail: 'email',
  voucher: 'email',
  card: 'post',
  call: 'phone',
} as const satisfies Readonly<Record<GestureKind, Channel>>

/** Whether there is a way on which a gesture would reach somebody. */
export const isReached = (
  { email, phone }: Pick<Relationship['person'], 'email' | 'phone'>,
  gesture: GestureKind,
): boolean => ({ email: email !== null, phone: phone !== null, post: true })[channelOfGesture[gesture]]

/** Whether a person has to do it; the others go by themselves. */
export const isTask = (gesture: GestureKind): boolean => gesture === 'card' || gesture === 'call'

/**
 * One rule. `afterDays`: so many days after the day itself, negative before it. `costMinor`: what it costs, and of a
 * voucher what it is worth. `team`: whose task it is, and whose budget; null is everybody's.
 */
export type GestureRule = Readonly<{
  on: boolean
  gesture: GestureKind
  afterDays: number
  costMinor: number
  team: string | null
}>

/** The firm's rules on gestures. Amounts are minor units of the firm's currency. */
export type GestureRules = Readonly<{
  rules: Readonly<Record<Moment, GestureRule>>
  /** A customer gets one gesture in so many months, whatever rule or person it comes from. */
  restMonths: number
  /** Share of customers who get none by rule, always the same ones: what gestures do is known from the difference. */
  holdOutShare: number
  firmMonthMinor: number
  /** Budgets of single teams within that of the firm; a team without one is held to the firm's alone. */
  teamMonthMinor: Readonly<Record<string, number>>
  /** The most that one gesture costs, by rule or by hand: it is small, or it is a remedy or a bribe. */
  mostMinor: number
  voucherMonths: number
}>

const off = { on: false, afterDays: 0, team: null } as const

/** What a firm starts with: proposals, none of them in force. */
export const gestureRulesAtFirst: GestureRules = {
  rules: {
    birthday: { ...off, gesture: 'mail', costMinor: 0 },
    birth: { ...off, gesture: 'card', costMinor: 500, afterDays: 3 },
    wedding: { ...off, gesture: 'card', costMinor: 500 },
    anniversary: { ...off, gesture: 'mail', costMinor: 0 },
    move: { ...off, gesture: 'voucher', costMinor: 1_000, afterDays: 7 },
  },
  restMonths: 12,
  holdOutShare: 0.1,
  firmMonthMinor: 25_000,
  teamMonthMinor: {},
  mostMinor: 2_500,
  voucherMonths: 24,
}

/** The furthest that a gesture lies from its moment, before and after. */
export const AFTER_DAYS_MAX = 30
/** The longest rest. */
export const REST_MONTHS_MAX = 60
/** Without a hold-out nobody ever knows what gestures do; with more than half held out it is no programme any more. */
export const HOLD_OUT_BOUNDS = [0.05, 0.5] as const
/** Vouchers last at least a year: what lapses soon is a condition to come and buy (trap T19). */
export const VOUCHER_MONTHS_BOUNDS = [12, 120] as const
const BUDGET_MINOR_MAX = 1_000_000_000

/**
 * The first thing that is wrong with rules whose form is right: the path of the field and what it must be. Null when
 * they may go live.
 */
export function gestureRulesProblem(policy: GestureRules): RulesProblem | null {
  for (const moment of moments) {
    const problem = ruleProblem(policy.rules[moment], policy.mostMinor)
    if (problem !== null) return { ...problem, pointer: `/rules/${moment}${problem.pointer}` }
  }
  const [least, most] = HOLD_OUT_BOUNDS
  const [monthsLeast, monthsMost] = VOUCHER_MONTHS_BOUNDS
  if (!isWhole(policy.restMonths, 1, REST_MONTHS_MAX))
    return { pointer: '/restMonths', must: `be whole months from 1 to ${REST_MONTHS_MAX}` }
  if (!(policy.holdOutShare >= least && policy.holdOutShare <= most))
    return { pointer: '/holdOutShare', must: `be a share from ${least} to ${most}` }
  if (!isWhole(policy.firmMonthMinor, 0, BUDGET_MINOR_MAX))
    return { pointer: '/firmMonthMinor', must: 'be whole minor units' }
  const team = Object.entries(policy.teamMonthMinor).find(([, minor]) => !isWhole(minor, 0, BUDGET_MINOR_MAX))
  if (team !== undefined) return { pointer: `/teamMonthMinor/${team[0]}`, must: 'be whole minor units' }
  if (!isWhole(policy.mostMinor, 0, policy.firmMonthMinor))
    return { pointer: '/mostMinor', must: 'be whole minor units, and no more than the budget of the firm' }
  return isWhole(policy.voucherMonths, monthsLeast, monthsMost)
    ? null
    : { pointer: '/voucherMonths', must: `be whole months from ${monthsLeast} to ${monthsMost}` }
}

function ruleProblem({ gesture, afterDays, costMinor }: GestureRule, mostMinor: number): RulesProblem | null {
  if (!isWhole(afterDays, -AFTER_DAYS_MAX, AFTER_DAYS_MAX))
    return { pointer: '/afterDays', must: `be whole days from -${AFTER_DAYS_MAX} to ${AFTER_DAYS_MAX}` }
  if (!isWhole(costMinor, 0, mostMinor))
    return { pointer: '/costMinor', must: 'be whole minor units, and no more than one gesture may cost' }
  return gesture === 'voucher' && costMinor === 0
    ? { pointer: '/costMinor', must: 'say what the voucher is worth' }
    : null
}

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most
