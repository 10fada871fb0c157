import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../core/time/instant.ts'
import { readLink, signLink } from './signed-link.ts'

const key = 'a key of a test'
const now = instant(1_000_000)
const claim = { purpose: 'exit-receipt', customer: 'C-1', subject: 'E-1', expiresAt: instant(now + 1) } as const
const token = signLink(key, claim)

test('a link says what was signed until it expires', () => {
  expect(readLink(key, 'exit-receipt', token, now)).toEqual({ kind: 'valid', claim })
  expect(readLink(key, 'exit-receipt', token, claim.expiresAt)).toEqual({ kind: 'expired' })
})

test('a link of another purpose or another key is forged', () => {
  expect(readLink(key, 'exit-request', token, now)).toEqual({ kind: 'forged' })
  expect(readLink('another key', 'exit-receipt', token, now)).toEqual({ kind: 'forged' })
})

test('every change of one sign makes a link forged', () => {
  for (let place = 0; place < token.length; place += 1) {
    const changed = `${token.slice(0, place)}${token[place] === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`
    expect([changed, readLink(key, 'exit-receipt', changed, now).kind]).toEqual([changed, 'forged'])
  }
})

test('whatever else somebody sends is forged, and nothing breaks', () => {
  fc.assert(fc.property(fc.string(), (text) => readLink(key, 'exit-receipt', text, now).kind === 'forged'))
  for (const text of ['', '.', '..', `${token}.`, `${token}=`, `.${token}`, 'A'.repeat(100_000)])
    expect(readLink(key, 'exit-receipt', text, now)).toEqual({ kind: 'forged' })
})
