import type { CheckName } from '../core/checks/checks.ts'
import type { Severity } from '../core/relationship/failure.ts'
import { covariateLabel } from './model-sentences.ts'
import { type CheckWords, checkWords } from './words/checks.ts'
import { equalityWords } from './words/equality.ts'
import { type Locale, moneyInWords } from './words.ts'

/** What a check is called, what it compares, and what to do when it fails; nothing to do about what is only told. */
export const checkSaid = (locale: Locale, name: CheckName): CheckWords['checks'][CheckName] =>
  checkWords[locale].checks[name]

const isKey = <Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> =>
  Object.hasOwn(table, name)

const isSeverity = (name: string): name is Severity => isKey(checkWords.en.severities, name)

/** What one number of a check is about: `name` is that of the core, `currency` the firm's. */
export function checkPartLabel(locale: Locale, check: CheckName, name: string, currency: string): string {
  const words = checkWords[locale]
  const [first = '', second = '', third] = name.split(' ')
  switch (check) {
    case 'service-floor':
      return words.fifths[Number(name) - 1] ?? name
    case 'like-cases': {
      const severity = isSeverity(first) ? words.severities[first] : first
      if (third === undefined) return words.noLoss(severity)
      return words.band(
        severity,
        moneyInWords(locale, Number(second), currency),
        moneyInWords(locale, Number(third), currency),
      )
    }
    case 'equal-treatment':
      return isKey(equalityWords.en.measures, name) ? equalityWords[locale].measures[name].label : name
    case 'apologies':
      return words.apologies(Number(name))
    case 'prior-conflict':
      return `${labelIn(words.models, first)}: ${covariateLabel(locale, second)}`
    case 'complaints':
      return labelIn(words.weeks, name)
    case 'data-requests':
      return labelIn(words.requests, name)
    case 'calibration':
    case 'learned-share':
      return labelIn(words.models, name)
    case 'due-dates':
      return labelIn(words.severities, name)
    case 'severity':
      return labelIn(words.changed, name)
    case 'redemption':
    case 'reopened':
      return name
  }
}

const labelIn = (table: Readonly<Record<string, string>>, name: string): string => table[name] ?? name
