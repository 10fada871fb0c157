import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, day, event } from '../../../test/arbitrary-history.ts'
import { customerKey } from '../ids.ts'
import { foldAll } from '../relationship/relationship.ts'
import { DAY_MS, instant, rfc3339 } from '../time/instant.ts'
import {
  type AskingOccasion,
  type AskingRule,
  type AskingRules,
  askingOccasions,
  askingRulesAtFirst,
  askingRulesProblem,
} from './asking-rules.ts'
import { monthOf, occasionOf, stillHolds } from './occasion.ts'
import { type Said, wouldAsk } from './would-ask.ts'

const key = customerKey('c')
const on = (of: AskingOccasion, more: Partial<AskingRule> = {}): AskingRules => ({
  ...askingRulesAtFirst,
  rules: { ...askingRulesAtFirst.rules, [of]: { ...askingRulesAtFirst.rules[of], on: true, ...more } },
})
const delivered = (at: number, order = 'o') => event(at, 'order.delivered', { order }, `delivered ${order} ${at}`)

describe('rules on asking', () => {
  test('at first nobody is asked, and the proposals could go live', () => {
    expect(askingOccasions.filter((of) => askingRulesAtFirst.rules[of].on)).toEqual([])
    expect(askingRulesProblem(askingRulesAtFirst)).toBeNull()
  })

  test.each([
    [on('order delivered', { kind: 'recovery' }), '/rules/order delivered/kind'],
    [on('contact closed', { waitHours: -1 }), '/rules/contact closed/waitHours'],
    [on('case closed', { waitHours: 90 * 24 + 1 }), '/rules/case closed/waitHours'],
    [on('voucher redeemed', { restDays: 1.5 }), '/rules/voucher redeemed/restDays'],
    [{ ...askingRulesAtFirst, everyMonths: 0 }, '/everyMonths'],
  ])('%# are refused where they are wrong', (rules, pointer) => {
    expect(askingRulesProblem(rules)).toMatchObject({ pointer })
  })
})

describe('an occasion', () => {
  const rules = on('order delivered')

  test('comes after its wait, under one name whatever events tell of it', () => {
    const occasion = occasionOf(delivered(0), rules, day(0))
    expect(occasion).toEqual({ rule: 'order delivered', about: 'o', name: 'order delivered: o', wakeAt: day(3) })
    expect(occasionOf(delivered(1), rules, day(1))?.name).toBe(occasion?.name)
  })

  test('is none while its rule is off, or when it is history', () => {
    expect(occasionOf(delivered(0), askingRulesAtFirst, day(0))).toBeNull()
    expect(occasionOf(delivered(0), rules, day(6))).not.toBeNull()
    expect(occasionOf(delivered(0), rules, day(6.01))).toBeNull()
  })

  test('a subscription comes up on its day of the month, also the last of a short one', () => {
    const at = instant(Date.UTC(2026, 0, 31, 10))
    const turn = (months: number) =>
      monthOf({ subscription: 's', at }, { waitHours: 0, everyMonths: 1, after: instant(at + months * 31 * DAY_MS) })
    expect(rfc3339(turn(0).wakeAt)).toBe('2026-02-28T10:00:00.000Z')
    expect(turn(1)).toMatchObject({ name: 'subscription month 2: s', about: 's' })
  })

  test('holds no more once it was taken back, or the subscription ended', () => {
    const taken = event(1, 'event.retracted', { id: delivered(0).id, source: delivered(0).source })
    const holds = (events: readonly ReturnType<typeof delivered>[]) =>
      stillHolds({ rule: 'order delivered', about: 'o' }, { state: foldAll(key, events), events })
    expect([holds([delivered(0)]), holds([delivered(0), taken])]).toEqual([true, false])
    const started = event(0, 'subscription.started', { subscription: 's' })
    const ended = event(1, 'subscription.ended', { subscription: 's', by: 'customer' })
    const runs = (events: readonly ReturnType<typeof delivered>[]) =>
      stillHolds({ rule: 'subscription month', about: 's' }, { state: foldAll(key, events), events })
    expect([runs([started]), runs([started, ended])]).toEqual([true, false])
  })
})

describe('rules that are tried on a history', () => {
  const yes = (): Said => ({ outcome: 'asked', because: null, againAt: null })
  const tried = (events: readonly ReturnType<typeof delivered>[], rules: AskingRules, ask = yes) =>
    wouldAsk(key, events, { rules, to: day(400), ask }).map(({ outcome, because }) => because ?? outcome)

  test('ask once about one thing, and rest after it', () => {
    const history = [delivered(0, 'a'), delivered(1, 'a'), delivered(20, 'b'), delivered(120, 'c')]
    expect(tried(history, on('order delivered'))).toEqual(['asked', 'rule-rest', 'asked'])
    expect(tried(history, on('order delivered', { restDays: 0 }))).toEqual(['asked', 'asked', 'asked'])
  })

  test('come up with a subscription for as long as it runs', () => {
    const started = event(0, 'subscription.started', { subscription: 's' })
    const ended = event(200, 'subscription.ended', { subscription: 's', by: 'customer' })
    const rules = { ...on('subscription month', { restDays: 0 }), everyMonths: 3 }
    expect(tried([started], rules)).toHaveLength(4)
    expect(tried([started, ended], rules)).toHaveLength(2)
  })

  test('leave out what we really asked, and wait for the end of quiet hours', () => {
    const invited = { ...event(1, 'survey.invited', { survey: 's', kind: 'csat' }), source: 'amends' }
    const seen: (number | null)[] = []
    const ask = (state: { facts: { lastInvitedAt: number | null } }, _: AskingRule, at: number): Said => {
      seen.push(state.facts.lastInvitedAt)
      const quiet = at === day(3)
      return {
        outcome: quiet ? 'refused' : 'asked',
        because: quiet ? 'quiet-hours' : null,
        againAt: quiet ? day(3.5) : null,
      }
    }
    const rules = on('order delivered', { restDays: 0 })
    const came = wouldAsk(key, [delivered(0, 'a'), invited, delivered(9, 'b')], { rules, to: day(30), ask })
    expect(came.map(({ at }) => at)).toEqual([day(3.5), day(12)])
    expect(seen).toEqual([null, null, day(3.5)])
  })

  test('never ask twice about a thing nor within their rest, whatever happened', () => {
    const all = askingOccasions.map((of) => [of, on(of).rules[of]] as const)
    const every = { ...askingRulesAtFirst, rules: { ...askingRulesAtFirst.rules, ...Object.fromEntries(all) } }
    fc.assert(
      fc.property(anyHistory, (history) => {
        const asked = wouldAsk(key, history, { rules: every, to: day(4_000), ask: yes }).filter(
          ({ outcome }) => outcome === 'asked',
        )
        for (const of of askingOccasions) {
          const times = asked.filter(({ rule }) => rule === of).map(({ at }) => at)
          for (const [place, at] of times.entries()) {
            const before = times[place - 1]
            if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(every.rules[of].restDays * DAY_MS)
          }
        }
      }),
    )
  })
})
