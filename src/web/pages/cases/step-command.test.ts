import { expect, test } from 'vitest'
import { stepCommand } from './step-command.ts'

const euro = { currency: 'EUR', timeZone: 'Asia/Tokyo' }
const typed = (fields: Readonly<Record<string, string>>) => new Map(Object.entries(fields))

test('an amount is read with a point or a comma, in the minor units of its currency', () => {
  const pay = (amount: string, currency: string) =>
    stepCommand('compensate', typed({ amount, form: 'refund' }), { ...euro, currency })
  expect(pay('12,50', 'EUR')).toEqual({ kind: 'compensate', valueMinor: 1250, form: 'refund' })
  expect(pay('12.5', 'EUR')).toMatchObject({ valueMinor: 1250 })
  expect(pay('1200', 'JPY')).toMatchObject({ valueMinor: 1200 })
})

test('what was left empty is not known, not an empty text', () => {
  expect(stepCommand('close', typed({ cause: '  ' }), euro)).toEqual({ kind: 'close', rootCause: null })
  expect(
    stepCommand('agree remedy', typed({ what: ' A new one ', amount: '0', form: 'none', fixBy: '', reason: '' }), euro),
  ).toEqual({ kind: 'agree remedy', remedy: { what: 'A new one', fixBy: null, valueMinor: 0, form: null } })
})

test('a moment is typed on the clock of the firm', () => {
  const agreed = stepCommand('agree remedy', typed({ what: 'A new one', fixBy: '2026-11-22T02:00' }), euro)
  expect(agreed).toMatchObject({ remedy: { fixBy: '2026-11-21T17:00:00.000Z' } })
})

test('no answer is neither a yes nor a no', () => {
  const follow = (answer: string) => stepCommand('follow up', typed({ answer }), euro)
  expect(['yes', 'no', 'none'].map(follow)).toMatchObject([
    { satisfied: true },
    { satisfied: false },
    { satisfied: null },
  ])
})
