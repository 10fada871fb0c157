import { fractionDigits } from '../numbers.ts'

/**
 * What makes an input one for an amount of money: typed with a comma or a point, and at most as many figures after it
 * as the currency has: `1.500` is a mistake in euros and one and a half dinars in Kuwait. What it shows is
 * `amountAsTyped`.
 */
export function amountInput(currency: string): Readonly<{ inputMode: 'decimal'; pattern: string }> {
  const digits = fractionDigits(currency)
  return { inputMode: 'decimal', pattern: digits === 0 ? '\\d{1,9}' : `\\d{1,9}([.,]\\d{1,${digits}})?` }
}
