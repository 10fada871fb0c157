import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { casesAt, type ManyGifts, mayGiveMany } from './incident.ts'

const limits = { caseMinor: 5_000, dayMinor: 20_000, monthMinor: 100_000 }
const policy = {
  limits: { lead: limits, admin: { caseMinor: 50_000, dayMinor: 1_000_000, monthMinor: 9_000_000 } },
  teamMonthMinor: { web: 50_000 },
}
const gifts = (cases: number, amountMinor: number, more: Partial<ManyGifts> = {}): ManyGifts => ({
  asked: { person: 'p', role: 'lead', amountMinor, reason: null },
  spent: { dayMinor: 0, monthMinor: 0 },
  teams: [{ team: 'web', cases, spentMinor: 0 }],
  ...more,
})

describe('the same remedy for many', () => {
  test.each([
    [20, 1_000, 'allowed', []],
    [21, 1_000, 'four eyes', ['day']],
    [60, 1_000, 'four eyes', ['day', 'team']],
    [1, 5_001, 'four eyes', ['case']],
    [101, 1_000, 'four eyes', ['day', 'month', 'team']],
  ] as const)('%i times %i: %s', (cases, amount, kind, passed) => {
    const answer = mayGiveMany(gifts(cases, amount), policy)
    expect(answer.kind).toBe(kind)
    expect(answer.kind === 'four eyes' ? answer.passed : []).toEqual(passed)
  })

  test('is refused to who gives nothing, and needs somebody above', () => {
    const asked = { person: 'p', role: 'agent', amountMinor: 1, reason: null } as const
    expect(mayGiveMany(gifts(1, 1, { asked }), policy)).toEqual({ kind: 'refused', because: 'role-may-not' })
    const admin = { ...asked, role: 'admin', amountMinor: 1_000 } as const
    const many = gifts(1_001, 1_000, { asked: admin })
    expect(mayGiveMany(many, policy)).toEqual({ kind: 'refused', because: 'nobody-may' })
  })

  test('counts each case, whatever teams they are dealt to: one more is never easier', () => {
    const hardness = { allowed: 0, 'four eyes': 1, refused: 2 } as const
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
        fc.nat(6_000),
        (sizes, amount) => {
          const dealt = (extra: number) =>
            sizes.map((cases, nth) => ({ team: `t${nth}`, cases: cases + (nth === 0 ? extra : 0), spentMinor: 0 }))
          const kindOf = (extra: number) => mayGiveMany(gifts(1, amount + 1, { teams: dealt(extra) }), policy).kind
          expect(hardness[kindOf(1)]).toBeGreaterThanOrEqual(hardness[kindOf(0)])
          const total = sizes.reduce((sum, cases) => sum + cases, 0) * (amount + 1)
          expect(kindOf(0) === 'allowed').toBe(total <= limits.dayMinor && amount + 1 <= limits.caseMinor)
        },
      ),
    )
  })
})

test('two tries may close what nobody confirmed', () => {
  expect(casesAt('close')).toContain('confirm')
  expect(casesAt('try to reach')).toEqual(['confirm'])
  expect(casesAt('fix')).toEqual(['fix'])
})
