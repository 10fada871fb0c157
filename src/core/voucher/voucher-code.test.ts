import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RANDOM_SYMBOLS, readVoucherCode, voucherCode, voucherTail } from './voucher-code.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const random = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: RANDOM_SYMBOLS, maxLength: RANDOM_SYMBOLS })
const plain = (code: string) => code.replaceAll('-', '')

test('a code holds at least 80 random bits, all of which can be read from it', () => {
  expect(RANDOM_SYMBOLS * 5).toBeGreaterThanOrEqual(80)
  fc.assert(
    fc.property(random, (symbols) => {
      const code = plain(voucherCode(symbols))
      expect([...code].slice(0, -1).map((symbol) => ALPHABET.indexOf(symbol))).toEqual(symbols)
    }),
  )
})

test('a code is read as it was printed, in small letters, with spaces, and with letters that look like digits', () => {
  fc.assert(
    fc.property(random, (symbols) => {
      const code = voucherCode(symbols)
      expect(code).toMatch(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
      expect(readVoucherCode(code)).toBe(plain(code))
      expect(readVoucherCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(plain(code))
      expect(readVoucherCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(plain(code))
    }),
  )
})

test('any one wrong symbol is noticed, at every place', () => {
  fc.assert(
    fc.property(random, (symbols) => {
      const code = plain(voucherCode(symbols))
      for (let place = 0; place < code.length; place += 1) {
        for (const other of ALPHABET) {
          if (other === code[place]) continue
          expect(readVoucherCode(code.slice(0, place) + other + code.slice(place + 1))).toBeUndefined()
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('any two neighbours swapped are noticed, the check symbol included', () => {
  fc.assert(
    fc.property(random, (symbols) => {
      const code = plain(voucherCode(symbols))
      for (let place = 0; place + 1 < code.length; place += 1) {
        const [one = '', two = ''] = [code[place], code[place + 1]]
        if (one === two) continue
        expect(readVoucherCode(code.slice(0, place) + two + one + code.slice(place + 2))).toBeUndefined()
      }
    }),
  )
})

test.each(['', '7K2QX', 'U'.repeat(20), '0'.repeat(19), '0'.repeat(21), '*'.repeat(20)])('%j is no code', (typed) => {
  expect(readVoucherCode(typed)).toBeUndefined()
})

test('the end of a code is shown and the rest is not', () => {
  expect(voucherTail('7K2QX-9MZ0T-4B6CD-E1F8H')).toBe('1F8H')
})
