import { type CovariateName, leavePriors } from '../core/goodwill/leave-priors.ts'
import type { RetaliationCovariate } from '../core/hazard/retaliation-priors.ts'
import type { WinBackCovariate } from '../core/hazard/win-back-priors.ts'
import type { FitWarning, LeaveEvidence, LiveReason, UnheldReason } from '../core/learning/fit-report.ts'
import type { RedemptionCovariate } from '../core/liability/redemption-priors.ts'
import { modelWords as en } from './words/models-en.ts'
import { modelWords as nl } from './words/models-nl.ts'
import { modelWords as ru } from './words/models-ru.ts'
import type { Locale } from './words.ts'

type Band = 1 | 2 | 3 | 4 | 5 | 6
type Origin = 'paid' | 'earned' | 'goodwill'

/** The coefficients of the other models. */
type OtherName =
  | RetaliationCovariate
  | WinBackCovariate
  | RedemptionCovariate
  | 'level'
  | `age_band_${Band}`
  | `origin_${Origin}`
  | 'r'
  | 'alpha'
  | 'p'
  | 'q'
  | 'v'

/** What a language says about models. */
export type ModelWords = Readonly<{
  reasons: Readonly<Record<LiveReason, string>>
  unheld: Readonly<Record<UnheldReason, string>>
  learnedFrom: Readonly<Record<LeaveEvidence, string>>
  covariates: Readonly<Record<'intercept' | CovariateName, string>>
  others: Readonly<Record<OtherName, string>>
  /** `said` reads a parameter: a covariate by its label, a number as it is. */
  warnings: Readonly<Record<FitWarning['code'], (said: (name: string) => string) => string>>
}>

const words: Readonly<Record<Locale, ModelWords>> = { en, nl, ru }
const numberTag: Readonly<Record<Locale, string>> = { en: 'en-GB', nl: 'nl', ru: 'ru' }

/** Why a version is live, or is not. */
export const reasonSentence = (locale: Locale, reason: LiveReason): string => words[locale].reasons[reason]

/** Why a version was not tried on held-out months. */
export const unheldSentence = (locale: Locale, reason: UnheldReason): string => words[locale].unheld[reason]

/** What told the leave model that somebody left. */
export const evidenceSentence = (locale: Locale, from: LeaveEvidence): string => words[locale].learnedFrom[from]

/** What a coefficient stands for, in a few words; its own name where it has none. */
export const covariateLabel = (locale: Locale, name: string): string =>
  isLeaveTerm(name)
    ? words[locale].covariates[name]
    : isOther(name)
      ? words[locale].others[name]
      : name.replaceAll('_', ' ')

const isLeaveTerm = (name: string): name is keyof typeof leavePriors => Object.hasOwn(leavePriors, name)
const isOther = (name: string): name is OtherName => Object.hasOwn(en.others, name)

/** What a warning says. */
export function warningSentence(locale: Locale, { code, params }: FitWarning): string {
  const format = new Intl.NumberFormat(numberTag[locale], { maximumFractionDigits: 2 })
  return words[locale].warnings[code]((name) => {
    const value = params[name]
    return typeof value === 'number' ? format.format(value).replace('-', '\u2212') : covariateLabel(locale, value ?? '')
  })
}
