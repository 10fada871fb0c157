import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf } from '../time/instant.ts'
import { zoneOf } from '../time/zone.ts'
import {
  type AuthorityPolicy,
  type Gift,
  type GiftAsked,
  mayApprove,
  mayGive,
  type Spent,
  spentOf,
} from './authority.ts'

const policy: AuthorityPolicy = {
  limits: {
    agent: { caseMinor: 5_000, dayMinor: 10_000, monthMinor: 50_000 },
    lead: { caseMinor: 20_000, dayMinor: 60_000, monthMinor: 400_000 },
    admin: { caseMinor: 100_000, dayMinor: 500_000, monthMinor: 900_000 },
    analyst: { caseMinor: 90_000, dayMinor: 90_000, monthMinor: 90_000 },
  },
  teamMonthMinor: { north: 80_000 },
}
const nothing: Spent = { caseMinor: 0, dayMinor: 0, monthMinor: 0, teamMonthMinor: 0 }
const asked = (amountMinor: number, more: Partial<GiftAsked> = {}): GiftAsked => ({
  person: 'ann',
  role: 'agent',
  team: 'north',
  amountMinor,
  range: { lowMinor: 0, highMinor: 1_000_000 },
  reason: null,
  ...more,
})

describe('who may give how much', () => {
  test('within every limit it is allowed, with what is left', () => {
    expect(mayGive(asked(5_000), nothing, policy)).toEqual({
      kind: 'allowed',
      left: { caseMinor: 0, dayMinor: 5_000, monthMinor: 45_000, teamMonthMinor: 75_000 },
    })
  })

  test.each([
    ['the case', asked(5_001), nothing, ['case'], ['lead', 'admin']],
    ['the case with what it had', asked(3_000), { ...nothing, caseMinor: 2_001 }, ['case'], ['lead', 'admin']],
    ['the day', asked(2_000), { ...nothing, dayMinor: 9_000 }, ['day'], ['lead', 'admin']],
    ['the month', asked(2_000), { ...nothing, monthMinor: 49_000 }, ['month'], ['lead', 'admin']],
    ['the team', asked(2_000), { ...nothing, teamMonthMinor: 79_000 }, ['team'], ['lead', 'admin']],
    ['a lead too', asked(30_000), nothing, ['case', 'day'], ['admin']],
    ['a lead’s own', asked(30_000, { role: 'lead' }), nothing, ['case'], ['admin']],
  ] as const)('past the limit of %s a second person must agree', (_name, gift, spent, passed, roles) => {
    expect(mayGive(gift, spent, policy)).toEqual({ kind: 'four eyes', passed, roles })
  })

  test.each([
    ['nothing', asked(0), 'amount-not-positive'],
    ['half a cent', asked(0.5), 'amount-not-positive'],
    ['a role without limits', asked(1, { role: 'marketer' }), 'role-may-not'],
    [
      'outside of the range without a reason',
      asked(100, { range: { lowMinor: 200, highMinor: 300 } }),
      'reason-missing',
    ],
    [
      'outside of the range with a blank reason',
      asked(400, { range: { lowMinor: 200, highMinor: 300 }, reason: ' ' }),
      'reason-missing',
    ],
    ['more than anybody may', asked(100_001), 'nobody-may'],
  ] as const)('%s is refused', (_name, gift, because) => {
    expect(mayGive(gift, nothing, policy)).toEqual({ kind: 'refused', because })
  })

  test('outside of the range is allowed with a reason', () => {
    const gift = asked(400, { range: { lowMinor: 200, highMinor: 300 }, reason: 'third time this month' })
    expect(mayGive(gift, nothing, policy).kind).toBe('allowed')
  })

  test('having spent more never allows more', () => {
    const anySpent = fc.record({
      caseMinor: fc.nat(9_000),
      dayMinor: fc.nat(12_000),
      monthMinor: fc.nat(60_000),
      teamMonthMinor: fc.nat(90_000),
    })
    fc.assert(
      fc.property(anySpent, anySpent, fc.integer({ min: 1, max: 9_000 }), (spent, more, amountMinor) => {
        const sum: Spent = {
          caseMinor: spent.caseMinor + more.caseMinor,
          dayMinor: spent.dayMinor + more.dayMinor,
          monthMinor: spent.monthMinor + more.monthMinor,
          teamMonthMinor: spent.teamMonthMinor + more.teamMonthMinor,
        }
        const isAllowed = (before: Spent) => mayGive(asked(amountMinor), before, policy).kind === 'allowed'
        expect(isAllowed(sum) && !isAllowed(spent)).toBe(false)
      }),
    )
  })
})

describe('four eyes', () => {
  test.each([
    ['a lead', asked(6_000), { person: 'lee', role: 'lead' }, { kind: 'approved' }],
    ['the same person', asked(6_000), { person: 'ann', role: 'lead' }, { kind: 'refused', because: 'same-person' }],
    ['another agent', asked(6_000), { person: 'bo', role: 'agent' }, { kind: 'refused', because: 'role-may-not' }],
    [
      'who may not approve',
      asked(6_000),
      { person: 'al', role: 'analyst' },
      { kind: 'refused', because: 'role-may-not' },
    ],
    [
      'a lead beyond a lead’s limit',
      asked(30_000),
      { person: 'lee', role: 'lead' },
      { kind: 'refused', because: 'role-may-not' },
    ],
    [
      'anybody for what needs nobody',
      asked(1),
      { person: 'lee', role: 'lead' },
      { kind: 'refused', because: 'not-needed' },
    ],
  ] as const)('%s answers as it should', (_name, gift, approver, expected) => {
    expect(mayApprove(gift, approver, nothing, policy)).toEqual(expected)
  })
})

test('days and months of what was spent are those on the wall', () => {
  const zone = zoneOf('Europe/Amsterdam')
  if (zone === null) throw new Error('no zone')
  const gift = (at: string, amountMinor: number, more: Partial<Gift> = {}): Gift => ({
    person: 'ann',
    team: 'north',
    case: 'k',
    amountMinor,
    at: instantOf(at),
    ...more,
  })
  const gifts = [
    gift('2026-06-30T21:59:00Z', 1), // 30 June, 23:59
    gift('2026-06-30T22:01:00Z', 2, { case: 'j' }), // 1 July, 00:01
    gift('2026-07-01T09:00:00Z', 4),
    gift('2026-07-02T09:00:00Z', 8, { case: 'j' }),
    gift('2026-07-02T09:00:00Z', 16, { person: 'bo', case: 'j' }),
    gift('2026-07-02T09:00:00Z', 32, { person: 'bo', team: 'south', case: 'j' }),
  ]
  const asking = { person: 'ann', team: 'north', case: 'k', at: instantOf('2026-07-01T10:00:00Z') }
  expect(spentOf(gifts, asking, zone)).toEqual({ caseMinor: 5, dayMinor: 6, monthMinor: 14, teamMonthMinor: 30 })
})
