import { expect, test } from 'vitest'
import { affectedTyped, bulkTyped, keysIn } from './typed.ts'

const typed = (fields: Readonly<Record<string, string>>) => ({ get: (name: string) => fields[name] ?? null })

test('keys come one on a line, from a sheet or quoted, each once', () => {
  expect(keysIn('C-1\r\nC-2\n\nC-1, "C 3";C-4\n')).toEqual(['C-1', 'C-2', 'C 3', 'C-4'])
})

test('nobody is named later, or without keys or a period', () => {
  expect(affectedTyped(typed({ way: 'later' }), 'Asia/Tokyo')).toBeUndefined()
  expect(affectedTyped(typed({ way: 'keys', keys: ' \n' }), 'Asia/Tokyo')).toBeUndefined()
  expect(affectedTyped(typed({ way: 'late orders', from: '2026-06-14T00:00' }), 'Asia/Tokyo')).toBeUndefined()
  expect(affectedTyped(typed({ way: 'keys', keys: 'a' }), 'Asia/Tokyo')).toEqual({ kind: 'keys', customers: ['a'] })
})

test('moments are typed on the clock of the firm', () => {
  const late = typed({ way: 'late orders', from: '2026-06-14T00:00', to: '2026-06-15T09:00' })
  expect(affectedTyped(late, 'Asia/Tokyo')).toMatchObject({
    from: '2026-06-13T15:00:00.000Z',
    to: '2026-06-15T00:00:00.000Z',
  })
})

test('an amount is read with a comma, in minor units', () => {
  const wish = bulkTyped('agree remedy', typed({ what: 'A month', amount: '10,50', form: 'none' }), {
    currency: 'EUR',
    timeZone: 'UTC',
  })
  expect(wish).toEqual({
    kind: 'agree remedy',
    remedy: { what: 'A month', fixBy: null, valueMinor: 1_050, form: null },
  })
})
