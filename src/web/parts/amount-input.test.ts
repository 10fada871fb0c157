import { expect, test } from 'vitest'
import { amountInput } from './amount-input.ts'

test.each([
  ['EUR', ['12', '12,5', '12.50'], ['12.500', '12,', '1 2', '']],
  ['KWD', ['12', '12.5', '12,500'], ['12.5000']],
  ['JPY', ['1200'], ['1200.5']],
] as const)('an amount in %s has as many figures after the comma as the currency', (currency, good, bad) => {
  // As a browser reads the pattern of an input.
  const pattern = new RegExp(`^(?:${amountInput(currency).pattern})$`, 'v')
  for (const typed of good) expect([typed, pattern.test(typed)]).toEqual([typed, true])
  for (const typed of bad) expect([typed, pattern.test(typed)]).toEqual([typed, false])
})
