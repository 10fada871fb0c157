import { expect, test } from 'vitest'
import { storedName } from './api.ts'

const accepted = /^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u

test.each([
  ['orders.csv', 'orders.csv'],
  ['Заказы 2026 (1).xlsx', 'Заказы 2026 (1).xlsx'],
  ['.hidden', 'hidden'],
  ['a/b\\c:d.csv', 'a_b_c_d.csv'],
  ['../../etc.csv', 'etc.csv'],
  ['a..b.csv', 'a._b.csv'],
  ['???.json', 'file.json'],
])('a file called %s is stored as %s', (name, stored) => {
  expect(storedName(name)).toBe(stored)
  expect(storedName(name)).toMatch(accepted)
})

test('a long name keeps its ending', () => {
  expect(storedName(`${'x'.repeat(300)}.parquet`)).toMatch(/^x{112}\.parquet$/)
})
