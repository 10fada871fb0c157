import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CaseStep } from '../../../core/cases/case-clocks.ts'
import { minorOf } from '../../numbers.ts'
import { instantOfWall } from '../../wall-time.ts'

/** What a customer may have answered. */
export const stepAnswers = ['yes', 'no', 'none'] as const
/** In what form money is given. */
export const remedyForms = ['none', 'refund', 'voucher', 'credit'] as const

/** What was typed, by the names of the fields. */
export type Typed = Readonly<{ get: (name: string) => unknown }>

const text = (typed: Typed, name: string): string | null => {
  const value = typed.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

const amountOf = (typed: Typed, currency: string): number => minorOf(text(typed, 'amount') ?? '', currency)

const formOf = (typed: Typed): string | null => (text(typed, 'form') === 'none' ? null : text(typed, 'form'))

/** The currency of amounts, and the time zone of the firm, in which moments are typed. */
type Place = Readonly<{ currency: string; timeZone: string }>

/** The command of a step with what was typed for it. */
export function stepCommand(step: CaseStep, typed: Typed, { currency, timeZone }: Place): CaseCommandWish {
  switch (step) {
    case 'acknowledge':
    case 'own':
      return { kind: step }
    case 'apologise':
      return { kind: step, isSpecific: typed.get('specific') !== null }
    case 'agree remedy': {
      const fixBy = text(typed, 'fixBy') ?? ''
      const reason = text(typed, 'reason')
      const remedy = {
        what: text(typed, 'what') ?? '',
        fixBy: instantOfWall(fixBy, timeZone) ?? null,
        valueMinor: amountOf(typed, currency),
        form: formOf(typed),
      }
      return reason === null ? { kind: step, remedy } : { kind: step, remedy, reason }
    }
    case 'fix':
      return { kind: step, how: text(typed, 'how') }
    case 'compensate':
      return { kind: step, valueMinor: amountOf(typed, currency), form: formOf(typed) }
    case 'confirm':
      return { kind: step, satisfied: text(typed, 'answer') === 'yes' }
    case 'follow up': {
      const answer = text(typed, 'answer')
      return { kind: step, satisfied: answer === 'none' ? null : answer === 'yes' }
    }
    case 'close':
      return { kind: step, rootCause: text(typed, 'cause') }
  }
}
