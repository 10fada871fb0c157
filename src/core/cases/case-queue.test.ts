import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { opened, opening, past, play, policy, promised, toClosed, toFixed } from '../../../test/case-lines.ts'
import type { Instant } from '../time/instant.ts'
import { caseClocks, escalationsDue, nextDueAt, openClocks } from './case-clocks.ts'
import { inQueueOrder, type QueueRow, queueReasons, queueRow } from './case-queue.ts'
import { fold, initial, type RecoveryCase } from './recovery-case.ts'
import { usualCasePolicy } from './usual-case-policy.ts'

describe('clocks of a case', () => {
  const state = initial(opening())

  test('each step starts with what it waits for', () => {
    expect(openClocks(state, policy, opened).map(({ step, clock }) => [step, clock.dueAt])).toEqual([
      ['acknowledge', past(60)],
      ['own', past(120)],
      ['apologise', past(240)],
      ['agree remedy', past(480)],
    ])
    expect(nextDueAt(state, policy, opened)).toBe(past(60))
  })

  test('the fix is due when it was promised, whatever the firm allows itself', () => {
    const fixed = play(toFixed)
    const fix = caseClocks(fixed, policy, past(3_000)).find(({ step }) => step === 'fix')
    expect(fix?.clock).toMatchObject({ state: 'met', dueAt: past(2 * 1_440) })
    const agreed = play(toFixed.trimEnd().split('\n').slice(0, -1).join('\n'))
    const state = (minutes: number) =>
      openClocks(agreed, policy, past(minutes)).find(({ step }) => step === 'fix')?.clock.state
    expect([state(100), state(2_800), state(2_880)]).toEqual(['running', 'warning', 'breached'])
  })

  test('the follow-up sleeps until day 3 and is due on day 14 after closing', () => {
    const closed = play(toClosed)
    const row = (days: number) =>
      queueRow(closed, policy, past(26 * 60 + days * 1_440), { stake: { minor: 0, usualMinor: 0 }, legalDueAt: null })
    expect([row(1), row(3), row(11), row(14)].map(({ reason }) => reason)).toEqual([
      'asleep',
      'at stake',
      'due soon',
      'overdue',
    ])
    expect(row(1).dueAt).toBe(past(26 * 60 + 14 * 1_440))
  })

  test('a breach is told once to the next person, and when it lasts to a manager', () => {
    expect(escalationsDue(state, policy, past(59))).toEqual([])
    expect(escalationsDue(state, policy, past(60))).toEqual([{ step: 'acknowledge', to: 'next person' }])
    play(`
      59m rule tell next    -> not-due
      60m rule tell next    -> kept
      61m rule tell next    -> not-due
      61m rule tell manager -> not-due
      2h  rule tell manager -> kept`)
  })

  test('a deadline from law is a floor of its own', () => {
    const fine = initial(opening({ severity: 'minor' }))
    const row = (legalDueAt: Instant) =>
      queueRow(fine, policy, past(1), { stake: { minor: 1, usualMinor: 0 }, legalDueAt })
    expect(row(past(4 * 1_440 + 2)).reason).toBe('at stake')
    expect(row(past(2 * 1_440))).toMatchObject({ reason: 'due soon', dueAt: past(60) })
    expect(row(past(0))).toMatchObject({ reason: 'overdue', dueAt: past(0) })
  })

  test('a promise warns as the clocks of the firm do: a far one puts nobody before those who wait for a first word', () => {
    const calm = { ...policy, minutes: usualCasePolicy(policy.calendar).minutes }
    const one = fold(initial(opening({ severity: 'minor' })), promised(past(0), past(200)))
    const row = (minutes: number) =>
      queueRow(one, calm, past(minutes), { stake: { minor: 1, usualMinor: 0 }, legalDueAt: null })
    expect([row(1), row(149), row(150), row(200)].map(({ reason }) => reason)).toEqual([
      'at stake',
      'at stake',
      'due soon',
      'overdue',
    ])
    expect(row(1).dueAt).toBe(past(200))
  })
})

describe('the policy to start with', () => {
  const { minutes } = usualCasePolicy(policy.calendar)

  test('gives the worse failure no more time, in any step, and each step of it at least a quarter of an hour', () => {
    for (const step of [
      'acknowledge',
      'own',
      'apologise',
      'agree remedy',
      'fix',
      'compensate',
      'confirm',
      'close',
    ] as const) {
      expect(minutes.critical[step]).toBeGreaterThanOrEqual(15)
      expect(minutes.critical[step]).toBeLessThanOrEqual(minutes.major[step])
      expect(minutes.major[step]).toBeLessThanOrEqual(minutes.minor[step])
    }
  })
})

describe('the queue', () => {
  const anyRow: fc.Arbitrary<QueueRow> = fc.record({
    case: fc.uuid(),
    openedAt: fc.integer({ min: 0, max: 50 }).map((minutes) => past(-minutes)),
    reason: fc.constantFrom(...queueReasons),
    dueAt: fc.option(fc.integer({ min: -50, max: 50 }).map(past)),
    stakeMinor: fc.nat(5),
    workMinutes: fc.integer({ min: 1, max: 3 }),
    perMinuteMinor: fc.nat(5),
  })

  test('is one order, whatever order the rows come in', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), (rows) => {
        expect(inQueueOrder(rows.toReversed())).toEqual(inQueueOrder(rows))
      }),
    )
  })

  test('lets nobody wait past a deadline because others are worth more', () => {
    fc.assert(
      fc.property(anyRow, anyRow, fc.nat(1_000_000), (poor, rich, worth) => {
        const late = { ...poor, reason: 'overdue' } as const
        const [first] = inQueueOrder([{ ...rich, reason: 'at stake', perMinuteMinor: worth }, late])
        expect(first).toEqual(late)
      }),
    )
  })

  test('goes by what is at stake per minute of work, ties by waiting time', () => {
    const row = (name: string, perMinuteMinor: number, waited: number): QueueRow => ({
      case: name,
      openedAt: past(-waited),
      reason: 'at stake',
      dueAt: null,
      stakeMinor: perMinuteMinor,
      workMinutes: 1,
      perMinuteMinor,
    })
    const rows = [row('a', 1, 9), row('b', 3, 1), row('c', 3, 2), row('d', 2, 0)]
    expect(inQueueOrder(rows).map((one) => one.case)).toEqual(['c', 'b', 'd', 'a'])
  })

  test('less work for the same stake comes first', () => {
    const fresh = initial(opening())
    const nearly = play(toFixed)
    const perMinute = (one: RecoveryCase) =>
      queueRow(one, policy, past(10), { stake: { minor: 900, usualMinor: 0 }, legalDueAt: null }).perMinuteMinor
    expect(perMinute(nearly)).toBeGreaterThan(perMinute(fresh))
  })
})
