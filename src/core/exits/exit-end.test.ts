import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, instant, instantOf, rfc3339 } from '../time/instant.ts'
import { dateText } from '../time/local-date.ts'
import { exitKinds } from './exit-case.ts'
import { exitEnd } from './exit-end.ts'

const zone = 'Europe/Amsterdam'
const requestedAt = instantOf('2026-11-19T09:42:00Z')
const asked = { kind: 'cancel', requestedAt, wishedOn: null, fixedUntil: null, zone } as const
const told = (terms: Parameters<typeof exitEnd>[0]) => {
  const { at, because } = exitEnd(terms)
  return `${because} ${rfc3339(at)}`
}

test.each([
  ['a month of notice, to the end of its last day', asked, 'notice 2026-12-19T23:00:00.000Z'],
  [
    'the last of January plus a month is the last of February',
    { ...asked, requestedAt: instantOf('2027-01-31T12:00:00Z') },
    'notice 2027-02-28T23:00:00.000Z',
  ],
  [
    'a month over the change to summer time',
    { ...asked, requestedAt: instantOf('2027-03-01T12:00:00Z') },
    'notice 2027-04-01T22:00:00.000Z',
  ],
  [
    'a first term that runs longer',
    { ...asked, fixedUntil: instantOf('2027-03-01T00:00:00Z') },
    'fixed-term 2027-03-01T00:00:00.000Z',
  ],
  [
    'a first term that is over sooner',
    { ...asked, fixedUntil: instantOf('2026-11-30T00:00:00Z') },
    'notice 2026-12-19T23:00:00.000Z',
  ],
  ['a later day that the customer wishes', { ...asked, wishedOn: '2027-01-31' }, 'wish 2027-01-31T23:00:00.000Z'],
  ['an earlier day than the rule allows', { ...asked, wishedOn: '2026-11-20' }, 'notice 2026-12-19T23:00:00.000Z'],
  [
    'withdrawal, whatever term runs',
    { ...asked, kind: 'withdraw', fixedUntil: instantOf('2028-01-01T00:00:00Z') },
    'at-once 2026-11-19T09:42:00.000Z',
  ],
  ['good cause', { ...asked, kind: 'cause' }, 'at-once 2026-11-19T09:42:00.000Z'],
] as const)('%s', (_, terms, end) => {
  expect(told(terms)).toBe(end)
})

test('no contract ends before it was asked for, and without a term or a wish none lasts longer than a month and a day', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...exitKinds),
      fc.integer({ min: 0, max: 20_000 }),
      fc.option(fc.integer({ min: 0, max: 20_000 })),
      (kind, day, wish) => {
        const at = instant(day * DAY_MS + 1)
        const bare = exitEnd({ kind, requestedAt: at, wishedOn: null, fixedUntil: null, zone })
        expect(bare.at - at).toBeGreaterThanOrEqual(0)
        expect(bare.at - at).toBeLessThanOrEqual(33 * DAY_MS)
        const wished = exitEnd({
          kind,
          requestedAt: at,
          wishedOn: wish === null ? null : dateText(wish),
          fixedUntil: null,
          zone,
        })
        expect(wished.at).toBeGreaterThanOrEqual(bare.at)
      },
    ),
  )
})
