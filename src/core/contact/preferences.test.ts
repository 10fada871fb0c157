import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Consent } from '../relationship/standing.ts'
import { instant } from '../time/instant.ts'
import { changesOf, type Preference, preferenceChannels, preferencePurposes, saidOf } from './preferences.ts'

const at = instant(0)
const cells = preferenceChannels.flatMap((channel) => preferencePurposes.map((purpose) => ({ channel, purpose })))
const consents = fc.uniqueArray(
  fc.record({
    channel: fc.constantFrom(...preferenceChannels),
    purpose: fc.constantFrom('marketing', 'survey', 'all', 'retention'),
    granted: fc.boolean(),
    at: fc.constant(at),
  }),
  { selector: ({ channel, purpose }) => `${channel} ${purpose}` },
)
const wishes = fc.array(fc.option(fc.boolean()), { minLength: cells.length, maxLength: cells.length }).map((said) =>
  cells.flatMap((cell, place): Preference[] => {
    const granted = said[place] ?? null
    return granted === null ? [] : [{ ...cell, granted }]
  }),
)

const told = (before: readonly Consent[], wished: readonly Preference[]): readonly Consent[] =>
  changesOf(before, wished).reduce<readonly Consent[]>(
    (was, change) => [
      ...was.filter((one) => one.channel !== change.channel || one.purpose !== change.purpose),
      { ...change, at },
    ],
    before,
  )

test('what was wished stands afterwards, for every channel and purpose', () => {
  fc.assert(
    fc.property(consents, wishes, (before, wished) => {
      const after = told(before, wished)
      for (const { channel, purpose, granted } of wished) expect(saidOf(after, channel, purpose)).toBe(granted)
    }),
  )
})

test('a no to what nobody spoke of this time never becomes a yes', () => {
  fc.assert(
    fc.property(consents, wishes, (before, wished) => {
      const after = told(before, wished)
      for (const { channel, purpose } of cells) {
        const spoken = wished.some((one) => one.channel === channel && one.purpose === purpose)
        if (!spoken && saidOf(before, channel, purpose) === false) expect(saidOf(after, channel, purpose)).toBe(false)
      }
    }),
  )
})

test('saying the same again tells nothing', () => {
  fc.assert(
    fc.property(consents, wishes, (before, wished) => {
      expect(changesOf(told(before, wished), wished)).toEqual([])
    }),
  )
})
