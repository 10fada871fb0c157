import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { event } from '../../../test/arbitrary-history.ts'
import { actors, anyRun, opening, past, play, policy, remedy, toClosed, toFixed } from '../../../test/case-lines.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { DAY_MS, instant } from '../time/instant.ts'
import { caseClocks, escalationsDue, openClocks } from './case-clocks.ts'
import type { Actor } from './case-command.ts'
import { queueRow } from './case-queue.ts'
import { type CaseAsk, caseReasons, decide } from './decide-case.ts'
import { check, fold, initial, repairUntil } from './recovery-case.ts'

describe('the protocol', () => {
  test('goes from acknowledging to the follow-up, and each step is told to the customer’s log', () => {
    const end = play(`${toClosed.trimEnd()}
      5d ann follow -> failure.followed_up`)
    expect(end).toMatchObject({ rootCause: 'supplier', assignee: 'ann', revision: 9, failedRounds: 0 })
    expect(end.round.followedUpAt).toBe(past(5 * 1_440))
  })

  test('has an order, and says which step comes first', () => {
    play(`
      1m ann own             -> step-first acknowledge
      1m ann close           -> step-first acknowledge
      1m ann acknowledge     -> failure.acknowledged
      2m ann acknowledge     -> done-already
      2m ann apologise       -> step-first own
      2m ann own             -> failure.owned
      3m ann agree           -> step-first apologise
      3m ann sorry for any trouble -> apology-not-specific
      3m ann apologise       -> failure.apologised
      4m ann apologise       -> done-already
      4m ann fix             -> step-first agree remedy
      4m ann pay 20          -> step-first agree remedy
      4m ann agree yesterday -> in-the-past
      5m ann agree 50        -> promise.made
      6m she yes             -> step-first fix
      1d ann fix             -> failure.fixed + promise.kept
      1d she yes             -> step-first compensate
      1d ann pay 0           -> amount-not-positive
      1d ann pay 20          -> failure.compensated
      1d ann pay 50          -> remedy-exceeded
      1d ann close           -> step-first compensate`)
  })

  test('knows no apology for what was not the firm’s fault', () => {
    const others = opening({ atFault: 'third party' })
    const end = play(
      `
      1m ann acknowledge -> failure.acknowledged
      2m ann own         -> failure.owned
      3m ann apologise   -> not-at-fault
      4m ann agree       -> promise.made`,
      others,
    )
    expect(caseClocks(end, policy, past(10)).map(({ step }) => step)).not.toContain('apologise')
  })

  test('closes only with a root cause, and a confirmation or two tries to reach the customer', () => {
    play(`${toFixed.trimEnd()}
      1d  ann close blank -> root-cause-missing
      1d  ann close       -> confirmation-missing
      1d  ann call        -> contact.opened
      1d  ann close       -> confirmation-missing
      26h ann call        -> contact.opened
      27h ann close       -> failure.closed
      28h ann fix         -> case-closed
      28h ann close       -> case-closed
      30h she yes         -> failure.confirmed`)
  })

  test('closed early by another system owes nothing but the follow-up; what was told is done, the rest skipped', () => {
    const told = { by: 'helpdesk', isReported: true }
    const early = [
      { ...told, id: '1', at: past(60), kind: 'fixed', how: null } as const,
      { ...told, id: '2', at: past(90), kind: 'closed', rootCause: null } as const,
    ].reduce(fold, initial(opening()))
    check(early)
    const later = past(5 * 1_440)
    expect(openClocks(early, policy, later).map(({ step }) => step)).toEqual(['follow up'])
    expect(caseClocks(early, policy, later).flatMap(({ step, doneAt }) => (doneAt === null ? [] : [step]))).toEqual([
      'acknowledge',
      'fix',
      'close',
    ])
    expect(queueRow(early, policy, later, { stake: { minor: 1, usualMinor: 0 }, legalDueAt: null }).reason).toBe(
      'at stake',
    )
  })

  test('follows up from the third day after closing', () => {
    play(`${toFixed.trimEnd()}
      25h ann follow -> not-closed
      25h she yes    -> failure.confirmed
      26h ann close  -> failure.closed
      48h ann follow -> too-early
      98h ann follow -> failure.followed_up
      99h ann follow -> done-already`)
  })

  test('leaves decisions about a person to people, and answers to the customer', () => {
    play(`
      1m rule acknowledge -> failure.acknowledged
      2m rule own         -> human-only
      2m she  own         -> customer-only-answers
      2m ann  own         -> failure.owned
      3m rule apologise   -> human-only
      3m ann  apologise   -> failure.apologised
      4m rule agree       -> human-only`)
  })
})

describe('a recovery that fails', () => {
  test.each([
    ['by a bad confirmation', `${toFixed.trimEnd()}\n25h she no -> failure.confirmed`],
    ['by a bad follow-up', `${toClosed.trimEnd()}\n5d ann follow bad -> failure.followed_up`],
    ['by being re-opened', `${toClosed.trimEnd()}\n5d she reopen -> failure.reopened`],
  ])('%s goes to a senior person, and every step is owed again by people only', (_how, lines) => {
    const again = play(`${lines}
      6d rule acknowledge -> human-only
      6d rule letter      -> human-only
      6d ann  to ann      -> senior-only
      6d ann  acknowledge -> failure.acknowledged
      6d ann  own         -> senior-only
      6d sue  own         -> failure.owned
      6d sue  apologise   -> failure.apologised
      6d sue  close       -> step-first agree remedy`)
    expect(again).toMatchObject({ failedRounds: 1, assignee: 'sue' })
    expect(repairUntil(again)).toBe(instant(again.round.startedAt + 28 * DAY_MS))
    expect(
      queueRow(again, policy, past(6 * 1_440), { stake: { minor: 0, usualMinor: 0 }, legalDueAt: null }).reason,
    ).toBe('double deviation')
  })

  test('tells a manager at the first breach', () => {
    const again = play(`${toFixed.trimEnd()}\n25h she no -> failure.confirmed`)
    expect(escalationsDue(again, policy, past(25 * 60 + 61))).toEqual([
      { step: 'acknowledge', to: 'next person' },
      { step: 'acknowledge', to: 'manager' },
    ])
  })

  test('cannot be re-opened before anything was said to be fixed', () => {
    play('1m she reopen -> not-closed')
  })
})

describe('the desk', () => {
  test('waiting for the customer pauses the firm’s clocks, and her answer ends it', () => {
    const waiting = play(`
      5m  ann acknowledge -> failure.acknowledged
      6m  ann own         -> failure.owned
      7m  ann apologise   -> failure.apologised
      10m ann wait        -> kept
      11m ann wait        -> waiting-already`)
    const agree = openClocks(waiting, policy, past(2_000)).find(({ step }) => step === 'agree remedy')
    expect(agree?.clock).toMatchObject({ state: 'paused', usedMinutes: 10, dueAt: null })
    expect(
      queueRow(waiting, policy, past(2_000), { stake: { minor: 9, usualMinor: 0 }, legalDueAt: null }).reason,
    ).toBe('waiting for the customer')
    const found = decide(
      waiting,
      {
        id: 'x',
        actor: { kind: 'customer' },
        command: { kind: 'agree remedy', remedy: remedy(0, null) },
        revision: null,
        now: past(3_000),
      },
      policy,
    )
    expect(found).toMatchObject({
      kind: 'decided',
      facts: [],
      next: { waitingFor: null, pauses: [[past(10), past(3_000)]] },
    })
    play('1m ann resume -> not-waiting')
  })

  test('no case sleeps past its next deadline', () => {
    const asleep = play(`
      1m ann sleep 2h  -> past-next-due
      1m ann sleep 30m -> kept`)
    const reason = (minutes: number) =>
      queueRow(asleep, policy, past(minutes), { stake: { minor: 1, usualMinor: 0 }, legalDueAt: null }).reason
    expect([reason(2), reason(31), reason(46), reason(60)]).toEqual(['asleep', 'at stake', 'due soon', 'overdue'])
    play('31m ann sleep 30m -> in-the-past')
  })

  test('the last entry is taken back by who made it, within ten seconds, and out of the log', () => {
    const undone = play(`
      5m      ann acknowledge -> failure.acknowledged
      301s    sue undo        -> not-yours-to-undo
      309s    ann undo        -> event.retracted
      310s    ann undo        -> nothing-to-undo
      6m      ann acknowledge -> failure.acknowledged
      371s    ann undo        -> undo-too-late`)
    expect(undone).toMatchObject({ revision: 4, round: { acknowledgedAt: past(6) } })
  })

  test('a fix that kept a promise takes both back', () => {
    play(`${toFixed.trimEnd()}\n86403s ann undo -> event.retracted + event.retracted`)
  })

  test('money that was paid and letters that are out stay', () => {
    play(`
      1m ann letter   -> kept
      1m ann undo     -> nothing-to-undo
      2m ann apply gdpr -> kept
      2m ann group    -> kept
      2m ann undo     -> kept`)
  })

  test('of two who act on the same case at once the second is told', () => {
    const state = initial(opening())
    const ask: CaseAsk = {
      id: '1',
      actor: actors.ann as Actor,
      command: { kind: 'acknowledge' },
      revision: 1,
      now: past(1),
    }
    const first = decide(state, ask, policy)
    if (first.kind === 'refused') throw new Error(first.because)
    expect(decide(first.next, { ...ask, id: '2' }, policy)).toEqual({ kind: 'refused', because: 'changed-meanwhile' })
  })
})

describe('over any commands', () => {
  test('the case holds together, counts its entries, and survives JSON', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        for (const { was, found } of run) {
          if (found.kind === 'refused') continue
          check(found.next)
          expect(found.next.revision).toBe(was.revision + 1)
          expect(JSON.parse(JSON.stringify(found.next))).toEqual(found.next)
        }
      }),
    )
  })

  test('every refusal is of the list, and changes nothing', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const reasons = run.flatMap(({ found }) => (found.kind === 'refused' ? [found.because] : []))
        expect(reasons.filter((reason) => !caseReasons.includes(reason))).toEqual([])
      }),
    )
  })

  test('its facts have ids of their own and fold into the relationship', () => {
    const failed = event(0, 'failure.occurred', { failure: 'f', severity: 'major' })
    fc.assert(
      fc.property(anyRun, (run) => {
        const facts = run.flatMap(({ found }) => (found.kind === 'decided' ? found.facts : []))
        expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length)
        const state = foldAll(customerKey('c'), [failed, ...facts])
        expect(state.facts.failures).toHaveLength(1)
        expect(state.unknownReferences).toBe(0)
      }),
    )
  })

  test('closing always had a root cause, and a confirmation or two tries', () => {
    let closed = 0
    fc.assert(
      fc.property(anyRun, (run) => {
        const closings = run.flatMap(({ was, found }) =>
          found.kind === 'decided' && found.entry.kind === 'closed' ? [{ was, entry: found.entry }] : [],
        )
        closed += closings.length
        for (const { was, entry } of closings) {
          expect(entry.rootCause).toBe('supplier')
          expect(was.round.confirmedAt !== null || was.round.tries.length >= 2).toBe(true)
        }
      }),
    )
    expect(closed).toBeGreaterThan(50)
  })

  test('after a failed recovery nothing that reaches the customer is done by a rule', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const byRule = run.flatMap(({ was, found }) =>
          was.failedRounds > 0 && found.kind === 'decided' && found.entry.by === 'rule' ? [found.entry.kind] : [],
        )
        const reaching = [
          'acknowledged',
          'owned',
          'apologised',
          'remedy agreed',
          'tried',
          'confirmed',
          'followed up',
          'letter sent',
        ]
        expect(byRule.filter((kind) => reaching.includes(kind))).toEqual([])
      }),
    )
  })
})
