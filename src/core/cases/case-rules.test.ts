import { expect, test } from 'vitest'
import { instantOf } from '../time/instant.ts'
import { due } from '../time/working-time.ts'
import { type CaseRules, casePolicyOf, caseRulesAtFirst, caseRulesProblem, packsFor, regimesOf } from './case-rules.ts'

test('the rules at first may go live in any zone, and keep the holidays of a region that is known', () => {
  for (const zone of ['UTC', 'Europe/Amsterdam', 'America/New_York'])
    expect(caseRulesProblem(caseRulesAtFirst, zone)).toBe(null)
  const { calendar } = casePolicyOf(caseRulesAtFirst, 'Europe/Amsterdam')
  // From the Thursday before Christmas: the 25th is a holiday, the 26th and 27th are a weekend.
  expect(due(calendar, instantOf('2026-12-24T16:00:00Z'), 60)).toEqual({
    kind: 'due',
    at: instantOf('2026-12-28T08:30:00Z'),
  })
})

const changed = (change: Partial<CaseRules>): CaseRules => ({ ...caseRulesAtFirst, ...change })
const { hours, minutes, workMinutes, opening } = caseRulesAtFirst

test.each([
  [changed({ hours: { ...hours, weekly: { mon: [['9', '17:00']] } } }), '/hours'],
  [changed({ hours: { ...hours, weekly: {} } }), '/hours'],
  [changed({ minutes: { ...minutes, major: { ...minutes.major, fix: 0 } } }), '/minutes/major/fix'],
  [changed({ workMinutes: { ...workMinutes, close: 0.5 } }), '/workMinutes/close'],
  [changed({ warnShare: 1 }), '/warnShare'],
  [changed({ managerAfterMinutes: -1 }), '/managerAfterMinutes'],
  [changed({ legalWarnDays: 1_000 }), '/legalWarnDays'],
  [changed({ opening: { ...opening, daysMax: 400 } }), '/opening/daysMax'],
  [changed({ closeOfBusiness: 'late' }), '/closeOfBusiness'],
  [changed({ packs: [{ pack: 'none', event: 'case.opened', categories: [] }] }), '/packs/0/pack'],
  [changed({ packs: [{ pack: 'own', event: 'case.opened', categories: [] }] }), '/region'],
])('rules %# are refused where they are wrong', (rules, pointer) => {
  expect(caseRulesProblem(rules, 'America/New_York')?.pointer).toBe(pointer)
})

test('a pack applies to the categories that it names, or to all; no region has no packs', () => {
  const packs = [
    { pack: 'a', event: 'case.opened', categories: [] },
    { pack: 'b', event: 'case.opened', categories: ['billing'] },
  ]
  const names = (category: string | null) => packsFor(changed({ packs }), category).map(({ pack }) => pack)
  expect([names('billing'), names('outage'), names(null)]).toEqual([['a', 'b'], ['a'], ['a']])
  expect(regimesOf(caseRulesAtFirst, 'America/New_York').size).toBe(0)
  expect(regimesOf(caseRulesAtFirst, 'Europe/Amsterdam').size).toBeGreaterThan(5)
})
