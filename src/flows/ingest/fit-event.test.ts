import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventRow, fitEvent, rfc3339Of } from './fit-event.ts'

const row = (data: string | null, type = 'failure.occurred'): EventRow => ({
  customer: 'c',
  type,
  at: '2024-01-01 10:00:00',
  id: 'i',
  source: null,
  data,
})
const dataOf = (data: string | null, type?: string) => fitEvent(row(data, type), 'import:x').event.data

describe('a value takes the form of its field', () => {
  test.each([
    ['text of digits for a number', { loss: '1250' }, { loss: 1250 }],
    ['words for a flag', { disrespect: 'Yes' }, { disrespect: true }],
    ['a digit for a flag', { disrespect: '0' }, { disrespect: false }],
    [
      'a database time for an instant',
      { promisedFixBy: '2024-01-01 10:00:00.5' },
      { promisedFixBy: '2024-01-01T10:00:00.5Z' },
    ],
    ['a number for a text', { failure: 7 }, { failure: '7' }],
    ['NULL is left out', { loss: null, failure: 'f' }, { failure: 'f' }],
    [
      'what cannot be read stays for the validation',
      { loss: '12,50', disrespect: 'perhaps' },
      { loss: '12,50', disrespect: 'perhaps' },
    ],
    ['fields that are not in the vocabulary stay', { own: '12' }, { own: '12' }],
  ])('%s', (_, given, expected) => {
    expect(dataOf(JSON.stringify(given))).toEqual(expected)
  })

  test('JSON text for a list and a record', () => {
    expect(dataOf('{"items":"[1,2]"}', 'order.placed')).toEqual({ items: [1, 2] })
    expect(dataOf('{"attributes":"{\\"a\\":1}"}', 'customer.profiled')).toEqual({ attributes: { a: 1 } })
  })
})

test.each([['[1]'], ['7'], ['null'], ['{oops']])('data of %s is no event', (data) => {
  expect(fitEvent(row(data), 'import:x').kind).toBe('not-json')
})

test('no data is empty data, and no source is the one of the import', () => {
  expect(fitEvent(row(null), 'import:x')).toEqual({
    kind: 'event',
    event: {
      id: 'i',
      source: 'import:x',
      customer: 'c',
      type: 'failure.occurred',
      at: '2024-01-01T10:00:00Z',
      data: {},
    },
  })
})

test('a key that is NULL is left out', () => {
  const { event } = fitEvent({ ...row(null), customer: null, at: null, id: null, type: null }, 'import:x')
  expect(event).toEqual({ source: 'import:x', data: {} })
})

describe('times', () => {
  test.each([
    ['2024-01-01', '2024-01-01T00:00:00Z'],
    ['2024-01-01 10:00', '2024-01-01T10:00:00Z'],
    ['2024-01-01 10:00:00+00', '2024-01-01T10:00:00Z'],
    ['2024-01-01 10:00:00+02', '2024-01-01T10:00:00+02:00'],
    ['2024-01-01T10:00:00-0330', '2024-01-01T10:00:00-03:30'],
    ['soon', 'soon'],
    ['01/02/2024', '01/02/2024'],
  ])('%s is %s', (given, expected) => {
    expect(rfc3339Of(given)).toBe(expected)
  })

  test('an RFC 3339 time keeps its instant', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        expect(Date.parse(rfc3339Of(date.toISOString()))).toBe(date.getTime())
      }),
    )
  })
})
