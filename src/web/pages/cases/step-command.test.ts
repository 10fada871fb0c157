import { expect, test } from 'vitest'
import { stepCommand } from './step-command.ts'

const typed = (fields: Readonly<Record<string, string>>) => new Map(Object.entries(fields))

test('an amount is read with a point or a comma, in the minor units of its currency', () => {
  const pay = (amount: string, currency: string) =>
    stepCommand('compensate', typed({ amount, form: 'refund' }), currency)
  expect(pay('12,50', 'EUR')).toEqual({ kind: 'compensate', valueMinor: 1250, form: 'refund' })
  expect(pay('12.5', 'EUR')).toMatchObject({ valueMinor: 1250 })
  expect(pay('1200', 'JPY')).toMatchObject({ valueMinor: 1200 })
})

test('what was left empty is not known, not an empty text', () => {
  expect(stepCommand('close', typed({ cause: '  ' }), 'EUR')).toEqual({ kind: 'close', rootCause: null })
  expect(
    stepCommand(
      'agree remedy',
      typed({ what: ' A new one ', amount: '0', form: 'none', fixBy: '', reason: '' }),
      'EUR',
    ),
  ).toEqual({ kind: 'agree remedy', remedy: { what: 'A new one', fixBy: null, valueMinor: 0, form: null } })
})

test('no answer is neither a yes nor a no', () => {
  const follow = (answer: string) => stepCommand('follow up', typed({ answer }), 'EUR')
  expect(['yes', 'no', 'none'].map(follow)).toMatchObject([
    { satisfied: true },
    { satisfied: false },
    { satisfied: null },
  ])
})
