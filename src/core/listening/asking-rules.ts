/** Whom the firm asks by itself, and when: rules as data. Whether somebody may be asked, the contact policy says. */
import type { RulesProblem } from '../cases/case-rules.ts'
import { type SurveyKind, surveyKinds } from './survey.ts'

/** What happens before somebody is asked; one rule for each. */
export const askingOccasions = [
  'order delivered',
  'contact closed',
  'case closed',
  'voucher redeemed',
  'subscription month',
] as const
/** What happens before somebody is asked. */
export type AskingOccasion = (typeof askingOccasions)[number]

/**
 * How an invitation travels. E-mail is ours; by the others the firm's own tools send it: they are told of the invitation
 * and its link.
 */
export const askingChannels = ['email', 'sms', 'app'] as const
/** How an invitation travels. */
export type AskingChannel = (typeof askingChannels)[number]

/** One rule. `restDays`: it asks the same customer once in so many days, whatever other rules do. */
export type AskingRule = Readonly<{
  on: boolean
  kind: SurveyKind
  channel: AskingChannel
  waitHours: number
  restDays: number
}>

/** The firm's rules on asking. `everyMonths`: how often somebody with a subscription comes up. */
export type AskingRules = Readonly<{
  rules: Readonly<Record<AskingOccasion, AskingRule>>
  everyMonths: number
}>

const HOURS_OF_DAY = 24
/** The two questions of a case itself come within 14 days of its close; nobody is asked the same twice. */
const AFTER_FOLLOW_UP_DAYS = 16

const off = { on: false, channel: 'email' } as const

/** What a firm starts with: proposals, none of them in force. Nobody is asked before somebody decided so. */
export const askingRulesAtFirst: AskingRules = {
  rules: {
    'order delivered': { ...off, kind: 'csat', waitHours: 3 * HOURS_OF_DAY, restDays: 90 },
    'contact closed': { ...off, kind: 'ces', waitHours: 1, restDays: 60 },
    'case closed': { ...off, kind: 'recovery', waitHours: AFTER_FOLLOW_UP_DAYS * HOURS_OF_DAY, restDays: 60 },
    'voucher redeemed': { ...off, kind: 'csat', waitHours: HOURS_OF_DAY, restDays: 180 },
    'subscription month': { ...off, kind: 'nps', waitHours: 0, restDays: 90 },
  },
  everyMonths: 6,
}

/** The longest wait: later than this nobody remembers what the question is about. */
export const WAIT_HOURS_MAX = 90 * HOURS_OF_DAY
/** The longest rest of one rule. */
export const REST_DAYS_MAX = 730
/** The rarest turn of those with a subscription. */
export const EVERY_MONTHS_MAX = 60

/** The kinds that may be asked on an occasion: how something was put right is asked where something was. */
export const kindsFor = (occasion: AskingOccasion): readonly SurveyKind[] =>
  surveyKinds.filter((kind) => kind !== 'recovery' || occasion === 'case closed')

/**
 * The first thing that is wrong with rules whose form is right: the path of the field and what it must be. Null when
 * they may go live.
 */
export function askingRulesProblem({ rules, everyMonths }: AskingRules): RulesProblem | null {
  for (const occasion of askingOccasions) {
    const { kind, waitHours, restDays } = rules[occasion]
    const at = `/rules/${occasion}`
    if (!kindsFor(occasion).includes(kind)) return { pointer: `${at}/kind`, must: 'ask about what happened' }
    if (!isWhole(waitHours, 0, WAIT_HOURS_MAX))
      return { pointer: `${at}/waitHours`, must: `be whole hours from 0 to ${WAIT_HOURS_MAX}` }
    if (!isWhole(restDays, 0, REST_DAYS_MAX))
      return { pointer: `${at}/restDays`, must: `be whole days from 0 to ${REST_DAYS_MAX}` }
  }
  return isWhole(everyMonths, 1, EVERY_MONTHS_MAX)
    ? null
    : { pointer: '/everyMonths', must: `be whole months from 1 to ${EVERY_MONTHS_MAX}` }
}

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most
