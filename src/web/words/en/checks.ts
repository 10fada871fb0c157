import { n, some } from './counts.ts'

/** The words of checks, in English. */
export const enChecks = {
  checks: {
    title: 'Checks',
    lead: (failing: number, all: number) =>
      failing === 1 ? `One of ${n(all)} checks fails.` : `${n(failing)} of ${n(all)} checks fail.`,
    leadAll: (all: number) =>
      all === 1 ? 'The one check that could be judged does not fail.' : `None of ${n(all)} checks fails.`,
    leadNone: 'There is too little yet to judge any check.',
    groups: {
      fails: 'Fails',
      unsure: 'Beyond its limit, but chance may have done it',
      holds: 'Holds',
      told: 'Only told',
      'too-few': 'Too few cases to tell',
    },
    notYet: 'Not run yet',
    states: { fails: 'fails', unsure: 'unsure', holds: 'holds', told: 'told', 'too-few': 'too few' },
    needed: (count: number, needed: number) => `${n(count)} of ${n(needed)} needed`,
    behind: (count: number) => some(count, { one: 'case behind it', other: 'cases behind it' }),
    since: (day: string) => `since ${day}`,
    unsureText: 'The interval still holds what would be no problem: more cases will tell.',
    go: 'Where something can be done',
    what: 'Of what',
    number: 'Number',
    cases: 'Cases',
    ranges: { interval: '95\u202f%:', middle: 'middle 80\u202f%:', band: '90\u202f% band:' },
    rangeHeads: { interval: '95\u202f%', middle: 'middle 80\u202f%', band: '90\u202f% band' },
    every: {
      day: 'Looked at every day',
      week: 'Looked at every week',
      month: 'Looked at every month',
      refit: 'Looked at after each fit',
    },
    ranAt: (time: string) => `last ${time}`,
    asOf: (day: string) => `events to ${day}`,
    past: 'How it came out before',
    ran: 'Run',
    result: 'Result',
    run: 'Check everything now',
    runMay: 'Checks run by themselves. A lead, an analyst or an administrator may run them now.',
    points: (points: string) => `${points} points`,
    days: (days: string) => `${days} days`,
    deviations: (deviations: string) => `${deviations} sd`,
    counted: {
      calibration: (tenths: string) => `${tenths} of 10 off`,
      'data-requests': (requests: string) => `${requests} overdue`,
      redemption: (months: string) => `${months} missed in a row`,
      apologies: (times: string) => `${times} a let-down`,
    },
    overview: (titles: readonly string[]) =>
      titles.length === 1 ? `A check fails: ${titles[0]}` : `${n(titles.length)} checks fail: ${titles.join(' · ')}`,
  },
}
