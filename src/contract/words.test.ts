import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../test/arbitrary-history.ts'
import { type LedgerEntry, ledger } from '../core/goodwill/goodwill.ts'
import { priorModel } from '../core/goodwill/leave-model.ts'
import { customerKey } from '../core/ids.ts'
import { foldAll } from '../core/relationship/relationship.ts'
import { eventSentence, ledgerSentence, locales, staticSentence } from './words.ts'

const model = {
  ...priorModel,
  centres: { '*': { purchases_ln: 0.5, personal_share: 0.5, effort_ces: 2 } },
  products: { '*': { substitutability: 0.9, competitiveness: 0.1 } },
}
const broken = /undefined|NaN|\[object|null|#| {2}|^$/

describe('sentences', () => {
  test.each(locales)('are whole for every event and every entry: %s', (locale) => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const one of history) expect(eventSentence(locale, one), one.type).not.toMatch(broken)
        const state = foldAll(customerKey('c'), history)
        for (const entry of ledger(state, model, state.lastAt ?? day(0)).entries) {
          const { sentence, detail, fades } = ledgerSentence(locale, entry)
          expect(sentence, entry.covariate).not.toMatch(broken)
          expect(`${detail}.${fades}.`, entry.covariate).not.toMatch(/undefined|NaN|\[object|null|#/)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('do not cheer', () => {
    for (const locale of locales) expect(staticSentence(locale, 'tenure_ln')).not.toMatch(/!/)
  })

  const orders = (count: number): LedgerEntry => ({
    event: 'e',
    covariate: 'purchases_ln',
    group: null,
    at: day(0),
    mark: 'repair',
    facts: { orders: count, periods: 0, more: true },
    posted: 0.1,
    now: 0.1,
    fades: { kind: 'half-life', days: count },
  })

  test.each([
    ['en', 1, '1 paid order', 'half in 1 day'],
    ['en', 9, '9 paid orders', 'half in 9 days'],
    ['nl', 2, '2 betaalde bestellingen', 'half in 2 dagen'],
    ['ru', 1, '1 оплаченный заказ', 'вдвое за 1 день'],
    ['ru', 3, '3 оплаченных заказа', 'вдвое за 3 дня'],
    ['ru', 11, '11 оплаченных заказов', 'вдвое за 11 дней'],
    ['ru', 21, '21 оплаченный заказ', 'вдвое за 21 день'],
  ] as const)('count as the language counts: %s %i', (locale, count, sentence, fades) => {
    expect(ledgerSentence(locale, orders(count))).toMatchObject({ sentence, fades })
  })

  test('say money and dates as the reader writes them, in minor units of the currency', () => {
    const paid = (currency: string) => event(0, 'order.placed', { order: '7', value: 123_456, currency })
    expect(eventSentence('en', paid('EUR'))).toBe('Order 7 placed: €1,234.56')
    expect(eventSentence('en', paid('JPY'))).toBe('Order 7 placed: JP¥123,456')
    expect(
      eventSentence('nl', event(0, 'promise.made', { promise: 'p', due: '2026-11-02T10:00:00Z', what: 'bellen' })),
    ).toBe('Beloofd voor 2 nov 2026: bellen')
  })

  test('tell the categories of our own mappings in the language, and those of a firm as they are', () => {
    const late = (category: string) => event(0, 'failure.occurred', { failure: 'f', severity: 'major', category })
    expect(eventSentence('nl', late('late-delivery'))).toBe('Teleurgesteld: te late bezorging (groot)')
    expect(eventSentence('ru', late('Late delivery'))).toBe('Серьёзный сбой: поздняя доставка')
    expect(eventSentence('nl', late('kabel-stuk'))).toBe('Teleurgesteld: kabel stuk (groot)')
  })

  test('name a type that nobody knows', () => {
    const strange = { ...event(0, 'order.placed', {}), type: 'custom.moon' as const, data: {} }
    expect(locales.map((locale) => eventSentence(locale, strange))).toEqual([
      'Event custom.moon',
      'Gebeurtenis custom.moon',
      'Событие custom.moon',
    ])
  })
})
