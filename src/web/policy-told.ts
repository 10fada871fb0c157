import type { ContactPolicy } from '../core/contact/contact-policy.ts'
import { contactPurposes } from '../core/contact/contact-policy.ts'
import { channels } from '../core/relationship/vocabulary.ts'
import type { Words } from './words/en.ts'

/** One setting that differs between two sets of rules; null where a set does not have it. */
export type Difference = Readonly<{ what: string; was: string | null; now: string | null }>

/** How numbers are written, in the reader's language. */
type Writing = Readonly<{
  w: Words
  percent: (share: number) => string
  decimal: (value: number, decimals: number) => string
}>

/** What differs between two sets of rules, in words, in the order of the rules. */
export function differencesOf(was: ContactPolicy, now: ContactPolicy, writing: Writing): readonly Difference[] {
  return differencesBetween(tell(was, writing), tell(now, writing))
}

/** Settings that are told differently before and after. */
export function differencesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Difference[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((what) => {
    const [old, fresh] = [before.get(what) ?? null, after.get(what) ?? null]
    return old === fresh ? [] : [{ what, was: old, now: fresh }]
  })
}

/** Every setting by its name in words. What stands twice, such as two limits for one way, is told in one line. */
function tell(policy: ContactPolicy, writing: Writing): ReadonlyMap<string, string> {
  const { w, percent } = writing
  const p = w.policy
  const told = new Map<string, string>()
  const say = (what: string, value: string) => {
    const known = told.get(what)
    told.set(what, known === undefined ? value : `${known}; ${value}`)
  }
  for (const channel of channels) say(p.needOf(p.channels[channel]), p.needs[policy.consent[channel]])
  const number = (value: number) => (Number.isNaN(value) ? p.notRight : `${value}`)
  const share = (value: number) => (Number.isNaN(value) ? p.notRight : percent(value))
  const days = ['exitSilenceDays', 'winbackClearDays', 'doubleDeviationDays'] as const
  for (const name of days) say(p.fields[name], number(policy[name]))
  const list = <Name extends string>(all: readonly Name[], chosen: readonly Name[], names: Record<Name, string>) =>
    all.flatMap((one) => (chosen.includes(one) ? [names[one]] : [])).join(', ') || p.none
  say(p.humans, list(channels, policy.humanChannels, p.channels))
  for (const manner of ['phone', 'email', 'post'] as const) say(p.fields[manner], number(policy.tolerance[manner]))
  say(p.fields.toleranceDays, number(policy.toleranceDays))
  say(p.fields.restDays, number(policy.restDays))
  for (const { category, lowerBound } of policy.shownUplift) {
    say(
      `${p.rule.uplift.name}: ${category || p.unnamed}`,
      Number.isNaN(lowerBound) ? p.notRight : writing.decimal(lowerBound * 100, 2),
    )
  }
  for (const { channel, per, max } of policy.caps) {
    say(`${p.rule.cap.name}: ${channel === null ? p.allChannels : p.channels[channel]}, ${p.windows[per]}`, number(max))
  }
  say(p.quietBy, list(channels, policy.quiet.channels, p.channels))
  say(
    p.rule['quiet-hours'].name,
    [policy.quiet.fromMinute, policy.quiet.untilMinute].map((minute) => clockText(minute) || p.notRight).join('\u2013'),
  )
  say(p.sundays, policy.quiet.sundays ? p.on : p.off)
  say(p.holidays, policy.quiet.holidays ? p.on : p.off)
  say(p.fields.surveyRestDays, number(policy.surveyRestDays))
  say(p.fields.neverAskedShare, share(policy.neverAskedShare))
  for (const { experiment, purposes, share: held } of policy.holdOuts) {
    say(
      `${p.rule['hold-out'].name}: ${experiment || p.unnamed}`,
      `${share(held)}, ${list(contactPurposes, purposes, p.purposes)}`,
    )
  }
  return told
}

const MINUTES_OF_DAY = 1_440

/** A minute of the day as a clock shows it, `21:00`; empty for what is no minute. */
export function clockText(minute: number): string {
  if (!Number.isInteger(minute)) return ''
  const shown = minute % MINUTES_OF_DAY
  return [Math.floor(shown / 60), shown % 60].map((part) => `${part}`.padStart(2, '0')).join(':')
}

/** The minute of the day that a clock shows; NaN for what is no time. */
export function minuteOfClock(text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? []
  return Number(hours) * 60 + Number(minutes)
}
