import { expect, test } from 'vitest'
import { isNeutral, noReferral } from './referral.ts'

const supplier = (name: string) => ({ name, url: `https://${name}.example.org/` })

test.each([
  [noReferral, false],
  [{ ...noReferral, suppliers: [supplier('a'), supplier('b')] }, false],
  [{ ...noReferral, suppliers: [supplier('a'), supplier('b'), supplier('c')] }, true],
  // One supplier under three names is one supplier.
  [
    { ...noReferral, suppliers: [supplier('a'), { ...supplier('a'), name: 'b' }, { ...supplier('a'), name: 'c' }] },
    false,
  ],
  [{ ...noReferral, comparison: 'https://compare.example.org/' }, true],
])('a list needs three suppliers or a comparison: %j', (referral, neutral) =>
  expect(isNeutral({ ...referral, on: true })).toBe(neutral),
)
