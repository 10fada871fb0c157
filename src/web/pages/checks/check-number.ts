import type { Check } from '../../../contract/checks.ts'
import { moneyRange, percentRange, range, THIN } from '../../numbers.ts'
import type { Speech } from '../../words.ts'

/** A number of a check as its unit is written. */
export function checkNumber(speech: Speech, value: number, unit: Check['unit'], currency: string): string {
  const { w } = speech
  switch (unit) {
    case 'points':
      return w.checks.points(speech.decimal(100 * value, 1))
    case 'share':
      return speech.percent(value)
    case 'factor':
      return `×${speech.decimal(value, 2)}`
    case 'mean':
      return speech.decimal(value, 2)
    case 'count':
      return speech.count(value)
    case 'days':
      return w.checks.days(speech.decimal(value, 1))
    case 'deviations':
      return w.checks.deviations(speech.signed(value, 1))
    case 'money':
      return speech.money(value, currency)
  }
}

type Ends = Readonly<{ low: number | null; high: number | null }>

/** What lies between: from the low end to the high, without the unit that stands with the number. */
export function checkEnds(speech: Speech, { low, high }: Ends, unit: Check['unit'], currency: string): string {
  const { w, language } = speech
  if (low === null || high === null) return ''
  if (unit === 'share') return `${percentRange(language, { low, high }, w.to)}${THIN}%`
  if (unit === 'money') return moneyRange(language, { low, high }, currency, w.to)
  const [scale, decimals] = unit === 'points' ? [100, 1] : unit === 'count' ? [1, 0] : unit === 'days' ? [1, 1] : [1, 2]
  const end = (value: number) =>
    unit === 'deviations' ? speech.signed(value, 1) : speech.decimal(scale * value, decimals)
  return range(end(low), end(high), w.to)
}

/** What stands after a number: its interval, or how the middle of the cases is spread; empty where it was counted. */
export function checkRange(speech: Speech, of: Check, currency: string): string {
  const ends = checkEnds(speech, of, of.unit, currency)
  return ends === '' ? '' : `${speech.w.checks.ranges[of.range]} ${ends}`
}

/** The number that a check rests on, with what was counted. */
export function checkValue(speech: Speech, { name, value, unit }: Check, currency: string): string {
  if (value === null) return ''
  const counted: Partial<Readonly<Record<Check['name'], (count: string) => string>>> = speech.w.checks.counted
  const written = checkNumber(speech, value, unit, currency)
  return counted[name]?.(written) ?? written
}
