import { expect, test } from 'vitest'
import { contactPolicyAtFirst } from '../core/contact/contact-policy.ts'
import { clockText, differencesOf, minuteOfClock } from './policy-told.ts'
import { en } from './words/en.ts'

const writing = {
  w: en,
  percent: (share: number) => `${share * 100} %`,
  decimal: (value: number, decimals: number) => value.toFixed(decimals),
}
const changed = (part: Partial<typeof contactPolicyAtFirst>) =>
  differencesOf(contactPolicyAtFirst, { ...contactPolicyAtFirst, ...part }, writing)

test('the same rules do not differ', () => {
  expect(changed({})).toEqual([])
})

test('each setting that changed is told once, with what it was and what it is', () => {
  expect(changed({ restDays: 60, consent: { ...contactPolicyAtFirst.consent, email: 'opt-in' } })).toEqual([
    { what: 'Needed for: e-mail', was: 'a yes, or having bought', now: 'a yes' },
    { what: 'Rest after too many ignored offers, days', was: '90', now: '60' },
  ])
})

test('what one of the two does not have is told as missing there', () => {
  expect(changed({ caps: contactPolicyAtFirst.caps.slice(1) })).toEqual([
    { what: 'How often: all ways together, a day', was: '1', now: null },
  ])
  expect(changed({ holdOuts: [{ experiment: 'spring', purposes: ['upsell', 'reward'], share: 0.1 }] })).toEqual([
    { what: 'Hold-outs: spring', was: null, now: '10 %, reward, selling more' },
  ])
})

test('two limits for the same way are both told', () => {
  const twice = { channel: null, per: 'day', max: 4 } as const
  expect(changed({ caps: [...contactPolicyAtFirst.caps, twice] })).toEqual([
    { what: 'How often: all ways together, a day', was: '1', now: '1; 4' },
  ])
})

test('what is no number yet is not told as one', () => {
  expect(
    changed({ surveyRestDays: Number.NaN, quiet: { ...contactPolicyAtFirst.quiet, fromMinute: Number.NaN } }),
  ).toEqual([
    { what: 'Quiet hours', was: '21:00–09:00', now: 'not right yet–09:00' },
    { what: 'Rest after a survey, days', was: '30', now: 'not right yet' },
  ])
})

test('a clock and its minute of the day are the same', () => {
  for (const minute of [0, 59, 540, 1_439]) expect(minuteOfClock(clockText(minute))).toBe(minute)
  expect(clockText(1_440)).toBe('00:00')
  expect([minuteOfClock(''), minuteOfClock('9')]).toEqual([Number.NaN, Number.NaN])
})
